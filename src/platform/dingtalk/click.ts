/** A card callback (platform/dingtalk.md §2.7). Who clicked is whom the platform names; nothing in the card's own data says it. */
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { type Action, actionSchema } from '../../action.ts';
import type { Incoming } from '../platform.ts';
import { typedText } from '../typed-text.ts';
import { SAME_CLICK_MS } from './limits.ts';
import { privateChat, recipientOfTrack } from './track.ts';

const clickSchema = z.object({
  outTrackId: z.string().min(1),
  userId: z.string().min(1),
  content: z.string().optional(),
  /** Another page's name for `content`. */
  value: z.string().optional(),
});
const record = z.record(z.string(), z.unknown());
const contentSchema = z.object({
  cardPrivateData: z
    .object({ actionIds: z.array(z.string()).catch([]), params: record.optional().catch(undefined) })
    .catch({ actionIds: [], params: undefined }),
  params: record.optional().catch(undefined),
});

export interface ClickContext {
  appId: string;
  /** Unix ms. */
  now: number;
  /** What tells one delivery from the next: the signed timestamp, or the id of a frame. */
  delivery: string;
  /** Keys of de-duplication are made with it, so that nobody who reads them can try out what somebody clicked. */
  secret: string;
}

export function parseClick(
  body: Readonly<Record<string, unknown>>,
  { appId, now, delivery, secret }: ClickContext,
): Incoming {
  const parsed = clickSchema.safeParse(body);
  if (!parsed.success) return { kind: 'ignored', why: 'click without card or operator' };
  const { outTrackId, userId } = parsed.data;
  const whom = recipientOfTrack(outTrackId);
  // The card of one person can be clicked by nobody else.
  if (whom === null || (whom.kind === 'person' && whom.userId !== userId))
    return { kind: 'ignored', why: 'click on a card of somebody else' };
  const { source, actionIds, params } = readContent(parsed.data);
  const key = (...parts: readonly (string | number)[]) =>
    createHmac('sha256', secret).update(JSON.stringify(parts)).digest('base64url').slice(0, 32);
  return {
    kind: 'click',
    dedupeKeys: [
      `click:${key(delivery, outTrackId, userId, source)}`,
      // This stretch of time and the next, so that no boundary lies between two taps.
      ...[0, 1].map((ahead) => `same:${key(Math.floor(now / SAME_CLICK_MS) + ahead, outTrackId, userId, source)}`),
    ],
    sender: { platform: 'dingtalk', appId, userId },
    chat: { id: whom.kind === 'person' ? privateChat(userId) : whom.chatId },
    messageId: outTrackId,
    action: readAction(params),
    buttonName: actionIds[0] ?? '',
    form: readForm(params['form']),
  };
}

function readContent({ content, value }: z.infer<typeof clickSchema>) {
  const source = content ?? value ?? '';
  const read = contentSchema.safeParse(jsonOf(source)).data;
  const actionIds = read?.cardPrivateData.actionIds ?? [];
  return { source, actionIds, params: { ...read?.params, ...read?.cardPrivateData.params } };
}

/**
 * Which template drew the card that was clicked: `tv` is fixed in ours from version 2 on, version 1 returns `rev` without it, and
 * another one returns neither.
 * @returns 0 for one that is not ours; null when the click is not to be read
 */
export function templateVersion(body: Readonly<Record<string, unknown>>): number | null {
  const parsed = clickSchema.safeParse(body);
  if (!parsed.success) return null;
  const { params } = readContent(parsed.data);
  const version = z.coerce.number().int().min(1).safeParse(params['tv']);
  if (params['tv'] !== undefined) return version.success ? version.data : 0;
  return params['rev'] === undefined ? 0 : 1;
}

function jsonOf(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
const objectOf = (value: unknown): Record<string, unknown> => record.safeParse(jsonOf(value)).data ?? {};

/** The button's own part laid over what all buttons of the card have in common (render.ts). */
const readAction = (params: Readonly<Record<string, unknown>>): Action | null =>
  actionSchema.safeParse({ ...objectOf(params['state']), ...objectOf(params['act']) }).data ?? null;

/** Every value as a string; empty ones and those of our own fields (`_…`) are absent. */
function readForm(values: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(objectOf(values)).flatMap(([name, value]) => {
      const read = typedText(readValue(value));
      return read === '' || name.startsWith('_') ? [] : [[name, read]];
    }),
  );
}

function readValue(value: unknown): string {
  if (typeof value === 'string') return value.length <= TYPED_CHARS ? typedMark(value) : value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.filter((part) => typeof part === 'string').join(',');
  // A choice is its index and its value.
  return typeof value === 'object' && value !== null && 'value' in value ? readValue(value.value) : '';
}

/** A mark that was typed: full-width signs of a Chinese keyboard, blanks around it, a capital X. */
const TYPED_CHARS = 4;
function typedMark(text: string): string {
  const plain = text.normalize('NFKC').trim();
  return /^(\d{1,3}|x)$/i.test(plain) ? plain.toLowerCase() : text;
}
