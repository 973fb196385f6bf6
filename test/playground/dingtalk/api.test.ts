/** Tokens, and what stands before every call: errors of both interfaces, permissions, rates, the month. */
import { describe, expect, it } from 'vitest';
import { text } from '../../../src/card.ts';
import { startPlayground } from '../../../src/playground/server.ts';
import { DING, dingCard, setDingStage } from '../../support/dingtalk-calls.ts';
import { APP } from '../../support/feishu-calls.ts';
import { PlaygroundClient, spawnPlayground } from '../../support/playground.ts';

const GROUP_SEND = '/v1.0/robot/groupMessages/send';
const BY_MOBILE = '/topapi/v2/user/getbymobile';
const message = (group: string, content = '你好') => ({
  robotCode: DING.clientId,
  openConversationId: group,
  msgKey: 'sampleText',
  msgParam: JSON.stringify({ content }),
});

describe('tokens', () => {
  it('are given by both interfaces, are the same while they live, and good for both', async () => {
    await using stage = await setDingStage();
    const old = await stage.call('GET', `/gettoken?appkey=${DING.clientId}&appsecret=${DING.clientSecret}`);
    expect(old.body).toMatchObject({ errcode: 0, access_token: stage.token, expires_in: 7_200 });
    expect((await stage.call('POST', BY_MOBILE, { mobile: '13900000001' })).body).toMatchObject({
      errcode: 0,
      result: { userid: stage.users.anna },
    });
    await stage.client.clock({ advance: 7_000_000 });
    const renewed = await stage.call('POST', '/v1.0/oauth2/accessToken', {
      appKey: DING.clientId,
      appSecret: DING.clientSecret,
    });
    expect(renewed.body).toEqual({ accessToken: stage.token, expireIn: 7_200 });
  });

  it('are refused when they are wrong, gone or missing, in the words of each interface', async () => {
    await using stage = await setDingStage();
    expect(
      await stage.call('POST', '/v1.0/oauth2/accessToken', { appKey: DING.clientId, appSecret: 'x' }),
    ).toMatchObject({
      status: 400,
      code: 'invalidClientIdOrSecret',
    });
    expect(await stage.call('GET', `/gettoken?appkey=${DING.clientId}&appsecret=x`)).toMatchObject({
      status: 200,
      code: 40089,
    });
    await stage.client.clock({ advance: 7_200_000 });
    const refused = async () => [
      (await stage.call('POST', GROUP_SEND, message(stage.team))).code,
      (await stage.call('POST', BY_MOBILE, { mobile: '13900000001' })).code,
    ];
    expect(await refused()).toEqual(['InvalidAuthentication', 42_001]);
    stage.token = 'unknown';
    expect(await refused()).toEqual(['InvalidAuthentication', 40_014]);
  });
});

it('a missing permission is named', async () => {
  await using stage = await setDingStage();
  await stage.client.faults({ missing_scopes: ['qyapi_robot_sendmsg', 'qyapi_get_member_by_mobile'] });
  expect(await stage.call('POST', GROUP_SEND, message(stage.team))).toMatchObject({
    status: 403,
    code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied',
    body: {
      accessdenieddetail: { requiredScopes: ['qyapi_robot_sendmsg'] },
      requestid: expect.stringMatching(/^\w+$/),
    },
  });
  expect(await stage.call('POST', BY_MOBILE, { mobile: '1' })).toMatchObject({
    status: 200,
    body: { errcode: 88, sub_code: '60011' },
  });
});

