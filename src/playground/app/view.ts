/** What one person sees: their chats and messages, as the page and the tests read them. */
import { shownTo } from '../dingtalk/card/instance.ts';
import type { Chat, Json, Message, World } from '../world.ts';
import { cardLine } from './card-view.ts';

/** @param openId who looks; a DingTalk card may show each person something else */
export function messageView(message: Message, openId?: string) {
  const { messageId, sender, msgType, text, file, created, updated, recalled, seq, parentId } = message;
  const card = cardFor(message, openId);
  return {
    message_id: messageId,
    seq,
    sender,
    msg_type: recalled ? 'recalled' : msgType,
    ...(recalled || text === null ? {} : { text: readable(text) }),
    ...(recalled || card === null ? {} : { card }),
    ...(recalled || file === null
      ? {}
      : {
          file: { key: file.key, name: file.name, size: file.bytes.length, url: `/playground/api/files/${file.key}` },
        }),
    ...(parentId === null ? {} : { parent_id: parentId }),
    created,
    updated,
  };
}
export type MessageView = ReturnType<typeof messageView>;

function cardFor({ card, template }: Message, openId: string | undefined): Json | null {
  const own = openId !== undefined && template !== null && (template.seen.has(openId) || template.private.has(openId));
  return own ? shownTo(template, openId) : card;
}

/** Mentions in a text message are tags; a reader sees the name. */
const readable = (text: string): string => text.replace(/<at [^>]*>([^<]*)<\/at>/g, '@$1');

const lineOf = ({ recalled, card, file, text }: Message): string =>
  recalled ? '' : card ? cardLine(card) : file ? `[${file.name}]` : readable(text ?? '');

/** Messages of others after number `seen`; looks at no more of them than are new. */
function unreadOf({ messages }: Chat, openId: string, seen: number): number {
  let count = 0;
  for (let i = messages.length - 1; i >= 0 && (messages[i]?.seq ?? 0) > seen; i -= 1) {
    if (messages[i]?.sender.id !== openId) count += 1;
  }
  return count;
}

export function chatView(chat: Chat, openId: string, world: World) {
  const last = chat.messages.at(-1);
  return {
    chat_id: chat.chatId,
    name: chat.type === 'p2p' ? world.bot.name : chat.name,
    platform: chat.platform,
    type: chat.type,
    bot: chat.bot,
    members: chat.members.size,
    unread: unreadOf(chat, openId, chat.read.get(openId) ?? 0),
    last: last ? { text: lineOf(last), at: last.created } : null,
  };
}

/** The newest `limit` messages of a chat with a `seq` above `after`, oldest first; marks them as seen. Null when the person is not in the chat. */
export function readChat(chat: Chat | undefined, openId: string, limit: number, after = 0): MessageView[] | null {
  if (!chat?.members.has(openId)) return null;
  chat.read.set(openId, chat.messages.at(-1)?.seq ?? 0);
  return chat.messages
    .slice(-limit)
    .filter(({ seq }) => seq > after)
    .map((message) => messageView(message, openId));
}
