/** Bodies of card calls (platform/dingtalk.md §2.2): read loosely, so that each mistake gets its own code. */
import { z } from 'zod';
import { OPEN_SPACE_ID_MAX_CHARS, OUT_TRACK_ID_MAX_CHARS } from '../../../platform/dingtalk/limits.ts';
import { type Refused, refuse } from '../answer.ts';

const text = z.string().optional();
const data = z.looseObject({ cardParamMap: z.record(z.string(), z.unknown()).optional() });
const space = z.looseObject({
  supportForward: z.boolean().optional(),
  lastMessageI18n: z.record(z.string(), z.string()).optional(),
  notification: z.looseObject({ alertContent: text, notificationOff: z.boolean().optional() }).optional(),
});
const contents = {
  outTrackId: text,
  userIdType: z.union([z.literal(1), z.literal(2)]).default(1),
  cardData: data.optional(),
  privateData: z.record(z.string(), data).optional(),
};
const makes = {
  ...contents,
  cardTemplateId: text,
  callbackType: text,
  callbackRouteKey: text,
  imGroupOpenSpaceModel: space.optional(),
  imRobotOpenSpaceModel: space.optional(),
};
const delivers = {
  outTrackId: text,
  userIdType: contents.userIdType,
  openSpaceId: text,
  imGroupOpenDeliverModel: z.looseObject({ robotCode: text }).optional(),
  imRobotOpenDeliverModel: z.looseObject({ robotCode: text, spaceType: text }).optional(),
};
export const createBody = z.looseObject(makes);
export const deliverBody = z.looseObject(delivers);
export const createAndDeliverBody = z.looseObject({ ...makes, ...delivers });
export const updateBody = z.looseObject({
  ...contents,
  cardUpdateOptions: z
    .looseObject({ updateCardDataByKey: z.boolean().optional(), updatePrivateDataByKey: z.boolean().optional() })
    .optional(),
});
export type CreateBody = z.infer<typeof createBody>;
export type DeliverBody = z.infer<typeof deliverBody>;
export type UpdateBody = z.infer<typeof updateBody>;

/** Kinds of chats a card is made for. */
export const modelsOf = ({ imGroupOpenSpaceModel: group, imRobotOpenSpaceModel: robot }: CreateBody): Set<string> =>
  new Set([...(group ? ['IM_GROUP'] : []), ...(robot ? ['IM_ROBOT'] : [])]);

export function trackOf(outTrackId: string | undefined): string | Refused {
  if (outTrackId === undefined || outTrackId === '') return refuse('param.outTrackIdEmpty', 'outTrackId is missing');
  return outTrackId.length > OUT_TRACK_ID_MAX_CHARS
    ? refuse('param.invalid', `outTrackId has more than ${OUT_TRACK_ID_MAX_CHARS} characters`)
    : outTrackId;
}

/** A map whose values are all strings; everything else is refused. */
export function mapOf(value: z.infer<typeof data> | undefined): Record<string, string> | Refused {
  const entries = Object.entries(value?.cardParamMap ?? {});
  const wrong = entries.find(([, one]) => typeof one !== 'string');
  return wrong
    ? refuse('param.invalid', `${wrong[0]}: values of cardParamMap are strings`)
    : (Object.fromEntries(entries) as Record<string, string>);
}

type SpaceType = 'IM_GROUP' | 'IM_ROBOT';
export interface Space {
  type: SpaceType;
  id: string;
}
/** Where a card is to go: `dtv1.card//IM_GROUP.<id>;IM_ROBOT.<id>`. */
export function spacesOf(openSpaceId: string | undefined): Space[] | Refused {
  if (openSpaceId === undefined || openSpaceId === '')
    return refuse('param.openSpaceIdEmpty', 'openSpaceId is missing');
  const rest = openSpaceId.startsWith('dtv1.card//') ? openSpaceId.slice('dtv1.card//'.length) : '';
  const spaces = rest.split(';').map((piece) => /^(IM_GROUP|IM_ROBOT)\.(.+)$/.exec(piece));
  if (openSpaceId.length > OPEN_SPACE_ID_MAX_CHARS || spaces.some((found) => found === null)) {
    return refuse('param.openSpaceIdInvalid', 'openSpaceId is dtv1.card// and IM_GROUP.<id> or IM_ROBOT.<id>');
  }
  return spaces.map((found) => ({ type: found?.[1] as SpaceType, id: found?.[2] ?? '' }));
}
