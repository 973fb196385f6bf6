/** Adopting what the files say for a year, with a reason; telling the office that they wait for it (J1, J2). */
import { yearOf } from '../../domain/dates.ts';
import { today } from '../../domain/period.ts';
import { readReason, type ReasonProblem, type Scheme, settle } from '../../domain/scheme.ts';
import { type SchemeChange, schemeChanges } from '../../domain/scheme-diff.ts';
import { no, type Verdict, yes } from '../../domain/verdict.ts';
import type { Reader, Writer } from '../../store/db.ts';
import { newestScheme, schemesOf, type SchemeVersion, yearIsBound } from '../../store/schemes.ts';
import type { Use } from '../../use.ts';
import { officePeople } from '../access.ts';
import { inMessageHours, sendToPeople } from '../notify.ts';
import { publish } from './plan.ts';
import { adoptableYears, appendVersion, type Files, filesCode, filesOf } from './version.ts';
import { schemeOf } from './year-schemes.ts';

export interface YearState {
  year: number;
  /** The newest first; empty while the year has none. */
  versions: readonly SchemeVersion[];
  /** What the year is run by, or will be when something of it is opened. */
  scheme: Scheme;
  /** Whose version the files are compared with: the year's own, else the year before's; null when neither has one. */
  against: { year: number; version: number } | null;
  /** What the files would change. */
  changes: readonly SchemeChange[];
  /** The files wait for somebody to adopt them; the year goes on as it is. */
  pending: boolean;
}

/** How a year stands, and what the files would change in it. */
export async function yearState(h: Reader, use: Files, year: number): Promise<YearState> {
  const files = filesOf(use);
  const versions = await schemesOf(h, year);
  const own = versions[0] ?? null;
  const base = own ?? (await newestScheme(h, year - 1));
  const compared = base === null ? files : await schemeOf(h, base);
  return {
    year,
    versions,
    scheme: own === null ? files : compared,
    against: base === null ? null : { year: base.year, version: base.version },
    changes: schemeChanges(compared, files),
    pending: own !== null && settle(compared, files, await yearIsBound(h, year)) === 'pending',
  };
}

export type AdoptRefusal = ReasonProblem | 'year_closed' | 'nothing_new' | 'files_changed';
export interface Adoption {
  year: number;
  /** As typed. */
  reason: string | undefined;
  /** Employee number, or `system` for the command line. */
  by: string;
  /** Short name of the files that were looked at; not given where they are looked at in the same breath. */
  seen?: string | undefined;
}
/** Makes the files the next version of a year. Who was told of the version before is told of this one. */
export async function adoptFiles(
  tx: Writer,
  use: Use,
  { year, reason, by, seen }: Adoption,
  now: number,
): Promise<Verdict<SchemeVersion, AdoptRefusal>> {
  const state = await adoptable(tx, use, year, now);
  if (!state.ok) return state;
  if (seen !== undefined && seen !== filesCode(use)) return no('files_changed');
  const read = readReason(reason);
  if (!read.ok) return read;
  const version = await appendVersion(tx, filesOf(use), year, { reason: read.value, by, now });
  if (state.value.versions.some((before) => before.publishedAt !== null)) await publish(tx, use, version, now);
  return yes(version);
}
/** Whether the files can be adopted for a year: it is open, and they say something new for it. */
export async function adoptable(
  h: Reader,
  use: Use,
  year: number,
  now: number,
): Promise<Verdict<YearState, 'year_closed' | 'nothing_new'>> {
  if (!adoptableYears(use, now).includes(year)) return no('year_closed');
  const state = await yearState(h, use, year);
  return state.versions.length > 0 && state.changes.length === 0 ? no('nothing_new') : yes(state);
}

/** Tells the office in private that files wait to be adopted for the running year; once for each state of the files. */
export async function tellPending(tx: Writer, use: Use, year: number, now: number): Promise<void> {
  const card = { card: 'rules', args: { year } };
  await sendToPeople(tx, await officePeople(tx, use), card, {
    ...inMessageHours(use, now),
    once: `rules-pending:${year}:${filesCode(use)}`,
  });
}

/** Files that wait to be adopted for the running year: how many changes, and by which version it goes on. */
export async function filesWaiting(
  h: Reader,
  use: Use,
  now: number,
): Promise<{ year: number; version: number; n: number } | null> {
  const { year, versions, changes, pending } = await yearState(h, use, currentYear(use, now));
  return pending ? { year, version: versions[0]?.version ?? 0, n: changes.length } : null;
}

/** The year that runs on the day of `now`. */
export const currentYear = (use: Pick<Use, 'config'>, now: number): number => yearOf(today(now, use.config.timezone));
