/** DingTalk's developer console, as far as it is played, and the switches that only concern DingTalk. */
import { Hono } from 'hono';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { NO_SWITCHES, planSchema, receiveSchema, switchesSchema, templatesSchema } from '../dingtalk/app.ts';
import { bodyOf, dingTalkOf } from './parse.ts';

const settings = z.strictObject({
  ...switchesSchema.partial().shape,
  /** Switches everything off first. */
  reset: z.boolean().optional(),
  plan: planSchema.optional(),
  receive: receiveSchema.optional(),
  message_url: z.url().nullable().optional(),
  templates: templatesSchema.optional(),
});
const streamBody = z.strictObject({ act: z.enum(['disconnect', 'cut']) });

export function dingTalkRoutes(ctx: Context): Hono {
  const state = () => {
    const { app, problems, quota, stream } = dingTalkOf(ctx);
    const { clientId, corpId, templates, receive, messageUrl, plan, switches } = app;
    return {
      client_id: clientId,
      corp_id: corpId,
      templates,
      receive,
      message_url: messageUrl,
      plan,
      switches,
      used: quota.used(),
      connections: stream.size(),
      problems,
    };
  };
  return new Hono()
    .get('/dingtalk', (c) => c.json(state()))
    .post('/dingtalk', async (c) => {
      const { app } = dingTalkOf(ctx);
      const { reset, plan, receive, message_url: url, templates, ...change } = await bodyOf(c, settings);
      if (reset) Object.assign(app.switches, NO_SWITCHES);
      Object.assign(
        app.switches,
        Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)),
      );
      if (plan !== undefined) app.plan = plan;
      if (receive !== undefined) app.receive = receive;
      if (url !== undefined) app.messageUrl = url;
      if (templates !== undefined) app.templates = templates;
      return c.json(state());
    })
    .post('/dingtalk/stream', async (c) => {
      const { stream } = dingTalkOf(ctx);
      const { act } = await bodyOf(c, streamBody);
      if (act === 'disconnect') stream.disconnect('played');
      else stream.cut();
      return c.json(state());
    });
}
