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
  /** The JSON string as sent; empty for a card, which is kept once, as `card`. */
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
  | { type: 'chats' | 'guide' | 'clock' }
  | { type: 'autoplay'; played: number; waiting: number };

/** Messages a chat keeps; older ones are gone, as if the client had been told to clear them. */
export const KEPT_MESSAGES = 2_000;

export interface World {
  people: Map<string, Person>;
  chats: Map<string, Chat>;
  messages: Map<string, Message>;
  files: Map<string, StoredFile>;
  bot: { openId: string; unionId: string; name: string };
  tenantKey: string;
  newId(kind: IdKind): string;
  byMobile(mobile: string): Person | undefined;
  /** By open_id, union_id or user_id. */
  byAnyId(id: string): Person | undefined;
  addPerson(person: { name: string; mobile: string; note?: string | undefined; locale?: string | undefined }): Person;
  addChat(chat: { name: string; key?: string | undefined; members: Iterable<string>; bot: boolean }): Chat;
  /** The private chat of a person with the bot; made when first asked for. */
  privateChat(openId: string): Chat;
  /** Chats a person is in: the private one first, then the groups by name. */
  chatsOf(openId: string): Chat[];
  /** Messages with a `seq` above `after` that are still kept, oldest first. */
  messagesAfter(after: number): Message[];
  post(message: Omit<Message, 'seq' | 'messageId' | 'recalled' | 'openClicks'>): Message;
  touch(message: Message): void;
  listen(listener: (notice: Notice) => void): () => void;
  notify(notice: Notice): void;
}

const collator = new Intl.Collator('zh-CN');

export function createWorld(appId: string, botName: string): World {
  const people = new Map<string, Person>();
  const mobiles = new Map<string, Person>();
  const ids = new Map<string, Person>();
  /** By person: the groups they are in. Looking through all groups for each of 5,000 people would take minutes. */
  const groups = new Map<string, Set<Chat>>();
  let lastSeq = 0;
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
    if (made.type === 'group') for (const member of made.members) join(made, member);
    return made;
  };
  const join = (chat: Chat, openId: string) => {
    chat.members.add(openId);
    const own = groups.get(openId) ?? new Set();
    groups.set(openId, own.add(chat));
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
    byAnyId: (id) => ids.get(id),
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
      for (const id of [person.openId, person.unionId, person.userId]) ids.set(id, person);
      privateChat(person.openId).name = name;
      return person;
    },
    addChat({ name, key, members, bot }) {
      const chatId = idOf('oc', appId, 'group', key ?? name);
      const known = chats.get(chatId);
      if (!known) return newChat({ chatId, key: key ?? null, name, type: 'group', members: new Set(members), bot });
      for (const member of members) join(known, member);
      known.name = name;
      known.bot = bot;
      return known;
    },
    privateChat,
    chatsOf(openId) {
      const own = [...(groups.get(openId) ?? [])].filter((chat) => !chat.dissolved);
      return [privateChat(openId), ...own.toSorted((a, b) => collator.compare(a.name, b.name))];
    },
    messagesAfter(after) {
      // messages are in order of seq, and whoever asks has mostly seen nearly all of them
      const all = [...messages.values()];
      let from = all.length;
      while (from > 0 && (all[from - 1]?.seq ?? 0) > after) from -= 1;
      return all.slice(from);
    },
    post(message) {
      lastSeq += 1;
      const content = message.card === null ? message.content : '';
      const made = { ...message, content, seq: lastSeq, messageId: newId('om'), recalled: false, openClicks: 0 };
      messages.set(made.messageId, made);
      const kept = chats.get(made.chatId)?.messages ?? [];
      kept.push(made);
      if (kept.length > KEPT_MESSAGES) messages.delete(kept.shift()?.messageId ?? '');
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
