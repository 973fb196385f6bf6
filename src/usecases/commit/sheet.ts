/** Writing a sheet of commitments (R50–R54, R60): the own one by every member, the branch's by its secretary; nobody else's. */
import { type Catalogue, type Star } from '../../domain/catalogue.ts';
import {
  checkSheet,
  isBlank,
  isEditable,
  type ItemVerdict,
  readItem,
  type SheetProblem,
  writableYear,
} from '../../domain/commitment.ts';
import { today } from '../../domain/period.ts';
import type { Scheme } from '../../domain/scheme.ts';
import { no } from '../../domain/verdict.ts';
import { appendAudit } from '../../store/audit.ts';
import {
  deleteItem,
  findSheet,
  insertItem,
  insertSheet,
  type Item,
  itemsOf,
  moveSheet,
  type Sheet,
  sheetOfBranch,
  sheetOfItem,
  sheetOfPerson,
  touchSheet,
  updateItem,
} from '../../store/commitments.ts';
import type { Reader, Writer } from '../../store/db.ts';
import type { Actor } from '../../store/roster.ts';
import type { Use } from '../../use.ts';
import { runsBranch } from '../access.ts';
import { settleYear } from '../scheme/version.ts';
import { postOf } from '../stars/person-stars.ts';
import { submitPosts } from '../stars/post-submit.ts';
import { callApprovers } from './approval.ts';

/** Whose sheet: the person's own, or the branch's. */
export type Whose = 'own' | 'branch';
export interface SheetKey {
  year: number;
  whose: Whose;
}
type Form = Readonly<Record<string, string>>;

export const starsFor = (catalogue: Catalogue, whose: Whose): readonly Star[] =>
  whose === 'own' ? catalogue.member : catalogue.branch;
export const rangeFor = ({ rules }: Pick<Scheme, 'rules'>, whose: Whose): readonly [number, number] =>
  whose === 'own' ? rules.commitment.member_items : rules.commitment.branch_items;

export const sheetFor = (h: Reader, actor: Actor, { year, whose }: SheetKey): Promise<Sheet | null> =>
  whose === 'own' ? sheetOfPerson(h, actor.employeeNo, year) : sheetOfBranch(h, actor.branch, year);

/** The sheet an item stands on and the item, if it is this person's to write. */
export async function ownItem(h: Reader, actor: Actor, item: string): Promise<{ key: SheetKey; item: Item } | null> {
  const sheet = await sheetOfItem(h, item);
  if (sheet === null) return null;
  const key: SheetKey = { year: sheet.year, whose: sheet.person === null ? 'branch' : 'own' };
  const found = (await itemsOf(h, sheet.id)).find((one) => one.id === item);
  const own = mayWrite(actor, key.whose) && (await sheetFor(h, actor, key))?.id === sheet.id;
  return own && found !== undefined ? { key, item: found } : null;
}

/** Members make commitments, colleagues do not (R51). */
export const mayWrite = (actor: Actor, whose: Whose): boolean =>
  whose === 'own' ? actor.status !== 'colleague' : runsBranch(actor, actor.branch);

export type WriteRefusal =
  | { ok: false; reason: 'not_member' | 'not_secretary' | 'year_closed' | 'handed_in' | 'gone' | 'duplicate' }
  | Exclude<ItemVerdict, { ok: true }>
  | SheetProblem;
export type WriteResult = { ok: true; sheet: Sheet } | WriteRefusal;

/** The sheet as it may be changed now; made when there is none yet. */
async function writable(tx: Writer, use: Use, actor: Actor, key: SheetKey, now: number): Promise<WriteResult> {
  const { year, whose } = key;
  if (!mayWrite(actor, whose)) return no(whose === 'own' ? 'not_member' : 'not_secretary');
  if (!writableYear(year, today(now, use.config.timezone))) return no('year_closed');
  const found = await sheetFor(tx, actor, key);
  if (found !== null) return isEditable(found.state) ? { ok: true, sheet: found } : no('handed_in');
  const { version } = await settleYear(tx, use, year, now);
  const id = use.newId();
  const person = whose === 'own' ? actor.employeeNo : null;
  await insertSheet(tx, { id, year, branch: actor.branch, person, catalogue: version.catalogue });
  const sheet = await findSheet(tx, id);
  return sheet === null ? no('gone') : { ok: true, sheet };
}

async function changed(tx: Writer, use: Use, actor: Actor, sheet: Sheet, now: number): Promise<WriteResult> {
  const { version } = await settleYear(tx, use, sheet.year, now);
  await touchSheet(tx, sheet.id, actor.branch, version.catalogue);
  const after = await findSheet(tx, sheet.id);
  return after === null ? no('gone') : { ok: true, sheet: after };
}

