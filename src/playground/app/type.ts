/** A person writes into a chat; the bot hears of it when the platform of the chat would tell it (platform/lark.md §1.7). */
import type { Context } from '../context.ts';
import type { Pusher } from '../push/push.ts';
import type { Chat, Json, Person } from '../world.ts';

export interface TypeResult {
  message_id: string;
  /** Number of the message; whatever comes after it has a higher one. */
  seq: number;
  /** Whether the bot acknowledged; false too when it was never told. */
  delivered: boolean;
  /** HTTP status of the acknowledgement, 0 without one. */
  status: number;
  reason?: 'not_mentioned' | 'bot_not_in_chat' | 'timeout' | 'connect' | 'dns' | 'reset' | 'no_url';
}

export interface TypeOrder {
  person: Person;
  chat: Chat;
  text: string;
  mentionBot: boolean;
}

export async function typeText(ctx: Context, pusher: Pusher, order: TypeOrder): Promise<TypeResult> {
  if (order.chat.platform === 'dingtalk' && ctx.dingtalk) return ctx.dingtalk.type(order);
  const { world, clock } = ctx;
  const { person, chat, text, mentionBot } = order;
  const now = clock.now();
  const written = withMentions(world, chat, text, mentionBot);
  const content = JSON.stringify({ text: written.text });
  const shown = mentionBot && !written.typedBot ? `@${world.bot.name} ${text}` : text;
  const message = world.post({
    chatId: chat.chatId,
    sender: { kind: 'user', id: person.openId, name: person.name },
    msgType: 'text',
    content,
    card: null,
    text: shown,
    file: null,
    uuid: null,
    parentId: null,
    created: now,
    updated: now,
  });
  chat.read.set(person.openId, message.seq);
  const result = { message_id: message.messageId, seq: message.seq, delivered: false, status: 0 };
  if (!chat.bot || chat.dissolved) return { ...result, reason: 'bot_not_in_chat' };
  if (chat.type === 'group' && !written.toBot) return { ...result, reason: 'not_mentioned' };

  const { status, error } = await pusher.event('im.message.receive_v1', {
    sender: {
      sender_id: { open_id: person.openId, union_id: person.unionId, user_id: person.userId },
      sender_type: 'user',
      tenant_key: world.tenantKey,
    },
    message: {
      message_id: message.messageId,
      create_time: String(now),
      update_time: String(now),
      chat_id: chat.chatId,
      chat_type: chat.type,
      message_type: 'text',
      content,
      ...(written.mentions.length > 0 ? { mentions: written.mentions } : {}),
    },
  });
  return { ...result, delivered: status === 200, status, ...(error ? { reason: error } : {}) };
}

/** Replaces `@name` by `@_user_n` and lists who was meant, as the platform does. `@bot` always means the bot. */
function withMentions({ bot, people, tenantKey }: Context['world'], chat: Chat, text: string, mentionBot: boolean) {
  if (!mentionBot && !text.includes('@')) return { text, mentions: [], typedBot: false, toBot: false };
  const names = new Map<string, Json>();
  const botId = { open_id: bot.openId, union_id: bot.unionId, user_id: '' };
  for (const name of ['bot', bot.name]) names.set(name, { id: botId, mentioned_type: 'bot', name: bot.name });
  for (const id of chat.members) {
    const person = people.get(id);
    if (!person || names.has(person.name)) continue;
    const { openId, unionId, userId, name } = person;
    const ids = { open_id: openId, union_id: unionId, user_id: userId };
    names.set(name, { id: ids, mentioned_type: 'user', name });
  }
  const alternatives = [...names.keys()].toSorted((a, b) => b.length - a.length).map(escapeRegExp);
  const pattern = new RegExp(`@(${alternatives.join('|')})`, 'g');
  const typedBot = [...text.matchAll(pattern)].some(([, name]) => name === 'bot' || name === bot.name);
  const whole = mentionBot && !typedBot ? `@bot ${text}` : text;
  const mentions: Json[] = [];
  const replaced = whole.replace(pattern, (_, name: string) => {
    const key = `@_user_${mentions.length + 1}`;
    mentions.push({ key, ...names.get(name), tenant_key: tenantKey });
    return key;
  });
  return { text: replaced, mentions, typedBot, toBot: typedBot || mentionBot };
}

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
