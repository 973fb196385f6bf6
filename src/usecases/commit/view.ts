/** What the card of a sheet shows to whoever writes it. */
import { isEditable, writableYear } from '../../domain/commitment.ts';
import { today } from '../../domain/period.ts';
import { type PersonStar, starsOfPerson } from '../../domain/post-plan.ts';
import { type Item, itemsOf, type Sheet } from '../../store/commitments.ts';
import type { Reader } from '../../store/db.ts';
import { postPlanInForce } from '../../store/post-plans.ts';
import { type Actor, findBranch } from '../../store/roster.ts';
import type { StarItem } from '../../store/star-items.ts';
import type { Use } from '../../use.ts';
import { onCommittee, runsBranch } from '../access.ts';
import { sheetBoardLink } from '../board-link.ts';
import { catalogueOf } from '../versions.ts';
import { currentItems } from '../stars/items.ts';
import { countWaiting } from '../stars/post-approval.ts';
import { mayWrite, rangeFor, sheetFor, type SheetKey, starsFor } from './sheet.ts';

export interface SheetView extends SheetKey {
  branchName: string;
  sheet: Sheet | null;
  items: readonly Item[];
  /** As they are for this person: some are judged by the standard of the post (A39). */
  stars: readonly PersonStar[];
  /** What branch and unit hang on them (R46). */
  unitItems: readonly StarItem[];
  /** May be changed now. */
  open: boolean;
  range: readonly [number, number];
  /** Of a published sheet. */
  boardLink: string | null;
  /** Sheets that wait for this person's approval. */
  waiting: number;
  secretary: boolean;
  committee: boolean;
}

/** Null for who has no such sheet. */
export async function sheetView(
  h: Reader,
  use: Use,
  actor: Actor,
  key: SheetKey,
  now: number,
): Promise<SheetView | null> {
  if (!mayWrite(actor, key.whose)) return null;
  const sheet = await sheetFor(h, actor, key);
  const date = today(now, use.config.timezone);
  const plan = key.whose === 'own' ? await postPlanInForce(h, actor.branch, key.year) : null;
  const open = writableYear(key.year, date) && (sheet === null || isEditable(sheet.state));
  // An open sheet is written under the stars of now, a finished one is read under its own.
  const catalogue = sheet === null || open ? use.years.of(key.year).catalogue : await catalogueOf(h, sheet.catalogue);
  return {
    ...key,
    branchName: (await findBranch(h, actor.branch))?.name ?? '',
    sheet,
    items: sheet === null ? [] : await itemsOf(h, sheet.id),
    stars: starsOfPerson(starsFor(catalogue, key.whose), plan, actor.employeeNo),
    unitItems: open ? await currentItems(h, actor, date) : [],
    open,
    range: rangeFor(use.years.of(key.year), key.whose),
    boardLink: sheet?.state === 'published' ? await sheetBoardLink(use, sheet) : null,
    waiting: await countWaiting(h, use, actor),
    secretary: runsBranch(actor, actor.branch),
    committee: onCommittee(actor, actor.branch),
  };
}