/** Adds one item, or with `item` writes over it. Nothing is made or changed by a refused form. */
export async function putItem(
  tx: Writer,
  use: Use,
  actor: Actor,
  key: SheetKey,
  form: Form,
  now: number,
  item?: string,
): Promise<WriteResult> {
  if (!mayWrite(actor, key.whose)) return no(key.whose === 'own' ? 'not_member' : 'not_secretary');
  const stars = new Set(starsFor(use.years.of(key.year).catalogue, key.whose).map((star) => star.key));
  const read = readItem(form, stars, key.year, today(now, use.config.timezone));
  if (!read.ok) return read;
  const open = await writable(tx, use, actor, key, now);
  if (!open.ok) return open;
  const { sheet } = open;
  const others = (await itemsOf(tx, sheet.id)).filter((one) => one.id !== item);
  if (others.some((one) => one.star === read.value.star && one.text === read.value.text)) return no('duplicate');
  const [, max] = rangeFor(use.years.of(key.year), key.whose);
  if (item === undefined) {
    if (others.length >= max) return { ok: false, reason: 'too_many', max };
    await insertItem(tx, sheet.id, use.newId(), read.value);
  } else if (!(await updateItem(tx, sheet.id, item, read.value))) return no('gone');
  return changed(tx, use, actor, sheet, now);
}

/** Takes an item off. @returns the item, so that it can be put back. */
export async function removeItem(
  tx: Writer,
  use: Use,
  actor: Actor,
  id: string,
  now: number,
): Promise<{ ok: true; key: SheetKey; removed: Item } | WriteRefusal> {
  const own = await ownItem(tx, actor, id);
  if (own === null) return no('gone');
  const open = await writable(tx, use, actor, own.key, now);
  if (!open.ok) return open;
  if (!(await deleteItem(tx, open.sheet.id, id))) return no('gone');
  const after = await changed(tx, use, actor, open.sheet, now);
  return after.ok ? { ok: true, key: own.key, removed: own.item } : after;
}

/**
 * Hands the sheet in for approval (R55). An item that is still in the form is added first, so that nothing typed is lost; when it
 * cannot be added, nothing is handed in. The reply is due within the working days of A41.
 */
export async function submitSheet(
  tx: Writer,
  use: Use,
  actor: Actor,
  key: SheetKey,
  form: Form,
  now: number,
  item?: string,
): Promise<WriteResult & { added?: boolean; asked?: number }> {
  let added = false;
  if (!isBlank(form)) {
    const put = await putItem(tx, use, actor, key, form, now, item);
    if (!put.ok && put.reason !== 'duplicate') return put; // what is there already is not lost
    added = put.ok;
  }
  const open = await writable(tx, use, actor, key, now);
  if (!open.ok) return open;
  const { sheet } = open;
  const post =
    key.whose === 'own'
      ? await postOf(tx, use.years.of(key.year).catalogue, { branch: actor.branch, year: key.year }, actor.employeeNo)
      : null;
  const individual = post?.stars.map((star) => star.key) ?? [];
  const check = checkSheet(await itemsOf(tx, sheet.id), rangeFor(use.years.of(key.year), key.whose), individual);
  if (!check.ok) return { ...check, added };
  const replyBy = use.calendar.addWorkdays(
    today(now, use.config.timezone),
    use.years.of(key.year).rules.commitment.reply_working_days,
  );
  const move = { from: ['draft', 'returned'], to: 'submitted', submittedBy: actor.employeeNo, replyBy } as const;
  if (!(await moveSheet(tx, sheet.id, { ...move, comment: '' }))) return no('handed_in');
  const detail = { branch: sheet.branch, year: sheet.year };
  await appendAudit(tx, { at: now, actor: actor.employeeNo, act: 'commitment_submitted', object: sheet.id, detail });
  const after = await findSheet(tx, sheet.id);
  if (after === null) return no('gone');
  // What is written of posts is approved with the branch's commitments (A39); a plan that is not ready waits for its own button.
  if (key.whose === 'branch') await submitPosts(tx, { use, actor, year: key.year, now });
  return { ok: true, sheet: after, asked: await callApprovers(tx, use, [after], now, 'commit-queue') };
}

/** Takes a sheet back that nobody has decided on yet. */
export async function withdrawSheet(
  tx: Writer,
  use: Use,
  actor: Actor,
  key: SheetKey,
  now: number,
): Promise<WriteResult | { ok: false; reason: 'decided' }> {
  if (!mayWrite(actor, key.whose)) return no(key.whose === 'own' ? 'not_member' : 'not_secretary');
  if (!writableYear(key.year, today(now, use.config.timezone))) return no('year_closed');
  const sheet = await sheetFor(tx, actor, key);
  if (sheet === null) return no('gone');
  if (!(await moveSheet(tx, sheet.id, { from: ['submitted'], to: 'draft' }))) return no('decided');
  const after = await findSheet(tx, sheet.id);
  return after === null ? no('gone') : { ok: true, sheet: after };
}
