/** What the card of a sheet shows to whoever writes it. */
import { isEditable, writableYear } from '../../domain/commitment.ts';
import { today } from '../../domain/period.ts';
import { type Item, itemsOf, type Sheet } from '../../store/commitments.ts';
import type { Reader } from '../../store/db.ts';
import { type Actor, findBranch } from '../../store/roster.ts';
import type { Use } from '../../use.ts';
import { onCommittee, runsBranch } from '../access.ts';
import { sheetBoardLink } from '../board-link.ts';
import { catalogueOf } from '../versions.ts';
import { queueOf } from './approval.ts';
import { mayWrite, rangeFor, sheetFor, type SheetKey, starsFor } from './sheet.ts';

export interface NamedStar {
  key: string;
  zh: string;
  en: string;
  indicators: readonly { zh: string; en: string }[];
}
export interface SheetView extends SheetKey {
  branchName: string;
  sheet: Sheet | null;
  items: readonly Item[];
  stars: readonly NamedStar[];
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
  const open = writableYear(key.year, today(now, use.config.timezone)) && (sheet === null || isEditable(sheet.state));
  // An open sheet is written under the stars of now, a finished one is read under its own.
  const catalogue = sheet === null || open ? use.catalogue : await catalogueOf(h, sheet.catalogue);
  return {
    ...key,
    branchName: (await findBranch(h, actor.branch))?.name ?? '',
    sheet,
    items: sheet === null ? [] : await itemsOf(h, sheet.id),
    stars: starsFor(catalogue, key.whose),
    open,
    range: rangeFor(use, key.whose),
    boardLink: sheet?.state === 'published' ? await sheetBoardLink(use, sheet) : null,
    waiting: (await queueOf(h, use, actor)).length,
    secretary: runsBranch(actor, actor.branch),
    committee: onCommittee(actor, actor.branch),
  };
}
