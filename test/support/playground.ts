/** A typed client of the playground's own interface, for tests that play people. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { AutoplayOrder, AutoplayResult } from '../../src/playground/autoplay/autoplay.ts';
import type { Click } from '../../src/playground/app/click.ts';
import type { Toast } from '../../src/playground/app/read-answer.ts';
import type { TypeResult } from '../../src/playground/app/type.ts';
import type { MessageView } from '../../src/playground/app/view.ts';
import type { Faults } from '../../src/playground/faults.ts';
import type { Delivery } from '../../src/playground/stats.ts';
import { walk } from '../../src/platform/lark/lint-walk.ts';

export type CardJson = Readonly<Record<string, unknown>>;
export interface PersonView {
  id: string;
  name: string;
  mobile: string;
  note?: string;
  locale: string;
  available: boolean;
  blocked: boolean;
  resigned: boolean;
}
export interface ChatListing {
  chat_id: string;
  name: string;
  type: 'p2p' | 'group';
  bot: boolean;
  members: number;
  unread: number;
  last: { text: string; at: number } | null;
}
export interface SeedOrder {
  people?: readonly { name: string; mobile: string; note?: string; locale?: string }[];
  chats?: readonly { name: string; key?: string; members?: readonly string[]; bot?: boolean }[];
}
export interface SeedResult {
  people: { mobile: string; id: string }[];
  chats: { key: string; name: string; chat_id: string }[];
}
/** All that a click can come to, in one type: what is absent did not happen. */
export interface ClickOutcome {
  code?: number;
  detail?: string;
  toast?: Toast;
  card?: CardJson;
  blocked?: string[];
  refused?: string;
  confirm?: CardJson;
  url?: string;
  reset?: true;
}
export interface SentMessage extends Omit<MessageView, 'card' | 'text' | 'file'> {
  card?: CardJson;
  text?: string;
  file?: MessageView['file'];
  uuid: string | null;
  chat_id: string;
  chat_type: 'p2p' | 'group';
  recipients: string[];
}
export interface CardMessage {
  messageId: string;
  chatId: string;
  card: CardJson;
}

export class PlaygroundClient {
  readonly url: string;
  constructor(url: string) {
    this.url = url.replace(/\/$/, '');
  }

  people = () => this.#get<PersonView[]>('/people');
  seed = (order: SeedOrder) => this.#post<SeedResult>('/seed', order);
  /** Changes what a person is to the bot: out of range, blocked, resigned. */
  setPerson = (id: string, change: Partial<Pick<PersonView, 'available' | 'blocked' | 'resigned' | 'locale'>>) =>
    this.#post<{ id: string }>(`/people/${id}`, change);

  /** Chats of a person; every group when nobody is named. */
  chats = (as?: string) => this.#get<ChatListing[]>('/chats', { as });
  /** Newest messages, oldest first; of the private chat when no chat is named. */
  messages = (as: string, chat?: string, limit = 50) => this.#get<MessageView[]>('/messages', { as, chat, limit });
  type = (as: string, text: string, to: { chat?: string; mention_bot?: boolean } = {}) =>
    this.#post<TypeResult>('/type', { as, text, ...to });
  click = (as: string, messageId: string, name: string, more: Omit<Click, 'name'> = {}) =>
    this.#post<ClickOutcome>('/click', { as, message_id: messageId, name, ...more });
  forge = (as: string, messageId: string, action: Readonly<Record<string, unknown>>) =>
    this.#post<ClickOutcome>('/forge', { as, message_id: messageId, action });
  open = (as: string) => this.#post<{ delivered: boolean; status: number }>('/open', { as });

  createChat = (chat: { name: string; key?: string; members?: readonly string[]; bot?: boolean; operator?: string }) =>
    this.#post<{ chat_id: string; delivered?: boolean; status?: number }>('/chats', chat);
  setBot = (chatId: string, present: boolean, operator?: string) =>
    this.#post<{ delivered: boolean }>(`/chats/${chatId}/bot`, { present, operator });
  dissolve = (chatId: string) => this.#post<{ delivered: boolean }>(`/chats/${chatId}/dissolve`, {});
  mute = (chatId: string, muted: boolean) => this.#post<object>(`/chats/${chatId}/mute`, { muted });
  recall = (messageId: string) => this.#post<object>(`/messages/${messageId}/recall`, {});

