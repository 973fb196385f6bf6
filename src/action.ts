/**
 * What a button carries. One union for every card: builders are typed by it and clicks are checked with it, so a forged or
 * outdated value never reaches a use case. Ids in here say what the card was about; they never say who may do it.
 */
import { z } from 'zod';
import { meetingKindSchema } from './domain/meeting.ts';

const review = z.string().min(1).max(40);
const person = z.string().min(1).max(40);
/** A sealed, half-filled ballot (src/ballot/draft.ts): base64url text, bound to one person and one roll. */
const draft = z.string().max(2_000);

const year = z.int().min(2000).max(2200);
const whose = z.enum(['own', 'branch']);
const item = z.string().min(1).max(40);
/** `2026-W41`. */
const week = z.string().max(8);

const meeting = z.string().min(1).max(40);
/** `2026-10`. */
const month = z.string().max(7);

const action = <A extends string, S extends z.ZodRawShape>(a: A, shape: S) => z.object({ a: z.literal(a), ...shape });

export const actionSchema = z.discriminatedUnion('a', [
  action('ballot_next', { r: review, d: draft }),
  action('ballot_back', { r: review, d: draft }),
  action('ballot_review', { r: review, d: draft }),
  action('ballot_edit', { r: review, d: draft, s: z.string().max(40) }),
  action('ballot_page', { r: review, d: draft, p: z.int().min(0).max(200) }),
  action('ballot_cast', { r: review, d: draft, u: z.literal(1).optional() }),
  action('ballot_open', { r: review }),
  action('self_review', { r: review }),
  action('branch_review', { r: review }),
  action('branch_review_open', { r: review }),
  action('self_review_open', { r: review }),
  action('self_reviews', { r: review }),
  action('self_review_read', { r: review, p: person }),
  action('opinion', { r: review }),
  action('opinion_open', { r: review }),
  action('opinion_add', { r: review, p: z.int().min(0).max(100) }),
  action('opinion_desk', { r: review, p: z.int().min(0).max(100) }),
  action('opinion_pick', { r: review }),
  action('opinion_group', { r: review, s: person, p: z.int().min(0).max(200) }),
  action('opinion_save', { r: review, s: person }),
  action('opinion_pass_on', { r: review }),
  action('opinion_mine', { r: review, w: z.enum(['own', 'branch']) }),
  action('opinion_answer', { r: review, w: z.enum(['own', 'branch']) }),
  action('sign_in', { r: review }),
  action('console', { r: review }),
  action('due_list', { r: review }),
  action('due_save', { r: review, p: z.int().min(0).max(100) }),
  action('due_page', { r: review, p: z.int().min(0).max(100) }),
  action('excuse_list', { r: review, p: z.int().min(0).max(100) }),
  action('excuse_save', { r: review, p: z.int().min(0).max(100) }),
  action('meeting_form', { r: review }),
  action('meeting_notice', { r: review }),
  action('start_meeting', { r: review }),
  action('agenda_next', { r: review, n: z.int().min(0).max(50) }),
  action('start_ballot', { r: review }),
  action('extend_ballot', { r: review, n: z.int().min(0).max(1_000).optional() }),
  action('close_ballot', { r: review }),
  action('reopen_ballot', { r: review }),
  action('confirm_form', { r: review, p: z.int().min(0).max(100) }),
  action('confirm_page', { r: review, p: z.int().min(0).max(100) }),
  action('confirm_results', { r: review, p: z.int().min(0).max(100) }),
  action('publish_results', { r: review }),
  action('remind', { r: review }),
  action('hearing_statement', { r: review }),
  action('acknowledge', { r: review }),
  action('my_result', { r: review }),
  action('hearing_open', { r: review }),
  action('objection_form', { r: review }),
  action('objection_file', { r: review }),
  action('person_result', { r: review, p: person }),
  action('scores', { r: review }),
  action('objection_decide', { o: z.string().max(40) }),
  action('recount', { o: z.string().max(40) }),
  action('chat_bind', {}),
  action('guide_list', {}),
  action('guide_show', { k: z.string().max(64) }),
  action('commit_show', { y: year, w: whose, n: z.int().min(0).max(9) }),
  action('commit_put', { y: year, w: whose, n: z.int().min(0).max(9), i: item.optional() }),
  action('commit_edit', { i: item }),
  action('commit_remove', { i: item }),
  action('commit_submit', { y: year, w: whose, n: z.int().min(0).max(9), i: item.optional() }),
  action('commit_withdraw', { y: year, w: whose }),
  action('commit_queue', {}),
  action('commit_review', { c: item }),
  action('commit_approve', { c: item, v: z.int().min(0) }),
  action('commit_return', { c: item, v: z.int().min(0) }),
  action('commit_overview', { y: year }),
  action('commit_publish', { y: year }),
  action('task_list', { p: z.int().min(0).max(100) }),
  action('task_form', { p: z.int().min(0).max(100) }),
  action('task_add', { p: z.int().min(0).max(100) }),
  action('task_show', { k: item, p: z.int().min(0).max(100) }),
  action('task_save', { k: item, p: z.int().min(0).max(100) }),
  action('task_move', { k: item, s: z.enum(['open', 'done', 'dropped']) }),
  action('check_show', { k: week, p: z.int().min(0).max(100) }),
  action('check_answer', { k: week, p: z.int().min(0).max(100) }),
  action('check_all', { k: week }),
  action('check_digest', { k: week, p: z.int().min(0).max(100) }),
  action('guidance_new', {}),
  action('guidance_publish', {}),
  action('guidance_read', { g: z.string().max(40) }),
  action('activity_new', {}),
  action('activity_plan', {}),
  action('activity_show', { y: z.string().max(40) }),
  action('activity_open', { y: z.string().max(40) }),
  action('activity_end', { y: z.string().max(40) }),
  action('activity_cancel', { y: z.string().max(40) }),
  action('activity_answer', { y: z.string().max(40), c: z.int().min(0).max(1) }),
  action('activity_sign_in', { y: z.string().max(40) }),
  action('meeting_list', {}),
  action('meeting_new', {}),
  action('meeting_plan', { k: meetingKindSchema, g: meeting.optional() }),
  action('meeting_show', { g: meeting }),
  action('meeting_edit', { g: meeting }),
  action('meeting_open', { g: meeting }),
  action('meeting_end', { g: meeting }),
  action('meeting_cancel', { g: meeting }),
  action('meeting_publish', { g: meeting }),
  action('meeting_sign_in', { g: meeting }),
  action('meeting_register', { g: meeting, p: z.int().min(0).max(100) }),
  action('meeting_mark', { g: meeting, p: z.int().min(0).max(100) }),
  action('minutes_form', { g: meeting }),
  action('minutes_file', { g: meeting }),
  action('guest_answer', { g: meeting, c: z.int().min(0).max(1) }),
  action('guest_check', { g: meeting }),
  action('leaders_show', {}),
  action('leading_show', {}),
  action('leading_meeting_new', {}),
  action('leading_meeting_add', {}),
  action('leading_evidence_new', {}),
  action('leading_evidence_add', {}),
  action('leading_remove', { w: z.enum(['meeting', 'evidence']), i: z.string().max(40) }),
  action('summary_show', { m: month }),
  action('summary_file', { m: month }),
  action('bind_request', {}),
]);
export type Action = z.infer<typeof actionSchema>;
export type ActionName = Action['a'];
