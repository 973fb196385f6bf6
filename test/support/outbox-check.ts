/** Compares what the bot meant to send with what is in the chats. */
import { expect } from 'vitest';
import { z } from 'zod';
import { inDatabase } from './ballot-play.ts';
import type { World } from './world.ts';

const rowSchema = z.object({
  id: z.int(),
  card: z.string(),
  recipient: z.string(),
  state: z.string(),
  messageId: z.string().nullable(),
});
export type OutboxLine = z.infer<typeof rowSchema>;

/** Everything in the outbox, oldest first. */
export const outboxOf = (world: World): Promise<OutboxLine[]> =>
  inDatabase(world, (h) =>
    h.all(rowSchema, 'SELECT id, card, recipient, state, message_id AS messageId FROM outbox ORDER BY id'),
  );

/**
 * Waits until nothing waits any more. Every row is in its chat once, nothing else is, and the order in each chat is that of the rows.
 */
export async function everythingSentOnce(world: World, timeoutMs = 40_000): Promise<void> {
  const rows = await world.client.waitFor(
    'an empty outbox',
    async () => {
      const all = await outboxOf(world);
      return all.every(({ state }) => state !== 'waiting') ? all : null;
    },
    timeoutMs,
  );
  const sentTo = await world.client.sent({ limit: 10_000, brief: true });
  const stored = sentTo.map(({ platform, uuid, message_id, chat_id: chat, seq }) => ({
    uuid,
    // A card on DingTalk goes by the name it was given, its out-track id.
    id: platform === 'dingtalk' && uuid !== null ? uuid : message_id,
    chat,
    seq,
  }));
  const uuids = stored.flatMap(({ uuid }) => uuid ?? []);
  expect(new Set(uuids).size).toBe(uuids.length);
  const sent = rows.filter(({ state }) => state === 'sent');
  expect(new Set(sent.map(({ messageId }) => messageId))).toEqual(new Set(stored.map(({ id }) => id)));
  expect(sent).toHaveLength(stored.length);
  expect(rows.filter(({ state }) => state === 'dead')).toEqual([]);
  const place = new Map(stored.map((message) => [message.id, message]));
  const placed = sent.flatMap(({ messageId }) => place.get(messageId ?? '') ?? []);
  for (const own of Map.groupBy(placed, ({ chat }) => chat).values()) {
    const seqs = own.map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
  }
}
