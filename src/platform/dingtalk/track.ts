/**
 * Out-track ids: our own name for a card that was sent, by which it is updated and clicks come back. A click over HTTP names no chat
 * (platform/dingtalk.md §2.7), so the chat stands in the id. A private chat is written `user:<user id>`: DingTalk has no id of it that
 * messages can be sent to.
 */
import type { Recipient } from '../platform.ts';
import { OUT_TRACK_ID_MAX_CHARS } from './limits.ts';

const PRIVATE = 'user:';
export const privateChat = (userId: string): string => `${PRIVATE}${userId}`;

/** Whom a recipient of the port is for DingTalk. */
export const recipientOf = (to: Recipient): Recipient =>
  to.kind === 'chat' && to.chatId.startsWith(PRIVATE)
    ? { kind: 'person', userId: to.chatId.slice(PRIVATE.length) }
    : to;

/** @returns null when it would be longer than DingTalk takes. */
export function trackId(to: Recipient, key: string): string | null {
  const receiver = recipientOf(to);
  const id = receiver.kind === 'person' ? `p.${key}` : `${encodeChat(receiver.chatId)}.${key}`;
  return id.length <= OUT_TRACK_ID_MAX_CHARS ? id : null;
}

/** The same card is for one person and all of its data private, or for a group. Null for an id that is not ours. */
export function chatOf(track: string): { kind: 'private' } | { kind: 'group'; chatId: string } | null {
  const [kind, chat] = track.split('.', 3);
  if (kind === 'p') return { kind: 'private' };
  if (kind === 'c' && chat !== undefined && chat !== '')
    return { kind: 'group', chatId: chat.replaceAll('-', '+').replaceAll('_', '/').replaceAll('~', '=') };
  if (kind === 'x' && chat !== undefined && chat !== '')
    return { kind: 'group', chatId: Buffer.from(chat, 'base64url').toString() };
  return null;
}

/** Ids of conversations are base64 so far; only the signs are exchanged, which keeps them short. */
const encodeChat = (chatId: string): string =>
  /^[A-Za-z0-9+/=]+$/.test(chatId)
    ? `c.${chatId.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '~')}`
    : `x.${Buffer.from(chatId).toString('base64url')}`;
