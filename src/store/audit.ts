/**
 * The audit trail: append-only and hash-chained (F15). It records what was done to a review and by whom, never a cast ballot,
 * never a mark (design.md section 12.16). Cutting off its end cannot be seen from within: keep the head that `verifyAudit` gives.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Reader, Writer } from './db.ts';

/** Everything the trail can say. There is no entry for casting: it would join a person and a time. */
export const ACTS = [
  'scheme_adopted',
  'scheme_published',
  'roster_imported',
  'identity_bound',
  'chat_bound',
  'review_opened',
  'meeting_noticed',
  'meeting_started',
  'agenda_ticked',
  'due_list_changed',
  'due_list_followed_roster',
  'elector_excused',
  'self_review_excused',
  'opinions_opened',
  'opinions_closed',
  'opinions_passed_on',
  'ballot_opened',
  'ballot_extended',
  'ballot_reopened',
  'ballot_closed',
  'tally_refused',
  'tally_made',
  'rating_recorded',
  'recount_made',
  'results_confirmed',
  'outstanding_named',
  'bar_proposed',
  'bar_stated',
  'bar_decided',
  'bar_dropped',
  'results_published',
  'results_final',
  'objection_filed',
  'objection_decided',
  'objection_recused',
  'objection_settled',
  'bar_lifted',
  'commitment_submitted',
  'commitment_approved',
  'commitment_returned',
  'commitments_published',
  'post_plan_submitted',
  'post_plan_approved',
  'post_plan_returned',
  'star_item_added',
  'star_item_changed',
  'star_item_ended',
  'star_item_removed',
  'task_added',
  'task_given',
  'task_closed',
  'branch_meeting_planned',
  'branch_meeting_held',
  'branch_meeting_cancelled',
  'attendance_entered',
  'absence_recorded',
  'minutes_filed',
  'guest_checklist_filed',
  'leading_meeting_registered',
  'evidence_registered',
  'leading_entry_removed',
  'summary_filed',
  'month_closed',
  'guidance_published',
  'activity_planned',
  'activity_held',
  'activity_cancelled',
  'sheet_viewed',
  'exported',
  'key_destroyed',
  'deleted',
  'backup_made',
  'backup_restored',
  'year_exported',
  'year_imported',
] as const;
export type Act = (typeof ACTS)[number];

/** Flat and small on purpose: no list of numbers fits in, so no row of marks does. */
export type AuditDetail = Readonly<Record<string, string | number | boolean | null>>;

export interface AuditEntry {
  /** Unix ms. */
  at: number;
  /** An employee number, or `system`. */
  actor: string;
  act: Act;
  /** What it was done to: a review id, a branch code, an employee number. */
  object: string;
  detail?: AuditDetail;
}

const auditRow = z.object({
  seq: z.int(),
  at: z.int(),
  actor: z.string(),
  act: z.string(),
  object: z.string(),
  detail: z.string(),
  prevHash: z.string(),
  hash: z.string(),
});
type AuditRow = z.infer<typeof auditRow>;

const GENESIS = '0'.repeat(64);
const PAGE = 500;
const LAST = 'SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1';
const INSERT =
  'INSERT INTO audit (seq, at, actor, act, object, detail, prev_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)';
const AFTER = `SELECT seq, at, actor, act, object, detail, prev_hash AS prevHash, hash FROM audit WHERE seq > ? ORDER BY seq LIMIT ${PAGE}`;

const canonical = (detail: AuditDetail): string =>
  JSON.stringify(Object.fromEntries(Object.entries(detail).toSorted(([a], [b]) => (a < b ? -1 : 1))));

function hashOf({ seq, at, actor, act, object, detail, prevHash }: Omit<AuditRow, 'hash'>): string {
  return createHash('sha256')
    .update(JSON.stringify([seq, at, actor, act, object, detail, prevHash]))
    .digest('hex');
}

/** Adds one entry. Inside the transaction of what it records, so that neither is there without the other. */
export async function appendAudit(tx: Writer, { at, actor, act, object, detail = {} }: AuditEntry): Promise<void> {
  const last = await tx.get(auditRow.pick({ seq: true, hash: true }), LAST);
  const row = {
    seq: (last?.seq ?? 0) + 1,
    at,
    actor,
    act,
    object,
    detail: canonical(detail),
    prevHash: last?.hash ?? GENESIS,
  };
  await tx.run(INSERT, [row.seq, row.at, row.actor, row.act, row.object, row.detail, row.prevHash, hashOf(row)]);
}

export type AuditVerdict =
  | { ok: true; entries: number; head: string }
  | { ok: false; seq: number; why: 'missing_entry' | 'broken_link' | 'changed_entry' };

/** Recomputes the chain from the first entry, page by page so that a long trail never stops the bot. */
export async function verifyAudit(h: Reader): Promise<AuditVerdict> {
  let entries = 0;
  let head = GENESIS;
  for (;;) {
    const page = await h.all(auditRow, AFTER, [entries]);
    for (const row of page) {
      if (row.seq !== entries + 1) return { ok: false, seq: entries + 1, why: 'missing_entry' };
      if (row.prevHash !== head) return { ok: false, seq: row.seq, why: 'broken_link' };
      if (row.hash !== hashOf(row)) return { ok: false, seq: row.seq, why: 'changed_entry' };
      entries = row.seq;
      head = row.hash;
    }
    if (page.length < PAGE) return { ok: true, entries, head };
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Entries about one object, oldest first. */
export const auditOf = (h: Reader, object: string): Promise<AuditRow[]> =>
  h.all(
    auditRow,
    'SELECT seq, at, actor, act, object, detail, prev_hash AS prevHash, hash FROM audit WHERE object = ? ORDER BY seq',
    [object],
  );

/** When the newest entry was written, Unix ms; null while there is none. */
export const lastAuditAt = async (h: Reader): Promise<number | null> =>
  (await h.get(auditRow.pick({ at: true }), 'SELECT at FROM audit ORDER BY seq DESC LIMIT 1'))?.at ?? null;
