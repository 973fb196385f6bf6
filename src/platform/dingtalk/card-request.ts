/** Bodies of card requests (platform/dingtalk.md §2.2). */
import type { Recipient } from '../platform.ts';
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

/** What the card is in a chat. @param summary line in the list of chats and in the notification */
export function space(to: Recipient, summary: string): Record<string, unknown> {
  // Forwarded, a card would show its data to others.
  const model = {
    supportForward: false,
    lastMessageI18n: { ZH_CN: summary, EN_US: summary },
    notification: { alertContent: summary, notificationOff: false },
  };
  return to.kind === 'chat' ? { imGroupOpenSpaceModel: model } : { imRobotOpenSpaceModel: model };
}

/** The chat a card is put into. */
export const target = (to: Recipient, robotCode: string): Record<string, unknown> =>
  to.kind === 'chat'
    ? { openSpaceId: `dtv1.card//IM_GROUP.${to.chatId}`, imGroupOpenDeliverModel: { robotCode } }
    : {
        openSpaceId: `dtv1.card//IM_ROBOT.${to.userId}`,
        imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode },
      };
