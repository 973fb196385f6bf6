/** Messages of the robot to one chat or one person: files, pictures, ordinary text. */
import type { Recipient, SendResult } from '../platform.ts';
import { type Outcome, plain } from './api.ts';
import type { DingTalkClient, RobotMessage } from './client.ts';
import type { Deadline } from './deadline.ts';
import { createPersonBatches, type PersonBatches } from './person-batches.ts';

/** Kept of messages whose outcome is not known; more than can wait at once. */
const REMEMBERED = 1_000;

export interface RobotSender {
  send(to: Recipient, message: RobotMessage, idempotencyKey: string, by: Deadline): Promise<SendResult>;
}

/**
 * Robot messages have no idempotency key. When the answer to one is lost it may have arrived, so it is tried once more and then given
 * up: at most one copy too many.
 */
export function createRobotSender(
  client: Pick<DingTalkClient, 'sendToGroup' | 'sendToPeople'>,
  batches: PersonBatches = createPersonBatches(client),
): RobotSender {
  const doubtful = new Set<string>();

  const deliver = (to: Recipient, message: RobotMessage, by: Deadline): Promise<Outcome<string>> =>
    to.kind === 'chat' ? client.sendToGroup(to.chatId, message, by) : batches.send(to.userId, message, by);

  return {
    async send(to, message, key, by) {
      const outcome = await deliver(to, message, by);
      if (outcome.ok) return { ok: true, messageId: outcome.value };
      if (outcome.uncertain) {
        if (doubtful.delete(key)) return { ok: false, reason: 'bad_request', code: 'outcome-unknown' };
        if (doubtful.size >= REMEMBERED) doubtful.clear();
        doubtful.add(key);
      }
      return plain(outcome);
    },
  };
}
