/** `/export year`: who may take a year away, what is noted about it, and the file itself, made when it is sent (F14, F24). */
import { z } from 'zod';
import type { FileRef } from '../../card-ref.ts';
import { today } from '../../domain/period.ts';
import { fileName } from '../../exports/file-name.ts';
import { sheetNamer } from '../../exports/names.ts';
import { writeApart } from '../../exports/write-apart.ts';
import { periodName } from '../../period-name.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Reader, Writer } from '../../store/db.ts';
import { type Actor, findBranch, findDistrict } from '../../store/roster.ts';
import { hasYear } from '../../store/year-book.ts';
import type { CityPart } from '../../store/year-figures.ts';
import type { Use } from '../../use.ts';
import { has, isOffice, runsBranch } from '../access.ts';
import { defineFile } from '../compose-file.ts';
import { askedDistrict, districtsOf } from '../scope.ts';
import { sheetsOfBranch, sheetsOfCity } from './book-sheets.ts';

export interface BookWish {
  year: number;
  /** The own branch is asked for, also by somebody who looks after more. */
  ownBranch: boolean;
  /** A district as typed. */
  place: string | undefined;
}
export type BookRefusal =
  | { ok: false; reason: 'not_allowed_year' | 'year_word' | 'year_place' }
  | { ok: false; reason: 'year_future' | 'year_nothing'; year: number };

/** Whoever runs a branch takes its year; the liaison officer that of the district, the office that of the city or a district. */
async function partOf(
  h: Reader,
  use: Use,
  actor: Actor,
  { ownBranch, place }: BookWish,
): Promise<CityPart | BookRefusal> {
  const looksAfterMore = isOffice(use, actor) || districtsOf(actor).length > 0;
  if (looksAfterMore && !ownBranch) {
    const asked = await askedDistrict(h, use, actor, place);
    return asked.ok ? { district: asked.district, branch: null } : { ok: false, reason: 'year_place' };
  }
  if (!runsBranch(actor, actor.branch)) return { ok: false, reason: 'not_allowed_year' };
  return place === undefined ? { district: null, branch: actor.branch } : { ok: false, reason: 'year_word' };
}

/** Decides, and notes in the audit trail what leaves. */
export async function orderBook(
  tx: Writer,
  use: Use,
  actor: Actor,
  wish: BookWish,
  now: number,
): Promise<{ ok: true; value: FileRef } | BookRefusal> {
  const part = await partOf(tx, use, actor, wish);
  if ('ok' in part) return part;
  const { year } = wish;
  if (!(await hasYear(tx, year, part))) {
    const begun = year <= Number(today(now, use.config.timezone).slice(0, 4));
    return { ok: false, reason: begun ? 'year_nothing' : 'year_future', year };
  }
  const { branch, district } = part;
  await appendAudit(tx, {
    at: now,
    actor: actor.employeeNo,
    act: 'exported',
    object: branch ?? district ?? 'city',
    detail: { files: 1, year, scores: false },
  });
  const of = { ...(branch === null ? {} : { branch }), ...(district === null ? {} : { district }) };
  return { ok: true, value: { file: 'year_book', args: { year, ...of } } };
}

/** Asked once more when it is made: who lost the role meanwhile gets nothing. */
export const yearBookFile = defineFile({
  name: 'year_book',
  args: z.object({ year: z.int(), branch: z.string().optional(), district: z.string().optional() }),
  async compose({ year, branch, district }, context) {
    const { use, actor, read, t } = context;
    const may =
      branch === undefined
        ? isOffice(use, actor) || (district !== undefined && has(actor, 'liaison', district))
        : runsBranch(actor, branch);
    if (!may) return null;
    const sheets =
      branch === undefined
        ? await sheetsOfCity(context, district ?? null, year)
        : await sheetsOfBranch(context, branch, year);
    if (sheets === null) return null;
    const known = branch === undefined ? await findDistrict(read, district ?? '') : await findBranch(read, branch);
    const nameOf = sheetNamer();
    const period = periodName(t, String(year));
    return {
      name: fileName([known?.name ?? t('export.city'), period, t('result.book.file')], 'xlsx'),
      bytes: await writeApart(
        sheets.map((sheet) => ({ ...sheet, name: nameOf(sheet.name) })),
        period,
      ),
    };
  },
});
