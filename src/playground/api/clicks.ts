/** Pressing buttons: one person by hand, the others by themselves. */
import { Hono } from 'hono';
import { z } from 'zod';
import type { Clicker } from '../app/click.ts';
import { typeText } from '../app/type.ts';
import { createAutoplay } from '../autoplay/autoplay.ts';
import { createChair } from '../autoplay/chair.ts';
import type { Context } from '../context.ts';
import type { Pusher } from '../push/push.ts';
import { bodyOf, messageOf, personOf } from './parse.ts';

const clickBody = z.strictObject({
  as: z.string(),
  message_id: z.string(),
  name: z.string().min(1),
  form: z.record(z.string(), z.unknown()).optional(),
  option: z.string().optional(),
  options: z.array(z.string()).optional(),
  checked: z.boolean().optional(),
  input_value: z.string().optional(),
  /** False: a confirm dialog is reported, nothing is sent. */
  confirmed: z.boolean().optional(),
});
const forgeBody = z.strictObject({
  as: z.string(),
  message_id: z.string(),
  action: z.record(z.string(), z.unknown()),
});
const autoplayBody = z.strictObject({
  except: z.array(z.string()).default([]),
  only: z.array(z.string()).optional(),
  review: z.string().optional(),
  chair: z.string().optional(),
  steps: z.int().min(0).max(50).optional(),
  until: z.literal('idle').optional(),
});

export function clickRoutes(ctx: Context, clicker: Clicker, pusher: Pusher): Hono {
  const chair = createChair(ctx, clicker, (person, text) =>
    typeText(ctx, pusher, { person, chat: ctx.world.privateChat(person.openId), text, mentionBot: false }),
  );
  const autoplay = createAutoplay(ctx, clicker, chair);
  return new Hono()
    .post('/click', async (c) => {
      const { as, message_id: id, ...click } = await bodyOf(c, clickBody);
      return c.json(await clicker.click(personOf(ctx, as), ctx.world.messages.get(id), click));
    })
    .post('/forge', async (c) => {
      const { as, message_id: id, action } = await bodyOf(c, forgeBody);
      return c.json(await clicker.forge(personOf(ctx, as), messageOf(ctx, id), action));
    })
    .post('/autoplay', async (c) => c.json(await autoplay.play(await bodyOf(c, autoplayBody))))
    .get('/autoplay', (c) => {
      const except = c.req.query('except');
      return c.json(autoplay.waiting({ except: except ? [except] : [], review: c.req.query('review') }));
    });
}
