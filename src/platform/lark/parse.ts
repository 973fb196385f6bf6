/**
 * An authentic envelope (schema 2.0) to what happened. Whatever is not understood is `ignored` with a reason; nothing throws.
 * Reasons name kinds of things, never content.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Action, actionSchema } from '../../action.ts';
import type { Incoming, Sender } from '../platform.ts';
import { typedText } from '../typed-text.ts';
import { mentionSchema, readMessage } from './message-text.ts';

export interface ParseContext {
  appId: string;
  /** open_id of the bot, null while unknown. */
  botId: string | null;
}

const optional = z.string().optional().catch(undefined);
const envelopeSchema = z.object({
  header: z.object({ event_id: optional, event_type: z.string() }),
  event: z.record(z.string(), z.unknown()),
});
const openId = z.object({ open_id: z.string().min(1) });

const messageEvent = z.object({
  sender: z.object({ sender_id: openId, sender_type: optional }),
  message: z.object({
    message_id: z.string().min(1),
    chat_id: z.string().min(1),
    chat_type: optional,
    message_type: z.string(),
    content: z.string().catch(''),
    mentions: z.array(mentionSchema).catch([]),
  }),
});
const clickEvent = z.object({
  operator: openId,
  token: optional,
  action: z.object({
    name: z.string().catch(''),
    value: z.unknown(),
    form_value: z.record(z.string(), z.unknown()).catch({}),
  }),
  context: z.object({ open_message_id: z.string().catch(''), open_chat_id: z.string().catch('') }),
});
const chatEvent = z.object({
  chat_id: z.string().min(1),
  // A chat can end without anybody's doing; the news matters more than who brought it.
  operator_id: openId.catch({ open_id: '' }),
  name: z.string().catch(''),
  i18n_names: z.object({ zh_cn: optional, en_us: optional }).catch({ zh_cn: undefined, en_us: undefined }),
});
const enteredEvent = z.object({ operator_id: openId });
const menuEvent = z.object({ operator: z.object({ operator_id: openId }) });

type Parse = (event: unknown, dedupeKeys: readonly string[], context: ParseContext) => Incoming;

const ignored = (why: string): Incoming => ({ kind: 'ignored', why });
const sender = (context: ParseContext, userId: string): Sender => ({ platform: 'lark', appId: context.appId, userId });

const onMessage: Parse = (event, dedupeKeys, context) => {
  const parsed = messageEvent.safeParse(event);
  if (!parsed.success) return ignored('message without sender, chat or id');
  const { sender: from, message } = parsed.data;
  if (from.sender_type !== undefined && from.sender_type !== 'user') return ignored('message of a bot');
  const read = readMessage(message.message_type, message.content, message.mentions, context.botId);
  if (read === null) return ignored('message without text');
  return {
    kind: 'message',
    // The platform asks to rely on message_id here; event_id still catches plain repeats (platform/lark.md §1.6).
    dedupeKeys: [`message:${message.message_id}`, ...dedupeKeys],
    sender: sender(context, from.sender_id.open_id),
    // Anything that is not surely private counts as a group: groups are shown less.
    chat: { id: message.chat_id, type: message.chat_type === 'p2p' ? 'private' : 'group' },
    ...read,
  };
};

const onClick: Parse = (event, dedupeKeys, context) => {
  const parsed = clickEvent.safeParse(event);
  if (!parsed.success) return ignored('click without operator or action');
  const { operator, token, action, context: place } = parsed.data;
  return {
    kind: 'click',
    // The token updates the card for half an hour, so only its hash may be stored.
    dedupeKeys: dedupeKeys.length > 0 || token === undefined ? dedupeKeys : [`click:${fingerprint(token)}`],
    sender: sender(context, operator.open_id),
    chat: { id: place.open_chat_id },
    messageId: place.open_message_id,
    action: readAction(action.value),
    buttonName: action.name,
    form: readForm(action.form_value),
  };
};

const onChat =
  (kind: 'bot_added' | 'bot_removed'): Parse =>
  (event, dedupeKeys, context) => {
    const parsed = chatEvent.safeParse(event);
    if (!parsed.success) return ignored('chat event without chat');
    const { chat_id, operator_id, name, i18n_names } = parsed.data;
    const shown = name || i18n_names.zh_cn || i18n_names.en_us || '';
    return { kind, dedupeKeys, sender: sender(context, operator_id.open_id), chat: { id: chat_id, name: shown } };
  };

const onEntered: Parse = (event, dedupeKeys, context) => {
  const parsed = enteredEvent.safeParse(event);
  if (!parsed.success) return ignored('private chat opened by nobody');
  return { kind: 'private_opened', dedupeKeys, sender: sender(context, parsed.data.operator_id.open_id) };
};

const onMenu: Parse = (event, dedupeKeys, context) => {
  const parsed = menuEvent.safeParse(event);
  if (!parsed.success) return ignored('menu pressed by nobody');
  return { kind: 'private_opened', dedupeKeys, sender: sender(context, parsed.data.operator.operator_id.open_id) };
};

const PARSERS: ReadonlyMap<string, Parse> = new Map([
  ['im.message.receive_v1', onMessage],
  ['card.action.trigger', onClick],
  ['im.chat.member.bot.added_v1', onChat('bot_added')],
  ['im.chat.member.bot.deleted_v1', onChat('bot_removed')],
  ['im.chat.disbanded_v1', onChat('bot_removed')],
  ['im.chat.access_event.bot_p2p_chat_entered_v1', onEntered],
  ['application.bot.menu_v6', onMenu],
]);
/** Event types to subscribe to in the developer console (`doctor` prints them). */
export const EVENT_TYPES: readonly string[] = [...PARSERS.keys()];

export function parseEnvelope(envelope: unknown, context: ParseContext): Incoming {
  const parsed = envelopeSchema.safeParse(envelope);
  if (!parsed.success) return ignored('not an event of schema 2.0');
  const { header, event } = parsed.data;
  const parse = PARSERS.get(header.event_type);
  if (parse === undefined) return ignored('event type not used here');
  return parse(event, header.event_id === undefined ? [] : [`event:${header.event_id}`], context);
}

const fingerprint = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 32);

/** An object, or the same as a JSON string, as some clients send it. Null when it is none of our actions. */
function readAction(value: unknown): Action | null {
  let read = value;
  if (typeof value === 'string') {
    try {
      read = JSON.parse(value);
    } catch {
      return null;
    }
  }
  return actionSchema.safeParse(read).data ?? null;
}

/** A picked date comes with the zone of the picker (`2026-06-01 +0800`); what was picked is a calendar day. */
const PICKED_DATE = /^(\d{4}-\d{2}-\d{2}) [+-]\d{4}$/;

/** Every value as a string; a field left empty is absent, whether the client leaves it out or sends nothing in it. */
function readForm(values: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const read = typedText(readValue(value));
      return read === '' ? [] : [[name, read.replace(PICKED_DATE, '$1')]];
    }),
  );
}

function readValue(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.filter((part) => typeof part === 'string').join(',');
  return '';
}
