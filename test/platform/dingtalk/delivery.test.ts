/** A card that exists and is not in its chat is delivered, never taken for sent; and what a chat's own refusal means. */
import { afterEach, describe, expect, it } from 'vitest';
import { createDingTalkPlatform } from '../../../src/platform/dingtalk/index.ts';
import { undelivered } from '../../../src/platform/dingtalk/undelivered.ts';
import type { Outgoing } from '../../../src/platform/platform.ts';
import { type ApiAnswer, type ApiRequest, type ApiServer, startApi } from '../../support/api-server.ts';
import { dingtalkDouble } from '../../support/dingtalk-double.ts';
import { dingtalkConfig, GROUP } from '../../support/dingtalk-push.ts';

const CREATE = '/v1.0/card/instances/createAndDeliver';
const DELIVER = '/v1.0/card/instances/deliver';
const message: Outgoing = {
  to: { kind: 'person', userId: 'u-anna' },
  content: { kind: 'card', card: { title: '选票', tone: 'blue', blocks: [] } },
  idempotencyKey: 'k1',
};
const OK = { ok: true, messageId: 'p.u-anna.k1~SYOb9L' };
const refusal = (code: string, status = 400): ApiAnswer => ({ status, body: { code, message: 'm' } });
const space = (success: boolean, errorMsg = '') => ({ spaceType: 'IM_ROBOT', success, errorMsg });
const created = (...deliverResults: object[]): ApiAnswer => ({
  body: { success: true, result: { outTrackId: 'x', deliverResults } },
});
const delivered = (...result: object[]): ApiAnswer => ({ body: { success: true, result } });

let api: ApiServer | null = null;
afterEach(async () => {
  await api?.close();
  api = null;
});
/** @param answers of each of the two calls, in turn */
async function start(answers: Record<string, ApiAnswer[]>) {
  const double = dingtalkDouble();
  const server = await startApi((request: ApiRequest) => answers[request.path]?.shift() ?? double(request));
  api = server;
  const config = dingtalkConfig({ apiBase: server.url, oapiBase: server.url, transport: 'stream' });
  let calls = 0;
  const meter = { count: () => void (calls += 1), flush: () => Promise.resolve() };
  const platform = createDingTalkPlatform(config, { meter });
  return {
    send: () => platform.send(message),
    paths: () => server.requests.map(({ path }) => path).filter((path) => path.startsWith('/v1.0/card/')),
    body: (path: string) => JSON.parse(server.to(path).at(-1)?.body.toString() ?? '{}') as Record<string, unknown>,
    calls: () => calls,
  };
}

describe('made, but not in its chat', () => {
  it('the next try delivers it; should it not exist after all, the one after that makes it', async () => {
    const { send, paths, body, calls } = await start({ [CREATE]: [created(space(false, 'system busy'))] });
    expect(await send()).toMatchObject({ ok: false, reason: 'overloaded', code: 'not-delivered' });
    expect(await send()).toMatchObject({ ok: false, reason: 'in_flight' });
    expect(body(DELIVER)).toEqual({
      outTrackId: 'p.u-anna.k1~SYOb9L',
      userIdType: 1,
      openSpaceId: 'dtv1.card//IM_ROBOT.u-anna',
      imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode: dingtalkConfig().robotCode },
    });
    expect(await send()).toEqual(OK);
    expect(paths()).toEqual([CREATE, DELIVER, CREATE]);
    expect(calls()).toBe(3);
  });
  it('until its chat takes it', async () => {
    const { send, paths } = await start({
      [CREATE]: [created(space(false, 'system busy'))],
      [DELIVER]: [delivered(space(false, 'system busy')), refusal('system.busy', 500), delivered(space(true))],
    });
    const results = [await send(), await send(), await send(), await send()];
    expect(results.map(({ ok }) => ok)).toEqual([false, false, false, true]);
    expect(paths()).toEqual([CREATE, DELIVER, DELIVER, DELIVER]);
  });
  it('after a lost answer DingTalk says that it exists: nobody knows whether it is in its chat, so it is delivered', async () => {
    const { send, paths } = await start({
      [CREATE]: [{ status: 504, body: '' }, refusal('param.cardAlreadyExist')],
      [DELIVER]: [delivered(space(true))],
    });
    expect(await send()).toMatchObject({ ok: false, reason: 'unreachable' });
    expect(await send()).toEqual(OK);
    expect(paths()).toEqual([CREATE, CREATE, DELIVER]);
  });
  it.each([[created()], [{ body: { success: true, result: { outTrackId: 'x' } } }]])(
    'nor does silence about the chat mean that it is there: %j',
    async (silent) => {
      const { send, paths } = await start({ [CREATE]: [silent], [DELIVER]: [delivered(space(false, 'busy'))] });
      expect(await send()).toMatchObject({ ok: false, reason: 'overloaded' });
      expect(paths()).toEqual([CREATE, DELIVER]);
    },
  );
  it.each<[string, ApiAnswer, object]>([
    ['a list', delivered(space(true)), OK],
    ['the shape of the other call', created(space(true)), OK],
    ['nothing but a yes', { body: { success: true } }, OK],
    ['nothing but a no', { body: { success: false } }, { ok: false, reason: 'in_flight' }],
    ['the person is gone', refusal('param.userIdNotExist'), { ok: false, reason: 'person_unreachable' }],
    ['the month is over', refusal('Forbidden.AccessDenied.ApiCountLimitForOrg', 403), { reason: 'not_permitted' }],
  ])('the answer to delivering: %s', async (_what, answer, want) => {
    const { send } = await start({ [CREATE]: [refusal('param.cardAlreadyExist')], [DELIVER]: [answer] });
    expect(await send()).toMatchObject(want);
  });
});

const PERSON = { kind: 'person', userId: 'u' } as const;
const CHAT = { kind: 'chat', chatId: GROUP } as const;
it.each([
  [PERSON, 'system busy', 'overloaded'],
  [PERSON, '请求过于频繁', 'overloaded'],
  [PERSON, 'send.too.fast', 'rate_limited'],
  [PERSON, '系统异常', 'in_flight'],
  [PERSON, 'system error', 'in_flight'],
  [PERSON, 'user service failed', 'in_flight'],
  [PERSON, '', 'in_flight'],
  [PERSON, 'constructor', 'in_flight'],
  [PERSON, 'user is out of scope', 'person_unreachable'],
  [PERSON, 'the user does not exist or cannot see the robot', 'person_unreachable'],
  [PERSON, '用户不存在', 'person_unreachable'],
  [PERSON, '用户不在应用可见范围内', 'person_unreachable'],
  [PERSON, 'staffId.notExisted', 'person_unreachable'],
  [PERSON, '机器人已被停用', 'not_permitted'],
  [PERSON, 'bot.stopped', 'not_permitted'],
  [PERSON, 'param.contentUnsafe', 'content_refused'],
  [CHAT, '系统异常', 'in_flight'],
  [CHAT, 'unknown error', 'in_flight'],
  [CHAT, '群成员不存在', 'in_flight'],
  [CHAT, 'the robot is not in the group', 'not_in_chat'],
  [CHAT, '机器人不在群内', 'not_in_chat'],
  [CHAT, 'invalidParameter.robotCode.notExsit', 'not_in_chat'],
  [CHAT, 'the group was dissolved', 'chat_gone'],
  [CHAT, '群已解散', 'chat_gone'],
  [CHAT, 'there is no such conversation', 'chat_gone'],
] as const)('%j: “%s” means %s', (to, text, reason) => expect(undelivered(to, text)).toMatchObject({ reason }));
