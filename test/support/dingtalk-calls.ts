/** Calls of emulated DingTalk as a bot makes them, for the playground's own tests. */
import type { Card } from '../../src/card.ts';
import type { CardData } from '../../src/platform/dingtalk/card-data.ts';
import { renderCard } from '../../src/platform/dingtalk/render.ts';
import type { DingTalkOptions } from '../../src/playground/dingtalk/index.ts';
import { type Playground, type PlaygroundOptions, startPlayground } from '../../src/playground/server.ts';
import { CARD_SECRET, type DingTalkEchoBot, startDingTalkEchoBot } from './dingtalk-echo-bot.ts';
import { APP, PEOPLE } from './feishu-calls.ts';
import { PlaygroundClient } from './playground.ts';

export const DING = {
  clientId: 'dingdemoclientid',
  clientSecret: 'demo-client-secret-0001',
  templateId: '11111111-2222-3333-4444-555555555555.schema',
};
export const ROUTE_KEY = 'demo-route';

export interface DingAnswer {
  status: number;
  /** `code` of the new interface, `errcode` of the old one. */
  code: string | number | undefined;
  body: Record<string, unknown>;
}
export interface DingStage extends AsyncDisposable {
  playground: Playground;
  client: PlaygroundClient;
  bot: DingTalkEchoBot;
  /** open_id by name; chen is on Feishu alone. */
  ids: Record<'anna' | 'ben' | 'chen', string>;
  /** DingTalk’s user ids. */
  users: Record<'anna' | 'ben', string>;
  team: string;
  token: string;
  /** A call of the new interface, or of the old one: by its path. */
  call(method: string, path: string, body?: unknown): Promise<DingAnswer>;
  /** Sends a card: into a group (`cid…`) or to a user. */
  send(to: string, data: CardData, more?: Record<string, unknown>): Promise<DingAnswer>;
  update(outTrackId: string, body: Record<string, unknown>): Promise<DingAnswer>;
}

const isOld = (path: string) => /^\/(topapi|media|gettoken)/.test(path);

export async function setDingStage(
  options: Partial<PlaygroundOptions> = {},
  dingtalk: Partial<DingTalkOptions> = {},
): Promise<DingStage> {
  const bot = await startDingTalkEchoBot(DING.clientSecret);
  const app = { ...DING, messageUrl: bot.messageUrl, ...dingtalk };
  const playground = await startPlayground({ ...APP, eventUrl: null, ...options, dingtalk: app });
  const client = new PlaygroundClient(playground.url);
  const seeded = await client.seed({
    people: PEOPLE.map((person, index) => (index < 2 ? { ...person, platforms: ['dingtalk'] as const } : person)),
    chats: [{ name: '示例小组', key: 'team', members: PEOPLE.map(({ mobile }) => mobile), platforms: ['dingtalk'] }],
  });
  const [anna = '', ben = '', chen = ''] = seeded.people.map(({ id }) => id);
  const people = await client.people();
  const userOf = (id: string) => people.find((person) => person.id === id)?.dingtalk_user_id ?? '';

  let tracks = 0;
  const stage: DingStage = {
    playground,
    client,
    bot,
    ids: { anna, ben, chen },
    users: { anna: userOf(anna), ben: userOf(ben) },
    team: seeded.chats[0]?.chat_id ?? '',
    token: '',
    async call(method, path, body) {
      const url = new URL(playground.url + path);
      if (isOld(path) && stage.token !== '') url.searchParams.set('access_token', stage.token);
      const response = await fetch(url, {
        method,
        headers: {
          ...(body instanceof FormData ? {} : { 'content-type': 'application/json', accept: 'application/json' }),
          ...(isOld(path) || stage.token === '' ? {} : { 'x-acs-dingtalk-access-token': stage.token }),
        },
        ...(body === undefined
          ? {}
          : { body: body instanceof FormData ? body : typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const parsed = (await response.json()) as Record<string, unknown>;
      return {
        status: response.status,
        code: (parsed['errcode'] ?? parsed['code']) as string | number | undefined,
        body: parsed,
      };
    },
    send(to, data, more = {}) {
      tracks += 1;
      return stage.call('POST', '/v1.0/card/instances/createAndDeliver', {
        cardTemplateId: DING.templateId,
        outTrackId: `track-${tracks}`,
        callbackType: 'HTTP',
        callbackRouteKey: ROUTE_KEY,
        ...placeOf(to, data),
        ...more,
      });
    },
    update: (outTrackId, body) => stage.call('PUT', '/v1.0/card/instances', { outTrackId, ...body }),
    async [Symbol.asyncDispose]() {
      await playground.close();
      await bot.close();
    },
  };
  const issued = await stage.call('POST', '/v1.0/oauth2/accessToken', {
    appKey: DING.clientId,
    appSecret: DING.clientSecret,
  });
  stage.token = String(issued.body['accessToken'] as string);
  await stage.call('POST', '/v1.0/card/callbacks/register', {
    callbackRouteKey: ROUTE_KEY,
    callbackUrl: bot.cardUrl,
    apiSecret: CARD_SECRET,
  });
  return stage;
}

/** Space, models and data: public in a group, private to one person. */
function placeOf(to: string, data: CardData) {
  const space = { supportForward: false, lastMessageI18n: { ZH_CN: data['title'] ?? '' } };
  return to.startsWith('cid')
    ? {
        openSpaceId: `dtv1.card//IM_GROUP.${to}`,
        imGroupOpenSpaceModel: space,
        imGroupOpenDeliverModel: { robotCode: DING.clientId },
        cardData: { cardParamMap: data },
      }
    : {
        openSpaceId: `dtv1.card//IM_ROBOT.${to}`,
        imRobotOpenSpaceModel: space,
        imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode: DING.clientId },
        cardData: { cardParamMap: { template_version: data['template_version'] ?? '1' } },
        privateData: { [to]: { cardParamMap: data } },
      };
}

/** Data of a card made of these blocks. */
export const dingCard = (blocks: Card['blocks'], more: Partial<Card> = {}): CardData =>
  renderCard({ title: '示例卡片', tone: 'blue', blocks, ...more }, 'r1');
/** An answer that replaces what the person sees. */
export const answerData = (data: CardData) => ({ body: { userPrivateData: { cardParamMap: data } } });
/** An answer that only says something. */
export const answerToast = (text: string, kind = 'success') => ({
  body: {
    cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
    userPrivateData: { cardParamMap: { toast: text, toast_kind: kind, rev: 'r2' } },
  },
});