  faults = (change: Partial<Faults> & { reset?: boolean } = {}) => this.#post<Faults>('/faults', change);
  clock = (change: { now?: number; advance?: number; speed?: number } = {}) =>
    this.#post<{ now: number; speed: number }>('/clock', change);
  urls = (change: { event_url?: string | null; callback_url?: string | null } = {}) =>
    this.#post<{ verified: boolean; event_url: string | null; callback_url: string | null }>('/urls', change);
  revokeTokens = () => this.#post<object>('/tokens/revoke', {});
  deliveries = (limit = 100) => this.#get<Delivery[]>('/deliveries', { limit });
  stats = () => this.#get<{ calls: Record<string, Record<string, number>>; messages: number }>('/stats');
  /** Everything the bot sent: `since` Unix ms, `after` a `seq`; `brief` leaves the contents out. */
  sent = (query: { since?: number; after?: number; limit?: number; brief?: boolean } = {}) =>
    this.#get<SentMessage[]>('/sent', { ...query, brief: query.brief ? 1 : undefined });
  autoplay = (order: Partial<AutoplayOrder> = {}) => this.#post<AutoplayResult>('/autoplay', order);
  download = async (key: string) =>
    new Uint8Array(await (await fetch(`${this.url}/playground/api/files/${key}`)).arrayBuffer());

  /** The newest card of a chat that `fits`; null when there is none. */
  async latestCard(
    as: string,
    chat?: string,
    fits: (card: CardJson) => boolean = () => true,
  ): Promise<CardMessage | null> {
    const chatId = chat ?? (await this.chats(as))[0]?.chat_id ?? '';
    const found = (await this.messages(as, chatId)).findLast(({ card }) => card !== undefined && fits(card));
    return found?.card ? { messageId: found.message_id, chatId, card: found.card } : null;
  }

  /** Waits for a card with a button of this name. @throws after `timeoutMs` */
  cardWithButton = (as: string, button: string, chat?: string, timeoutMs = 10_000): Promise<CardMessage> =>
    this.waitFor(
      `a card with button ${button}`,
      () => this.latestCard(as, chat, (card) => findButton(card, button) !== null),
      timeoutMs,
    );

  /** Presses a button of the newest card that has it. */
  async press(as: string, button: string, more: Omit<Click, 'name'> & { chat?: string } = {}): Promise<ClickOutcome> {
    const { chat, ...click } = more;
    const { messageId } = await this.cardWithButton(as, button, chat);
    return this.click(as, messageId, button, click);
  }

  /** Asks again and again until there is an answer that is neither null nor false. @throws after `timeoutMs` */
  async waitFor<T>(what: string, ask: () => Promise<T | null | false | undefined>, timeoutMs = 10_000): Promise<T> {
    const until = Date.now() + timeoutMs;
    for (;;) {
      const answer = await ask();
      if (answer !== null && answer !== false && answer !== undefined) return answer;
      if (Date.now() > until) throw new Error(`waited ${timeoutMs} ms in vain for ${what}`);
      await sleep(25);
    }
  }

  async #get<T>(path: string, query: Readonly<Record<string, string | number | undefined>> = {}): Promise<T> {
    const given = Object.entries(query).flatMap(([k, v]) =>
      v === undefined ? [] : [[k, String(v)] as [string, string]],
    );
    return this.#read(await fetch(`${this.url}/playground/api${path}?${new URLSearchParams(given).toString()}`));
  }
  async #post<T>(path: string, body: unknown): Promise<T> {
    const headers = { 'content-type': 'application/json' };
    return this.#read(
      await fetch(`${this.url}/playground/api${path}`, { method: 'POST', headers, body: JSON.stringify(body) }),
    );
  }
  async #read<T>(response: Response): Promise<T> {
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status} ${new URL(response.url).pathname}: ${text}`);
    return JSON.parse(text);
  }
}

/** The button of a card by name; null when it has none. */
export const findButton = (card: CardJson, name: string): CardJson | null =>
  [...walk(card)].find(({ tag, element }) => tag === 'button' && element['name'] === name)?.element ?? null;
export const buttonNames = (card: CardJson): string[] =>
  [...walk(card)].filter(({ tag }) => tag === 'button').map(({ element }) => String(element['name']));
export const formNames = (card: CardJson): string[] =>
  [...walk(card)].filter(({ tag }) => tag === 'form').map(({ element }) => String(element['name']));
/** Everything a person can read in a card, one string an element. */
export const cardTexts = (card: CardJson): string[] =>
  [...walk(card)].flatMap(({ element }) => (typeof element['content'] === 'string' ? [element['content']] : []));