it('twenty calls of one interface in a second, and no more; limits are 403 or 90018', async () => {
  await using stage = await setDingStage();
  const codes = async (path: string, body: unknown) =>
    Promise.all(Array.from({ length: 22 }, async () => (await stage.call('POST', path, body)).code));
  const sent = await codes(GROUP_SEND, {});
  expect(sent.filter((code) => code === 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi')).toHaveLength(2);
  const asked = await codes(BY_MOBILE, { mobile: '13900000001' });
  expect(asked.filter((code) => code === 90_018)).toHaveLength(2);
});

describe('the month', () => {
  it('counts calls that are not free, and refuses what is over the plan until the next', async () => {
    await using stage = await setDingStage({ speed: 1_000 });
    const before = (await stage.client.dingtalk()).used.calls;
    await stage.call('POST', BY_MOBILE, { mobile: '13900000001' });
    await stage.call('POST', GROUP_SEND, message(stage.team));
    expect((await stage.client.dingtalk()).used.calls).toBe(before + 1);
    await stage.client.dingtalk({ plan: { calls: before + 1, pushes: 100 } });
    expect(await stage.call('POST', GROUP_SEND, message(stage.team))).toMatchObject({
      status: 403,
      code: 'Forbidden.AccessDenied.ApiCountLimitForOrg',
    });
    const form = new FormData();
    form.set('type', 'file');
    expect((await stage.call('POST', '/media/upload', form)).code).toBe(90_020);
    expect((await stage.call('POST', BY_MOBILE, { mobile: '13900000001' })).code).toBe(0);
    await stage.client.clock({ advance: 31 * 86_400_000 });
    stage.token = String(
      (await stage.call('POST', '/v1.0/oauth2/accessToken', { appKey: DING.clientId, appSecret: DING.clientSecret }))
        .body['accessToken'] as string,
    );
    expect((await stage.call('POST', GROUP_SEND, message(stage.team))).status).toBe(200);
  });

  it('calls refused for their rate are not counted', async () => {
    await using stage = await setDingStage();
    await stage.client.faults({ rate_429: 1 });
    const before = (await stage.client.dingtalk()).used.calls;
    expect(await stage.call('POST', GROUP_SEND, message(stage.team))).toMatchObject({
      status: 403,
      code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi',
    });
    expect((await stage.client.dingtalk()).used.calls).toBe(before);
  });
});

describe('faults', () => {
  it('5xx is busy, in both interfaces', async () => {
    await using stage = await setDingStage();
    await stage.client.faults({ rate_5xx: 1, scope: 'all' });
    expect(await stage.call('POST', GROUP_SEND, message(stage.team))).toMatchObject({
      status: 500,
      code: 'system.busy',
    });
    expect(await stage.call('POST', BY_MOBILE, {})).toMatchObject({ status: 200, code: -1 });
  });

  it('a call may vanish before it is done, or after', async () => {
    await using stage = await setDingStage();
    const shown = async () => (await stage.client.messages(stage.ids.anna, stage.team)).length;
    await stage.client.faults({ reset_before: 1 });
    await expect(stage.call('POST', GROUP_SEND, message(stage.team))).rejects.toThrow();
    expect(await shown()).toBe(0);
    await stage.client.faults({ reset: true, reset_after: 1 });
    await expect(stage.call('POST', GROUP_SEND, message(stage.team))).rejects.toThrow();
    expect(await shown()).toBe(1);
    const { calls } = await stage.client.stats();
    expect(calls[`POST ${GROUP_SEND}`]).toEqual({ reset_before: 1, reset_after: 1 });
  });

  it('an app that was switched off sends nothing', async () => {
    await using stage = await setDingStage();
    await stage.client.faults({ app_disabled: true });
    expect(await stage.send(stage.team, dingCard([text('x')]))).toMatchObject({ status: 400, code: 'bot.stopped' });
  });
});

it('runs as a process of its own, with both apps', async () => {
  const playground = await spawnPlayground({ ...APP, botUrl: 'http://127.0.0.1:9', dingtalk: DING });
  expect(await playground.client.dingtalk()).toMatchObject({
    client_id: DING.clientId,
    receive: 'http',
    message_url: 'http://127.0.0.1:9/dingtalk/messages',
    templates: { [DING.templateId]: 'published' },
  });
  await playground.stop();
});

it('without an app of DingTalk nobody has an account there, and what is not played is not found', async () => {
  await using stage = await setDingStage({}, {});
  expect(await stage.call('POST', '/v1.0/card/tops/close')).toMatchObject({
    status: 404,
    code: 'InvalidAction.NotFound',
  });
  const alone = await startPlayground({ appId: 'cli_x', appSecret: 'x', verificationToken: 'x' });
  const client = new PlaygroundClient(alone.url);
  await expect(client.seed({ people: [{ name: '甲', mobile: '1', platforms: ['dingtalk'] }] })).rejects.toThrow(
    'without an app of DingTalk',
  );
  await expect(client.dingtalk()).rejects.toThrow('400');
  await alone.close();
});
