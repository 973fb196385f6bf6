/** The version a scheme year is run by: adopted by itself as long as nothing rests on it, by the office with a reason from then on. */
import { today } from '../../domain/period.ts';
import { yearOf } from '../../domain/dates.ts';
import { openYears } from '../../domain/commitment.ts';
import {
  type OwnReason,
  type Scheme,
  sameScheme,
  schemeCode,
  type SchemeHashes,
  schemeHashes,
  settle,
  storedReason,
} from '../../domain/scheme.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Reader, Writer } from '../../store/db.ts';
import { insertScheme, newestScheme, schemeWithRules, type SchemeVersion, yearIsBound } from '../../store/schemes.ts';
import { putCatalogueVersion, putProjectsVersion, putRulesVersion } from '../../store/versions.ts';
import type { Use } from '../../use.ts';
import { catalogueOf, projectsOf, rulesOf } from '../versions.ts';

type Files = Pick<Use, 'rules' | 'catalogue' | 'projects'>;

export async function schemeOf(h: Reader, version: SchemeHashes): Promise<Scheme> {
  return {
    rules: await rulesOf(h, version.rules),
    catalogue: await catalogueOf(h, version.catalogue),
    projects: await projectsOf(h, version.projects),
  };
}
export const hashesOf = ({ rules, catalogue, projects }: SchemeHashes): SchemeHashes => ({
  rules,
  catalogue,
  projects,
});

async function ruledBy(h: Reader, use: Use, version: SchemeVersion): Promise<Use> {
  return { ...use, ...(await schemeOf(h, version)), rulesHash: version.rules, catalogueHash: version.catalogue };
}
/** What use cases work with in a scheme year: rules, catalogue and projects as adopted for it, else those of the files. */
export async function inSchemeYear(h: Reader, use: Use, year: number): Promise<Use> {
  const version = await newestScheme(h, year);
  return version === null ? use : ruledBy(h, use, version);
}
/** The same before something of the year is written: a year that is open is settled first. */
export const openedYear = async (tx: Writer, use: Use, year: number, now: number): Promise<Use> =>
  adoptableYears(use, now).includes(year) ? (await settleYear(tx, use, year, now)).use : inSchemeYear(tx, use, year);

/** Appends a version with what the files say. */
export async function appendVersion(
  tx: Writer,
  files: Files,
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

/**
 * Settles what the files mean for a year before something of it is opened: its first version is adopted by itself, and replaced by
 * itself while nothing rests on it (J2).
 * @returns what to work with, and whether files wait to be adopted
 */
export async function settleYear(
  tx: Writer,
  use: Use,
  year: number,
  now: number,
): Promise<{ use: Use; version: SchemeVersion; pending: boolean }> {
  const newest = await newestScheme(tx, year);
  const adopted = newest === null ? null : await schemeOf(tx, newest);
  const outcome = settle(adopted, use, await yearIsBound(tx, year));
  if (newest !== null && (outcome === 'same' || outcome === 'pending'))
    return { use: await ruledBy(tx, use, newest), version: newest, pending: outcome === 'pending' };
  const reason: OwnReason = newest === null ? 'first_version' : 'unused';
  const version = await appendVersion(tx, use, year, { reason: storedReason(reason), by: 'system', now });
  return { use: await ruledBy(tx, use, version), version, pending: false };
}

/** Years that are settled when the bot starts: those that run, not the one that is being prepared in December. */
export function runningYears(use: Pick<Use, 'config'>, now: number): number[] {
  const date = today(now, use.config.timezone);
  return openYears(date).filter((year) => year <= yearOf(date));
}
/** Years somebody may adopt a version for. */
export const adoptableYears = (use: Pick<Use, 'config'>, now: number): number[] =>
  openYears(today(now, use.config.timezone));

/** Whether the files differ from what a year has adopted. */
export async function differs(h: Reader, use: Use, year: number): Promise<boolean> {
  const newest = await newestScheme(h, year);
  return newest !== null && !sameScheme(await schemeOf(h, newest), use);
}

/** The files, by the short name that tells whether a card is still about them. */
export const filesCode = (use: Files): string => schemeCode(schemeHashes(use));

/** What is printed of a result's rules: number of the version, if its year has it, and short hash. */
export async function printedVersion(
  h: Reader,
  period: string,
  rules: string,
): Promise<{ version: number | null; hash: string }> {
  return { version: (await schemeWithRules(h, yearOf(period), rules))?.version ?? null, hash: rules.slice(0, 12) };
}
