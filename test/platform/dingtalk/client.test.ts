import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import type { Card } from '../../../src/card.ts';
import { createDingTalkClient } from '../../../src/platform/dingtalk/client.ts';
import { callbackRoute } from '../../../src/platform/dingtalk/config.ts';
import { acceptable } from '../../../src/platform/dingtalk/files.ts';
import { createDingTalkPlatform } from '../../../src/platform/dingtalk/index.ts';
import { PEOPLE_PER_BATCH } from '../../../src/platform/dingtalk/limits.ts';
import type { Outgoing } from '../../../src/platform/platform.ts';
import { type ApiAnswer, type ApiRequest, type ApiServer, startApi } from '../../support/api-server.ts';
import { dingtalkConfig, GROUP, NOW } from '../../support/dingtalk-push.ts';
import { dingtalkDouble } from '../../support/dingtalk-double.ts';

const card: Card = {
  title: '季度评议',
  summary: '请投票',
  tone: 'blue',
  blocks: [{ kind: 'text', text: '正文', tone: 'normal' }],
};
const toPerson: Outgoing = {
  to: { kind: 'person', userId: 'u-anna' },
  content: { kind: 'card', card },
  idempotencyKey: 'k1',
};
const toGroup: Outgoing = { ...toPerson, to: { kind: 'chat', chatId: GROUP } };
const file = (name: string): Outgoing['content'] => ({ kind: 'file', name, bytes: Buffer.from('a,b\n1,2\n') });

let api: ApiServer | null = null;
afterEach(async () => {
  await api?.close();
  api = null;
});
/** @param special answers before the double does */
async function start(
  special: (request: ApiRequest) => ApiAnswer | null = () => null,
  over: Parameters<typeof dingtalkConfig>[0] = {},
) {
  const double = dingtalkDouble();
  const server = await startApi((request) => special(request) ?? double(request));
  api = server;
  const config = dingtalkConfig({ apiBase: server.url, oapiBase: server.url, ...over });
  const counts = { call: 0, push: 0 };
  const meter = { count: (kind: 'call' | 'push') => void (counts[kind] += 1), flush: () => Promise.resolve() };
  let now = NOW;
  const deps = { now: () => now, meter, groupRefreshMs: 20 };
  return {
    server,
    counts,
    config,
    platform: createDingTalkPlatform(config, deps),
    client: createDingTalkClient(config, { now: deps.now, count: () => meter.count('call') }),
    pass: (ms: number) => void (now += ms),
  };
}
const json = (request: ApiRequest | undefined) =>
  JSON.parse(request?.body.toString() ?? 'null') as Record<string, unknown>;
const CARDS = '/v1.0/card/instances/createAndDeliver';
const DELIVER = '/v1.0/card/instances/deliver';
const refusal = (code: string, status = 400): ApiAnswer => ({ status, body: { code, message: 'm', requestid: 'r' } });

describe('token', () => {
  it('is fetched once for many at a time, again when its life is over, and once more when it is refused', async () => {
    const { platform, server, pass } = await start();
    const send = (n: number) => platform.send({ ...toPerson, idempotencyKey: `k${n}` });
    await Promise.all([1, 2, 3, 4].map(send));
    expect(server.to('/v1.0/oauth2/accessToken')).toHaveLength(1);
    pass(7_200_000);
    await send(5);
    expect(server.to('/v1.0/oauth2/accessToken')).toHaveLength(2);
  });
  it('a token that is no longer taken is replaced, once', async () => {
    let refused = 0;
    const { platform, server } = await start(({ path }) =>
      path === CARDS && refused++ < 1 ? refusal('InvalidAuthentication') : null,
    );
    expect(await platform.send(toPerson)).toMatchObject({ ok: true });
    expect(server.to(CARDS)).toHaveLength(2);
  });
  it.each([
    ['wrong secret', refusal('invalidClientIdOrSecret'), 'token'],
    ['nobody there', { status: 503, body: '' }, 'unreachable'],
    ['nonsense', { body: { hello: 1 } }, 'unreachable'],
  ] as const)('without one: %s', async (_what, answer, reason) => {
    const { platform } = await start(({ path }) => (path.endsWith('accessToken') ? answer : null));
    expect(await platform.send(toPerson)).toMatchObject({ ok: false, reason });
    await expect(platform.self()).rejects.toMatchObject({ code: 'platform_failed' });
  });
});

