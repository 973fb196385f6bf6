/** Puts messages into the outbox, inside the transaction of whatever they tell about. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type CardRef, type FileRef, rowOfFile } from '../card-ref.ts';
import { PLATFORM_NAMES, type PlatformName } from '../platform/platform.ts';
import type { Writer } from '../store/db.ts';
import { chatsFor, type ChatScope } from '../store/chat.ts';
import { enqueueMany, type NewMessage } from '../store/outbox.ts';
import { everyPlatformOf, peopleBeyondChats, platformsOf } from '../store/reach.ts';
import type { Use } from '../use.ts';
import { messageHours } from './message-hours.ts';

const platformSchema = z.enum(PLATFORM_NAMES);

export interface SendOptions {
  /** Unix ms; when the message became due. */
  now: number;
  /** Not before this moment (message hours); now when absent. */
  notBefore?: number;
  /** From this moment on it waits for the next message hours; any time when absent. */
  leaveBy?: number;
  /** At most one message per person or chat with this key, ever. */
  once?: string;
  /** Somebody is waiting for it: goes before bulk messages. */
  urgent?: boolean;
}

/**
 * When messages of a job or a bulk reminder leave: at once in message hours, else when they begin (design.md 12.2).
 * @param asOf Unix ms; the time the job acts by. A job run by hand for another day keeps its distance to the hours of that day.
 */
export function inMessageHours(
  use: Pick<Use, 'calendar' | 'config' | 'now' | 'rules'>,
  asOf: number,
): Pick<Required<SendOptions>, 'now' | 'notBefore' | 'leaveBy'> {
  const now = use.now();
  const { from, until } = messageHours(use, asOf);
  return { now, notBefore: now + from - asOf, leaveBy: now + until - asOf };
}

/**
 * A private card for each of `people` who has a platform account.
 * @returns those who cannot be reached.
 */
export async function sendToPeople(
  tx: Writer,
  people: readonly string[],
  ref: CardRef,
  options: SendOptions,
): Promise<string[]> {
  const platformOf = await platformsOf(tx, people);
  const messages: NewMessage[] = [];
  for (const [person, platform] of platformOf)
    messages.push(message(platform, { kind: 'person', employeeNo: person }, ref, options, person));
  await enqueueMany(tx, messages);
  return people.filter((person) => !platformOf.has(person));
}

/** A card for one person on every platform where that person can be reached. @returns how many. */
export async function sendEverywhere(tx: Writer, person: string, ref: CardRef, options: SendOptions): Promise<number> {
  const found = (await everyPlatformOf(tx, person)).map((platform) =>
    message(platform, { kind: 'person', employeeNo: person }, ref, options, person),
  );
  await enqueueMany(tx, found);
  return found.length;
}

/** A file for each of `people` who has a platform account, made when it is sent. @returns those who cannot be reached. */
export const sendFileToPeople = (
  tx: Writer,
  people: readonly string[],
  ref: FileRef,
  options: SendOptions,
): Promise<string[]> => sendToPeople(tx, people, rowOfFile(ref), options);

/** A card for every chat of this scope, on every platform. @returns how many chats there are. */
export async function sendToChats(
  tx: Writer,
  scope: ChatScope,
  code: string | null,
  ref: CardRef,
  options: SendOptions,
): Promise<number> {
  const chats = await chatsFor(tx, scope, code);
  await enqueueMany(
    tx,
    chats.map((chat) =>
      message(platformSchema.parse(chat.platform), { kind: 'chat', chatId: chat.chatId }, ref, options, chat.chatId),
    ),
  );
  return chats.length;
}

/** A file for every chat of this scope, made when it is sent. @returns how many chats there are. */
export const sendFileToChats = (
  tx: Writer,
  scope: ChatScope,
  code: string | null,
  ref: FileRef,
  options: SendOptions,
): Promise<number> => sendToChats(tx, scope, code, rowOfFile(ref), options);

/** A private card for those of `people` who have no account on a platform where this scope has a chat: for all where it has none. */
export async function sendBeyondChats(
  tx: Writer,
  scope: ChatScope,
  code: string | null,
  people: readonly string[],
  ref: CardRef,
  options: SendOptions,
): Promise<void> {
  await sendToPeople(tx, await peopleBeyondChats(tx, scope, code, people), ref, options);
}

/** A card for every chat of this scope, and a private one for those of `people` whom none of them reaches. */
export async function sendToScope(
  tx: Writer,
  scope: ChatScope,
  code: string | null,
  people: readonly string[],
  ref: CardRef,
  options: SendOptions,
): Promise<void> {
  await sendToChats(tx, scope, code, ref, options);
  await sendBeyondChats(tx, scope, code, people, ref, options);
}

/** A card for one chat, bound or not. */
export const sendToChat = (
  tx: Writer,
  platform: PlatformName,
  chatId: string,
  ref: CardRef,
  options: SendOptions,
): Promise<unknown> => enqueueMany(tx, [message(platform, { kind: 'chat', chatId }, ref, options, chatId)]);

function message(
  platform: PlatformName,
  to: NewMessage['to'],
  ref: CardRef,
  options: SendOptions,
  recipient: string,
): NewMessage {
  return {
    uuid: randomUUID(),
    platform,
    to,
    card: ref.card,
    args: ref.args,
    notBefore: options.notBefore ?? options.now,
    createdAt: options.now,
    urgent: options.urgent ?? false,
    ...(options.leaveBy === undefined ? {} : { leaveBy: options.leaveBy }),
    ...(options.once === undefined ? {} : { onceKey: `${options.once}:${recipient}` }),
  };
}
