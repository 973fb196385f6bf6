/** Gaps of the roster at the start of the year (J3), told to whoever can see them closed. Worked out anew whenever a card is shown. */
import type { Rules } from '../../domain/rules.ts';
import { parseFraction } from '../../domain/fraction.ts';
import { type Gap, type GapKind, type GapLimits, gaps } from '../../roster/gaps.ts';
import type { Reader, Writer } from '../../store/db.ts';
import { allBranches, type Branch, peopleWithRole } from '../../store/roster.ts';
import { storedRoster } from '../../store/roster-import.ts';
import type { Use } from '../../use.ts';
import { officePeople, runnersOf } from '../access.ts';
import { inMessageHours, sendToPeople } from '../notify.ts';

/** Whose gaps a card lists. */
export type GapScope = { scope: 'branch' | 'district'; code: string } | { scope: 'city'; code: '' };

/** About persons: for the secretary of their branch alone. */
const PERSONAL: readonly GapKind[] = ['same_name', 'no_way_to_reach'];

/** The limits of A16, A17 and R33 as the rules set them. */
function gapLimits({ groups, colleagues, anonymity }: Rules): GapLimits {
  const share = parseFraction(colleagues.min_share);
  const oneIn = share === null || share.n === 0n ? Number.POSITIVE_INFINITY : Number(share.d) / Number(share.n);
  return {
    groupSize: groups.size,
    colleagues: { oneIn, atLeast: colleagues.min_count },
    minRaters: anonymity.min_total,
  };
}

/** Gaps of the roster as it is now; closed branches and people who left have none. */
async function allGaps(h: Reader, use: Use, year: number): Promise<Gap[]> {
  const ids = {
    lark: use.platforms.get('lark')?.appId ?? null,
    dingtalk: use.platforms.get('dingtalk')?.appId ?? null,
  };
  const { branches, people } = await storedRoster(h, ids);
  const open = branches.filter((branch) => branch.closedOn === null);
  const here = people.filter((person) => person.leftOn === null);
  return gaps({ branches: open, people: here }, gapLimits(use.years.of(year).rules));
}
function within(found: readonly Gap[], where: GapScope, branches: readonly Branch[]): readonly Gap[] {
  const { scope, code } = where;
  const shown = scope === 'branch' ? found : found.filter((gap) => !PERSONAL.includes(gap.kind));
  if (scope === 'city') return shown;
  const inside = branches.filter((branch) => (scope === 'branch' ? branch.code : branch.district) === code);
  const codes = new Set([code, ...inside.flatMap((branch) => [branch.code, branch.group])]);
  return shown.filter((gap) => codes.has(gap.code));
}

/** What a card for `where` lists. */
export const gapsFor = async (h: Reader, use: Use, year: number, where: GapScope): Promise<readonly Gap[]> =>
  within(await allGaps(h, use, year), where, await allBranches(h));

/** Tells secretaries of their branch, liaison officers of their district, the office of everything. @returns how many people */
export async function tellGaps(tx: Writer, use: Use, year: number, date: string, now: number): Promise<number> {
  const found = await allGaps(tx, use, year);
  const branches = await allBranches(tx);
  const options = inMessageHours(use, now);
  let told = 0;
  const tell = async (people: readonly string[], where: GapScope): Promise<void> => {
    if (within(found, where, branches).length === 0) return;
    await sendToPeople(
      tx,
      people,
      { card: 'roster_gaps', args: { year, ...where } },
      { ...options, once: `gaps:${date}:${where.scope}:${where.code}` },
    );
    told += people.length;
  };
  for (const { code } of branches) await tell(await runnersOf(tx, code), { scope: 'branch', code });
  for (const code of new Set(branches.map((branch) => branch.district)))
    await tell(
      (await peopleWithRole(tx, 'liaison', code)).map((person) => person.employeeNo),
      { scope: 'district', code },
    );
  await tell(await officePeople(tx, use), { scope: 'city', code: '' });
  return told;
}
