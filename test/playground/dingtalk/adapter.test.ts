/** The bot's own adapter against emulated DingTalk: over HTTP and over Stream, for one who uses both platforms. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { button, buttons, type Card, text } from '../../../src/card.ts';
import { createDingTalkPlatform } from '../../../src/platform/dingtalk/index.ts';
import type { ChatPlatform, ClickAnswer, Incoming } from '../../../src/platform/platform.ts';
import { DING, type DingStage, setDingStage } from '../../support/dingtalk-calls.ts';
import { Player, readCard } from '../../support/playground.ts';

const marks = [
  ...Array.from({ length: 11 }, (_, n) => ({ value: `${n}`, label: `${n}` })),
  { value: 'x', label: '不了解' },
];
const ballot: Card = {
  title: '测评票',
  tone: 'blue',
  blocks: [
    {
      kind: 'form',
      name: 'ballot_E0001',
      fields: Array.from({ length: 10 }, (_, n) => ({
        kind: 'select' as const,
        name: `star_${n}`,
        label: `第${n + 1}星`,
        options: marks,
        required: false,
      })),
      buttons: [button('ballot_review', '交', { a: 'ballot_open', r: 'R1' })],
    },
  ],
};
const done: Card = { title: '已投', tone: 'green', blocks: [text('谢谢')] };

/** A bot of a few lines on the adapter: a command is answered with a card, a click with another one. */
async function startBot(stage: DingStage, transport: 'webhook' | 'stream') {
  const heard: Incoming[] = [];
  let platform: ChatPlatform;
  const handle = async (incoming: Incoming): Promise<ClickAnswer | null> => {
    heard.push(incoming);
    if (incoming.kind === 'message') {
      const sent = await platform.send({
        to: { kind: 'chat', chatId: incoming.chat.id },
        content: {
          kind: 'card',
          card:
            incoming.text === '/ballot'
              ? ballot
              : { ...done, blocks: [buttons(button('in', '签到', { a: 'console', r: 'R1' }))] },
        },
        idempotencyKey: `k${heard.length}`,
      });
      expect(sent).toMatchObject({ ok: true });
    }
    return incoming.kind === 'click' ? { card: done, toast: { type: 'success', text: '收到' } } : null;
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void (async () => {
        const headers = new Headers(Object.entries(request.headers).map(([key, value]) => [key, String(value)]));
        const received = platform.receive({ headers, rawBody: Buffer.concat(chunks), now: Date.now() });
        if (received.kind !== 'incoming') return response.writeHead(401).end();
        const answer = await handle(received.incoming);
        const click = received.incoming.kind === 'click' ? received.incoming : undefined;
        return response.end(JSON.stringify(answer === null ? {} : platform.answer(answer, click)));
      })();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { url } = stage.playground;
  platform = createDingTalkPlatform(
    {
      clientId: DING.clientId,
      clientSecret: DING.clientSecret,
      robotCode: DING.clientId,
      cardTemplateId: DING.templateId,
      apiBase: url,
      oapiBase: url,
      transport,
      publicUrl,
      plan: 'free',
    },
    { groupRefreshMs: 20 },
  );
  onTestFinished(async () => {
    await platform.close();
    server.closeAllConnections();
    server.close();
  });
  await stage.client.dingtalk({
    receive: transport === 'stream' ? 'stream' : 'http',
    message_url: `${publicUrl}/dingtalk/messages`,
  });
  await platform.connect?.(handle);
  return { platform, heard };
}

it.each(['webhook', 'stream'] as const)('%s: a ballot is asked for, filled in, and answered', async (transport) => {
  await using stage = await setDingStage({ speed: 1_000 });
  const { heard } = await startBot(stage, transport);
  const anna = await Player.byMobile(stage.client, '13900000001', 'dingtalk');
  const card = await anna.ask('/ballot', { form: 'ballot_E0001' });
  const fields = card.fields();
  expect(fields).toHaveLength(10);
  const cast = await card.press(
    'ballot_review',
    Object.fromEntries(fields.map((name, n) => [name, n === 9 ? 'x' : `${n}`])),
  );
  expect(cast).toMatchObject({ toast: { content: '收到' }, card: { title: '已投' }, replaced: true });
  expect(heard.at(-1)).toMatchObject({
    kind: 'click',
    sender: { platform: 'dingtalk', userId: stage.users.anna },
    action: { a: 'ballot_open', r: 'R1' },
    buttonName: 'ballot_review',
    form: { star_0: '0', star_8: '8', star_9: 'x' },
  });
  expect((await stage.client.sent()).filter(({ chat_type: type }) => type === 'p2p')).toHaveLength(1);
});

it.each(['webhook', 'stream'] as const)('%s: a group sees a click a moment later', async (transport) => {
  await using stage = await setDingStage({ speed: 1_000 });
  await startBot(stage, transport);
  const people = await Promise.all(['13900000001', '13900000002'].map((n) => Player.byMobile(stage.client, n)));
  const [anna, ben] = people;
  await anna?.say('签到', { chat: stage.team });
  const card = await anna?.nextCard({ button: 'in' }, { chat: stage.team });
  expect((await card?.press('in'))?.card.title).toBe('已投');
  const shown = await ben?.card({}, { chat: stage.team });
  expect((await shown?.until({ text: '谢谢' }))?.title).toBe('已投');
  // What was said to the one who clicked goes with the change, or it would stand below newer states.
  expect((await anna?.card({}, { chat: stage.team }))?.view.texts).toEqual(['谢谢']);
});

it('files, updates, lookups; refusals have the adapter’s names', async () => {
  await using stage = await setDingStage({ speed: 1_000 });
  const { platform } = await startBot(stage, 'webhook');
  await expect(platform.self()).resolves.toMatchObject({ name: DING.clientId });
  expect([...(await platform.findByMobile(['13900000001', '13900000003']))]).toEqual([
    ['13900000001', stage.users.anna],
  ]);
  const to = { kind: 'person', userId: stage.users.anna } as const;
  const send = (content: Parameters<ChatPlatform['send']>[0]['content'], key: string) =>
    platform.send({ to, content, idempotencyKey: key });
  expect(await send({ kind: 'file', name: '名单.csv', bytes: new Uint8Array([1]) }, 'f1')).toMatchObject({ ok: true });
  expect((await stage.client.messages(stage.ids.anna)).at(-1)?.file?.name).toBe('名单.csv.zip');
  const sent = await send({ kind: 'card', card: ballot }, 'c1');
  expect(await send({ kind: 'card', card: ballot }, 'c1')).toEqual(sent);
  expect(await platform.update(sent.ok ? sent.messageId : '', done)).toMatchObject({ ok: true });
  expect((await Player.byMobile(stage.client, '13900000001').then((anna) => anna.card())).title).toBe('已投');

  const again = (key: string) => send({ kind: 'card', card: done }, key);
  await stage.client.setPerson(stage.ids.anna, { resigned: true });
  expect(await again('c2')).toMatchObject({ ok: false, reason: 'person_unreachable' });
  await stage.client.setPerson(stage.ids.anna, { resigned: false });
  await stage.client.faults({ rate_429: 1 });
  expect(await again('c3')).toMatchObject({ ok: false, reason: 'rate_limited' });
  await stage.client.faults({ reset: true, quota_exceeded: true });
  expect(await again('c4')).toMatchObject({ ok: false, reason: 'not_permitted' });
  await stage.client.faults({ reset: true });
  await stage.client.dingtalk({ unsafe_word: '谢谢' });
  expect(await again('c5')).toMatchObject({ ok: false, reason: 'content_refused' });
  await stage.client.dingtalk({ reset: true });
  await stage.client.revokeTokens();
  expect(await again('c6')).toMatchObject({ ok: true }); // with a fresh token
});

it('an upload DingTalk no longer knows is made again', async () => {
  await using stage = await setDingStage({ speed: 1_000 });
  const { platform } = await startBot(stage, 'webhook');
  const send = (idempotencyKey: string) =>
    platform.send({
      to: { kind: 'person', userId: stage.users.anna },
      content: { kind: 'file', name: '排行.pdf', bytes: new Uint8Array([1, 2]) },
      idempotencyKey,
    });
  expect(await send('f1')).toMatchObject({ ok: true });
  expect(await send('f2')).toMatchObject({ ok: true });
  const { files } = stage.playground.state.world;
  expect(files.size).toBe(1);
  files.clear();
  expect(await send('f3')).toMatchObject({ ok: true });
  expect(files.size).toBe(1);
  expect((await stage.client.messages(stage.ids.anna)).map(({ file }) => file?.name)).toEqual(
    Array.from({ length: 3 }, () => '排行.pdf'),
  );
});

it.each(['silent', 'refuse'] as const)(
  'a card its chat did not take at first arrives by a later try, once; the same id again is %s',
  async (same) => {
    await using stage = await setDingStage({ speed: 1_000 });
    const { platform } = await startBot(stage, 'webhook');
    const send = () =>
      platform.send({
        to: { kind: 'person', userId: stage.users.anna },
        content: { kind: 'card', card: ballot },
        idempotencyKey: 'k1',
      });
    const shown = async () => (await stage.client.messages(stage.ids.anna)).length;
    await stage.client.dingtalk({ space_fails: 1, same_track: same });
    expect(await send()).toMatchObject({ ok: false, reason: 'overloaded' });
    expect(await send()).toMatchObject({ ok: false, reason: 'overloaded' });
    expect(await shown()).toBe(0);
    await stage.client.dingtalk({ space_fails: 0 });
    expect(await send()).toMatchObject({ ok: true });
    expect(await shown()).toBe(1);
    expect(await send()).toMatchObject({ ok: true });
    expect(await shown()).toBe(1);
  },
);

it.each([
  ['silent', 'silent'],
  ['refuse', 'silent'],
  ['refuse', 'again'],
] as const)(
  'a card whose answer was lost comes once, or is one card shown twice: the same id %s, delivered twice %s',
  async (same, again) => {
    await using stage = await setDingStage({ speed: 1_000 });
    const { platform } = await startBot(stage, 'webhook');
    const send = () =>
      platform.send({
        to: { kind: 'person', userId: stage.users.anna },
        content: { kind: 'card', card: ballot },
        idempotencyKey: 'k1',
      });
    await send().then(() => stage.client.messages(stage.ids.anna)); // where clicks go is registered
    await stage.client.faults({ reset_after: 1 });
    await stage.client.dingtalk({ same_track: same, same_space: again });
    const lost = () =>
      platform.send({
        to: { kind: 'person', userId: stage.users.anna },
        content: { kind: 'card', card: done },
        idempotencyKey: 'k2',
      });
    expect(await lost()).toMatchObject({ ok: false, reason: 'unreachable' });
    await stage.client.faults({ reset: true });
    const sent = await lost();
    expect(sent).toMatchObject({ ok: true });
    const cards = async () =>
      (await stage.client.messages(stage.ids.anna)).slice(1).map(({ card }) => readCard(card ?? {}));
    expect(await cards()).toHaveLength(again === 'again' ? 2 : 1);
    await platform.update(sent.ok ? sent.messageId : '', { ...done, title: '改过' });
    expect((await cards()).every(({ title }) => title === '改过')).toBe(true);
  },
);

it('one person on both platforms has two private chats, and a group on both is two groups of one key', async () => {
  await using stage = await setDingStage({ speed: 1_000 });
  const { heard } = await startBot(stage, 'webhook');
  const seeded = await stage.client.seed({
    people: [
      { name: '安小示', mobile: '13900000001', platforms: ['dingtalk', 'lark'] },
      { name: '陈小示', mobile: '13900000003', platforms: ['lark'] },
    ],
    chats: [
      {
        name: '两边',
        key: 'both',
        members: ['13900000001', '13900000002', '13900000003'],
        platforms: ['lark', 'dingtalk'],
      },
    ],
  });
  expect(seeded.chats.map(({ key, platform }) => [key, platform])).toEqual([
    ['both', 'lark'],
    ['both', 'dingtalk'],
  ]);
  const groups = (await stage.client.chats()).filter(({ key }) => key === 'both');
  expect(groups.map(({ platform, members }) => [platform, members])).toEqual([
    ['lark', 2],
    ['dingtalk', 2],
  ]);
  const alone = (await stage.client.chats(stage.ids.anna)).filter(({ type }) => type === 'p2p');
  expect(alone.map(({ platform }) => platform)).toEqual(['dingtalk', 'lark']);
  const onDing = await Player.byMobile(stage.client, '13900000001', 'dingtalk');
  const onLark = await Player.byMobile(stage.client, '13900000001', 'lark');
  expect(await onDing.groupNamed('两边')).not.toBe(await onLark.groupNamed('两边'));
  expect(await onLark.say('/x')).toMatchObject({ delivered: false, reason: 'no_url' }); // no bot of Feishu here
  await onDing.ask('/ballot', { form: 'ballot_E0001' });
  expect(heard).toHaveLength(1);
  expect((await onLark.messages()).map(({ text: words }) => words)).toEqual(['/x']);
});

it('colleagues who are played fill in ballots whose marks are typed', async () => {
  await using stage = await setDingStage({ speed: 1_000 });
  const { heard } = await startBot(stage, 'webhook');
  const anna = await Player.byMobile(stage.client, '13900000001');
  await anna.ask('/ballot', { form: 'ballot_E0001' });
  expect(await stage.client.waiting()).toMatchObject([{ review: 'R1', work: { ballot: 1 } }]);
  expect(await stage.client.autoplay()).toMatchObject({ cards: 1, problems: {} });
  const { form } = heard.at(-1) as Extract<Incoming, { kind: 'click' }>;
  expect(Object.keys(form)).toHaveLength(10);
  expect(Object.values(form).every((mark) => /^(\d|10|x)$/.test(mark))).toBe(true);
});
