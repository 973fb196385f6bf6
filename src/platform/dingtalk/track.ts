/**
 * Out-track ids: our own name for a card that was sent, by which it is updated and clicks come back. A click over HTTP names no chat
 * (platform/dingtalk.md §2.7), so whom the card is for stands in the id. A private chat is written `user:<user id>`: DingTalk has no id
 * of it that messages can be sent to.
 */
import { createHash } from 'node:crypto';
import type { Recipient } from '../platform.ts';
import { OUT_TRACK_ID_MAX_CHARS } from './limits.ts';

const PRIVATE = 'user:';
export const privateChat = (userId: string): string => `${PRIVATE}${userId}`;

/** Whom a recipient of the port is for DingTalk. */
export const recipientOf = (to: Recipient): Recipient =>
  to.kind === 'chat' && to.chatId.startsWith(PRIVATE)
    ? { kind: 'person', userId: to.chatId.slice(PRIVATE.length) }
    : to;

/** Short name of a template: a click names none, and a card may be older than the template that is set now. */
const markOf = (templateId: string): string =>
  createHash('sha256').update(templateId).digest('base64url').slice(0, MARK_CHARS);
const MARK_CHARS = 6;

/**
 * @param templateId what draws the card; its mark is left out where there is no room for it
 * @returns null when it would be longer than DingTalk takes.
 */
export function trackId(to: Recipient, key: string, templateId: string): string | null {
  const receiver = recipientOf(to);
  const whom = receiver.kind === 'person' ? `p.${receiver.userId}` : encodeChat(receiver.chatId);
  const short = () => createHash('sha256').update(key).digest('base64url').slice(0, 22);
  const mark = `~${markOf(templateId)}`;
  return (
    [`${whom}.${key}${mark}`, `${whom}.${short()}${mark}`, `${whom}.${short()}`].find(
      (id) => id.length <= OUT_TRACK_ID_MAX_CHARS,
    ) ?? null
  );
}

/** Whether the card of this id was surely made with this template. */
export const isMadeWith = (track: string, templateId: string): boolean => track.endsWith(`~${markOf(templateId)}`);

/** Whom the card of this id is for; null for an id that is not ours. */
export function recipientOfTrack(track: string): Recipient | null {
  const [, kind, id] = /^([pcx])\.(.+)\.[^.]+$/.exec(track) ?? [];
  if (kind === undefined || id === undefined) return null;
  if (kind === 'p') return { kind: 'person', userId: id };
  if (kind === 'c') return { kind: 'chat', chatId: id.replaceAll('-', '+').replaceAll('_', '/').replaceAll('~', '=') };
  return { kind: 'chat', chatId: Buffer.from(id, 'base64url').toString() };
}

/** Ids of conversations are base64 so far; only the signs are exchanged, which keeps them short. */
const encodeChat = (chatId: string): string =>
  /^[A-Za-z0-9+/=]+$/.test(chatId)
    ? `c.${chatId.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '~')}`
    : `x.${Buffer.from(chatId).toString('base64url')}`;
