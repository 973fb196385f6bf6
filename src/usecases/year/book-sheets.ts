/** Reads what stands on the sheets of a year: everything of a branch for its secretary, numbers for whoever looks after more (F14, A47, A48). */
import { attendedTitle } from '../../attended-title.ts';
import { itemTotals } from '../../domain/checklist.ts';
import { GUEST_ITEMS } from '../../domain/meeting.ts';
import { periodRange } from '../../domain/period.ts';
import { starName } from '../../exports/names.ts';
import type { PrintSheet } from '../../exports/workbook.ts';
import { branchYearSheets } from '../../exports/year-branch.ts';
import { type CityBook, cityYearSheets } from '../../exports/year-city.ts';
import type { PlacedActivity } from '../../exports/year-parts.ts';
import { missedText } from '../../missed-text.ts';
import { meetingChecklistsOfYear } from '../../store/meeting-guests.ts';
import { absentAt, presentAt } from '../../store/meeting-people.ts';
import { meetingsOfBranch } from '../../store/meetings.ts';
import { allDistricts, findBranch } from '../../store/roster.ts';
import {
  bookActivities,
  bookChecks,
  bookItems,
  bookSummaries,
  bookTasks,
  checkRatesByMonth,
  scopeNames,
} from '../../store/year-book.ts';
import type { CityPart } from '../../store/year-figures.ts';
import type { FileContext } from '../compose-file.ts';
import { leadersArePublic, leadersYear } from '../meeting/leaders.ts';
import { catalogueOf } from '../versions.ts';
import { type BranchYear, yearFigures } from './figures.ts';
import { guestTotals, starProgress, yearReport } from './report.ts';

/** More meetings than a branch holds in two years. */
const MEETINGS_READ = 400;

async function activitiesOf({ read }: FileContext, year: number, part: CityPart): Promise<PlacedActivity[]> {
  const names = await scopeNames(read);
  return (await bookActivities(read, year, part)).map((one) => ({
    ...one,
    place: names.get(`${one.level} ${one.scope}`) ?? one.scope,
  }));
}

/** Null where there is no such branch. */
export async function sheetsOfBranch(context: FileContext, code: string, year: number): Promise<PrintSheet[] | null> {
  const { use, read, t, locale } = context;
  const branch = await findBranch(read, code);
  const [figures] = await yearFigures(read, use, year, use.now(), (one) => one.code === code);
  if (branch === null || figures === undefined) return null;
  const { from, to } = periodRange(String(year));
  const part = { district: null, branch: code };
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
  const lists = await meetingChecklistsOfYear(read, code, year);
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
      activities: await activitiesOf(context, year, part),
      progress: await starProgress(read, year, part),
      guests: await guestTotals(read, year, part),
      meetingGuests: lists.length === 0 ? [] : itemTotals(GUEST_ITEMS, lists),
      missed: figures.missed.map((missed) => missedText(t, missed)),
    },
    t,
  );
}

/** Leaders at what their own branches held, by day; null where the rules publish nobody's attendance. */
async function leadersOf(
  { use, read, t }: FileContext,
  branches: readonly BranchYear[],
  year: number,
): Promise<CityBook['leaders']> {
  if (!leadersArePublic(use)) return null;
  const found: { date: string; branch: string; title: string; names: string }[] = [];
  for (const { code, name: branch } of branches) {
    const rows = (await leadersYear(read, use, code, year))?.rows ?? [];
    const together = Map.groupBy(rows, (row) => `${row.date} ${row.what} ${row.kind} ${row.title}`);
    for (const [first, ...more] of together.values()) {
      if (first === undefined) continue;
      const names = [first, ...more].map(({ name }) => name).join(t('common.and'));
      found.push({ date: first.date, branch, title: attendedTitle(first, t), names });
    }
  }
  return found.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

/** @param district its code, or null for the whole city */
export async function sheetsOfCity(context: FileContext, district: string | null, year: number): Promise<PrintSheet[]> {
  const { use, read, t } = context;
  const report = await yearReport(read, use, year, district, use.now());
  const districts = new Map((await allDistricts(read)).map(({ code, name }) => [code, name]));
  return cityYearSheets(
    {
      report,
      districtName: district === null ? null : (districts.get(district) ?? district),
      districts,
      activities: await activitiesOf(context, year, { district, branch: null }),
      rates: await checkRatesByMonth(read, year),
      leaders: await leadersOf(context, report.branches, year),
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
