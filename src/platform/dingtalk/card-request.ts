/** Bodies of card requests (platform/dingtalk.md §2.2), and what a chat's refusal of a card means. */
import type { Recipient } from '../platform.ts';
import type { Failed } from './api.ts';
import type { CardData } from './card-data.ts';

/** A group's card is public in that group; a person's is private data of that person. */
export const contents = (to: Recipient, data: CardData): Record<string, unknown> =>
  to.kind === 'chat'
    ? { cardData: { cardParamMap: data } }
    : {
        cardData: { cardParamMap: { template_version: data['template_version'] ?? '' } },
        privateData: { [to.userId]: { cardParamMap: data } },
      };

/** Private data that empties what was said to these people in a group's card; by key, so that the rest of theirs stays. */
export const unsaid = (userIds: readonly string[]): Record<string, unknown> =>
  userIds.length === 0
    ? {}
    : { privateData: Object.fromEntries(userIds.map((userId) => [userId, { cardParamMap: { toast: '' } }])) };

/** @param summary line in the list of chats and in the notification */
export function place(to: Recipient, summary: string, robotCode: string): Record<string, unknown> {
  // Forwarded, a card would show its data to others.
  const space = {
    supportForward: false,
    lastMessageI18n: { ZH_CN: summary, EN_US: summary },
    notification: { alertContent: summary, notificationOff: false },
  };
  return to.kind === 'chat'
    ? {
        openSpaceId: `dtv1.card//IM_GROUP.${to.chatId}`,
        imGroupOpenSpaceModel: space,
        imGroupOpenDeliverModel: { robotCode },
      }
    : {
        openSpaceId: `dtv1.card//IM_ROBOT.${to.userId}`,
        imRobotOpenSpaceModel: space,
        imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode },
      };
}

const TRANSIENT = /busy|time.?out|too.?fast|limit|繁忙|频繁|超时/i;

/** The card exists, but the chat did not take it. The text is not documented, so only what surely passes is tried again. */
export const undelivered = (to: Recipient, message: string): Failed =>
  TRANSIENT.test(message)
    ? { ok: false, reason: 'overloaded', code: 'not delivered' }
    : { ok: false, reason: to.kind === 'chat' ? 'not_in_chat' : 'person_unreachable', code: 'not delivered' };
