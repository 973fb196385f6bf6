/** Which districts and branches a person may look at, for `/results`, `/league` and `/status`. */
import { readPeriod } from '../domain/period-text.ts';
import { no } from '../domain/verdict.ts';
import type { Reader } from '../store/db.ts';
import { type Actor, findBranch, findDistrict } from '../store/roster.ts';
import type { Use } from '../use.ts';
import { isOffice } from './access.ts';

export const districtsOf = (actor: Actor): string[] =>
  actor.roles.filter((held) => held.role === 'liaison').map((held) => held.scope);

/** `2026 年 第 三 季度`, with a blank wherever one can stand. More words are no period, and are not tried: a message may hold thousands. */
const PERIOD_WORDS_MAX = 5;

/** What was typed behind a command: a period, which may be of several words (`2026年 三季度`), and the rest, a place. */
export function periodAndPlace(
  args: readonly string[],
  date: string,
): { period: string | null; place: string | undefined } {
  for (let size = Math.min(args.length, PERIOD_WORDS_MAX); size > 0; size--)
    for (let from = 0; from + size <= args.length; from++) {
      const period = readPeriod(args.slice(from, from + size).join(' '), date);
      if (period.ok) return { period: period.value, place: placeOf(args.toSpliced(from, size)) };
    }
  return { period: null, place: placeOf(args) };
}
const placeOf = (words: readonly string[]): string | undefined => (words.length === 0 ? undefined : words.join(' '));

export type ScopeRefusal = 'not_allowed' | 'no_such_district';
/** The district a command is about: the one typed, else the only one the person looks after, else null for the whole city. */
export async function askedDistrict(
  h: Reader,
  use: Use,
  actor: Actor,
  typed: string | undefined,
): Promise<{ ok: true; district: string | null } | { ok: false; reason: ScopeRefusal }> {
  const mine = districtsOf(actor);
  if (typed === undefined) {
    if (isOffice(use, actor)) return { ok: true, district: null };
    const [first] = mine;
    return first === undefined ? no('not_allowed') : { ok: true, district: first };
  }
  if (!isOffice(use, actor) && mine.length === 0) return no('not_allowed');
  const district = (await findDistrict(h, typed.toUpperCase())) ?? (await findDistrict(h, typed));
  if (district === null) return no('no_such_district');
  if (!isOffice(use, actor) && !mine.includes(district.code)) return no('not_allowed');
  return { ok: true, district: district.code };
}

/** The branch somebody names by code, if there is one. */
export const askedBranch = async (h: Reader, typed: string) =>
  (await findBranch(h, typed)) ?? (await findBranch(h, typed.toUpperCase()));
