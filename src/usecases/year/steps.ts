/** What a branch has to do next beside its review: for whoever runs it, or sits on its committee. */
import { inYear } from '../../domain/dates.ts';
import { openYears } from '../../domain/commitment.ts';
import { comparePeriods, periodOf, today } from '../../domain/period.ts';
import { unansweredActivities } from '../../store/activities.ts';
import { sheetOfBranch } from '../../store/commitments.ts';
import type { Reader } from '../../store/db.ts';
import { hasReadGuidance, latestGuidance } from '../../store/guidance.ts';
import { unansweredMeetingInvitations } from '../../store/meeting-guests.ts';
import type { Meeting } from '../../store/meetings.ts';
import { unansweredReviewInvitations } from '../../store/review-guests.ts';
import type { Actor } from '../../store/roster.ts';
import type { Use } from '../../use.ts';
import { onCommittee, runsBranch } from '../access.ts';
import { branchSheets } from '../commit/publish.ts';
import { owedMinutes } from '../meeting/minutes.ts';
import { owedMonth } from '../month/rounds.ts';
import { countWaiting } from '../stars/post-approval.ts';

const MINUTES_SHOWN = 3;

export type YearStep =
  | { kind: 'summary'; month: string; until: string }
  | { kind: 'minutes'; meeting: Meeting }
  | { kind: 'approve'; n: number }
  | { kind: 'publish'; year: number; n: number }
  | { kind: 'branch_commitment'; year: number; until: string }
  | { kind: 'guidance'; id: string; period: string }
  | { kind: 'invitation'; to: 'review' | 'meeting' | 'activity'; id: string; what: string; when: string };

/** Invitations of other branches and of the district that wait for an answer. `when`: a period for reviews, else a date. */
async function invitationsTo(h: Reader, branch: string): Promise<YearStep[]> {
  return [
    ...(await unansweredReviewInvitations(h, branch)).map(
      ({ review, host, period }): YearStep => ({
        kind: 'invitation',
        to: 'review',
        id: review,
        what: host,
        when: period,
      }),
    ),
    ...(await unansweredMeetingInvitations(h, branch)).map(
      ({ meeting, host, date }): YearStep => ({
        kind: 'invitation',
        to: 'meeting',
        id: meeting,
        what: host,
        when: date,
      }),
    ),
    ...(await unansweredActivities(h, branch)).map(
      ({ id, title, date }): YearStep => ({ kind: 'invitation', to: 'activity', id, what: title, when: date }),
    ),
  ];
}

/** The branch's own commitments while they are written (J4), not handed in yet. */
async function ownCommitment(h: Reader, use: Use, branch: string, date: string): Promise<YearStep[]> {
  const year = Number(date.slice(0, 4));
  const { drafting, approved_by: until } = use.years.dates(year).commitment;
  if (date < inYear(year, drafting[0]) || date > inYear(year, until)) return [];
  const state = (await sheetOfBranch(h, branch, year))?.state ?? 'draft';
  const open = state === 'draft' || state === 'returned';
  return open ? [{ kind: 'branch_commitment', year, until: inYear(year, drafting[1]) }] : [];
}

/** The most urgent first. Empty for who has no part in running a branch. */
export async function yearSteps(h: Reader, use: Use, actor: Actor, now: number): Promise<YearStep[]> {
  const { branch } = actor;
  const steps: YearStep[] = [];
  const date = today(now, use.config.timezone);
  if (runsBranch(actor, branch)) {
    const round = await owedMonth(h, branch);
    if (round !== null) steps.push({ kind: 'summary', month: round.month, until: round.closesOn });
    for (const meeting of (await owedMinutes(h, branch)).slice(0, MINUTES_SHOWN))
      steps.push({ kind: 'minutes', meeting });
  }
  const waiting = await countWaiting(h, use, actor);
  if (waiting > 0) steps.push({ kind: 'approve', n: waiting });
  if (runsBranch(actor, branch)) {
    for (const year of openYears(date)) {
      const { approved } = await branchSheets(h, branch, year);
      if (approved > 0) steps.push({ kind: 'publish', year, n: approved });
    }
    steps.push(...(await ownCommitment(h, use, branch, date)), ...(await invitationsTo(h, branch)));
  }
  if (onCommittee(actor, branch)) {
    const guidance = await latestGuidance(h);
    const current = guidance !== null && comparePeriods(guidance.period, periodOf('quarter', date)) >= 0;
    if (current && !(await hasReadGuidance(h, guidance.id, branch)))
      steps.push({ kind: 'guidance', id: guidance.id, period: guidance.period });
  }
  return steps;
}
