/** Pressing buttons: one person by hand, the others by themselves. */
import { Hono } from 'hono';
import { z } from 'zod';
import { createAutoplay } from '../client/autoplay.ts';
import type { Clicker } from '../client/click.ts';
import type { Context } from '../context.ts';
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
  until: z.literal('idle').optional(),
});

export function clickRoutes(ctx: Context, clicker: Clicker): Hono {
  const autoplay = createAutoplay(ctx, clicker);
  return new Hono()
    .post('/click', async (c) => {
      const { as, message_id: id, ...click } = await bodyOf(c, clickBody);
      return c.json(await clicker.click(personOf(ctx, as), ctx.world.messages.get(id), click));
    })
    .post('/forge', async (c) => {
      const { as, message_id: id, action } = await bodyOf(c, forgeBody);
      return c.json(await clicker.forge(personOf(ctx, as), messageOf(ctx, id), action));
    })
    .post('/autoplay', async (c) => c.json(await autoplay(await bodyOf(c, autoplayBody))));
}
