/** The plan of the year: looked through by the office in December (J1), published to secretaries in January (J2). */
import { appendAudit } from '../../store/audit.ts';
import type { Writer } from '../../store/db.ts';
import { markPublished, newestScheme, type SchemeVersion } from '../../store/schemes.ts';
import { allBranches } from '../../store/roster.ts';
import type { Use } from '../../use.ts';
import { officePeople, runnersOfAll } from '../access.ts';
import { inMessageHours, sendToPeople } from '../notify.ts';
import { settleYear } from './version.ts';

/** Tells every secretary by which version the year is run; from then on it binds. @returns how many are told */
export async function publish(
  tx: Writer,
  use: Use,
  { year, version }: Pick<SchemeVersion, 'year' | 'version'>,
  now: number,
): Promise<number> {
  if (!(await markPublished(tx, year, version, now))) return 0;
  await appendAudit(tx, {
    at: now,
    actor: 'system',
    act: 'scheme_published',
    object: String(year),
    detail: { version },
  });
  const people = await runnersOfAll(
    tx,
    (await allBranches(tx)).map((branch) => branch.code),
  );
  await sendToPeople(
    tx,
    people,
    { card: 'plan', args: { year, version } },
    { ...inMessageHours(use, now), once: `plan:${year}:${version}` },
  );
  return people.length;
}

/** The day of the plan (J2): the year gets its version if it has none, and secretaries hear of it, once. */
export async function publishPlan(tx: Writer, use: Use, year: number, now: number): Promise<number> {
  const { version } = await settleYear(tx, use, year, now);
  return publish(tx, use, version, now);
}

/**
 * In December (J1): the office sees by what the next year will be run and what the files change, on the first day, and on the last
 * unless a version of the year has been adopted by then. @param next the year that is prepared
 */
export async function askForReview(tx: Writer, use: Use, next: number, date: string, now: number): Promise<number> {
  if ((await newestScheme(tx, next)) !== null) return 0;
  const people = await officePeople(tx, use);
  await sendToPeople(
    tx,
    people,
    { card: 'rules', args: { year: next } },
    { ...inMessageHours(use, now), once: `rules-review:${next}:${date}` },
  );
  return people.length;
}
