/** Whom the bot may write to on DingTalk now. Limits of one chat are not published (platform/dingtalk.md §3.8): these are a guess. */
import type { Context } from '../context.ts';
import type { Chat, Person } from '../world.ts';
import { type Refused, refuse } from './answer.ts';

/** Messages into one chat in a second before it is "too fast". */
const CHAT_PER_SECOND = 5;

/** The group with an open conversation id, if the bot may write there. */
export function groupOf({ world }: Context, conversationId: string): Chat | Refused {
  const chat = world.chats.get(conversationId);
  if (chat?.platform !== 'dingtalk') {
    return refuse('invalidParameter.openConversationId.invalid', 'there is no such conversation');
  }
  if (chat.type !== 'group') return refuse('conversation.org.notMatch', 'this is not a group of the organisation');
  if (chat.dissolved) return refuse('group.disbanded', 'the group was dissolved');
  if (!chat.bot) return refuse('invalidParameter.robotCode.notExsit', 'the robot is not in the group');
  return chat.muted ? refuse('bot.forbidden.sendMessage', 'robots may not speak in this group') : chat;
}

/** Somebody with an account. */
export function findPerson({ world }: Context, id: string, userIdType = 1): Person | undefined {
  const person = world.byDingTalkId(userIdType === 2 ? 'unionId' : 'userId', id);
  return person?.platforms.includes('dingtalk') ? person : undefined;
}

/** Whether the bot may write to a person: one who left, blocked it or is outside the visible range is like nobody. */
export const isReachable = ({ resigned, available, blocked }: Person): boolean => !resigned && available && !blocked;

/** Counts one message for its chat; false when it is too many in this second. */
export const mayCount = ({ limiter }: Context, chat: Chat): boolean =>
  limiter.allow(`to ${chat.chatId}`, CHAT_PER_SECOND);

export const tooFast = (): Refused => refuse('send.too.fast', 'too many messages into this conversation');
