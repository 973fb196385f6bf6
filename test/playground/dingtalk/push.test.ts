/** Robot messages as the bot receives them over HTTP. */
import { describe, expect, it } from 'vitest';
import { clickHeaders, messageHeaders } from '../../../src/playground/dingtalk/push/seal.ts';
import { setDingStage } from '../../support/dingtalk-calls.ts';

it('signatures are those of the published vectors', () => {
  expect(messageHeaders('example-client-secret', 1_790_000_000_000)).toEqual({
    timestamp: '1790000000000',
    sign: '/Y/I+NDk6SSvXXpjrqc7RT4sJaWBzjHbTDThnQ0EDFI=',
  });
  expect(clickHeaders('card-api-secret', 1_790_000_000_000)['x-ddpaas-signature']).toBe(
    'oj0BY1Z6eCEdy/z0I+vYqWToo4Nc2zo0gRWIP40dsi0=',
  );
  expect(clickHeaders('', 1_790_000_000_000)).toEqual({});
});

describe('messages of people', () => {
  it('reach the bot signed, in the shape of the platform, by the playground’s clock', async () => {
    await using stage = await setDingStage();
    await stage.client.clock({ advance: 3_600_000 });
    const told = await stage.client.type(stage.ids.anna, '/帮助');
    expect(told).toMatchObject({ delivered: true, status: 200, message_id: expect.stringMatching(/^pqk/) });
    const [push] = stage.bot.messages();
    expect(push).toMatchObject({ signed: true });
    expect((push?.timestamp ?? 0) - Date.now()).toBeGreaterThan(3_500_000);
    expect(push?.body).toMatchObject({
      msgtype: 'text',
      msgId: expect.stringMatching(/^msg.+==$/),
      conversationType: '1',
      senderStaffId: stage.users.anna,
      senderNick: '安小示',
      senderCorpId: 'dingdemocorp',
      robotCode: 'dingdemoclientid',
      text: { content: '/帮助' },
    });
    expect(push?.body).not.toHaveProperty('atUsers');
    expect(push?.body).not.toHaveProperty('conversationTitle');
  });

  it.each([
    { text: '@bot /状态', mention_bot: false, content: ' /状态', people: [] },
    { text: '/状态', mention_bot: true, content: ' /状态', people: [] },
    { text: '/催办 @贝小示 @双十星助手 快', mention_bot: false, content: ' /催办 快', people: ['ben'] },
  ] as const)('in a group names are taken out: $text', async ({ text, mention_bot, content, people }) => {
    await using stage = await setDingStage();
    await stage.client.type(stage.ids.anna, text, { chat: stage.team, mention_bot });
    const body = stage.bot.messages()[0]?.body ?? {};
    expect(body).toMatchObject({
      conversationType: '2',
      conversationId: stage.team,
      conversationTitle: '示例小组',
      text: { content },
    });
    const [bot, ...others] = body['atUsers'] as { dingtalkId: string; staffId?: string }[];
    expect(bot).toEqual({ dingtalkId: body['chatbotUserId'] });
    expect(others.map(({ staffId }) => staffId)).toEqual(people.map((name) => stage.users[name]));
  });

  it('in a group without a mention the bot is not told; people without an account are not in it', async () => {
    await using stage = await setDingStage();
    expect(await stage.client.type(stage.ids.anna, '大家好', { chat: stage.team })).toMatchObject({
      delivered: false,
      reason: 'not_mentioned',
    });
    await expect(stage.client.type(stage.ids.chen, '@bot', { chat: stage.team })).rejects.toThrow('403');
    await expect(stage.client.type(stage.ids.chen, '/x', { platform: 'dingtalk' })).rejects.toThrow('no account');
    expect(stage.bot.pushes).toEqual([]);
  });

  it('before the app is published they lack the user id; mentions may too', async () => {
    await using stage = await setDingStage({}, { switches: { unpublished: true, bare_mentions: true } });
    await stage.client.type(stage.ids.anna, '@bot @贝小示', { chat: stage.team });
    const body = stage.bot.messages()[0]?.body ?? {};
    expect(body).not.toHaveProperty('senderStaffId');
    expect((body['atUsers'] as object[])[1]).toEqual({ dingtalkId: expect.stringMatching(/^\$:LWCP/) });
  });

  it.each(['spaced', 'escaped'] as const)('%s JSON is the same message', async (json_style) => {
    await using stage = await setDingStage({ faults: { json_style } });
    await stage.client.type(stage.ids.anna, '星/');
    const push = stage.bot.messages()[0];
    expect(push).toMatchObject({ signed: true, body: { text: { content: '星/' } } });
    expect(push?.rawBody).not.toBe(JSON.stringify(push?.body));
  });

  it('are not repeated when they fail, but may come twice under the same id', async () => {
    await using stage = await setDingStage({ speed: 100 });
    stage.bot.answer = () => ({ status: 500 });
    expect(await stage.client.type(stage.ids.anna, 'x')).toMatchObject({ delivered: false, status: 500 });
    await stage.client.clock({ advance: 86_400_000 });
    expect(stage.bot.messages()).toHaveLength(1);
    stage.bot.answer = () => ({});
    await stage.client.faults({ duplicate_events: 1 });
    await stage.client.type(stage.ids.anna, 'y');
    await stage.client.waitFor('the duplicate', async () => stage.bot.messages().length === 3);
    const [, first, second] = stage.bot.messages();
    expect(second?.rawBody).toBe(first?.rawBody);
    expect(await stage.client.deliveries()).toMatchObject([
      { type: 'dingtalk.message', attempt: 2, nextInMs: null },
      { attempt: 1 },
      { attempt: 1, status: 500 },
    ]);
  });

  it('have two and a half seconds', async () => {
    await using stage = await setDingStage();
    stage.bot.answer = () => ({ delayMs: 2_700 });
    expect(await stage.client.type(stage.ids.anna, 'x')).toMatchObject({ delivered: false, reason: 'timeout' });
    await stage.client.dingtalk({ message_url: null });
    expect(await stage.client.type(stage.ids.anna, 'x')).toMatchObject({ delivered: false, reason: 'no_url' });
  });

  it('come without their text when the month’s pushes are used up', async () => {
    await using stage = await setDingStage({}, { plan: { calls: 1_000, pushes: 1 } });
    await stage.client.type(stage.ids.anna, 'a');
    await stage.client.type(stage.ids.anna, 'b');
    const [told, notice] = stage.bot.messages();
    expect(told?.body).toHaveProperty('text');
    expect(notice?.body).toMatchObject({ errorCode: 20_001 });
    expect(notice?.body).not.toHaveProperty('text');
  });
});

