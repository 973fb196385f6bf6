/** Making, delivering and updating cards (platform/dingtalk.md §2.2, §2.3). */
import { TEMPLATE_VERSION } from '../../../platform/dingtalk/card-data.ts';
import { UPDATES_PER_CARD_PER_SECOND } from '../../../platform/dingtalk/limits.ts';
import type { Context } from '../../context.ts';
import { isRefused, type Refused, refuse } from '../answer.ts';
import type { DingTalkApp } from '../app.ts';
import { findPerson } from '../target.ts';
import type { Callbacks } from './callbacks.ts';
import type { Checker } from './check.ts';
import { viewerOf } from './delivery.ts';
import { type CardInstance, shownTo, updated, viewersOf } from './instance.ts';
import { type CreateBody, mapOf, modelsOf, trackOf, type UpdateBody } from './request.ts';

export interface Cards {
  /** `made`: it was not there before. */
  create(body: CreateBody): { card: CardInstance; made: boolean } | Refused;
  find(outTrackId: string | undefined): CardInstance | Refused;
  update(body: UpdateBody): CardInstance | Refused;
  /**
   * Puts a changed state in the place of the old one, everywhere it is shown, if it is good.
   * @param whose the only person who sees something else than before; anybody when absent
   */
  replace(card: CardInstance, next: State, whose?: string): Refused | null;
}

type State = Partial<Pick<CardInstance, 'public' | 'private' | 'seen'>>;
type People = { privateData?: CreateBody['privateData']; userIdType: 1 | 2 };

export function createCards(app: DingTalkApp, ctx: Context, callbacks: Callbacks, checker: Checker): Cards {
  const { clock, faults, limiter, world } = ctx;
  const { switches } = app;
  const known = new Map<string, CardInstance>();

  /** By open_id. */
  function privateOf({ privateData = {}, userIdType }: People): Map<string, Record<string, string>> | Refused {
    const found = new Map<string, Record<string, string>>();
    for (const [id, value] of Object.entries(privateData)) {
      const person = findPerson(ctx, id, userIdType);
      if (!person) return refuse('param.userIdNotExist', 'privateData names somebody who does not exist');
      const map = mapOf(value);
      if (isRefused(map)) return map;
      const unsafe = checker.unsafe(map);
      if (unsafe) return unsafe;
      found.set(person.openId, map);
    }
    return found;
  }

  function callbackOf({ callbackType, callbackRouteKey }: CreateBody): Refused | null {
    if (callbackType === undefined || callbackType === 'STREAM') return null;
    if (callbackType !== 'HTTP') return refuse('param.invalid', 'callbackType is STREAM or HTTP');
    return callbacks.find(callbackRouteKey ?? null)
      ? null
      : refuse('param.invalid', 'callbackRouteKey is not registered');
  }

  function create(body: CreateBody): { card: CardInstance; made: boolean } | Refused {
    const outTrackId = trackOf(body.outTrackId);
    if (typeof outTrackId !== 'string') return outTrackId;
    const templateId = body.cardTemplateId ?? '';
    if (templateId === '') return refuse('param.cardTemplateIdEmpty', 'cardTemplateId is missing');
    const found = app.templates[templateId];
    if (found === undefined) return refuse('param.templateNotExist', 'there is no such template');
    const template = typeof found === 'string' ? { state: found, content: TEMPLATE_VERSION } : found;
    if (template.state === 'draft') return refuse('param.templateUnpublished', 'the template is not published');
    const before = known.get(outTrackId);
    if (before) {
      return switches.same_track === 'silent'
        ? { card: before, made: false }
        : refuse('param.cardAlreadyExist', 'the card exists already');
    }
    const data = mapOf(body.cardData);
    if (isRefused(data)) return data;
    if (Object.keys(data).length === 0) return refuse('param.cardPublicDataEmpty', 'cardData is missing');
    const unsafe = checker.unsafe(data);
    if (unsafe) return unsafe;
    const own = privateOf(body);
    if (isRefused(own)) return own;
    const wrong = callbackOf(body);
    if (wrong) return wrong;
    const card: CardInstance = {
      outTrackId,
      templateId,
      drawnBy: template.content,
      callbackType: (body.callbackType as 'HTTP' | 'STREAM' | undefined) ?? null,
      routeKey: body.callbackRouteKey ?? null,
      userIdType: body.userIdType,
      public: data,
      private: own,
      seen: new Map(),
      models: modelsOf(body),
      line: (body.imGroupOpenSpaceModel ?? body.imRobotOpenSpaceModel)?.lastMessageI18n?.['ZH_CN'] ?? '',
      delivered: new Map(),
    };
    const problem = checker.check(card, viewersOf(card));
    if (problem) return problem;
    known.set(outTrackId, card);
    return { card, made: true };
  }

  function replace(card: CardInstance, next: State, whose?: string): Refused | null {
    const then = { ...card, ...next };
    const problem = checker.check(then, whose === undefined ? viewersOf(then) : [whose]);
    if (problem) return problem;
    const publicChanged = next.public !== undefined && next.public !== card.public;
    Object.assign(card, next);
    for (const message of card.delivered.values()) {
      const chat = world.chats.get(message.chatId);
      const viewer = chat ? viewerOf(chat) : null;
      if (viewer !== null || publicChanged) message.card = shownTo(card, viewer);
      message.updated = clock.now();
      world.touch(message);
    }
    return null;
  }

  function find(outTrackId: string | undefined): CardInstance | Refused {
    const track = trackOf(outTrackId);
    if (typeof track !== 'string') return track;
    return known.get(track) ?? refuse('param.cardNotExist', 'there is no such card');
  }

  return {
    create,
    find,
    replace,
    update(body) {
      const card = find(body.outTrackId);
      if (isRefused(card)) return card;
      const data = mapOf(body.cardData);
      if (isRefused(data)) return data;
      const unsafe = checker.unsafe(data);
      if (unsafe) return unsafe;
      const own = privateOf(body);
      if (isRefused(own)) return own;
      if (Object.keys(data).length === 0 && own.size === 0) {
        return refuse('param.cardDataAndPrivateDataBothEmpty', 'there is nothing to update');
      }
      const clicked = [...card.delivered.values()].some(({ openClicks }) => openClicks > 0);
      const often = !limiter.allow(`update ${card.outTrackId}`, UPDATES_PER_CARD_PER_SECOND);
      if (often || (clicked && faults.click_patch === 'lock')) {
        return refuse('system.busy', 'another change of this card is under way', 500);
      }
      const { updateCardDataByKey = false, updatePrivateDataByKey = false } = body.cardUpdateOptions ?? {};
      const privates = new Map(card.private);
      for (const [openId, map] of own) privates.set(openId, updated(privates.get(openId), map, updatePrivateDataByKey));
      const changes = body.cardData === undefined ? {} : { public: updated(card.public, data, updateCardDataByKey) };
      const problem = replace(card, { ...changes, private: privates, seen: new Map() });
      return problem ?? card;
    },
  };
}
