/** People of the tenant, and loading a tenant. */
import { Hono } from 'hono';
import { z } from 'zod';
import { PLATFORM_NAMES } from '../../platform/platform.ts';
import type { Context } from '../context.ts';
import type { Pusher } from '../push/push.ts';
import { bodyOf, dingTalkOf, mobileOf, personOf } from './parse.ts';

/** Where somebody has an account, or a group is; a group on both is two chats. Feishu alone when absent. */
const platforms = z.array(z.enum(PLATFORM_NAMES)).min(1).optional();
const seedBody = z.strictObject({
  people: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        mobile: z.string().min(1),
        note: z.string().optional(),
        locale: z.string().optional(),
        platforms,
      }),
    )
    .default([]),
  chats: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        key: z.string().min(1).optional(),
        members: z.array(z.string()).default([]),
        bot: z.boolean().default(true),
        platforms,
      }),
    )
    .default([]),
});
const personBody = z.strictObject({
  available: z.boolean().optional(),
  blocked: z.boolean().optional(),
  resigned: z.boolean().optional(),
  name: z.string().min(1).optional(),
  locale: z.string().optional(),
  note: z.string().optional(),
});

export function peopleRoutes(ctx: Context, pusher: Pusher): Hono {
  const { world, clock } = ctx;
  return new Hono()
    .get('/people', (c) =>
      c.json(
        [...world.people.values()].map(
          ({ openId, name, mobile, note, locale, available, blocked, resigned, platforms: on, dingtalk }) => ({
            id: openId,
            platforms: on,
            ...(on.includes('dingtalk') ? { dingtalk_user_id: dingtalk.userId } : {}),
            name,
            mobile,
            ...(note === null ? {} : { note }),
            locale,
            available,
            blocked,
            resigned,
          }),
        ),
      ),
    )
    .post('/seed', async (c) => {
      const { people, chats } = await bodyOf(c, seedBody);
      for (const { platforms: asked = [] } of [...people, ...chats]) {
        if (asked.includes('dingtalk')) dingTalkOf(ctx);
      }
      const seeded = people.map((person) => ({ mobile: person.mobile, id: world.addPerson(person).openId }));
      const members = chats.map((chat) => chat.members.map((mobile) => mobileOf(ctx, mobile)));
      const made = chats.flatMap(({ platforms: on = ['lark'], ...chat }, i) =>
        on.map((platform) => {
          const there = (members[i] ?? []).filter((person) => person.platforms.includes(platform));
          const { chatId, name } = world.addChat({ ...chat, platform, members: there.map(({ openId }) => openId) });
          return { key: chat.key ?? name, name, chat_id: chatId, platform };
        }),
      );
      world.notify({ type: 'chats' });
      return c.json({ people: seeded, chats: made });
    })
    .post('/people/:id', async (c) => {
      const person = personOf(ctx, c.req.param('id'));
      const change = await bodyOf(c, personBody);
      Object.assign(person, Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)));
      return c.json({ id: person.openId });
    })
    .post('/open', async (c) => {
      const { as } = await bodyOf(c, z.strictObject({ as: z.string() }));
      const person = personOf(ctx, as);
      const chat = world.privateChat(person.openId);
      if (chat.platform === 'dingtalk') return c.json({ delivered: false, status: 0 }); // no such event there
      const last = chat.messages.at(-1);
      const { status } = await pusher.event('im.chat.access_event.bot_p2p_chat_entered_v1', {
        chat_id: chat.chatId,
        operator_id: { open_id: person.openId, union_id: person.unionId, user_id: person.userId },
        ...(last ? { last_message_id: last.messageId, last_message_create_time: String(last.created) } : {}),
      });
      return c.json({ delivered: status === 200, status });
    })
    .post('/menu', async (c) => {
      const { as, key } = await bodyOf(c, z.strictObject({ as: z.string(), key: z.string().min(1).max(30) }));
      const person = personOf(ctx, as);
      const { status } = await pusher.event('application.bot.menu_v6', {
        operator: {
          operator_name: person.name,
          operator_id: { open_id: person.openId, union_id: person.unionId, user_id: person.userId },
        },
        event_key: key,
        timestamp: Math.floor(clock.now() / 1000),
      });
      return c.json({ delivered: status === 200, status });
    });
}
