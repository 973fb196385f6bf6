/** The version a scheme year is run by: adopted by itself as long as nothing rests on it, by the office with a reason from then on. */
import { openYears } from '../../domain/commitment.ts';
import { yearOf } from '../../domain/dates.ts';
import { today } from '../../domain/period.ts';
import type { Review } from '../../domain/review.ts';
import { type OwnReason, type Scheme, schemeCode, schemeHashes, settle, storedReason } from '../../domain/scheme.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Reader, Writer } from '../../store/db.ts';
import { insertScheme, newestScheme, schemeOfReview, type SchemeVersion, yearIsBound } from '../../store/schemes.ts';
import { putCatalogueVersion, putProjectsVersion, putRulesVersion } from '../../store/versions.ts';
import type { Use } from '../../use.ts';
import type { PrintedVersion } from '../../version-name.ts';
import { schemeOf } from './year-schemes.ts';

/** What the files say, among other things. */
export type Files = Pick<Use, 'rules' | 'catalogue' | 'projects'>;
export const filesOf = ({ rules, catalogue, projects }: Files): Scheme => ({ rules, catalogue, projects });
/** The files, by the short name that tells whether a card is still about them. */
export const filesCode = (use: Files): string => schemeCode(schemeHashes(filesOf(use)));

/** Appends a version with what the files say. */
export async function appendVersion(
  tx: Writer,
  files: Scheme,
  year: number,
  { reason, by, now }: { reason: string; by: string; now: number },
): Promise<SchemeVersion> {
  const hashes = schemeHashes(files);
  await putRulesVersion(tx, hashes.rules, JSON.stringify(files.rules), now);
  await putCatalogueVersion(tx, hashes.catalogue, JSON.stringify(files.catalogue), now);
  await putProjectsVersion(tx, hashes.projects, JSON.stringify(files.projects), now);
  const row = { ...hashes, year, reason, by, at: now };
  const version = await insertScheme(tx, row);
  await appendAudit(tx, {
    at: now,
    actor: by,
    act: 'scheme_adopted',
    object: String(year),
    detail: { version, ...hashes, reason },
  });
  return { ...row, version, publishedAt: null };
}

export interface Settled {
  version: SchemeVersion;
  scheme: Scheme;
}
/**
 * Settles what the files mean for a year before something of it is opened: its first version is adopted by itself, and replaced by
 * itself while nothing rests on it (J2).
 */
export async function settleYear(tx: Writer, use: Use, year: number, now: number): Promise<Settled> {
  const newest = await newestScheme(tx, year);
  const adopted = newest === null ? null : await schemeOf(tx, newest);
  const files = filesOf(use);
  const outcome = settle(adopted, files, await yearIsBound(tx, year));
  if (newest !== null && adopted !== null && (outcome === 'same' || outcome === 'pending'))
    return { version: newest, scheme: adopted };
  const reason: OwnReason = newest === null ? 'first_version' : 'unused';
  const version = await appendVersion(tx, files, year, { reason: storedReason(reason), by: 'system', now });
  return { version, scheme: files };
}

/** Years that are settled when the bot starts: those that run, not the one that is being prepared in December. */
export function runningYears(use: Pick<Use, 'config'>, now: number): number[] {
  const date = today(now, use.config.timezone);
  return openYears(date).filter((year) => year <= yearOf(date));
}
/** Years somebody may adopt a version for. */
export const adoptableYears = (use: Pick<Use, 'config'>, now: number): number[] =>
  openYears(today(now, use.config.timezone));

const printed = ({ year, version, rules, catalogue, projects }: SchemeVersion): PrintedVersion => ({
  year,
  version,
  hash: schemeCode({ rules, catalogue, projects }),
});
/** The version a review was opened under, as printed beside its result; of one older than all versions the rules alone are known. */
export async function versionOfReview(
  h: Reader,
  review: Pick<Review, 'period' | 'rules' | 'catalogue' | 'openedAt'>,
): Promise<PrintedVersion> {
  const year = yearOf(review.period);
  const version = await schemeOfReview(h, year, review);
  return version === null ? { year, version: null, hash: review.rules.slice(0, 12) } : printed(version);
}
/** The version a year is run by, as printed beside what is worked out anew whenever it is shown. */
export async function versionOfYear(h: Reader, use: Pick<Use, 'years'>, year: number): Promise<PrintedVersion> {
  const version = await newestScheme(h, year);
  return version === null
    ? { year, version: null, hash: schemeCode(schemeHashes(use.years.of(year))) }
    : printed(version);
}
