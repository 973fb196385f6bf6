/** Which districts and branches a person may look at, for `/results`, `/league` and `/status`. */
import type { Reader } from '../store/db.ts';
import { type Actor, findBranch, findDistrict } from '../store/roster.ts';
import type { Use } from '../use.ts';
import { isOffice } from './access.ts';

export const districtsOf = (actor: Actor): string[] => actor.roles.filter((held) => held.role === 'liaison').map((held) => held.scope);

/** The district a command is about: the one typed, else the only one the person looks after, else null for the whole city. */
export async function askedDistrict(h: Reader, use: Use, actor: Actor, typed: string | undefined): Promise<{ ok: true; district: string | null } | { ok: false }> {
  const mine = districtsOf(actor);
  if (typed === undefined) {
    if (isOffice(use, actor)) return { ok: true, district: null };
    const [first] = mine;
    return first === undefined ? { ok: false } : { ok: true, district: first };
  }
  const district = (await findDistrict(h, typed.toUpperCase())) ?? (await findDistrict(h, typed));
  if (district === null || (!isOffice(use, actor) && !mine.includes(district.code))) return { ok: false };
  return { ok: true, district: district.code };
}

/** The branch somebody names by code, if there is one. */
export const askedBranch = async (h: Reader, typed: string) => (await findBranch(h, typed)) ?? (await findBranch(h, typed.toUpperCase()));
