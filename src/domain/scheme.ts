/** What a scheme year holds by: rules, catalogue and project descriptions, adopted together as one numbered version (R42, R43, R48). */
import { catalogueHash, type Catalogue } from './catalogue.ts';
import type { Project } from './projects.ts';
import { hashJson, type Rules, rulesHash } from './rules.ts';
import { holdsAtOnce, schemeChanges } from './scheme-diff.ts';

export interface Scheme {
  rules: Rules;
  catalogue: Catalogue;
  projects: readonly Project[];
}
export interface SchemeHashes {
  rules: string;
  catalogue: string;
  projects: string;
}
export const schemeHashes = ({ rules, catalogue, projects }: Scheme): SchemeHashes => ({
  rules: rulesHash(rules),
  catalogue: catalogueHash(catalogue),
  projects: hashJson(projects),
});
export const sameScheme = (a: Scheme, b: Scheme): boolean => {
  const [x, y] = [schemeHashes(a), schemeHashes(b)];
  return x.rules === y.rules && x.catalogue === y.catalogue && x.projects === y.projects;
};
/** One short name for all three, printed where a person must tell two versions apart. */
export const schemeCode = (hashes: SchemeHashes): string => hashJson(hashes).slice(0, CODE_LENGTH);
/** As much of a hash as is printed. */
const CODE_LENGTH = 12;

/** Reasons the bot gives itself; a person's reason is the person's text. */
const OWN_REASONS = ['first_version', 'unused'] as const;
export type OwnReason = (typeof OWN_REASONS)[number];
export const ownReason = (text: string): OwnReason | null =>
  OWN_REASONS.find((reason) => `@${reason}` === text) ?? null;
export const storedReason = (reason: OwnReason): string => `@${reason}`;

export const REASON_MAX = 200;
/**
 * What becomes of the files for a year (J2): `first` and `replace` take them as a new version, `same` changes nothing, `pending`
 * leaves the year under its version until somebody adopts the files with a reason.
 * @param bound something of the year rests on the version: a review, a commitment that was handed in, or its publication
 */
export function settle(
  adopted: Scheme | null,
  files: Scheme,
  bound: boolean,
): 'first' | 'same' | 'replace' | 'pending' {
  if (adopted === null) return 'first';
  if (sameScheme(adopted, files)) return 'same';
  if (!bound) return 'replace';
  return schemeChanges(adopted, files).every(holdsAtOnce) ? 'same' : 'pending';
}

export type ReasonProblem = 'reason_missing' | 'reason_long';
/** The reason somebody typed, on one line; it is printed with the version. */
export function readReason(
  typed: string | undefined,
): { ok: true; value: string } | { ok: false; reason: ReasonProblem } {
  const text = (typed ?? '').replace(/\s+/gu, ' ').trim().replace(/^@+/, '');
  if (text === '') return { ok: false, reason: 'reason_missing' };
  return Array.from(text).length > REASON_MAX ? { ok: false, reason: 'reason_long' } : { ok: true, value: text };
}
