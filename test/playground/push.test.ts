import { describe, expect, it } from 'vitest';
import { createClock } from '../../src/playground/clock.ts';
import { encrypt, signatureHeaders } from '../../src/playground/push/seal.ts';
import { writeJson } from '../../src/playground/push/write-json.ts';
import { encryptKey } from '../../src/platform/lark/config.ts';
import { decrypt, sign } from '../../src/platform/lark/verify.ts';
import { openSealed } from '../support/echo-bot.ts';
import { aButton, aCard, setStage } from '../support/feishu-calls.ts';

const MESSAGE = 'im.message.receive_v1';

describe('sealing', () => {
  it('the documented cipher text opens with the documented key', () => {
    expect(openSealed('P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=', 'test key')).toBe('hello world');
  });
  it('what is sealed here opens there, and the signature is the one the bot computes', () => {
    expect(decrypt(encrypt('{"a":"双十星"}', 'k'), encryptKey('k'))).toBe('{"a":"双十星"}');
    const headers = signatureHeaders('body', 'k', 1_780_300_800_999);
    expect(headers['x-lark-request-timestamp']).toBe('1780300800');
    const { 'x-lark-request-timestamp': time = '', 'x-lark-request-nonce': nonce = '' } = headers;
    expect(headers['x-lark-signature']).toBe(sign(time, nonce, 'k', Buffer.from('body')));
  });
  it.each(['compact', 'spaced', 'escaped'] as const)('%s JSON is the same JSON', (style) => {
    const value = { a: '双十星/x', b: [1, { c: '"' }] };
    expect(JSON.parse(writeJson(value, style))).toEqual(value);
  });
  it('escaped JSON is plain ASCII with escaped slashes', () => {
    expect(writeJson({ a: '星/' }, 'escaped')).toBe('{"a":"\\u661f\\/"}');
  });
});

describe('messages of people', () => {
  it('reach the bot signed, encrypted and in the shape of the platform', async () => {
    await using stage = await setStage();
    const told = await stage.client.type(stage.ids.anna, '/帮助');
    expect(told).toMatchObject({ delivered: true, status: 200 });
    const [push] = stage.bot.ofType(MESSAGE);
    expect(push?.signed).toBe(true);
    expect(Object.keys(JSON.parse(push?.rawBody ?? '{}'))).toEqual(['encrypt']);
    expect(push?.header).toMatchObject({
      token: 'demo-token',
      app_id: 'cli_00aa11bb22cc33dd',
      create_time: expect.stringMatching(/^\d{13}$/),
    });
    expect(push?.event).toMatchObject({
      sender: { sender_id: { open_id: stage.ids.anna }, sender_type: 'user' },
      message: { message_id: told.message_id, chat_type: 'p2p', message_type: 'text', content: '{"text":"/帮助"}' },
    });
    expect(push?.event.message).not.toHaveProperty('mentions');
  });

  it('without an encrypt key they are plain and unsigned', async () => {
    await using stage = await setStage({ encryptKey: null });
    await stage.client.type(stage.ids.anna, 'x');
    expect(stage.bot.pushes[0]).toMatchObject({ signed: null, header: { token: 'demo-token' } });
  });

  it.each([
    { text: '@bot /状态', mention_bot: false, content: '@_user_1 /状态', mentions: ['双十星助手'] },
    { text: '/状态', mention_bot: true, content: '@_user_1 /状态', mentions: ['双十星助手'] },
    {
      text: '/催办 @贝小示 @双十星助手',
      mention_bot: false,
      content: '/催办 @_user_1 @_user_2',
      mentions: ['贝小示', '双十星助手'],
    },
  ])('in a group: $text', async ({ text, mention_bot, content, mentions }) => {
    await using stage = await setStage();
    await stage.client.type(stage.ids.anna, text, { chat: stage.team, mention_bot });
    const message = stage.bot.ofType(MESSAGE)[0]?.event.message as {
      content: string;
      mentions: { name: string; key: string }[];
    };
    expect(JSON.parse(message.content)).toEqual({ text: content });
    expect(message.mentions.map(({ name }) => name)).toEqual(mentions);
    expect(message.mentions.map(({ key }) => key)).toEqual(mentions.map((_, i) => `@_user_${i + 1}`));
  });

  it('in a group without a mention the bot is not told, and nobody from outside reads or writes there', async () => {
    await using stage = await setStage();
    const said = await stage.client.type(stage.ids.anna, '大家好', { chat: stage.team });
    expect(said).toMatchObject({ delivered: false, reason: 'not_mentioned' });
    expect(stage.bot.pushes).toEqual([]);
    expect(await stage.client.messages(stage.ids.ben, stage.team)).toMatchObject([
      { text: '大家好', sender: { name: '安小示' } },
    ]);
    await expect(stage.client.messages(stage.ids.chen, stage.team)).rejects.toThrow('403');
    await expect(stage.client.type(stage.ids.chen, '@bot', { chat: stage.team })).rejects.toThrow('403');
  });

  it.each(['spaced', 'escaped'] as const)('%s bodies carry a signature over their bytes', async (json_style) => {
    await using stage = await setStage({ faults: { json_style } });
    await stage.client.type(stage.ids.anna, '星/');
    const push = stage.bot.pushes[0];
    expect(push?.signed).toBe(true);
    expect(push?.rawBody).not.toBe(JSON.stringify(JSON.parse(push?.rawBody ?? '')));
  });
});

