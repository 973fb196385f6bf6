/** What `doctor` asks of a platform beyond the port. Every answer that is a no says whose fault it is and the platform's own code. */
import type { TextKey } from '../i18n.ts';
import type { MonthlyBudget, PlatformName } from './platform.ts';

export type ProbeFailure =
  /** No answer, or none that can be read. */
  | 'unreachable'
  /** Too many calls at the moment. */
  | 'busy'
  /** The app's id or secret. */
  | 'credentials'
  /** A permission, an ability or a published version is missing. */
  | 'not_permitted'
  | 'refused';
export type ProbeAnswer<T> = { ok: true; value: T } | { ok: false; reason: ProbeFailure; code: string };

/** What an operator is told to click on this platform. */
export interface ProbeAdvice {
  token: TextKey;
  bot: TextKey;
  botOff: TextKey;
  /** With `scope` in it. */
  permission: TextKey;
  /** Where a platform counts by the month. */
  budget?: TextKey;
  scopes: { messages: string; lookup: string; files: string; chats: string };
  /** Where pushes come over HTTP; null when they come over a connection of ours. */
  push: { path: string; publicAddress: TextKey; pathLeadsElsewhere: TextKey } | null;
}

export interface PlatformProbe {
  readonly name: PlatformName;
  readonly appId: string;
  /** Where the API is asked. */
  readonly baseUrl: string;
  /** Where an operator clicks; null for an emulator. */
  readonly consoleUrl: string | null;
  readonly advice: ProbeAdvice;
  readonly budget?: MonthlyBudget;
  /** The template that cards are made with, on platforms where an operator imports it, and the version it should be of. */
  readonly template?: { id: string; version: number; fix: TextKey };
  /** Whether id and secret are good for a token; the others need one and get it themselves. */
  token(): Promise<ProbeAnswer<null>>;
  bot(): Promise<ProbeAnswer<{ name: string; userId: string; enabled: boolean }>>;
  /** Absent where a platform does not say which chats the bot is in. */
  chats?(): Promise<ProbeAnswer<readonly { id: string; name: string }[]>>;
  /** Whether messages may be sent; tried without anybody to send to. */
  send(): Promise<ProbeAnswer<null>>;
  /** Whether people may be looked up by mobile; `mobile` is that of somebody in the roster. */
  lookUp(mobile: string): Promise<ProbeAnswer<{ found: boolean }>>;
  /** Whether files may be uploaded; a few bytes that are sent to nobody. */
  upload(): Promise<ProbeAnswer<null>>;
  /** The platform's clock less ours, in ms, by the newest answer; null before any. Answers are dated to the second. */
  clockAheadMs(): number | null;
}
