/** `/export year`: who may take a year away, what is noted about it, and the file itself, made when it is sent (F14, F24, A47, A48). */
import { z } from 'zod';
import type { FileRef } from '../../card-ref.ts';
import { periodRange } from '../../domain/period.ts';
import { no, type Verdict, yes } from '../../domain/verdict.ts';
import { fileName } from '../../exports/file-name.ts';
import { sheetNamer, starName } from '../../exports/names.ts';
import type { PrintSheet } from '../../exports/workbook.ts';
import { writeApart } from '../../exports/write-apart.ts';
import { branchYearSheets } from '../../exports/year-branch.ts';
import { cityYearSheets } from '../../exports/year-city.ts';
import { missedText } from '../../missed-text.ts';
import { periodName } from '../../period-name.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Writer } from '../../store/db.ts';
import { absentAt, presentAt } from '../../store/meeting-people.ts';
import { meetingsOfBranch } from '../../store/meetings.ts';
import { type Actor, allDistricts, findBranch } from '../../store/roster.ts';
import { bookActivities, bookChecks, bookItems, bookSummaries, bookTasks, scopeNames } from '../../store/year-book.ts';
import type { Use } from '../../use.ts';
import { isOffice, runsBranch } from '../access.ts';
import { defineFile, type FileContext } from '../compose-file.ts';
import { catalogueOf } from '../versions.ts';
import { yearFigures } from './figures.ts';
import { yearReport } from './report.ts';

/** More meetings than a branch holds in two years. */
const MEETINGS_READ = 400;

export type BookRefusal = 'not_allowed_year';
/** Whoever runs a branch takes its year, the office that of the city; both where somebody is both and says `branch`. */
export async function orderBook(
  tx: Writer,
  use: Use,
  actor: Actor,
  wish: { year: number; ownBranch: boolean },
  now: number,
): Promise<Verdict<FileRef, BookRefusal>> {
  const city = isOffice(use, actor) && !wish.ownBranch;
  if (!city && !runsBranch(actor, actor.branch)) return no('not_allowed_year');
  const branch = city ? null : actor.branch;
  await appendAudit(tx, {
    at: now,
    actor: actor.employeeNo,
    act: 'exported',
    object: branch ?? 'city',
    detail: { files: 1, year: wish.year, scores: false },
  });
  return yes({ file: 'year_book', args: { year: wish.year, ...(branch === null ? {} : { branch }) } });
}

async function branchSheets(
  { use, read, t, locale }: FileContext,
  code: string,
  year: number,
): Promise<PrintSheet[] | null> {
  const branch = await findBranch(read, code);
  const [figures] = await yearFigures(read, use, year, use.now(), (one) => one.code === code);
  if (branch === null || figures === undefined) return null;
  const { from, to } = periodRange(String(year));
  const names = await scopeNames(read);
  const items = await Promise.all(
    (await bookItems(read, code, year)).map(async (item) => ({
      ...item,
      starName: starName({ catalogue: await catalogueOf(read, item.catalogue), locale }, item.star),
    })),
  );
  const held = (await meetingsOfBranch(read, code, MEETINGS_READ))
    .filter((meeting) => meeting.date >= from && meeting.date <= to && meeting.state !== 'cancelled')
    .toReversed();
  const meetings = await Promise.all(
    held.map(async (meeting) => ({
      meeting,
      title: meeting.title === '' ? t(`meeting.kinds.${meeting.kind}`) : meeting.title,
      present: (await presentAt(read, meeting.id)).map(({ name }) => name),
      absent: await absentAt(read, meeting.id),
    })),
  );
  return branchYearSheets(
    {
      year,
      branchName: branch.name,
      figures,
      items,
      tasks: await bookTasks(read, code, year),
      checks: await bookChecks(read, code, from, to),
      summaries: await bookSummaries(read, code, year),
      meetings,
      activities: (await bookActivities(read, code, year)).map((one) => ({
        ...one,
        place: names.get(`${one.level} ${one.scope}`) ?? one.scope,
      })),
      missed: figures.missed.map((missed) => missedText(t, missed)),
    },
    t,
  );
}

async function citySheets({ use, read, t }: FileContext, year: number): Promise<PrintSheet[]> {
  const report = await yearReport(read, use, year, null, use.now());
  const names = await scopeNames(read);
  return cityYearSheets(
    {
      report,
      districts: new Map((await allDistricts(read)).map(({ code, name }) => [code, name])),
      activities: (await bookActivities(read, null, year)).map((one) => ({
        ...one,
        place: names.get(`${one.level} ${one.scope}`) ?? one.scope,
      })),
      missed: new Map(
        report.branches.map(({ code, missed }) => [
          code,
          missed.map((one) => missedText(t, one)).join(t('common.semicolon')),
        ]),
      ),
    },
    t,
  );
}

/** Asked once more when it is made: a secretary who stopped being one gets nothing. */
export const yearBookFile = defineFile({
  name: 'year_book',
  args: z.object({ year: z.int(), branch: z.string().optional() }),
  async compose({ year, branch }, context) {
    const { use, actor, read, t } = context;
    if (branch === undefined ? !isOffice(use, actor) : !runsBranch(actor, branch)) return null;
    const sheets = branch === undefined ? await citySheets(context, year) : await branchSheets(context, branch, year);
    if (sheets === null) return null;
    const place = branch === undefined ? t('export.city') : ((await findBranch(read, branch))?.name ?? branch);
    const nameOf = sheetNamer();
    const named = sheets.map((sheet) => ({ ...sheet, name: nameOf(sheet.name) }));
    const period = periodName(t, String(year));
    return {
      name: fileName([place, period, t('result.book.file')], 'xlsx'),
      bytes: await writeApart(named, period),
    };
  },
});
