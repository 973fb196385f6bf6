/**
 * The playground's own interface, one function a call: for the demo, which loads a city, and for tests, which play people.
 * Ids are the platform's (`ou_…`, `oc_…`, `om_…`). Every call throws `PlaygroundError` when the playground refuses it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { PlatformName } from '../../platform/platform.ts';
import type { Click } from '../app/click.ts';
import type { TypeResult } from '../app/type.ts';
import type { MessageView } from '../app/view.ts';
import type { AutoplayOrder, AutoplayResult, WaitingCount } from '../autoplay/autoplay.ts';
import type { Faults } from '../faults.ts';
import type { GuideOrder, GuideView } from '../guide.ts';
import type { Delivery } from '../stats.ts';
import type {
  ChatListing,
  ClickOutcome,
  DingTalkChange,
  DingTalkState,
  MessageQuery,
  PersonView,
  PlaygroundStats,
  SeedOrder,
  SeedResult,
  SentMessage,
} from './views.ts';

export type * from './views.ts';

export class PlaygroundError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.name = 'PlaygroundError';
    this.status = status;
  }
}

export class PlaygroundClient {
  readonly url: string;
  constructor(url: string) {
    this.url = url.replace(/\/$/, '');
  }

  people = () => this.#get<PersonView[]>('/people');
  /** Adds people and groups; the same order twice changes nothing. */
  seed = (order: SeedOrder) => this.#post<SeedResult>('/seed', order);
  /** Changes what a person is to the bot: out of range, blocked, resigned. */
  setPerson = (id: string, change: Partial<Pick<PersonView, 'available' | 'blocked' | 'resigned' | 'locale'>>) =>
    this.#post<{ id: string }>(`/people/${encodeURIComponent(id)}`, change);
  /** Hands in what the page shows a newcomer. */
  guide = (guide: GuideOrder) => this.#post<GuideView>('/guide', guide);

  /** Chats of a person; every group when nobody is named. */
  chats = (as?: string) => this.#get<ChatListing[]>('/chats', { as });
  /** Newest messages, oldest first; of the private chat when no chat is named. Marks them as seen. */
  messages = (as: string, chat?: string, { limit = 50, after = 0, platform }: MessageQuery = {}) =>
    this.#get<MessageView[]>('/messages', { as, chat, limit, after, platform });
  /** Writes as a person; in a group the bot only hears what mentions it. Resolves when the bot has acknowledged, or failed to. */
  type = (as: string, text: string, to: { chat?: string; mention_bot?: boolean; platform?: PlatformName } = {}) =>
    this.#post<TypeResult>('/type', { as, text, ...to });
  /** Presses a button, or uses a component that stands alone. A confirm dialog is taken as confirmed unless `confirmed: false`. */
  click = (as: string, messageId: string, name: string, more: Omit<Click, 'name'> = {}) =>
    this.#post<ClickOutcome>('/click', { as, message_id: messageId, name, ...more });
  /** Sends an action no client would send: for tests of what the bot must not believe. */
  forge = (as: string, messageId: string, action: Readonly<Record<string, unknown>>) =>
    this.#post<ClickOutcome>('/forge', { as, message_id: messageId, action });
  /** Opens the private chat, which is an event. */
  open = (as: string) => this.#post<{ delivered: boolean; status: number }>('/open', { as });
  /** Uses the menu of the bot. */
  menu = (as: string, key: string) => this.#post<{ delivered: boolean; status: number }>('/menu', { as, key });

  /** Makes a group and, unless `bot: false`, invites the bot: it is told by an event. `members` are mobile numbers. */
  createChat = (chat: {
    name: string;
    key?: string;
    members?: readonly string[];
    bot?: boolean;
    operator?: string;
    platform?: PlatformName;
  }) => this.#post<{ chat_id: string; delivered?: boolean; status?: number }>('/chats', chat);
  /** Invites the bot into a group or removes it; `operator` is the open_id of who does it. */
  setBot = (chatId: string, present: boolean, operator?: string) =>
    this.#post<{ delivered: boolean; status: number }>(`/chats/${encodeURIComponent(chatId)}/bot`, {
      present,
      operator,
    });
  dissolve = (chatId: string) =>
    this.#post<{ delivered: boolean }>(`/chats/${encodeURIComponent(chatId)}/dissolve`, {});
  mute = (chatId: string, muted: boolean) => this.#post<object>(`/chats/${encodeURIComponent(chatId)}/mute`, { muted });
  recall = (messageId: string) => this.#post<object>(`/messages/${encodeURIComponent(messageId)}/recall`, {});

  /** Changes some faults, leaves the others; `reset: true` switches all off first. */
  faults = (change: Partial<Faults> & { reset?: boolean } = {}) => this.#post<Faults>('/faults', change);
  /** Changes switches and settings of DingTalk, leaves the others; `reset: true` switches all off first. */
  dingtalk = (change: DingTalkChange = {}) => this.#post<DingTalkState>('/dingtalk', change);
  /** Tells the bot's long connections to go, or breaks them. */
  dingtalkStream = (act: 'disconnect' | 'cut') => this.#post<DingTalkState>('/dingtalk/stream', { act });
  /** `now` (Unix ms) sets the clock, `advance` (ms) moves it and runs what became due, `speed` scales limits and redeliveries. */
  clock = (change: { now?: number; advance?: number; speed?: number } = {}) =>
    this.#post<{ now: number; speed: number }>('/clock', change);
  /** Saves addresses as the console does: only when they answer the challenge. */
  urls = (change: { event_url?: string | null; callback_url?: string | null } = {}) =>
    this.#post<{ verified: boolean; event_url: string | null; callback_url: string | null }>('/urls', change);
  /** Makes every tenant token unknown. */
  revokeTokens = () => this.#post<object>('/tokens/revoke', {});
  /** Pushes to the bot, the newest first. */
  deliveries = (limit = 100) => this.#get<Delivery[]>('/deliveries', { limit });
  stats = () => this.#get<PlaygroundStats>('/stats');
  /** Everything the bot sent: `since` Unix ms, `after` a `seq`; `brief` leaves the contents out. */
  sent = (query: { since?: number; after?: number; limit?: number; brief?: boolean } = {}) =>
    this.#get<SentMessage[]>('/sent', { ...query, brief: query.brief ? 1 : undefined });
  /** Lets others answer their cards; see `AutoplayOrder`. */
  autoplay = (order: Partial<AutoplayOrder> = {}) => this.#post<AutoplayResult>('/autoplay', order);
  /** What waits for people to answer, by review. */
  waiting = (except?: string) => this.#get<WaitingCount[]>('/autoplay', { except });
  download = async (key: string): Promise<Uint8Array> => {
    const response = await fetch(`${this.url}/playground/api/files/${encodeURIComponent(key)}`);
    if (!response.ok) throw new PlaygroundError(response.status, `no file ${key}`);
    return new Uint8Array(await response.arrayBuffer());
  };

  /** Asks again and again until the answer is neither null nor false. @throws PlaygroundError after `timeoutMs` */
  async waitFor<T>(what: string, ask: () => Promise<T | null | false | undefined>, timeoutMs = 10_000): Promise<T> {
    const until = Date.now() + timeoutMs;
    for (;;) {
      const answer = await ask();
      if (answer !== null && answer !== false && answer !== undefined) return answer;
      if (Date.now() > until) throw new PlaygroundError(0, `waited ${timeoutMs} ms in vain for ${what}`);
      await sleep(POLL_MS);
    }
  }

  async #get<T>(path: string, query: Readonly<Record<string, string | number | undefined>> = {}): Promise<T> {
    const given = new URLSearchParams();
    for (const [key, value] of Object.entries(query)) if (value !== undefined) given.set(key, String(value));
    return this.#read(await fetch(`${this.url}/playground/api${path}?${given.toString()}`));
  }
  async #post<T>(path: string, body: unknown): Promise<T> {
    const headers = { 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body: JSON.stringify(body) };
    return this.#read(await fetch(`${this.url}/playground/api${path}`, init));
  }
  async #read<T>(response: Response): Promise<T> {
    const text = await response.text();
    if (!response.ok) {
      throw new PlaygroundError(response.status, `${response.status} ${new URL(response.url).pathname}: ${text}`);
    }
    return JSON.parse(text);
  }
}

const POLL_MS = 25;