describe('cards', () => {
  it('to a person: all data is private, nothing can be forwarded', async () => {
    const { platform, server, counts } = await start();
    expect(await platform.send(toPerson)).toEqual({ ok: true, messageId: 'p.u-anna.k1~SYOb9L' });
    expect(json(server.to(CARDS)[0])).toMatchObject({
      cardTemplateId: dingtalkConfig().cardTemplateId,
      outTrackId: 'p.u-anna.k1~SYOb9L',
      callbackType: 'HTTP',
      openSpaceId: 'dtv1.card//IM_ROBOT.u-anna',
      cardData: { cardParamMap: { template_version: '2' } },
      privateData: { 'u-anna': { cardParamMap: { title: '季度评议' } } },
      imRobotOpenSpaceModel: { supportForward: false, lastMessageI18n: { ZH_CN: '请投票' } },
      imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode: dingtalkConfig().robotCode },
    });
    expect(JSON.stringify(json(server.to(CARDS)[0])['cardData'])).not.toContain('季度');
    expect(counts.call).toBe(2); // where clicks go, and the card
  });
  it('to a group and to a private chat', async () => {
    const { platform, server } = await start();
    expect(await platform.send(toGroup)).toMatchObject({ ok: true });
    expect(await platform.send({ ...toPerson, to: { kind: 'chat', chatId: 'user:u-li' } })).toMatchObject({
      ok: true,
      messageId: 'p.u-li.k1~SYOb9L',
    });
    expect(server.to(CARDS).map((request) => json(request)['openSpaceId'])).toEqual([
      `dtv1.card//IM_GROUP.${GROUP}`,
      'dtv1.card//IM_ROBOT.u-li',
    ]);
    expect(json(server.to(CARDS)[0])).toMatchObject({
      cardData: { cardParamMap: { title: '季度评议' } },
      imGroupOpenDeliverModel: { robotCode: 'dingdemoclientid' },
    });
  });
  it('where clicks go is registered once, before the first card; another start finds it registered', async () => {
    const { platform, server, config } = await start(({ path }) =>
      path.endsWith('/register') ? refusal('param.callbackRouteKeyExist', 500) : null,
    );
    await Promise.all([platform.send(toPerson), platform.send(toGroup)]);
    expect(server.to('/v1.0/card/callbacks/register').map(json)).toEqual([
      { ...callbackRoute(config), forceUpdate: false },
    ]);
    expect(json(server.to(CARDS)[0])).toMatchObject({ callbackRouteKey: callbackRoute(config).callbackRouteKey });
  });
  it('without a registered address nothing is sent that could not be clicked; the next try registers', async () => {
    let failures = 1;
    const { platform, server } = await start(({ path }) =>
      path.endsWith('/register') && failures-- > 0 ? refusal('system.busy', 500) : null,
    );
    expect(await platform.send(toPerson)).toMatchObject({ ok: false, reason: 'overloaded' });
    expect(server.to(CARDS)).toHaveLength(0);
    expect(await platform.send(toPerson)).toMatchObject({ ok: true });
  });
  it('over Stream nothing is registered', async () => {
    const { platform, server } = await start(undefined, { transport: 'stream' });
    await platform.send(toPerson);
    expect(server.to('/v1.0/card/callbacks/register')).toHaveLength(0);
    expect(json(server.to(CARDS)[0])).toMatchObject({ callbackType: 'STREAM' });
  });
  it('a repeat with the same key is the same card', async () => {
    const { platform, server } = await start();
    for (let tries = 0; tries < 2; tries += 1)
      expect(await platform.send(toPerson)).toEqual({ ok: true, messageId: 'p.u-anna.k1~SYOb9L' });
    expect(server.to(DELIVER)).toHaveLength(0);
  });
  it('an update replaces everything, by the id alone', async () => {
    const { platform, server } = await start();
    expect(await platform.update('p.u-anna.k1~SYOb9L', card)).toEqual({ ok: true, messageId: 'p.u-anna.k1~SYOb9L' });
    expect(json(server.to('/v1.0/card/instances')[0])).toMatchObject({
      outTrackId: 'p.u-anna.k1~SYOb9L',
      privateData: { 'u-anna': { cardParamMap: { title: '季度评议' } } },
      cardUpdateOptions: { updateCardDataByKey: false, updatePrivateDataByKey: false },
    });
    expect(await platform.update('not ours', card)).toMatchObject({ ok: false, reason: 'bad_request' });
  });
  it('the next state of a group’s card takes away what was said to those who clicked', async () => {
    const answers: (ApiAnswer | null)[] = [refusal('system.busy', 500), refusal('param.userIdNotExist')];
    const { platform, server } = await start(({ path }) =>
      path === '/v1.0/card/instances' ? (answers.shift() ?? null) : null,
    );
    const sent = await platform.send(toGroup);
    const messageId = sent.ok ? sent.messageId : '';
    const sender = { platform: 'dingtalk', appId: 'a', userId: 'u-anna' } as const;
    const click = { dedupeKeys: [], sender, chat: { id: GROUP }, messageId, action: null, buttonName: '', form: {} };
    platform.answer({ toast: { type: 'success', text: 'yes' } }, { kind: 'click', ...click });
    const update = async () => {
      const result = await platform.update(messageId, card);
      const { privateData, cardUpdateOptions } = json(server.to('/v1.0/card/instances').at(-1));
      return {
        ok: result.ok,
        privateData,
        byKey: (cardUpdateOptions as Record<string, boolean>)['updatePrivateDataByKey'],
      };
    };
    const taken = { 'u-anna': { cardParamMap: { toast: '' } } };
    expect(await update()).toEqual({ ok: false, privateData: taken, byKey: true }); // busy: not forgotten
    expect(await update()).toEqual({ ok: true, privateData: undefined, byKey: false }); // has left: the others see it all the same
    expect(server.to('/v1.0/card/instances').map((request) => json(request)['privateData'])).toEqual([
      taken,
      taken,
      undefined,
    ]);
  });
  it('what a click in a group changed reaches the others later, in one call', async () => {
    const { platform, server } = await start();
    const sent = await platform.send(toGroup);
    const click = {
      kind: 'click',
      dedupeKeys: [],
      sender: { platform: 'dingtalk', appId: 'a', userId: 'u-anna' },
      chat: { id: GROUP },
      messageId: sent.ok ? sent.messageId : '',
      action: null,
      buttonName: 'sign_in',
      form: {},
    } as const;
    for (const title of ['one', 'two', 'three'])
      expect(platform.answer({ card: { ...card, title } }, click)).toMatchObject({
        cardData: { cardParamMap: { title } },
      });
    await platform.close();
    expect(server.to('/v1.0/card/instances').map((request) => json(request)['cardData'])).toMatchObject([
      { cardParamMap: { title: 'three' } },
    ]);
    platform.answer({ card }, { ...click, messageId: 'p.u-anna.k1~SYOb9L' });
    await platform.close();
    expect(server.to('/v1.0/card/instances')).toHaveLength(1); // a private card has nobody else
  });
});

