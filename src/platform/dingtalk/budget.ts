/**
 * What work costs of the calls and pushes that DingTalk counts by the month (platform/dingtalk.md §3.9). Turning a page of a ballot
 * is answered inside the push, so it costs no call.
 */
import type { MonthlyBudget, ReviewSize, ReviewStage, Usage } from '../platform.ts';
import { PLAN_QUOTAS } from './limits.ts';

/** What the organisation pays for. `unlimited`: its quota is not to be minded. */
export type DingTalkPlan = keyof typeof PLAN_QUOTAS | 'unlimited';

/** Cards and clicks of one part of a review: for each elector, each chat, and the secretary. `pages`: one push for each page of a ballot. */
interface Part {
  calls: { elector: number; chat: number; secretary: number };
  pushes: { elector: number; pages: boolean; secretary: number };
}
const PARTS: Readonly<Record<ReviewStage, Part>> = {
  // The call for a self-review; due list, notice, sign-in and its updates for the others.
  opening: { calls: { elector: 1, chat: 18, secretary: 5 }, pushes: { elector: 2, pages: false, secretary: 15 } },
  // The ballot and a reminder; the pages, the last look, casting, a command.
  ballot: { calls: { elector: 2, chat: 2, secretary: 3 }, pushes: { elector: 3, pages: true, secretary: 10 } },
  // The own result, acknowledged; results in the chat.
  results: { calls: { elector: 1, chat: 4, secretary: 2 }, pushes: { elector: 1, pages: false, secretary: 5 } },
};
const STAGES: readonly ReviewStage[] = ['opening', 'ballot', 'results'];

function partNeeds({ calls, pushes }: Part, { electors, subjects, chats }: ReviewSize): Usage {
  return {
    calls: electors * calls.elector + chats * calls.chat + calls.secretary,
    pushes: electors * (pushes.elector + (pushes.pages ? subjects : 0)) + pushes.secretary,
  };
}

/** Null where the organisation's plan is not to be minded. */
export const budgetOf = (plan: DingTalkPlan): MonthlyBudget | null =>
  plan === 'unlimited'
    ? null
    : {
        plan: PLAN_QUOTAS[plan],
        reviewNeeds: (size, from) =>
          STAGES.slice(STAGES.indexOf(from))
            .map((stage) => partNeeds(PARTS[stage], size))
            .reduce((sum, part) => ({ calls: sum.calls + part.calls, pushes: sum.pushes + part.pushes })),
        // A card to each and a reminder to every second; opening it by a command now and then, and the answer.
        weekNeeds: (people) => ({ calls: Math.ceil(people * 1.5), pushes: Math.ceil(people * 1.5) }),
      };
