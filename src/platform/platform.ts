/**
 * The port: all that the rest of the program knows of a chat platform. `platform/<name>/` fills it in; nothing outside that
 * folder names a platform.
 */
import type { Action } from '../action.ts';
import type { Card, Toast } from '../card.ts';

export const PLATFORM_NAMES = ['lark', 'dingtalk'] as const;
export type PlatformName = (typeof PLATFORM_NAMES)[number];

/** A request as it arrived: bytes as sent, because signatures cover bytes. */
export interface RawRequest {
  headers: Headers;
  rawBody: Uint8Array;
  /** Unix ms. */
  now: number;
}

/** Ids as the platform gives them; `appId` because an id may differ per app (platform/lark.md §4.8). */
export interface Sender {
  platform: PlatformName;
  appId: string;
  userId: string;
}

export interface IncomingMessage {
  kind: 'message';
  /** Keys that identify this delivery; any one seen before means a duplicate. */
  dedupeKeys: readonly string[];
  sender: Sender;
  /** `name` is given by platforms that do not announce when the bot joins a group: its first message does. */
  chat: { id: string; type: 'private' | 'group'; name?: string };
  /** Text with mentions of the bot removed, other mentions replaced by their display name. */
  text: string;
  /** Other people mentioned, in order. */
  mentions: readonly { userId: string; name: string }[];
}
export interface IncomingClick {
  kind: 'click';
  dedupeKeys: readonly string[];
  sender: Sender;
  chat: { id: string };
  messageId: string;
  /** Null when what the button carried is not one of ours (forged, or from an older version). */
  action: Action | null;
  buttonName: string;
  /** Values of the form the button submitted; missing fields are absent. Never logged. */
  form: Readonly<Record<string, string>>;
}
export type Incoming =
  | IncomingMessage
  | IncomingClick
  | { kind: 'bot_added'; dedupeKeys: readonly string[]; sender: Sender; chat: { id: string; name: string } }
  | { kind: 'bot_removed'; dedupeKeys: readonly string[]; sender: Sender; chat: { id: string; name: string } }
  /** The person opened the private chat or pressed the bot's menu. */
  | { kind: 'private_opened'; dedupeKeys: readonly string[]; sender: Sender }
  | { kind: 'ignored'; why: string };

export type Received =
  | { kind: 'rejected'; status: 400 | 401; why: string }
  | { kind: 'challenge'; reply: Record<string, unknown> }
  | { kind: 'incoming'; incoming: Incoming };

/** Answer to a click: a toast, a new card for the message, both or neither. */
export interface ClickAnswer {
  toast?: Toast;
  card?: Card;
}

export type Recipient = { kind: 'chat'; chatId: string } | { kind: 'person'; userId: string };
export interface Outgoing {
  to: Recipient;
  content: { kind: 'card'; card: Card } | { kind: 'file'; name: string; bytes: Uint8Array };
  /** At most 50 characters; the platform drops a second message with the same key for a while. */
  idempotencyKey: string;
}

/** Why a message did not go out. `retry` reasons may go out later with the same key; the rest never will. */
export const SEND_FAILURES = {
  rate_limited: 'retry',
  overloaded: 'retry',
  in_flight: 'retry',
  unreachable: 'retry', // network, timeout, 5xx
  token: 'retry',
  not_in_chat: 'final',
  chat_gone: 'final',
  person_unreachable: 'final',
  content_refused: 'final',
  too_large: 'final',
  not_permitted: 'final', // scope, quota, app disabled: the operator must act
  expired: 'final', // too old to update
  bad_request: 'final',
} as const satisfies Record<string, 'retry' | 'final'>;
export type SendFailure = keyof typeof SEND_FAILURES;
export type SendResult =
  | { ok: true; messageId: string }
  /** `code` is the platform's own, for the operator; it never holds content. */
  | { ok: false; reason: SendFailure; code: string; retryAfterMs?: number };

/** `calls` are ours to a platform, `pushes` its to us. */
export interface Usage {
  calls: number;
  pushes: number;
}
/** How large a review is on one platform: who of it is reached there, and the groups there that its cards go to. */
export interface ReviewSize {
  electors: number;
  subjects: number;
  chats: number;
}
/** Up to where a review has come, as far as its cost goes: what lies before is spent. */
export type ReviewStage = 'opening' | 'ballot' | 'results';
/** A platform that counts by the month, and holds us to it. */
export interface MonthlyBudget {
  /** What the organisation's plan holds. */
  readonly plan: Usage;
  /** What a review takes from here on. */
  reviewNeeds(size: ReviewSize, from: ReviewStage): Usage;
  /** What the weekly self-check of so many people takes. */
  weekNeeds(people: number): Usage;
}

export interface ChatPlatform {
  readonly name: PlatformName;
  readonly appId: string;
  /** Published limits; the outbox paces itself by them. Whole messages. */
  readonly limits: { perMinute: number; perSecond: number; perRecipientPerSecond: number };
  /** A click is answered within this time, ms, finished or not: the platform's deadline less the way there and back. */
  readonly answerWithinMs: number;
  readonly budget?: MonthlyBudget;
  /** Checks authenticity first, then reads. Never throws on what a request holds. */
  receive(request: RawRequest): Received;
  /** The body of the HTTP answer to a click; `click` says which card it is that changes, where the answer alone cannot. */
  answer(answer: ClickAnswer, click?: IncomingClick): Record<string, unknown>;
  send(message: Outgoing): Promise<SendResult>;
  update(messageId: string, card: Card): Promise<SendResult>;
  /** Mobile numbers to user ids; numbers nobody has are absent. Any number of them: the adapter batches. */
  findByMobile(mobiles: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** For `doctor` and start-up. @throws {TenstarError} `platform_failed` with a sentence that says what to do. */
  self(): Promise<{ name: string; userId: string }>;
  /** Group chats the bot is in. */
  chats(): Promise<readonly { id: string; name: string }[]>;
  /** Long-connection transports start receiving here; webhook transports do nothing. */
  connect?(handle: (incoming: Incoming) => Promise<ClickAnswer | null>): Promise<void>;
  close(): Promise<void>;
}