describe('files', () => {
  it('one-to-one: uploaded, then sent by its name', async () => {
    const { platform, server } = await start();
    expect(await platform.send({ ...toPerson, content: file('结果.xlsx') })).toMatchObject({ ok: true });
    const [upload] = server.to('/media/upload');
    expect(upload?.query.get('access_token')).toBe('demo-access-token');
    expect(upload?.body.toString()).toContain('结果.xlsx');
    expect(json(server.to('/v1.0/robot/oToMessages/batchSend')[0])).toEqual({
      robotCode: 'dingdemoclientid',
      userIds: ['u-anna'],
      msgKey: 'sampleFile',
      msgParam: JSON.stringify({ mediaId: '@demo1', fileName: '结果.xlsx', fileType: 'xlsx' }),
    });
  });
  it('in a group; pictures are shown', async () => {
    const { platform, server } = await start();
    await platform.send({ ...toGroup, content: file('图.PNG') });
    expect(json(server.to('/v1.0/robot/groupMessages/send')[0])).toMatchObject({
      openConversationId: GROUP,
      msgKey: 'sampleImageMsg',
      msgParam: '{"photoURL":"@demo1"}',
    });
  });
  it('other types go inside a zip', () => {
    const packed = acceptable({ name: '排行.csv', bytes: Buffer.from('a,b\n1,2\n') });
    expect(packed).toMatchObject({ name: '排行.csv.zip', extension: 'zip', type: 'file' });
    const bytes = Buffer.from(packed.bytes);
    expect(bytes.readUInt32LE(0)).toBe(0x04034b50);
    const nameLength = bytes.readUInt16LE(26);
    expect(bytes.subarray(30, 30 + nameLength).toString()).toBe('排行.csv');
    expect(bytes.subarray(30 + nameLength, 30 + nameLength + bytes.readUInt32LE(22)).toString()).toBe('a,b\n1,2\n');
  });
  it.each([
    [{ invalidStaffIdList: ['u-anna'], flowControlledStaffIdList: [] }, { reason: 'person_unreachable' }],
    [
      { invalidStaffIdList: [], flowControlledStaffIdList: ['u-anna'] },
      { reason: 'rate_limited', retryAfterMs: 10_000 },
    ],
    [{ processQueryKey: 'pqk' }, { ok: true, messageId: 'pqk' }],
  ])('an answer of 200 can be a refusal: %j', async (body, want) => {
    const { platform } = await start(({ path }) => (path.endsWith('batchSend') ? { body } : null));
    expect(await platform.send({ ...toPerson, content: file('a.pdf') })).toMatchObject(want);
  });
  it('many people: twenty a call, one result for each', async () => {
    const people = Array.from({ length: 45 }, (_, n) => `u-${n}`);
    const { client, server } = await start(({ path, body }) =>
      path.endsWith('batchSend')
        ? {
            body: {
              processQueryKey: 'q',
              invalidStaffIdList: (JSON.parse(body.toString()) as { userIds: string[] }).userIds.filter(
                (id) => id === 'u-21',
              ),
            },
          }
        : null,
    );
    const results = await client.sendToPeople(people, {
      msgKey: 'sampleMarkdown',
      msgParam: { title: 't', text: 'x' },
    });
    expect(
      server.to('/v1.0/robot/oToMessages/batchSend').map((request) => (json(request)['userIds'] as string[]).length),
    ).toEqual([PEOPLE_PER_BATCH, PEOPLE_PER_BATCH, 5]);
    expect([...results].filter(([, result]) => !result.ok).map(([id]) => id)).toEqual(['u-21']);
    expect(results.size).toBe(45);
  });
  it('a message whose outcome is unknown is tried once more and then given up: robot messages have no key', async () => {
    const { platform } = await start(({ path }) => (path.endsWith('batchSend') ? { status: 504, body: '' } : null));
    const send = () => platform.send({ ...toPerson, content: file('a.pdf') });
    expect(await send()).toMatchObject({ reason: 'unreachable' });
    expect(await send()).toMatchObject({ reason: 'bad_request', code: 'outcome-unknown' });
  });
  it('too large ones are not uploaded', async () => {
    const { platform, server } = await start();
    expect(
      await platform.send({
        ...toPerson,
        content: { kind: 'file', name: 'a.pdf', bytes: new Uint8Array(20 * 1024 * 1024 + 1) },
      }),
    ).toMatchObject({ reason: 'too_large' });
    expect(server.requests).toHaveLength(0);
  });
});

