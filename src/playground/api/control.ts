/** The switches: faults, clock, addresses; and what happened: deliveries, calls, everything the bot sent. */
import { Hono } from 'hono';
import { z } from 'zod';
import { messageView } from '../app/view.ts';
import type { Context } from '../context.ts';
import { faultsSchema, NO_FAULTS } from '../faults.ts';
import type { Tokens } from '../feishu/tokens.ts';
import type { Pusher } from '../push/push.ts';
import { bodyOf, numberOf } from './parse.ts';

const faultsBody = z.strictObject({ ...faultsSchema.partial().shape, reset: z.boolean().optional() });
const clockBody = z.strictObject({
  /** Unix ms the clock is set to. */
  now: z.int().optional(),
  /** Milliseconds it jumps ahead. */
  advance: z.int().min(0).optional(),
  speed: z.number().positive().max(100_000).optional(),
});
const urlsBody = z.strictObject({
  event_url: z.url().nullable().optional(),
  callback_url: z.url().nullable().optional(),
});
const MOST_SENT = 100_000;

export function controlRoutes(ctx: Context, pusher: Pusher, tokens: Tokens): Hono {
  const { faults, clock, config, stats, world, random } = ctx;
  const time = () => ({ now: clock.now(), speed: clock.speed });

  return new Hono()
    .get('/faults', (c) => c.json(faults))
    .post('/faults', async (c) => {
      const { reset, ...change } = await bodyOf(c, faultsBody);
      if (reset) Object.assign(faults, NO_FAULTS);
      Object.assign(faults, Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)));
      if (reset || change.seed !== undefined) random.seed(faults.seed);
      return c.json(faults);
    })
    .get('/clock', (c) => c.json(time()))
    .post('/clock', async (c) => {
      const { now, advance, speed } = await bodyOf(c, clockBody);
      if (speed !== undefined) clock.setSpeed(speed);
      if (now !== undefined) clock.jump(now - clock.now());
      if (advance !== undefined) clock.jump(advance);
      world.notify({ type: 'clock' });
      return c.json(time());
    })
    .get('/urls', (c) => c.json({ event_url: config.eventUrl, callback_url: config.callbackUrl }))
    .post('/urls', async (c) => {
      const { event_url: event, callback_url: callback } = await bodyOf(c, urlsBody);
      const asked = [...new Set([event, callback])].filter((url) => typeof url === 'string');
      const answers = await Promise.all(asked.map((url) => pusher.verify(url)));
      const verified = answers.every(Boolean);
      if (verified && event !== undefined) config.eventUrl = event; // the console does not save an address that fails
      if (verified && callback !== undefined) config.callbackUrl = callback;
      return c.json({ verified, event_url: config.eventUrl, callback_url: config.callbackUrl });
    })
    .post('/tokens/revoke', (c) => {
      tokens.revoke();
      ctx.dingtalk?.tokens.revoke();
      return c.json({});
    })
    .get('/deliveries', (c) => c.json(stats.deliveries(numberOf(c, 'limit', 100, 10_000))))
    .get('/stats', (c) =>
      c.json({
        calls: stats.calls(),
        people: world.people.size,
        chats: world.chats.size,
        messages: world.messages.size,
      }),
    )
    .get('/sent', (c) => {
      const since = numberOf(c, 'since', 0, Number.MAX_SAFE_INTEGER);
      const after = numberOf(c, 'after', 0, Number.MAX_SAFE_INTEGER);
      const limit = numberOf(c, 'limit', MOST_SENT, MOST_SENT);
      const brief = c.req.query('brief') === '1';
      const sent = world
        .messagesAfter(after)
        .filter(({ sender, created }) => sender.kind === 'bot' && created >= since);
      return c.json(
        sent.slice(0, limit).map((message) => {
          const chat = world.chats.get(message.chatId);
          const { card, text, file, ...facts } = messageView(message);
          return {
            ...facts,
            ...(brief ? {} : { card, text, file }),
            uuid: message.uuid,
            chat_id: message.chatId,
            chat_type: chat?.type,
            platform: chat?.platform,
            recipients: [...(chat?.members ?? [])],
          };
        }),
      );
    });
}
