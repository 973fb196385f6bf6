/** Ends what is no longer needed: each kind of record after its own term (F16), machinery after days. Every step is harmless when it is done twice. */
import { Temporal } from 'temporal-polyfill';
import { yearOf } from '../domain/dates.ts';
import { today } from '../domain/period.ts';
import type { Rules } from '../domain/rules.ts';
import type { MemberSheet } from '../domain/sheet.ts';
import { forgetActivityAttendance, forgetNetwork } from '../store/activities.ts';
import { appendAudit } from '../store/audit.ts';
import { forgetExpiredCodes } from '../store/bind-code.ts';
import type { Writer } from '../store/db.ts';
import { forgetDeliveries } from '../store/inbox.ts';
import { pruneRuns } from '../store/job-run.ts';
import { forgetMeetingAttendance } from '../store/meeting-people.ts';
import { forgetMeetings } from '../store/meetings.ts';
import { forgetMonths } from '../store/months.ts';
import { forgetReminders, pruneOutbox } from '../store/outbox-admin.ts';
import {
  deleteReview,
  deleteSheetTerm,
  type FinalReview,
  finalReviewsKeeping,
  forgetAttendance,
  forgetLeavers,
  markRetired,
  type Term,
} from '../store/retention.ts';
import { forgetChecks, forgetCommitments } from '../store/retention-year.ts';
import { putSheets } from '../store/sheets.ts';
import type { Use } from '../use.ts';
import { memberSheets } from './review/confirm.ts';
import { destroyRawOpinions } from './review/opinions.ts';
import { destroyRecount, sweepKeys } from './urn-lifecycle.ts';
import { rulesOf } from './versions.ts';

const DAY_MS = 86_400_000;
/** The platform repeats a delivery for some hours at most. */
const INBOX_DAYS = 3;
const OUTBOX_DAYS = 7;
/** Once-keys must outlive everything that may ask for the same message again, up to a year's cycle. */
const ONCE_DAYS = 400;
const JOB_RUN_DAYS = 60;
/** F23: a person who leaves keeps access to the own file for thirty days. */
const LEAVER_DAYS = 30;
/** Rows deleted in one transaction, so that a ballot never waits long for the write lock. */
const BATCH = 500;

const TERMS: Readonly<Record<Term, (rules: Rules['retention']) => Temporal.DurationLike>> = {
  raw_ballots: (rules) => ({ days: rules.raw_ballots_days }),
  raw_opinions: (rules) => ({ days: rules.raw_opinions_days }),
  sheets: (rules) => ({ years: rules.sheets_years }),
  results: (rules) => ({ years: rules.results_years }),
};

/** Reviews whose term for `what` is over as of `now` (Unix ms), by the rules each was held under. None while an objection is open. */
export async function termOver(use: Use, what: Term, now: number): Promise<FinalReview[]> {
  const date = today(now, use.config.timezone);
  const over: FinalReview[] = [];
  for (const review of await finalReviewsKeeping(use.db.read, what)) {
    const { retention } = await rulesOf(use.db.read, review.rules);
    const end = Temporal.PlainDate.from(today(review.finalAt, use.config.timezone)).add(TERMS[what](retention));
    if (end.toString() <= date) over.push(review);
  }
  return over;
}

/** A sheet without scores and decisions: level and stars won remain (F16). */
const bare = (sheet: MemberSheet): MemberSheet => ({
  employee_no: sheet.employee_no,
  graded: sheet.graded,
  level: sheet.level,
  total: null,
  stars: sheet.stars.map(({ key, won, outstanding }) => ({
    key,
    won,
    outstanding,
    score: null,
    means: null,
    barred: false,
    won_before_bar: won,
    may_stand_out: false,
  })),
  notes: [],
});

