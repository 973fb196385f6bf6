/** Sending, replying, updating (platform/lark.md §4.2, §2.5). */
import { Hono } from 'hono';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import {
  CARD_MESSAGE_MAX_BYTES,
  CARD_UPDATE_MAX_AGE_MS,
  PATCH_PER_SECOND,
  UUID_MAX_CHARS,
  UUID_WINDOW_MS,
} from '../../platform/lark/limits.ts';
import type { Context } from '../context.ts';
import type { Chat, Json, Message } from '../world.ts';
import { type Env, fail, isRefusal, ok, readBody, type Refusal, refuse } from './answer.ts';
import { cardContent, cardMessage, parseObject, readContent } from './content.ts';
import { countRecipient, findTarget, mayWrite } from './target.ts';

const uuid = z.string().max(UUID_MAX_CHARS).optional();
const createBody = z.looseObject({ receive_id: z.string().min(1), msg_type: z.string(), content: z.string(), uuid });
const replyBody = z.looseObject({
  msg_type: z.string(),
  content: z.string(),
  reply_in_thread: z.boolean().optional(),
  uuid,
});
const patchBody = z.looseObject({ content: z.string() });

/** Remembered uuids; beyond this, those older than the window are dropped, and in need the oldest. */
const KEPT_UUIDS = 50_000;

interface Draft {
  msgType: string;
  content: string;
  uuid: string | undefined;
  bytes: number;
  parentId: string | null;
}

export function messageRoutes(ctx: Context): Hono<Env> {
  const { clock, faults, limiter, world, config } = ctx;
  /** By uuid: the message it made, or null while that is under way. */
  const known = new Map<string, { message: Message | null; at: number }>();

  /** Stores a message at most once for a uuid within an hour; the second call is told of the first message. */
  const forgetOld = () => {
    if (known.size < KEPT_UUIDS) return;
    for (const [key, { at }] of known)
      if (clock.now() - at >= UUID_WINDOW_MS || known.size > 2 * KEPT_UUIDS) known.delete(key);
  };

  async function send(target: Chat | Refusal, draft: Draft): Promise<Message | Refusal> {
    const key = draft.uuid === undefined || draft.uuid === '' ? null : draft.uuid;
    const before = key === null ? undefined : known.get(key);
    if (before && clock.now() - before.at < UUID_WINDOW_MS) {
      return before.message ?? refuse(230049, 'the message is being sent');
    }
    if (isRefusal(target)) return target;
    const content = readContent(ctx, draft.msgType, draft.content, draft.bytes);
    if (isRefusal(content)) return content;
    const tooMany = countRecipient(ctx, target);
    if (tooMany) return tooMany;
    forgetOld();
    if (key !== null) known.set(key, { message: null, at: clock.now() });
    if (faults.store_ms > 0) await sleep(faults.store_ms);
    const now = clock.now();
    const message = world.post({
      chatId: target.chatId,
      sender: { kind: 'bot', id: config.appId, name: world.bot.name },
      msgType: draft.msgType,
      content: draft.content,
      ...content,
      uuid: key,
      parentId: draft.parentId,
      created: now,
      updated: now,
    });
    if (key !== null) known.set(key, { message, at: now });
    return message;
  }

  const view = (message: Message): Json => ({
    message_id: message.messageId,
    ...(message.parentId === null ? {} : { root_id: message.parentId, parent_id: message.parentId }),
    msg_type: message.msgType,
    create_time: String(message.created),
    update_time: String(message.updated),
    deleted: message.recalled,
    updated: message.updated !== message.created,
    chat_id: message.chatId,
    sender: { id: config.appId, id_type: 'app_id', sender_type: 'app', tenant_key: world.tenantKey },
    body: { content: message.card === null ? message.content : JSON.stringify(message.card) },
  });

  function patch(message: Message | undefined, content: string, bytes: number): Refusal | null {
    const chat = message && world.chats.get(message.chatId);
    if (!message || chat?.platform !== 'lark') return refuse(230001, 'the message_id is invalid');
    if (message.sender.kind !== 'bot') return refuse(230001, 'the message is not from this app');
    if (message.recalled) return refuse(230011, 'the message was recalled');
    if (chat.dissolved) return refuse(232009, 'the chat has been dissolved');
    if (!chat.bot) return refuse(230002, 'the bot is not in the chat');
    if (message.card === null) return refuse(230001, 'only cards can be updated');
    if (clock.now() - message.created > CARD_UPDATE_MAX_AGE_MS) {
      return refuse(230031, 'the message is older than 14 days');
    }
    if (bytes > CARD_MESSAGE_MAX_BYTES) return refuse(230025, 'the card is too long');
    const card = parseObject(content);
    if (!card) return refuse(230001, 'content is not a json string of an object');
    const checked = cardContent(card);
    if (isRefusal(checked)) return checked;
    if (!isShared(message.card) || !isShared(card)) {
      return refuse(230001, 'both cards must declare config.update_multi: true');
    }
    if (message.openClicks > 0 && faults.click_patch === 'lock') {
      return refuse(230099, cardMessage(11310, 'card action is lock'));
    }
    if (!limiter.allow(`patch ${message.messageId}`, PATCH_PER_SECOND)) {
      return refuse(230020, 'the message rate limit was reached');
    }
    message.card = card;
    message.updated = clock.now();
    world.touch(message);
    return null;
  }

  return new Hono<Env>()
    .post('/open-apis/im/v1/messages', async (c) => {
      const read = await readBody(c, createBody);
      if (isRefusal(read)) return fail(c, read);
      const { receive_id: id, msg_type: msgType, content, uuid: key } = read.body;
      const target = findTarget(ctx, c.req.query('receive_id_type'), id);
      const sent = await send(target, { msgType, content, uuid: key, bytes: read.bytes, parentId: null });
      return isRefusal(sent) ? fail(c, sent) : ok(c, view(sent));
    })
    .post('/open-apis/im/v1/messages/:id/reply', async (c) => {
      const read = await readBody(c, replyBody);
      if (isRefusal(read)) return fail(c, read);
      const parent = world.messages.get(c.req.param('id'));
      const chat = parent && world.chats.get(parent.chatId);
      if (!parent || chat?.platform !== 'lark') return fail(c, refuse(230001, 'the message_id is invalid'));
      if (parent.recalled) return fail(c, refuse(230011, 'the message was recalled'));
      const { msg_type: msgType, content, uuid: key } = read.body;
      const draft = { msgType, content, uuid: key, bytes: read.bytes, parentId: parent.messageId };
      const sent = await send(mayWrite(ctx, chat), draft);
      return isRefusal(sent) ? fail(c, sent) : ok(c, view(sent));
    })
    .patch('/open-apis/im/v1/messages/:id', async (c) => {
      const read = await readBody(c, patchBody);
      if (isRefusal(read)) return fail(c, read);
      const refused = patch(world.messages.get(c.req.param('id')), read.body.content, read.bytes);
      return refused ? fail(c, refused) : ok(c, {});
    });
}

function isShared(card: Json): boolean {
  const config = card['config'];
  return typeof config === 'object' && config !== null && 'update_multi' in config && config.update_multi === true;
}
