/** Where the clock of a year stops, and which runs of jobs are to be in the ledger by then. */
import { jobs } from '../../src/jobs/index.ts';
import { atSetHours, inHours, local, moment, momentsOf, type PlainCalendar } from './plain-calendar.ts';

const HOUR_MS = 3_600_000;

export interface Stop {
  /** Unix ms. */
  at: number;
  /** Ledger rows that are to be there, `job slot`, of this moment and those passed on the way. */
  runs: string[];
}

/** A run as the ledger names it. */
const runName = ({ job, slot }: { job: string; slot: string }): string => `${job} ${slot}`;
export const jobOf = (run: string): string => run.split(' ')[0] ?? '';
const slotText = (at: number): string => `${local(at)}:00+08:00`;
/** Of each job the last: who was down while time passed catches up on no more. */
export const newest = (names: readonly string[]): string[] => [
  ...new Map(names.map((name) => [jobOf(name), name])).values(),
];

/**
 * Where the clock stops. In message hours: at nine, and at the end of each cluster of moments, so that what people do between two
 * of them is possible. Out of them: once before hours begin, so that whatever left at night shows.
 */
export function stopsOf(calendar: PlainCalendar, from: number, until: string): Stop[] {
  const due = new Map<number, string[]>();
  for (const job of jobs.filter(atSetHours))
    for (const at of momentsOf(calendar, job, local(from).slice(0, 10), until))
      if (at > from) due.set(at, [...(due.get(at) ?? []), runName({ job: job.name, slot: slotText(at) })]);
  const moments = [...due.keys()].toSorted((a, b) => a - b);
  const stops: Stop[] = [];
  let runs: string[] = [];
  for (const [i, at] of moments.entries()) {
    runs.push(...(due.get(at) ?? []));
    const after = moments[i + 1];
    const isStop = inHours(calendar, at)
      ? local(at).endsWith('T09:00') || after === undefined || after - at > HOUR_MS
      : after === undefined || inHours(calendar, after);
    if (!isStop) continue;
    stops.push({ at, runs });
    runs = [];
  }
  return stops;
}

/** The part of a stop up to `at`; the rest stays. */
export function cut(stop: Stop, at: number): Stop {
  const isBefore = (run: string) => moment((run.split(' ')[1] ?? '').slice(0, 16)) <= at;
  const part = { at, runs: stop.runs.filter(isBefore) };
  stop.runs = stop.runs.filter((run) => !isBefore(run));
  return part;
}
