/** What guests of the four-mutual group hand in: yes and no about the process, and a remark; no marks (A18). */
import { no } from './verdict.ts';

export const REMARK_MAX = 300;
export type ChecklistOf<I extends string> = Readonly<Record<I, boolean>>;
export interface TotalOf<I extends string> {
  item: I;
  yes: number;
  no: number;
}
/** How many said yes and no to each point: who reads it hears what, not which branch said it. */
export const itemTotals = <I extends string>(items: readonly I[], lists: readonly ChecklistOf<I>[]): TotalOf<I>[] =>
  items.map((item) => {
    const yes = lists.filter((list) => list[item]).length;
    return { item, yes, no: lists.length - yes };
  });

export type ChecklistVerdict<I extends string> =
  | { ok: true; value: { checklist: ChecklistOf<I>; remark: string } }
  | { ok: false; reason: 'items_missing'; items: readonly I[] }
  | { ok: false; reason: 'remark_long' };

/** Reads fields `item_<key>` = `yes` | `no`, and `remark`. */
export function readChecklist<I extends string>(
  items: readonly I[],
  form: Readonly<Record<string, string>>,
): ChecklistVerdict<I> {
  const said = (item: I) => form[`item_${item}`];
  const missing = items.filter((item) => said(item) !== 'yes' && said(item) !== 'no');
  if (missing.length > 0) return { ok: false, reason: 'items_missing', items: missing };
  const remark = (form.remark ?? '').trim();
  if (Array.from(remark).length > REMARK_MAX) return no('remark_long');
  // Every item is there: those that are missing were refused above.
  const checklist = Object.fromEntries(items.map((item) => [item, said(item) === 'yes'])) as Record<I, boolean>;
  return { ok: true, value: { checklist, remark } };
}
