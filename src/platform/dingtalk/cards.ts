/**
 * Sending and updating cards (platform/dingtalk.md §2.2). A card can exist without being in its chat: the chat refused it, or the call
 * broke off between the two. Creating it again does not bring it there, only delivering it does. Whether a card is shown twice that is
 * delivered where it is already is not documented; the out-track id is what makes cards repeatable (§3.7), so it is delivered rather than
 * taken for shown. A copy would be the same card: it changes with the other and counts its clicks once.
 */
import { z } from 'zod';
import type { Recipient, SendResult } from '../platform.ts';
import { type Api, exists, plain } from './api.ts';
import type { CardData } from './card-data.ts';
import { contents, space, target, unsaid } from './card-request.ts';
import { callbackRoute, type DingTalkConfig } from './config.ts';
import type { Deadline } from './deadline.ts';
import { undelivered } from './undelivered.ts';

export interface NewCard {
  to: Recipient;
  outTrackId: string;
  data: CardData;
  /** Line in the list of chats and in the notification. */
  summary: string;
}
export interface CardCalls {
  /** Creates a card and puts it into its chat; the same id again changes nothing. */
  sendCard(card: NewCard, by?: Deadline): Promise<SendResult>;
  /** @param answered people whose last answer in a group's card is taken away */
  updateCard(outTrackId: string, to: Recipient, data: CardData, answered?: readonly string[]): Promise<SendResult>;
}

/** Cards that wait to be delivered; one forgotten costs a call more. */
const REMEMBERED = 5_000;
const anyAnswer = z.looseObject({});
const chatAnswer = z.object({ success: z.boolean(), errorMsg: z.string().nullish() });
const createdAnswer = z.object({ result: z.object({ deliverResults: z.array(chatAnswer).nullish() }) });
/** The page shows a list; the other call's shape is taken as well. */
const deliveredAnswer = z.object({
  success: z.boolean().optional(),
  result: z.union([z.array(chatAnswer), createdAnswer.shape.result]).nullish(),
});
type ChatAnswer = z.infer<typeof chatAnswer>;

export function createCardCalls({ call }: Pick<Api, 'call'>, config: DingTalkConfig): CardCalls {
  /** Exist, and are not known to be in their chat. */
  const waiting = new Set<string>();
  const callback =
    config.transport === 'stream'
      ? { callbackType: 'STREAM' }
      : { callbackType: 'HTTP', callbackRouteKey: callbackRoute(config).callbackRouteKey };

  function wait(outTrackId: string): void {
    waiting.add(outTrackId);
    const [oldest] = waiting;
    if (waiting.size > REMEMBERED && oldest !== undefined) waiting.delete(oldest);
  }
  function placed({ to, outTrackId }: NewCard, { success, errorMsg }: ChatAnswer): SendResult {
    if (!success) {
      wait(outTrackId);
      return undelivered(to, errorMsg ?? '');
    }
    waiting.delete(outTrackId);
    return { ok: true, messageId: outTrackId };
  }
  async function deliver(card: NewCard, by: Deadline | undefined): Promise<SendResult> {
    const { to, outTrackId } = card;
    wait(outTrackId); // until an answer says that it is there
    const json = { outTrackId, userIdType: 1, ...target(to, config.robotCode) };
    const outcome = await call(
      { method: 'POST', path: '/v1.0/card/instances/deliver', json, ...(by === undefined ? {} : { by }) },
      deliveredAnswer,
    );
    if (!outcome.ok) {
      if (outcome.refusal?.code.toLowerCase() !== 'param.cardnotexist') return plain(outcome);
      waiting.delete(outTrackId); // it is made by the next try
      return { ok: false, reason: 'in_flight', code: outcome.code };
    }
    const { result, success } = outcome.value;
    const [answer] = (Array.isArray(result) ? result : result?.deliverResults) ?? [];
    // Nothing about the chat: what the whole call says has to do.
    return placed(card, answer ?? { success: success === true });
  }

  return {
    async sendCard(card, by) {
      const { to, outTrackId, data, summary } = card;
      if (waiting.has(outTrackId)) return deliver(card, by);
      const json = {
        cardTemplateId: config.cardTemplateId,
        outTrackId,
        userIdType: 1,
        ...callback,
        ...space(to, summary),
        ...target(to, config.robotCode),
        ...contents(to, data),
      };
      const outcome = await call(
        { method: 'POST', path: '/v1.0/card/instances/createAndDeliver', json, ...(by === undefined ? {} : { by }) },
        createdAnswer,
      );
      // Made by an earlier try whose answer was lost: said so, or by silence about the chat.
      if (!outcome.ok) return exists(outcome) ? deliver(card, by) : plain(outcome);
      const [answer] = outcome.value.result.deliverResults ?? [];
      return answer === undefined ? deliver(card, by) : placed(card, answer);
    },
    async updateCard(outTrackId, to, data, answered = []) {
      // The whole map is replaced: what the card no longer has must not stay.
      const json = {
        outTrackId,
        userIdType: 1,
        ...contents(to, data),
        ...unsaid(answered),
        cardUpdateOptions: { updateCardDataByKey: false, updatePrivateDataByKey: answered.length > 0 },
      };
      const outcome = await call({ method: 'PUT', path: '/v1.0/card/instances', json }, anyAnswer);
      return outcome.ok ? { ok: true, messageId: outTrackId } : plain(outcome);
    },
  };
}
