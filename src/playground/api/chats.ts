/** Chats as a person sees them, writing, and moving the bot in and out. */
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import { PLATFORM_NAMES, type PlatformName } from '../../platform/platform.ts';
import { typeText } from '../app/type.ts';
import { chatView, messageView, readChat } from '../app/view.ts';
import type { Context } from '../context.ts';
import type { Pusher } from '../push/push.ts';
import type { Chat, Person } from '../world.ts';
import { bodyOf, chatOf, dingTalkOf, messageOf, mobileOf, numberOf, personOf } from './parse.ts';

const MOST_MESSAGES = 1_000;
const typeBody = z.strictObject({
  as: z.string(),
  /** The private chat with the bot when absent. */
  chat: z.string().optional(),
  /** Of the private chat; the one the person uses by themselves when absent. */
  platform: z.enum(PLATFORM_NAMES).optional(),
  text: z.string().min(1),
  mention_bot: z.boolean().default(false),
});
const chatBody = z.strictObject({
  name: z.string().min(1),
  key: z.string().min(1).optional(),
  /** Mobile numbers. */
  members: z.array(z.string()).default([]),
  bot: z.boolean().default(true),
  /** Who invites the bot; the first member when absent. */
  operator: z.string().optional(),
  platform: z.enum(PLATFORM_NAMES).default('lark'),
});

export function chatRoutes(ctx: Context, pusher: Pusher): Hono {
  const { world } = ctx;

  async function botMoved(chat: Chat, present: boolean, operator: Person | undefined) {
    chat.bot = present;
    world.notify({ type: 'chats' });
    if (chat.platform === 'dingtalk') return { chat_id: chat.chatId, delivered: false, status: 0 }; // nobody tells the bot
    const { status } = await pusher.event(`im.chat.member.bot.${present ? 'added' : 'deleted'}_v1`, {
      chat_id: chat.chatId,
      operator_id: { open_id: operator?.openId, union_id: operator?.unionId, user_id: operator?.userId },
      external: false,
      operator_tenant_key: world.tenantKey,
      name: chat.name,
      i18n_names: { zh_cn: chat.name, en_us: '', ja_jp: '' },
    });
    return { chat_id: chat.chatId, delivered: status === 200, status };
  }
  const alone = (person: Person, platform: PlatformName | undefined): Chat => {
    const wanted = platform ?? person.platforms[0] ?? 'lark';
    if (person.platforms.includes(wanted)) return world.privateChat(person.openId, wanted);
    throw new HTTPException(400, { message: `${person.name} has no account on ${wanted}` });
  };
  const firstMember = (chat: Chat) => world.people.get([...chat.members][0] ?? '');

  return new Hono()
    .get('/chats', (c) => {
      const as = c.req.query('as');
      if (as === undefined) {
        const groups = [...world.chats.values()].filter(({ type }) => type === 'group');
        return c.json(groups.map((chat) => ({ ...chatView(chat, '', world), key: chat.key })));
      }
      const { openId } = personOf(ctx, as);
      return c.json(world.chatsOf(openId).map((chat) => chatView(chat, openId, world)));
    })
    .get('/messages', (c) => {
      const person = personOf(ctx, c.req.query('as'));
      const platform = z.enum(PLATFORM_NAMES).optional().catch(undefined).parse(c.req.query('platform'));
      const chat = world.chats.get(c.req.query('chat') ?? alone(person, platform).chatId);
      const after = numberOf(c, 'after', 0, Number.MAX_SAFE_INTEGER);
      const messages = readChat(chat, person.openId, numberOf(c, 'limit', 50, MOST_MESSAGES), after);
      return messages ? c.json(messages) : c.json({ error: 'this person is not in this chat' }, 403);
    })
    .post('/type', async (c) => {
      const { as, chat: chatId, platform, text, mention_bot: mentionBot } = await bodyOf(c, typeBody);
      const person = personOf(ctx, as);
      const chat = chatOf(ctx, chatId ?? alone(person, platform).chatId);
      if (!chat.members.has(person.openId)) return c.json({ error: 'this person is not in this chat' }, 403);
      return c.json(await typeText(ctx, pusher, { person, chat, text, mentionBot }));
    })
    .post('/chats', async (c) => {
      const { name, key, members, bot, operator, platform } = await bodyOf(c, chatBody);
      if (platform === 'dingtalk') dingTalkOf(ctx);
      const there = members.map((mobile) => mobileOf(ctx, mobile)).filter((one) => one.platforms.includes(platform));
      const chat = world.addChat({ name, key, platform, members: there.map(({ openId }) => openId), bot: false });
      if (!bot) return c.json({ chat_id: chat.chatId });
      return c.json(await botMoved(chat, true, world.people.get(operator ?? '') ?? firstMember(chat)));
    })
    .post('/chats/:id/bot', async (c) => {
      const chat = chatOf(ctx, c.req.param('id'));
      const { present, operator } = await bodyOf(
        c,
        z.strictObject({ present: z.boolean(), operator: z.string().optional() }),
      );
      return c.json(await botMoved(chat, present, world.people.get(operator ?? '') ?? firstMember(chat)));
    })
    .post('/chats/:id/dissolve', async (c) => {
      const chat = chatOf(ctx, c.req.param('id'));
      chat.dissolved = true;
      world.notify({ type: 'chats' });
      if (chat.platform === 'dingtalk') return c.json({ delivered: false, status: 0 });
      const { status } = await pusher.event('im.chat.disbanded_v1', { chat_id: chat.chatId, name: chat.name });
      return c.json({ delivered: status === 200, status });
    })
    .post('/chats/:id/mute', async (c) => {
      const chat = chatOf(ctx, c.req.param('id'));
      chat.muted = (await bodyOf(c, z.strictObject({ muted: z.boolean() }))).muted;
      return c.json({ chat_id: chat.chatId });
    })
    .post('/messages/:id/recall', (c) => {
      const message = messageOf(ctx, c.req.param('id'));
      message.recalled = true;
      world.touch(message);
      return c.json(messageView(message));
    });
}
