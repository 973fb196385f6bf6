/** What the playground's own interface takes and gives. Ids are the platform's (`ou_…`, `oc_…`, `cid…`, `om_…`, `pqk…`). */
import type { PlatformName } from '../../platform/platform.ts';
import type { Toast } from '../app/read-answer.ts';
import type { MessageView } from '../app/view.ts';
import type { Plan, Switches, Templates } from '../dingtalk/app.ts';

export type CardJson = Readonly<Record<string, unknown>>;
export interface PersonView {
  id: string;
  /** Where they have an account, the one they use by themselves first. */
  platforms: PlatformName[];
  dingtalk_user_id?: string;
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
  platform: PlatformName;
  bot: boolean;
  members: number;
  unread: number;
  last: { text: string; at: number } | null;
  /** Only in the list of all groups. */
  key?: string | null;
}
export interface SeedOrder {
  /** `note` is shown beside the name: “支部书记 · 第一支部”. */
  people?: readonly {
    name: string;
    mobile: string;
    note?: string;
    locale?: string;
    /** Feishu alone when absent; the first is the one they use by themselves. */
    platforms?: readonly PlatformName[];
  }[];
  /** `members` are mobile numbers; a group of the same `key` is the same group. No event tells the bot of it. */
  chats?: readonly {
    name: string;
    key?: string;
    members?: readonly string[];
    bot?: boolean;
    /** On both, it is two chats of one key; each has the members who have an account there. */
    platforms?: readonly PlatformName[];
  }[];
}
export interface SeedResult {
  people: { mobile: string; id: string }[];
  chats: { key: string; name: string; chat_id: string; platform: PlatformName }[];
}
/** All that a click can come to, in one type: what is absent did not happen. */
export interface ClickOutcome {
  /** What the user would see: no answer, a wrong answer (platform/lark.md §2.3). */
  code?: number;
  detail?: string;
  toast?: Toast;
  card?: CardJson;
  /** Fields that kept the client from sending anything. */
  blocked?: string[];
  refused?: string;
  /** The dialog, when the click was sent with `confirmed: false`. */
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
  platform: PlatformName;
  /** open_id of everybody in the chat. */
  recipients: string[];
}
export interface PlaygroundStats {
  /** By API, then by the platform's code or the fault that hit: how often. */
  calls: Record<string, Record<string, number>>;
  people: number;
  chats: number;
  messages: number;
}

export interface MessageQuery {
  limit?: number;
  after?: number;
  /** Of the private chat; the platform the person uses by themselves when absent. */
  platform?: PlatformName | undefined;
}
interface DingTalkSettings {
  plan: Plan;
  receive: 'http' | 'stream';
  message_url: string | null;
  templates: Templates;
}
export type DingTalkChange = Partial<Switches & DingTalkSettings> & { reset?: boolean };
export interface DingTalkState extends DingTalkSettings {
  client_id: string;
  corp_id: string;
  switches: Switches;
  /** Calls and pushes counted this month. */
  used: { month: string; calls: number; pushes: number };
  /** Open long connections. */
  connections: number;
  /** What clients showed nothing of. */
  problems: { path: string; message: string }[];
}
