/** Where a card is shown: each chat is asked by itself, and may refuse while the call succeeds (platform/dingtalk.md §2.2). */
import type { Context } from '../../context.ts';
import type { Chat, Message } from '../../tenant.ts';
import { isRefused, type Refused, refuse } from '../answer.ts';
import type { DingTalkApp } from '../app.ts';
import { findPerson, groupOf, isReachable, mayCount, tooFast } from '../target.ts';
import { type CardInstance, shownTo } from './instance.ts';
import { type DeliverBody, type Space, spacesOf } from './request.ts';

interface Delivered {
  spaceType: string;
  spaceId: string;
  success: boolean;
  carrierId: string;
  errorMsg: string;
}
export interface Delivery {
  /** The chats a call names, if everything that goes with them is there. `models`: types the card was made for. */
  spacesOf(body: DeliverBody, models: ReadonlySet<string>): Space[] | Refused;
  deliver(card: CardInstance, spaces: readonly Space[], userIdType: number): Delivered[];
  /** Those of the chats that the card is in; nothing happens. */
  delivered(card: CardInstance, spaces: readonly Space[]): Delivered[];
}

export function createDelivery(app: DingTalkApp, ctx: Context): Delivery {
  const { clock, random, world } = ctx;

  /** The chat a card goes to, or why it cannot. */
  function placeOf({ type, id }: Space, userIdType: number): Chat | string {
    if (type === 'IM_GROUP') {
      const chat = groupOf(ctx, id);
      return isRefused(chat) ? chat.message : chat;
    }
    const person = findPerson(ctx, id, userIdType);
    if (!person || !isReachable(person)) return 'the user does not exist or cannot see the robot';
    return world.privateChat(person.openId, 'dingtalk');
  }

  function post(card: CardInstance, chat: Chat): Message {
    const now = clock.now();
    return world.post({
      chatId: chat.chatId,
      sender: { kind: 'bot', id: app.clientId, name: world.bot.name },
      msgType: 'card',
      content: '',
      card: shownTo(card, viewerOf(chat)),
      template: card,
      text: null,
      file: null,
      uuid: card.outTrackId,
      parentId: null,
      created: now,
      updated: now,
    });
  }

  function deliverTo(card: CardInstance, space: Space, userIdType: number): Message | string {
    const key = keyOf(space);
    const before = card.delivered.get(key);
    if (before && app.switches.same_space === 'silent') return before;
    const chat = placeOf(space, userIdType);
    if (typeof chat === 'string') return chat;
    if (random.chance(app.switches.space_fails)) return 'system busy';
    if (!mayCount(ctx, chat)) return tooFast().refused;
    const message = post(card, chat);
    card.delivered.set(before ? `${key} ${card.delivered.size}` : key, message);
    return message;
  }

  return {
    spacesOf(body, models) {
      const spaces = spacesOf(body.openSpaceId);
      if (isRefused(spaces)) return spaces;
      for (const { type } of spaces) {
        const model = type === 'IM_GROUP' ? body.imGroupOpenDeliverModel : body.imRobotOpenDeliverModel;
        if (!models.has(type)) return refuse('param.openSpaceModelInvalid', `${type} has no space model`);
        if (!model) return refuse('param.spaceDeliverModelEmpty', `${type} has no deliver model`);
        const robot = model.robotCode ?? (type === 'IM_ROBOT' ? app.clientId : '');
        const named = type === 'IM_GROUP' || model['spaceType'] === 'IM_ROBOT';
        if (robot !== app.clientId || !named) {
          return refuse('param.openDeliverModelError', 'the deliver model names another robot or kind of chat');
        }
      }
      return spaces;
    },
    deliver: (card, spaces, userIdType) => spaces.map((space) => resultOf(space, deliverTo(card, space, userIdType))),
    delivered: (card, spaces) =>
      spaces.flatMap((space) => {
        const message = card.delivered.get(keyOf(space));
        return message ? [resultOf(space, message)] : [];
      }),
  };
}

const keyOf = ({ type, id }: Space): string => `${type}.${id}`;

function resultOf({ type, id }: Space, sent: Message | string): Delivered {
  const failed = typeof sent === 'string';
  return {
    spaceType: type,
    spaceId: id,
    success: !failed,
    carrierId: failed ? '' : sent.messageId,
    errorMsg: failed ? sent : '',
  };
}

/** Who sees a chat: in a private one the person, in a group everybody alike. */
export const viewerOf = (chat: Chat): string | null => (chat.type === 'p2p' ? ([...chat.members][0] ?? null) : null);