describe('people', () => {
  it('are looked up one by one, free of the monthly count; whom nobody knows is absent', async () => {
    const { platform, counts } = await start();
    expect(await platform.findByMobile(['+8613800000001', '13800000002', '13800000009'])).toEqual(
      new Map([
        ['+8613800000001', 'u-13800000001'],
        ['13800000002', 'u-13800000002'],
      ]),
    );
    expect(counts.call).toBe(0);
  });
  it('a missing permission is named', async () => {
    const denied = { errcode: 88, sub_code: '60011', errmsg: 'no' };
    const { platform } = await start(({ path }) => (path.endsWith('getbymobile') ? { body: denied } : null));
    await expect(platform.findByMobile(['13800000001'])).rejects.toThrow(/qyapi_get_member_by_mobile.*88\/60011/);
  });
});

it('nothing secret is in a result, whatever goes wrong', async () => {
  const answers: ApiAnswer[] = [
    refusal('x'.repeat(500)),
    { body: '<html>' },
    { status: 403, body: { Code: 'Forbidden.AccessDenied.IpNotInWhiteList', Message: 'secret demo-access-token' } },
  ];
  for (const answer of answers) {
    const { platform } = await start(({ path }) => (path === CARDS ? answer : null));
    const result = await platform.send(toPerson);
    expect(inspect(result)).not.toMatch(/demo-access-token|季度|http:\/\//);
    await api?.close();
  }
});
