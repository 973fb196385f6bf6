/** Who a message goes to, and whether it may. */
import { GROUP_PER_SECOND, PERSON_PER_SECOND } from '../../platform/lark/limits.ts';
import type { Context } from '../context.ts';
import type { Chat, Person } from '../world.ts';
import { fieldViolations, type Refusal, refuse } from './answer.ts';

export const RECEIVE_ID_TYPES = ['open_id', 'union_id', 'user_id', 'email', 'chat_id'] as const;

const ID_KEYS = { open_id: 'openId', union_id: 'unionId', user_id: 'userId' } as const;

/** The chat a `receive_id` means, if the bot may write there. */
export function findTarget(ctx: Context, idType: string | undefined, id: string): Chat | Refusal {
  const type = RECEIVE_ID_TYPES.find((known) => known === idType);
  if (!type) return fieldViolations([['receive_id_type', `one of ${RECEIVE_ID_TYPES.join(', ')}`]]);
  if (type === 'chat_id') {
    const chat = ctx.world.chats.get(id);
    return chat?.platform === 'lark' ? mayWrite(ctx, chat) : refuse(230034, 'the receive_id is invalid');
  }
  const person = ctx.world.byAnyId(id); // nobody has an e-mail address here
  if (!person?.platforms.includes('lark') || type === 'email' || person[ID_KEYS[type]] !== id) {
    return refuse(230034, 'the receive_id is invalid');
  }
  return mayWrite(ctx, ctx.world.privateChat(person.openId, 'lark'));
}

/** Whether the bot may write into a chat now. */
export function mayWrite({ world }: Context, chat: Chat): Chat | Refusal {
  if (chat.dissolved) return refuse(232009, 'the chat has been dissolved');
  if (!chat.bot) return refuse(230002, 'the bot is not in the chat');
  if (chat.muted) return refuse(230018, 'the group does not allow the bot to speak');
  if (chat.type === 'group') return chat;
  const person = [...chat.members].map((id) => world.people.get(id))[0];
  return (person && reachable(person)) ?? chat;
}

function reachable(person: Person): Refusal | undefined {
  if (person.resigned) return refuse(230029, 'the user has resigned');
  if (!person.available) return refuse(230013, 'the bot is not available to the user');
  if (person.blocked) return refuse(230053, 'the user has blocked the bot');
  return undefined;
}

/** Counts one message for its recipient; a refusal when it is too many in this second. */
export function countRecipient({ limiter }: Context, chat: Chat): Refusal | null {
  const limit = chat.type === 'p2p' ? PERSON_PER_SECOND : GROUP_PER_SECOND;
  return limiter.allow(`to ${chat.chatId}`, limit) ? null : refuse(230020, 'the message rate limit was reached');
}
