/** What the branch chat sees of a meeting: the notice, the sign-in, and leaders' attendance of the year. */
import { z } from 'zod';
import { button, buttons, facts, list, text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import { type LeaderAttended, leadersAttendance } from '../src/store/meeting-people.ts';
import { findMeeting, type Meeting } from '../src/store/meetings.ts';
import { findBranch } from '../src/store/roster.ts';
import { agendaLines, attendedTitle, meetingTitle, meetingWhen } from './shared/meeting-words.ts';
import { day } from './shared/when.ts';

export const meetingCallCard = defineCard({
  name: 'meeting_call',
  audience: 'any',
  args: z.object({ meeting: z.string() }),
  view: ({ meeting }, { read }) => findMeeting(read, meeting),
  render(meeting, context) {
    const { t } = context;
    const off = meeting.state === 'cancelled';
    return {
      title: t(off ? 'meeting.call_off' : 'meeting.call', { title: meetingTitle(meeting, context) }),
      tone: off ? 'grey' : 'blue',
      blocks: [
        ...(off || meeting.version === 0 ? [] : [text(t('meeting.call_changed'), 'warn')]),
        facts([t('meeting.plan.date'), meetingWhen(meeting, context)], [t('meeting.plan.place'), meeting.place]),
        ...(off ? [] : [text(t('meeting.agenda'), 'strong'), list(agendaLines(meeting, context))]),
      ],
    };
  },
});

/** Whoever taps it sees only a toast. */
export const meetingSignInCard = defineCard({
  name: 'meeting_sign_in',
  audience: 'any',
  args: z.object({ meeting: z.string() }),
  async view({ meeting: id }, { read }): Promise<Meeting | null> {
    const meeting = await findMeeting(read, id);
    return meeting === null || meeting.state === 'cancelled' ? null : meeting;
  },
  render: (meeting, context) => ({
    title: meetingTitle(meeting, context),
    tone: 'blue',
    blocks: [
      text(context.t('meeting.sign_in_intro', { when: meetingWhen(meeting, context), place: meeting.place })),
      buttons(
        button(
          'meeting_sign_in',
          context.t('review.sign_in.button'),
          { a: 'meeting_sign_in', g: meeting.id },
          'primary',
        ),
      ),
    ],
  }),
});

/** Lines of the newest attendance; the whole year is a table of pages, and a card has its limit. */
const MOST_ROWS = 100;
interface LeadersView {
  branchName: string;
  year: number;
  rows: readonly LeaderAttended[];
}
/** Names and dates of leaders only, of what they were at; nothing about what they were not (A47, F12). */
export const leaderAttendanceCard = defineCard({
  name: 'leader_attendance',
  audience: 'any',
  args: z.object({ branch: z.string(), year: z.int() }),
  async view({ branch, year }, { use, read }): Promise<LeadersView | null> {
    const known = await findBranch(read, branch);
    if (known === null || !use.rules.attendance.public_for.includes('leaders')) return null;
    return {
      branchName: known.name,
      year,
      rows: await leadersAttendance(read, branch, `${year}-01-01`, `${year}-12-31`),
    };
  },
  render({ branchName, year, rows }, context) {
    const { t, locale } = context;
    return {
      title: t('meeting.leaders_title', { year }),
      subtitle: branchName,
      tone: 'blue',
      blocks:
        rows.length === 0
          ? [text(t('meeting.leaders_none'), 'muted')]
          : [
              {
                kind: 'table',
                pageSize: 10,
                columns: [
                  { key: 'name', label: t('meeting.leader'), kind: 'text' },
                  { key: 'date', label: t('meeting.plan.date'), kind: 'text' },
                  { key: 'what', label: t('meeting.what_held'), kind: 'text' },
                ],
                rows: rows
                  .slice(0, MOST_ROWS)
                  .map((row) => ({ name: row.name, date: day(row.date, locale), what: attendedTitle(row, context) })),
              },
            ],
    };
  },
});
