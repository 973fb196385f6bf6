/** Versions of the scheme years (J1, J2): appended, never changed but for the moment of their publication, never deleted. */
import { z } from 'zod';
import type { Reader, Writer } from './db.ts';

const schemeRow = z.object({
  year: z.int(),
  version: z.int(),
  /** Hashes. */
  rules: z.string(),
  catalogue: z.string(),
  projects: z.string(),
  reason: z.string(),
  /** Employee number, or `system`. */
  by: z.string(),
  /** Unix ms. */
  at: z.int(),
  /** Unix ms; null while secretaries have not been told. */
  publishedAt: z.int().nullable(),
});
export type SchemeVersion = z.infer<typeof schemeRow>;

const SELECT = `SELECT s.year, s.version, s.rules, s.catalogue, s.projects, s.reason, s.adopted_by AS "by", s.adopted_at AS at,
  s.published_at AS publishedAt FROM scheme_version s`;
const NEWEST_OF_EACH = `${SELECT} WHERE s.version = (SELECT max(n.version) FROM scheme_version n WHERE n.year = s.year) ORDER BY s.year`;
const OF_REVIEW = `${SELECT} WHERE s.year = ? AND s.rules = ? AND s.catalogue = ? AND s.adopted_at <= ? ORDER BY s.version DESC LIMIT 1`;

/** All versions of a year, the newest first. */
export const schemesOf = (h: Reader, year: number): Promise<SchemeVersion[]> =>
  h.all(schemeRow, `${SELECT} WHERE s.year = ? ORDER BY s.version DESC`, [year]);
/** The version a year is run by. */
export const newestScheme = (h: Reader, year: number): Promise<SchemeVersion | null> =>
  h.get(schemeRow, `${SELECT} WHERE s.year = ? ORDER BY s.version DESC LIMIT 1`, [year]);
/** The same of every year that has one. */
export const newestSchemes = (h: Reader): Promise<SchemeVersion[]> => h.all(schemeRow, NEWEST_OF_EACH);
/** The version of the year that a review was opened under; null for one that is older than the versions. */
export const schemeOfReview = (
  h: Reader,
  year: number,
  { rules, catalogue, openedAt }: { rules: string; catalogue: string; openedAt: number },
): Promise<SchemeVersion | null> => h.get(schemeRow, OF_REVIEW, [year, rules, catalogue, openedAt]);

/** Appends the next version of a year. @returns its number */
export async function insertScheme(
  tx: Writer,
  scheme: Omit<SchemeVersion, 'version' | 'publishedAt'>,
): Promise<number> {
  const version = ((await newestScheme(tx, scheme.year))?.version ?? 0) + 1;
  await tx.run(
    'INSERT INTO scheme_version (year, version, rules, catalogue, projects, reason, adopted_by, adopted_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    [scheme.year, version, scheme.rules, scheme.catalogue, scheme.projects, scheme.reason, scheme.by, scheme.at],
  );
  return version;
}
/** @returns false when it had been published before */
export const markPublished = async (tx: Writer, year: number, version: number, at: number): Promise<boolean> =>
  (await tx.run('UPDATE scheme_version SET published_at = ? WHERE year = ? AND version = ? AND published_at IS NULL', [
    at,
    year,
    version,
  ])) > 0;

const IN_USE = `SELECT EXISTS (SELECT 1 FROM review WHERE substr(period, 1, 4) = ?1)
  OR EXISTS (SELECT 1 FROM commitment WHERE year = ?2 AND state NOT IN ('draft', 'returned'))
  OR EXISTS (SELECT 1 FROM scheme_version WHERE year = ?2 AND published_at IS NOT NULL) AS bound`;
/**
 * Whether something of the year rests on its version: a review, a commitment that was handed in (a draft follows the stars of the
 * day), or its publication.
 */
export const yearIsBound = async (h: Reader, year: number): Promise<boolean> =>
  (await h.get(z.object({ bound: z.int() }), IN_USE, [String(year), year]))?.bound === 1;
