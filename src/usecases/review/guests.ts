/** Guests of the four-mutual group at a review (R70, R71, A18): invited, signed in on the spot, and a checklist of the process. No ballot, not due, not in the quorum. */
import { readChecklist } from '../../domain/checklist.ts';
import { cleanLine } from '../../domain/form.ts';
import { WHO_MAX } from '../../domain/meeting.ts';
import type { Review } from '../../domain/review.ts';
import {
  checklistTotals,
  guestMayAnswer,
  guestMayCheck,
  guestMaySignIn,
  type ItemTotal,
  REVIEW_GUEST_ITEMS,
  type ReviewGuestItem,
} from '../../domain/review-guest.ts';
import { no, type Verdict, yes } from '../../domain/verdict.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Reader, Writer } from '../../store/db.ts';
import {
  findReviewGuest,
  insertGuestSignIn,
  insertReviewGuests,
  putReviewChecklist,
  putReviewGuestAnswer,
  type ReviewGuest,
  reviewGuests,
} from '../../store/review-guests.ts';
import { findReview } from '../../store/reviews.ts';
import { type Actor, branchesOfGroup, findBranch } from '../../store/roster.ts';
import { runnersOf, runsBranch } from '../access.ts';
import { type SendOptions, sendToChats, sendToPeople } from '../notify.ts';

/** Makes the other branches of the group guests of the review. Twice is harmless. */
async function invite(tx: Writer, review: Review): Promise<void> {
  const host = await findBranch(tx, review.branch);
  if (host === null || host.group === null) return;
  const others = (await branchesOfGroup(tx, host.group)).map(({ code }) => code).filter((code) => code !== host.code);
  await insertReviewGuests(tx, review.id, others);
}
const invitation = (review: Review) => ({ card: 'review_invitation', args: { review: review.id } });

/** With the notice of the meeting, and again when it changes: a private card to those who run the guest branches. */
export async function inviteGuests(tx: Writer, review: Review, options: SendOptions): Promise<void> {
  await invite(tx, review);
  for (const { branch } of await reviewGuests(tx, review.id))
    await sendToPeople(tx, await runnersOf(tx, branch), invitation(review), options);
}
/** The meeting begins: sign-in and checklist to the branches that did not decline, and the sign-in to the chat of those that come. */
export async function greetGuests(tx: Writer, review: Review, now: number): Promise<void> {
  await invite(tx, review);
  const options = { now, once: `review-guest:${review.id}` };
  for (const { branch, comes } of await reviewGuests(tx, review.id)) {
    if (comes === false) continue;
    await sendToPeople(tx, await runnersOf(tx, branch), invitation(review), options);
    if (comes)
      await sendToChats(tx, 'branch', branch, { ...invitation(review), card: 'review_guest_sign_in' }, options);
  }
}

export type GuestRefusal = 'gone' | 'not_invited' | 'not_secretary' | 'wrong_state';
async function invited(
  h: Reader,
  actor: Actor,
  id: string,
): Promise<Verdict<{ review: Review; guest: ReviewGuest }, 'gone' | 'not_invited'>> {
  const review = await findReview(h, id);
  if (review === null) return no('gone');
  const guest = await findReviewGuest(h, id, actor.branch);
  return guest === null ? no('not_invited') : yes({ review, guest });
}

/** Says whether the branch comes, and who: a few names or a number. */
export async function answerReviewInvitation(
  tx: Writer,
  actor: Actor,
  id: string,
  comes: boolean,
  form: Readonly<Record<string, string>>,
): Promise<Verdict<Review, GuestRefusal | 'who_missing' | 'who_long'>> {
  const found = await invited(tx, actor, id);
  if (!found.ok) return found;
  if (!runsBranch(actor, actor.branch)) return no('not_secretary');
  if (!guestMayAnswer(found.value.review.state)) return no('wrong_state');
  const who = cleanLine(form.who);
  if (comes && who === '') return no('who_missing');
  if (Array.from(who).length > WHO_MAX) return no('who_long');
  await putReviewGuestAnswer(tx, id, actor.branch, comes, comes ? who : '');
  return yes(found.value.review);
}

/** Somebody of an invited branch is there. Nothing else follows from it: guests are not due and have no ballot. */
export async function signInAsGuest(
  tx: Writer,
  actor: Actor,
  id: string,
): Promise<Verdict<Review, 'gone' | 'not_invited' | 'not_open' | 'again'>> {
  const found = await invited(tx, actor, id);
  if (!found.ok) return found;
  if (!guestMaySignIn(found.value.review.state)) return no('not_open');
  return (await insertGuestSignIn(tx, id, actor.branch, actor.employeeNo)) ? yes(found.value.review) : no('again');
}

export type ReviewChecklistResult =
  | { ok: true; value: Review }
  | { ok: false; reason: GuestRefusal | 'remark_long' }
  | { ok: false; reason: 'items_missing'; items: readonly ReviewGuestItem[] };
/** Files the checklist of the branch or changes it. */
export async function fileReviewChecklist(
  tx: Writer,
  actor: Actor,
  id: string,
  form: Readonly<Record<string, string>>,
  now: number,
): Promise<ReviewChecklistResult> {
  const found = await invited(tx, actor, id);
  if (!found.ok) return found;
  if (!runsBranch(actor, actor.branch)) return no('not_secretary');
  if (!guestMayCheck(found.value.review.state)) return no('wrong_state');
  const read = readChecklist(REVIEW_GUEST_ITEMS, form);
  if (!read.ok) return read;
  await putReviewChecklist(tx, id, actor.branch, read.value.checklist, read.value.remark);
  await appendAudit(tx, {
    at: now,
    actor: actor.employeeNo,
    act: 'guest_checklist_filed',
    object: id,
    detail: { branch: actor.branch },
  });
  return yes(found.value.review);
}

export interface GuestsSeen {
  guests: readonly Pick<ReviewGuest, 'branch' | 'name' | 'comes' | 'who' | 'present'>[];
  filed: number;
  /** Empty before the first checklist. */
  totals: readonly ItemTotal[];
  /** In an order that does not tell who wrote which. */
  remarks: readonly string[];
}
/** What the committee of the host reads: who came, and totals of the checklists. */
export async function guestsSeen(h: Reader, review: string): Promise<GuestsSeen> {
  const guests = await reviewGuests(h, review);
  const lists = guests.flatMap(({ checklist }) => (checklist === null ? [] : [checklist]));
  return {
    guests: guests.map(({ branch, name, comes, who, present }) => ({ branch, name, comes, who, present })),
    filed: lists.length,
    totals: lists.length === 0 ? [] : checklistTotals(lists),
    remarks: guests.flatMap(({ remark }) => (remark === '' ? [] : [remark])).toSorted(),
  };
}
