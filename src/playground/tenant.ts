/** What the playground's tenant is made of: people, chats, messages, files. */
import type { PlatformName } from '../platform/platform.ts';
import type { CardInstance } from './dingtalk/card/instance.ts';

export type Json = Readonly<Record<string, unknown>>;

/** Ids of a person on DingTalk. */
export interface DingTalkIds {
  /** Of the corporation, the one that calls take: `userId`, `staffId`. */
  userId: string;
  unionId: string;
  /** Encrypted: no call takes it. */
  senderId: string;
}

export interface Person {
  /** Also the id by which the playground itself knows a person, whatever platforms they use. */
  openId: string;
  unionId: string;
  userId: string;
  dingtalk: DingTalkIds;
  /** Where they have an account, the one they use by themselves first. */
  platforms: readonly PlatformName[];
  name: string;
  mobile: string;
  note: string | null;
  locale: string;
  /** Inside the availability range of the app. */
  available: boolean;
  blocked: boolean;
  resigned: boolean;
}

export interface Chat {
  chatId: string;
  platform: PlatformName;
  key: string | null;
  name: string;
  type: 'p2p' | 'group';
  members: Set<string>;
  bot: boolean;
  dissolved: boolean;
  /** The group forbids the bot to speak. */
  muted: boolean;
  messages: Message[];
  /** By person: number of the last message seen. */
  read: Map<string, number>;
}

export interface StoredFile {
  key: string;
  kind: 'file' | 'image';
  name: string;
  /** `file_type` or `image_type` of the upload. */
  type: string;
  bytes: Uint8Array;
}

export interface Message {
  /** Counts up over the whole playground. */
  seq: number;
  messageId: string;
  chatId: string;
  sender: { kind: 'user' | 'bot'; id: string; name: string };
  msgType: string;
  /** The JSON string as sent; empty for a card, which is kept once, as `card`. */
  content: string;
  /** The card as it is now; null for everything else. Of a DingTalk card, what everybody sees, in the same words. */
  card: Json | null;
  /** The DingTalk card behind `card`: each person may see another state of it. */
  template: CardInstance | null;
  text: string | null;
  file: StoredFile | null;
  uuid: string | null;
  parentId: string | null;
  created: number;
  updated: number;
  recalled: boolean;
  /** Clicks on this card that have no answer yet. */
  openClicks: number;
}
export type NewMessage = Omit<Message, 'seq' | 'messageId' | 'recalled' | 'openClicks' | 'template'> & {
  template?: CardInstance | null;
};

export type Notice =
  | { type: 'message' | 'update'; chat: string; message_id: string }
  | { type: 'chats' | 'guide' | 'clock' }
  | { type: 'autoplay'; played: number; waiting: number };
