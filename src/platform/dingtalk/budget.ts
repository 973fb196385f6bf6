/**
 * What a review costs of the calls and pushes that DingTalk counts by the month (platform/dingtalk.md §3.9). Turning a page of a ballot
 * is answered inside the push, so it costs no call.
 */
import type { ReviewSize } from '../platform.ts';

/** Private cards to each elector: the call for self-reviews, the ballot, a reminder, the own result. */
const CARDS_PER_ELECTOR = 4;
/** Cards in each chat (sign-in, opening, results, publicity) and the updates of the sign-in card for the others. */
const CALLS_PER_CHAT = 24;
/** Console of the secretary and what its clicks send. */
const CALLS_OF_SECRETARY = 10;
/** Beyond one push for each page: sign-in, self-review, the last look, casting, a command, acknowledging. */
const PUSHES_PER_ELECTOR = 6;
const PUSHES_OF_SECRETARY = 30;

export function callsNeeded({ electors, subjects, chats }: ReviewSize): { calls: number; pushes: number } {
  return {
    calls: electors * CARDS_PER_ELECTOR + chats * CALLS_PER_CHAT + CALLS_OF_SECRETARY,
    pushes: electors * (subjects + PUSHES_PER_ELECTOR) + PUSHES_OF_SECRETARY,
  };
}
