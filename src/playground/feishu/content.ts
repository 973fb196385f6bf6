/** Checks what a message holds before it is stored: form, size, card, keys (platform/lark.md §4.2, §4.11). */
import { CARD_MESSAGE_MAX_BYTES, TEXT_MESSAGE_MAX_BYTES } from '../../platform/lark/limits.ts';
import { lintCard, refusals } from '../../platform/lark/lint.ts';
import type { Context } from '../context.ts';
import type { Json, StoredFile } from '../world.ts';
import { type Refusal, refuse } from './answer.ts';

/** What is stored of a message's content. */
export interface Content {
  card: Json | null;
  text: string | null;
  file: StoredFile | null;
}

const TYPES = new Set(['text', 'post', 'image', 'file', 'media', 'interactive']);
const nothing: Content = { card: null, text: null, file: null };

/** `bytes` is the size of the whole request body. */
export function readContent(ctx: Context, msgType: string, content: string, bytes: number): Content | Refusal {
  if (!TYPES.has(msgType)) return refuse(230001, `msg_type ${msgType} is not supported`);
  const value = parseObject(content);
  if (!value) return refuse(230001, 'content is not a json string of an object');
  const most = msgType === 'text' ? TEXT_MESSAGE_MAX_BYTES : CARD_MESSAGE_MAX_BYTES;
  if (bytes > most) return refuse(230025, `the request body is ${bytes} bytes, at most ${most}`);
  if (ctx.faults.dlp && hasPersonalNumbers(value)) return refuse(230028, 'the message was stopped by data protection');
  switch (msgType) {
    case 'text':
      return typeof value['text'] === 'string' && value['text'] !== ''
        ? { ...nothing, text: value['text'] }
        : refuse(230001, 'text is missing');
    case 'post':
      return { ...nothing, text: postText(value) };
    case 'interactive':
      return cardContent(value);
    case 'image':
      return keyContent(ctx, value['image_key'], 'image', msgType);
    default:
      return keyContent(ctx, value['file_key'], 'file', msgType);
  }
}

/** The first problem of a card as the platform words it, or the card. */
export function cardContent(card: Json): Content | Refusal {
  if (card['type'] === 'template') return refuse(230099, cardMessage(200732, 'templates do not exist here'));
  const first = refusals(lintCard(card))[0];
  if (!first) return { ...nothing, card };
  return first.code === 230025
    ? refuse(230025, first.message)
    : refuse(230099, cardMessage(first.subCode, `${first.message}; ErrPath: ${first.path}`));
}

/** The sub code stands only in the text. */
export const cardMessage = (subCode: number | null, text: string): string =>
  `Failed to create card content, ext=ErrCode: ${subCode}; ErrMsg: ${text};`;

function keyContent({ world }: Context, key: unknown, kind: StoredFile['kind'], msgType: string): Content | Refusal {
  const file = typeof key === 'string' ? world.files.get(key) : undefined;
  if (!file || file.kind !== kind) return refuse(230017, `the app does not own this ${kind}`);
  const needs = file.type === 'mp4' ? 'media' : kind;
  if (msgType !== needs) return refuse(230055, `a ${file.type} upload must be sent as ${needs}`);
  return { ...nothing, file };
}

export function parseObject(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
  } catch {
    return null;
  }
}

function postText(value: Json): string {
  return strings(value, new Set(['text', 'title'])).join(' ');
}

const PERSONAL = /(?<!\d)1\d{10}(?!\d)|[\w.+-]+@[\w-]+\.\w+/;
function hasPersonalNumbers(value: Json): boolean {
  return strings(value, null).some((text) => PERSONAL.test(text));
}

/** Strings under the given keys; under any key a person reads when `keys` is null. */
function strings(value: unknown, keys: ReadonlySet<string> | null, key = ''): string[] {
  if (typeof value === 'string') return keys === null || keys.has(key) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item) => strings(item, keys, key));
  return Object.entries(value)
    .filter(([name]) => name !== 'behaviors') // what a button carries is never shown
    .flatMap(([name, child]) => strings(child, keys, name));
}
