/** The tenant the playground plays: people, chats, messages, files. All in memory. */
import { createIds, type IdKind, idOf } from './ids.ts';

export type Json = Readonly<Record<string, unknown>>;

export interface Person {
  openId: string;
  unionId: string;
  userId: string;
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
  /** The JSON string as sent. */
  content: string;
  /** The card as it is now; null for everything else. */
  card: Json | null;
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

export type Notice =
  | { type: 'message' | 'update'; chat: string; message_id: string }
  | { type: 'chats' }
  | { type: 'autoplay'; played: number; waiting: number };

export interface World {
  people: Map<string, Person>;
  chats: Map<string, Chat>;
  messages: Map<string, Message>;
  files: Map<string, StoredFile>;
  bot: { openId: string; unionId: string; name: string };
  tenantKey: string;
  newId(kind: IdKind): string;
  byMobile(mobile: string): Person | undefined;
  addPerson(person: { name: string; mobile: string; note?: string | undefined; locale?: string | undefined }): Person;
  addChat(chat: { name: string; key?: string | undefined; members: Iterable<string>; bot: boolean }): Chat;
  /** The private chat of a person with the bot; made when first asked for. */
  privateChat(openId: string): Chat;
  /** Chats a person is in: the private one first, then the groups by name. */
  chatsOf(openId: string): Chat[];
  post(message: Omit<Message, 'seq' | 'messageId' | 'recalled' | 'openClicks'>): Message;
  touch(message: Message): void;
  listen(listener: (notice: Notice) => void): () => void;
  notify(notice: Notice): void;
}

export function createWorld(appId: string, botName: string): World {
  const people = new Map<string, Person>();
  const mobiles = new Map<string, Person>();
  const chats = new Map<string, Chat>();
  const messages = new Map<string, Message>();
  const listeners = new Set<(notice: Notice) => void>();
  const newId = createIds(`${appId} ${Date.now()}`);
  const notify = (notice: Notice) => {
    for (const listener of listeners) listener(notice);
  };
  const newChat = (chat: Pick<Chat, 'chatId' | 'key' | 'name' | 'type' | 'members' | 'bot'>): Chat => {
    const made: Chat = { ...chat, dissolved: false, muted: false, messages: [], read: new Map() };
    chats.set(made.chatId, made);
    return made;
  };
  const privateChat = (openId: string): Chat => {
    const chatId = idOf('oc', appId, 'p2p', openId);
    const name = people.get(openId)?.name ?? '';
    return (
      chats.get(chatId) ?? newChat({ chatId, key: null, name, type: 'p2p', members: new Set([openId]), bot: true })
    );
  };

  return {
    people,
    chats,
    messages,
    files: new Map(),
    bot: { openId: idOf('ou', appId, 'bot'), unionId: idOf('on', 'bot'), name: botName },
    tenantKey: idOf('ev', 'tenant').slice(0, 16),
    newId,
    byMobile: (mobile) => mobiles.get(mobile),
    addPerson({ name, mobile, note, locale }) {
      const known = mobiles.get(mobile);
      const person: Person = {
        openId: idOf('ou', appId, mobile),
        unionId: idOf('on', mobile),
        userId: idOf('ev', 'user', mobile).slice(0, 8),
        available: true,
        blocked: false,
        resigned: false,
        ...known,
        name,
        mobile,
        note: note ?? known?.note ?? null,
        locale: locale ?? known?.locale ?? 'zh-CN',
      };
      people.set(person.openId, person);
      mobiles.set(mobile, person);
      privateChat(person.openId).name = name;
      return person;
    },
    addChat({ name, key, members, bot }) {
      const chatId = idOf('oc', appId, 'group', key ?? name);
      const known = chats.get(chatId);
      if (!known) return newChat({ chatId, key: key ?? null, name, type: 'group', members: new Set(members), bot });
      for (const member of members) known.members.add(member);
      known.name = name;
      known.bot = bot;
      return known;
    },
    privateChat,
    chatsOf(openId) {
      const groups = [...chats.values()].filter(
        (chat) => chat.type === 'group' && !chat.dissolved && chat.members.has(openId),
      );
      return [privateChat(openId), ...groups.toSorted((a, b) => a.name.localeCompare(b.name, 'zh-CN'))];
    },
    post(message) {
      const made = { ...message, seq: messages.size + 1, messageId: newId('om'), recalled: false, openClicks: 0 };
      messages.set(made.messageId, made);
      chats.get(made.chatId)?.messages.push(made);
      notify({ type: 'message', chat: made.chatId, message_id: made.messageId });
      return made;
    },
    touch: (message) => notify({ type: 'update', chat: message.chatId, message_id: message.messageId }),
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    notify,
  };
}