describe('the address of a session', () => {
  it('answers where the message came from, for ninety minutes', async () => {
    await using stage = await setDingStage({ speed: 1_000 });
    await stage.client.type(stage.ids.anna, '@bot 你好', { chat: stage.team });
    const { sessionWebhook: url, sessionWebhookExpiredTime: until } = (stage.bot.messages()[0]?.body ?? {}) as {
      sessionWebhook: string;
      sessionWebhookExpiredTime: number;
    };
    expect(until).toBeGreaterThan(stage.playground.state.clock.now() + 89 * 60_000);
    const say = async (body: object) => {
      const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
      return ((await response.json()) as { errcode: number }).errcode;
    };
    expect(await say({ msgtype: 'markdown', markdown: { title: '题', text: '**好**' } })).toBe(0);
    expect(await say({ msgtype: 'file' })).toBe(400_105);
    expect((await stage.client.messages(stage.ids.ben, stage.team)).at(-1)).toMatchObject({ text: '**好**' });
    await stage.client.clock({ advance: 91 * 60_000 });
    expect(await say({ msgtype: 'text', text: { content: '晚了' } })).toBe(300_001);
  });
});

it('the log of deliveries holds no words', async () => {
  await using stage = await setDingStage();
  await stage.client.type(stage.ids.anna, '不可外传');
  expect(JSON.stringify([await stage.client.deliveries(), await stage.client.stats()])).not.toContain('不可外传');
});