/** Ends one term of one review, with an entry in the audit trail (J38). */
export async function endTerm(use: Use, what: Term, { id }: FinalReview, now: number): Promise<void> {
  if (what === 'raw_ballots') await destroyRecount(use.db, use.keys, id);
  if (what === 'raw_opinions') await destroyRawOpinions(use.db, use.keys, id);
  await use.db.write(async (tx) => {
    if (what === 'sheets') await reduce(tx, id);
    if (what === 'results') await deleteReview(tx, id);
    else await markRetired(tx, id, what);
    await appendAudit(tx, {
      at: now,
      actor: 'system',
      act: what === 'raw_ballots' ? 'key_destroyed' : 'deleted',
      object: id,
      detail: { what },
    });
  });
}
async function reduce(tx: Writer, id: string): Promise<void> {
  const sheets = (await memberSheets(tx, id)).map(bare);
  await deleteSheetTerm(tx, id);
  await putSheets(
    tx,
    id,
    sheets.map((sheet) => ({ person: sheet.employee_no, body: sheet })),
  );
}

async function pruneMessages(use: Use, now: number): Promise<number> {
  const terms = { before: now - OUTBOX_DAYS * DAY_MS, onceBefore: now - ONCE_DAYS * DAY_MS, limit: BATCH };
  let deleted = await use.db.write((tx) => forgetReminders(tx, startOfDay(use, now)));
  for (;;) {
    const batch = await use.db.write((tx) => pruneOutbox(tx, terms));
    deleted += batch;
    if (batch < BATCH) return deleted;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
const startOfDay = (use: Use, now: number): number =>
  Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(use.config.timezone).startOfDay().epochMilliseconds;
const dayBefore = (use: Use, now: number, days: number): string => today(now - days * DAY_MS, use.config.timezone);

/** Commitments have the term of sheets, counted from the end of their year. */
function lastYearToForget(use: Use, now: number): number {
  const date = today(now, use.config.timezone);
  return yearOf(date) - 1 - use.years.at(date).rules.retention.sheets_years;
}

/** Cleaning up that knows no review. Each answers how many things it removed. */
export const CLEANERS: readonly { what: string; clean: (use: Use, now: number) => Promise<number> }[] = [
  { what: 'keys', clean: async (use) => (await sweepKeys(use.db, use.keys)).length },
  { what: 'attendance', clean: (use) => use.db.write(forgetAttendance) },
  { what: 'checks', clean: (use) => use.db.write(forgetChecks) },
  {
    what: 'commitments',
    clean: (use, now) => use.db.write((tx) => forgetCommitments(tx, lastYearToForget(use, now))),
  },
  // Summaries and minutes have the term of sheets, as commitments do.
  {
    what: 'months',
    clean: (use, now) => use.db.write((tx) => forgetMonths(tx, `${lastYearToForget(use, now) + 1}-01`)),
  },
  {
    what: 'meetings',
    clean: (use, now) => use.db.write((tx) => forgetMeetings(tx, `${lastYearToForget(use, now) + 1}-01-01`)),
  },
  { what: 'meeting attendance', clean: (use) => use.db.write(forgetMeetingAttendance) },
  { what: 'activity attendance', clean: (use) => use.db.write(forgetActivityAttendance) },
  {
    what: 'activities',
    clean: (use, now) => use.db.write((tx) => forgetNetwork(tx, `${lastYearToForget(use, now) + 1}-01-01`)),
  },
  { what: 'leavers', clean: (use, now) => use.db.write((tx) => forgetLeavers(tx, dayBefore(use, now, LEAVER_DAYS))) },
  { what: 'codes', clean: (use, now) => use.db.write((tx) => forgetExpiredCodes(tx, now)) },
  {
    what: 'deliveries',
    clean: (use, now) => use.db.write((tx) => forgetDeliveries(tx, dayBefore(use, now, INBOX_DAYS))),
  },
  { what: 'messages', clean: pruneMessages },
  { what: 'runs', clean: (use, now) => use.db.write((tx) => pruneRuns(tx, now - JOB_RUN_DAYS * DAY_MS)) },
];
