/** What only DingTalk has: pushes that name no bot, the long connection, cards of one person, calls and pushes that are counted. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { usageOf } from '../../src/store/api-usage.ts';
import { findChat } from '../../src/store/chat.ts';
import { inDatabase } from '../support/ballot-play.ts';
import { kindOf, snapshot, t } from '../support/journey.ts';
import { castBallot, runMeeting } from '../support/review-play.ts';
import { type Member, mobileOf, World } from '../support/world.ts';

const MEMBERS: readonly Member[] = [
  { no: 'E01', branch: 'B001', roles: 'secretary' },
  { no: 'E02', branch: 'B001', roles: 'deputy_secretary' },
  ...['E03', 'E04', 'E05', 'E06'].map((no) => ({ no, branch: 'B001' })),
];
const order = { platform: 'dingtalk', branches: [{ code: 'B001', unit: 'U1' }], members: MEMBERS } as const;

describe('over HTTP', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start(order);
  }, 60_000);
  afterAll(() => world?.stop());

  test('what is not signed, or with another secret, is not from DingTalk', async () => {
    const before = await snapshot(world);
    const post = (path: string, headers: Record<string, string>) =>
      fetch(`${world.bot.url}${path}`, { method: 'POST', headers, body: '{}' });
    const now = String(Date.now());
    expect((await post('/dingtalk/messages', {})).status).toBe(401);
    expect((await post('/dingtalk/messages', { timestamp: now, sign: 'x' })).status).toBe(401);
    const wrong = { 'x-ddpaas-signature-timestamp': now, 'x-ddpaas-signature': 'x' };
    expect((await post('/dingtalk/cards', wrong)).status).toBe(401);
    expect(await snapshot(world)).toEqual(before);
  });

  test('the card of one person can be pressed by nobody else, whoever sends the click', async () => {
    const console = await world.as('E01').ask('/评议 开启', { button: 'start_meeting' });
    const before = await snapshot(world);
    const value = /"value":(\{[^{}]*"a":"start_meeting"[^{}]*\})/.exec(JSON.stringify(console.json))?.[1] ?? '{}';
    const forged = await world.client.forge(world.as('E02').id, console.messageId, {
      tag: 'button',
      name: 'start_meeting',
      value: JSON.parse(value) as object,
    });
    expect(forged).toEqual({});
    expect(await snapshot(world)).toEqual(before);
    expect(kindOf(await console.press('start_meeting'))).toBe('success');
  });

  test('a group the bot was added to is known from the first word to it', async () => {
    const members = MEMBERS.map(({ no }) => mobileOf(no));
    const { chat_id: id } = await world.client.createChat({ name: '新群', members, platform: 'dingtalk' });
    const known = () => inDatabase(world, (h) => findChat(h, 'dingtalk', id));
    await world.as('E02').ask('/帮助');
    expect(await known()).toBeNull();
    expect(await world.as('E02').messages(id)).toEqual([]);
    await world.as('E02').say('你好', { chat: id });
    await world.as('E02').nextCard({ title: t('result.chat_title') }, { chat: id });
    expect(await known()).toMatchObject({ name: '新群', scope: null });
  });

  test('whoever comes without a user id hears why nothing happens, where they wrote', async () => {
    await world.client.dingtalk({ unpublished: true });
    const before = await snapshot(world);
    const chat = world.chat('branch:B001');
    const heard = ({ text }: { text?: string }) => text === t('notice.no_user_id');
    await world.as('E05').say('/我的');
    await world.as('E05').next(heard);
    await world.as('E06').say('/帮助', { chat });
    await world.as('E06').next(heard, { chat });
    expect(await snapshot(world)).toEqual(before);
    await world.client.dingtalk({ unpublished: false });
  });

  test('calls and pushes of the month are counted as DingTalk counts them', async () => {
    await world.bot.stop();
    const { month, ...used } = (await world.client.dingtalk()).used;
    expect(await inDatabase(world, (h) => usageOf(h, 'dingtalk', month))).toEqual(used);
    await world.boot();
  });
});

describe('over a connection of the bot’s own', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start({ ...order, receive: 'stream' });
  }, 60_000);
  afterAll(() => world?.stop());

  test('a review is held, and connections come and go meanwhile', async () => {
    await world.as('E01').ask('/评议 开启', { button: 'start_meeting' });
    await runMeeting(
      world,
      'E01',
      'B001',
      MEMBERS.map(({ no }) => no),
    );
    expect((await castBallot(world, 'E03', () => 9)).toast).toBe('success');
    await world.client.dingtalkStream('cut');
    await world.client.waitFor('another connection', async () => (await world.client.dingtalk()).connections > 0);
    expect((await castBallot(world, 'E04', () => 9)).toast).toBe('success');
    await world.client.dingtalkStream('disconnect');
    await world.client.waitFor('another connection', async () => (await world.client.dingtalk()).connections > 0);
    expect((await castBallot(world, 'E05', () => 9)).toast).toBe('success');
    await world.as('E05').ask('/投票', { text: t('ballot.already_text') });
  });

  test('killed and started again it connects again', async () => {
    await world.bot.kill();
    await world.boot();
    expect((await castBallot(world, 'E06', () => 9)).toast).toBe('success');
  });
});
