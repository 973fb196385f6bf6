/** The tenant the playground plays: people, chats, messages, files. All in memory. */
import type { PlatformName } from '../platform/platform.ts';
import { conversationId, createIds, type IdKind, idOf } from './ids.ts';
import type { Chat, Message, NewMessage, Notice, Person, StoredFile } from './tenant.ts';

export type { Chat, Json, Message, NewMessage, Notice, Person, StoredFile } from './tenant.ts';

/** Messages a chat keeps; older ones are gone, as if the client had been told to clear them. */
export const KEPT_MESSAGES = 2_000;

interface NewPerson {
  name: string;
  mobile: string;
  note?: string | undefined;
  locale?: string | undefined;
  /** Feishu alone when absent, or what it was before. */
  platforms?: readonly PlatformName[] | undefined;
}
interface NewChat {
  name: string;
  key?: string | undefined;
  members: Iterable<string>;
  bot: boolean;
  platform?: PlatformName | undefined;
}

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
  /** By an id of DingTalk. */
  byDingTalkId(kind: 'userId' | 'unionId', id: string): Person | undefined;
  addPerson(person: NewPerson): Person;
  addChat(chat: NewChat): Chat;
  /** The private chat of a person with the bot, on the platform they use by themselves when none is named; made when first asked for. */
  privateChat(openId: string, platform?: PlatformName): Chat;
  /** Chats a person is in: the private ones first, then the groups by name. */
  chatsOf(openId: string): Chat[];
  /** Messages with a `seq` above `after` that are still kept, oldest first. */
  messagesAfter(after: number): Message[];
  post(message: NewMessage): Message;
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
  const newChat = (chat: Pick<Chat, 'chatId' | 'platform' | 'key' | 'name' | 'type' | 'members' | 'bot'>): Chat => {
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
  const privateChat = (openId: string, wanted?: PlatformName): Chat => {
    const person = people.get(openId);
    const platform = wanted ?? person?.platforms[0] ?? 'lark';
    const chatId = platform === 'lark' ? idOf('oc', appId, 'p2p', openId) : conversationId(appId, 'p2p', openId);
    const name = person?.name ?? '';
    return (
      chats.get(chatId) ??
      newChat({ chatId, platform, key: null, name, type: 'p2p', members: new Set([openId]), bot: true })
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
    byDingTalkId: (kind, id) => ids.get(`${kind} ${id}`),
    addPerson({ name, mobile, note, locale, platforms }) {
      const known = mobiles.get(mobile);
      const person: Person = {
        openId: idOf('ou', appId, mobile),
        unionId: idOf('on', mobile),
        userId: idOf('ev', 'user', mobile).slice(0, 8),
        dingtalk: dingtalkIds(mobile),
        platforms: ['lark'],
        available: true,
        blocked: false,
        resigned: false,
        ...known,
        name,
        mobile,
        note: note ?? known?.note ?? null,
        locale: locale ?? known?.locale ?? 'zh-CN',
        ...(platforms === undefined ? {} : { platforms }),
      };
      people.set(person.openId, person);
      mobiles.set(mobile, person);
      for (const id of [person.openId, person.unionId, person.userId]) ids.set(id, person);
      for (const kind of ['userId', 'unionId'] as const) ids.set(`${kind} ${person.dingtalk[kind]}`, person);
      for (const platform of person.platforms) privateChat(person.openId, platform).name = name;
      return person;
    },
    addChat({ name, key, members, bot, platform = 'lark' }) {
      const words = [appId, 'group', key ?? name];
      const chatId = platform === 'lark' ? idOf('oc', ...words) : conversationId(...words);
      const known = chats.get(chatId);
      if (!known) {
        return newChat({ chatId, platform, key: key ?? null, name, type: 'group', members: new Set(members), bot });
      }
      for (const member of members) join(known, member);
      known.name = name;
      known.bot = bot;
      return known;
    },
    privateChat,
    chatsOf(openId) {
      const own = [...(groups.get(openId) ?? [])].filter((chat) => !chat.dissolved);
      const platforms = people.get(openId)?.platforms ?? ['lark'];
      const alone = platforms.map((platform) => privateChat(openId, platform));
      return [...alone, ...own.toSorted((a, b) => collator.compare(a.name, b.name))];
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
      const chat = chats.get(message.chatId);
      const messageId = newId(chat?.platform === 'dingtalk' ? 'pqk' : 'om');
      const made: Message = {
        ...message,
        template: message.template ?? null,
        content,
        seq: lastSeq,
        messageId,
        recalled: false,
        openClicks: 0,
      };
      messages.set(made.messageId, made);
      const kept = chat?.messages ?? [];
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

const dingtalkIds = (mobile: string): Person['dingtalk'] => ({
  userId: `u${idOf('ev', 'staff', mobile).slice(0, 12)}`,
  unionId: `${idOf('ev', 'dingtalk', mobile).slice(0, 22)}iE`,
  senderId: `$:LWCP_v1:$${idOf('ev', 'sender', mobile)}`,
});