describe('redelivery', () => {
  it('comes after 15 s, 5 min, 1 h and 6 h of the clock, with the same event id, and then never again', async () => {
    await using stage = await setStage();
    stage.bot.answer = () => ({ status: 500 });
    expect(await stage.client.type(stage.ids.anna, 'x')).toMatchObject({ delivered: false, status: 500 });
    for (const [seconds, attempts] of [
      [14, 1],
      [1, 2],
      [299, 2],
      [1, 3],
      [3_599, 3],
      [1, 4],
      [21_599, 4],
      [1, 5],
      [86_400, 5],
    ] as const) {
      await stage.client.clock({ advance: seconds * 1_000 });
      await stage.client.waitFor('the delivery', async () => (await stage.client.deliveries()).length >= attempts);
      expect(stage.bot.pushes).toHaveLength(attempts);
    }
    expect(new Set(stage.bot.pushes.map(({ header }) => header.event_id)).size).toBe(1);
    expect((await stage.client.deliveries()).map(({ attempt, nextInMs }) => [attempt, nextInMs]).toReversed()).toEqual([
      [1, 15_000],
      [2, 300_000],
      [3, 3_600_000],
      [4, 21_600_000],
      [5, null],
    ]);
  });

  it('happens by itself at speed, and ends with the first 200', async () => {
    await using stage = await setStage({ speed: 300 });
    stage.bot.answer = () => ({ status: stage.bot.pushes.length < 2 ? 503 : 200 });
    await stage.client.type(stage.ids.anna, 'x');
    await stage.client.waitFor('the second attempt', async () => stage.bot.pushes.length === 2);
    await stage.client.clock({ advance: 86_400_000 });
    expect(await stage.client.deliveries()).toMatchObject([
      { attempt: 2, status: 200, nextInMs: null },
      { attempt: 1, status: 503 },
    ]);
  });

  it('duplicates come with the same event id or for the same message', async () => {
    await using stage = await setStage({ speed: 100, faults: { duplicate_events: 1 } });
    for (let i = 0; i < 8; i += 1) await stage.client.type(stage.ids.anna, `${i}`);
    await stage.client.waitFor('duplicates', async () => stage.bot.pushes.length === 16);
    const count = (key: (push: (typeof stage.bot.pushes)[number]) => unknown) =>
      new Set(stage.bot.pushes.map(key)).size;
    expect(count(({ event }) => (event.message as { message_id: string }).message_id)).toBe(8);
    expect(count(({ header }) => header.event_id)).toBeGreaterThan(8);
    expect(count(({ header }) => header.event_id)).toBeLessThan(16);
  });
});

it('an address is saved only when it answers the challenge', async () => {
  await using stage = await setStage({ eventUrl: null });
  expect(await stage.client.type(stage.ids.anna, 'x')).toMatchObject({ delivered: false, reason: 'no_url' });
  expect(await stage.client.urls({ event_url: 'http://127.0.0.1:9/lark/events' })).toMatchObject({
    verified: false,
    event_url: null,
  });
  expect(await stage.client.urls({ event_url: stage.bot.url })).toMatchObject({
    verified: true,
    event_url: stage.bot.url,
  });
});

it('opening the private chat and the bot menu are events', async () => {
  await using stage = await setStage();
  await stage.client.open(stage.ids.anna);
  expect(stage.bot.pushes[0]).toMatchObject({
    type: 'im.chat.access_event.bot_p2p_chat_entered_v1',
    event: { operator_id: { open_id: stage.ids.anna } },
  });
});

it('the log of deliveries holds no form values', async () => {
  await using stage = await setStage();
  const form = {
    tag: 'form',
    name: 'f',
    elements: [{ tag: 'input', name: 'note' }, aButton('submit', { form_action_type: 'submit' })],
  };
  const sent = await stage.send(stage.ids.anna, aCard(form));
  await stage.client.click(stage.ids.anna, String(sent.data.message_id as string), 'submit', {
    form: { note: '不可外传' },
  });
  expect(stage.bot.pushes[0]?.event.action).toMatchObject({ form_value: { note: '不可外传' } });
  expect(JSON.stringify([await stage.client.deliveries(), await stage.client.stats()])).not.toContain('不可外传');
});

it('the clock: jumps move the day, speed moves only what the platform counts', () => {
  let real = 1_000;
  const clock = createClock(10, () => real);
  real += 100;
  expect([clock.now(), clock.ticks()]).toEqual([1_100, 1_000]);
  clock.jump(5_000);
  expect([clock.now(), clock.ticks()]).toEqual([6_100, 6_000]);
  const ran: string[] = [];
  clock.after(2_000, () => ran.push('late'));
  clock.after(1_000, () => ran.push('soon'));
  clock.after(1_500, () => ran.push('never'))();
  clock.jump(1_000);
  clock.jump(-4_000);
  expect([ran, clock.now()]).toEqual([['soon'], 3_100]);
  clock.jump(1_000);
  expect(ran).toEqual(['soon', 'late']);
  clock.stop();
});
