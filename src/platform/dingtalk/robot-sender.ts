/** Messages of the robot to one chat or one person: files, pictures, ordinary text. */
import type { Recipient, SendResult } from '../platform.ts';
import type { Failed, Outcome } from './api.ts';
import type { DingTalkClient, RobotMessage } from './client.ts';

/** Kept of messages whose outcome is not known; more than can wait at once. */
const REMEMBERED = 1_000;

export interface RobotSender {
  send(to: Recipient, message: RobotMessage, idempotencyKey: string): Promise<SendResult>;
}

/**
 * Robot messages have no idempotency key. When the answer to one is lost it may have arrived, so it is tried once more and then given
 * up: at most one copy too many.
 */
export function createRobotSender(client: DingTalkClient): RobotSender {
  const doubtful = new Set<string>();

  async function deliver(to: Recipient, message: RobotMessage): Promise<Outcome<string>> {
    if (to.kind === 'chat') return client.sendToGroup(to.chatId, message);
    const results = await client.sendToPeople([to.userId], message);
    return results.get(to.userId) ?? { ok: false, reason: 'unreachable', code: 'unknown answer', uncertain: true };
  }

  return {
    async send(to, message, key) {
      const outcome = await deliver(to, message);
      if (outcome.ok) return { ok: true, messageId: outcome.value };
      if (outcome.uncertain) {
        if (doubtful.delete(key)) return { ok: false, reason: 'bad_request', code: 'outcome unknown' };
        if (doubtful.size >= REMEMBERED) doubtful.clear();
        doubtful.add(key);
      }
      return plain(outcome);
    },
  };
}

export const plain = ({ reason, code, retryAfterMs }: Failed): Failed => ({
  ok: false,
  reason,
  code,
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});
