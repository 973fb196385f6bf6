/** Stream mode, with a client that knows nothing of the adapter. */
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { expect, it } from 'vitest';
import { button, buttons } from '../../../src/card.ts';
import { DING, dingCard, type DingStage, setDingStage } from '../../support/dingtalk-calls.ts';

interface Frame {
  type: string;
  headers: { topic: string; messageId: string };
  data: string;
}
const MESSAGE = '/v1.0/im/bot/messages/get';
const CARD = '/v1.0/card/instances/callback';

const open = (stage: DingStage, over: object = {}) =>
  stage.call('POST', '/v1.0/gateway/connections/open', {
    clientId: DING.clientId,
    clientSecret: DING.clientSecret,
    subscriptions: [MESSAGE, CARD].map((topic) => ({ type: 'CALLBACK', topic })),
    ...over,
  });
async function address(stage: DingStage): Promise<string> {
  const { endpoint, ticket } = (await open(stage)).body as { endpoint: string; ticket: string };
  return `${endpoint}?ticket=${encodeURIComponent(ticket)}`;
}
/** Connects and answers every frame but pings with `response`; undefined: not at all. `pong` is the answer to a ping. */
async function connect(url: string, response: (frame: Frame) => unknown, pong = (frame: Frame) => frame.data) {
  const frames: Frame[] = [];
  const pings: Frame[] = [];
  const socket = new WebSocket(url);
  socket.addEventListener('message', ({ data }) => {
    const frame = JSON.parse(String(data)) as Frame;
    const ping = frame.headers.topic === 'ping';
    (ping ? pings : frames).push(frame);
    const given = ping ? undefined : response(frame);
    if (!ping && given === undefined) return;
    const headers = { contentType: 'application/json', messageId: frame.headers.messageId };
    const answer = ping ? pong(frame) : JSON.stringify({ response: given });
    socket.send(JSON.stringify({ code: 200, message: 'OK', headers, data: answer }));
  });
  const ended = new Promise<void>((resolve) => socket.addEventListener('close', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(new Error('refused')));
  });
  return { frames, pings, socket, ended };
}
const streaming = (stage: DingStage) => stage.client.dingtalk({ receive: 'stream' });

it('a bot that was killed has no connection any more', async () => {
  await using stage = await setDingStage();
  const url = new URL(await address(stage));
  const dying = createConnection({ host: url.hostname, port: Number(url.port) });
  const key = Buffer.alloc(16, 1).toString('base64');
  const head = ['Host: x', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'];
  dying.write([`GET ${url.pathname}${url.search} HTTP/1.1`, ...head, `Sec-WebSocket-Key: ${key}`, '', ''].join('\r\n'));
  await once(dying, 'data');
  expect((await stage.client.dingtalk()).connections).toBe(1);
  dying.end(); // all that the system sends for a process that is gone
  await stage.client.waitFor('the end', async () => (await stage.client.dingtalk()).connections === 0);
});

it('tickets are for the app alone, once, for ninety seconds', async () => {
  await using stage = await setDingStage();
  expect(await open(stage, { clientSecret: 'x' })).toMatchObject({ status: 401, code: 'authFailed' });
  expect((await open(stage, { subscriptions: [{ type: 'EVENT', topic: 'x' }] })).status).toBe(400);
  const url = await address(stage);
  const { socket, ended } = await connect(url, () => ({}));
  await expect(connect(url, () => ({}))).rejects.toThrow('refused');
  const stale = await address(stage);
  await stage.client.clock({ advance: 91_000 });
  await expect(connect(stale, () => ({}))).rejects.toThrow('refused');
  expect((await stage.client.dingtalk()).connections).toBe(1);
  socket.close();
  await ended;
});

it('who does not ask for JSON gets XML', async () => {
  await using stage = await setDingStage();
  const response = await fetch(`${stage.playground.url}/v1.0/gateway/connections/open`, {
    method: 'POST',
    body: JSON.stringify({
      clientId: DING.clientId,
      clientSecret: DING.clientSecret,
      subscriptions: [{ type: 'EVENT', topic: '*' }],
    }),
  });
  expect(await response.text()).toMatch(/^<r><endpoint>ws:/);
});

it('messages and clicks come as frames, and the answer goes back the same way', async () => {
  await using stage = await setDingStage();
  await streaming(stage);
  expect(await stage.client.type(stage.ids.anna, 'x')).toMatchObject({ delivered: false, reason: 'no_url' });
  const long = '长'.repeat(40_000); // more than a frame of 16 bits holds
  const { frames, socket } = await connect(await address(stage), ({ headers }) =>
    headers.topic === CARD ? { userPrivateData: { cardParamMap: { toast: '好', toast_kind: 'success' } } } : {},
  );
  expect(await stage.client.type(stage.ids.anna, long)).toMatchObject({ delivered: true, status: 200 });
  expect(JSON.parse(frames[0]?.data ?? '')).toMatchObject({ text: { content: long }, senderStaffId: stage.users.anna });
  const card = dingCard([buttons(button('go', '去', { a: 'console', r: 'R1' }))]);
  const sent = await stage.send(stage.users.anna, card, { callbackType: 'STREAM' });
  const { carrierId } = (sent.body['result'] as { deliverResults: { carrierId: string }[] }).deliverResults[0] ?? {
    carrierId: '',
  };
  expect(await stage.client.click(stage.ids.anna, carrierId, 'go')).toMatchObject({ toast: { content: '好' } });
  expect(frames[1]).toMatchObject({ type: 'CALLBACK', headers: { topic: CARD } });
  expect(JSON.parse(frames[1]?.data ?? '')).toMatchObject({
    spaceType: 'im',
    spaceId: stage.users.anna,
    userIdType: 1,
  });
  expect(stage.bot.pushes).toEqual([]);
  socket.close();
});

it('of two connections each push takes one', async () => {
  await using stage = await setDingStage();
  await streaming(stage);
  const both = await Promise.all([0, 1].map(async () => connect(await address(stage), () => ({}))));
  for (let n = 0; n < 12; n += 1) await stage.client.type(stage.ids.anna, `${n}`);
  const counts = both.map(({ frames }) => frames.length);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(12);
  expect(Math.min(...counts)).toBeGreaterThan(0);
  for (const { socket } of both) socket.close();
});

it('a message nobody acknowledged comes again after a minute', async () => {
  await using stage = await setDingStage();
  await streaming(stage);
  const { frames, socket } = await connect(await address(stage), () => undefined);
  expect(await stage.client.type(stage.ids.anna, 'x')).toMatchObject({ delivered: false, reason: 'timeout' });
  await stage.client.clock({ advance: 60_000 });
  await stage.client.waitFor('the repetition', async () => frames.length === 2);
  expect(frames[1]?.headers.messageId).toBe(frames[0]?.headers.messageId);
  socket.close();
});

it('a ping is answered with its own data, or the connection ends', async () => {
  await using stage = await setDingStage();
  const right = await connect(await address(stage), () => ({}));
  const wrong = await connect(
    await address(stage),
    () => ({}),
    () => '{}',
  );
  await stage.client.clock({ advance: 30_000 });
  await wrong.ended;
  await stage.client.waitFor('the ping', async () => right.pings.length === 1);
  expect(right.pings[0]).toMatchObject({ type: 'SYSTEM', data: expect.stringContaining('opaque') });
  expect((await stage.client.dingtalk()).connections).toBe(1);
  right.socket.close();
});

it('told to go: silent at once, ended after ten seconds; or cut without a word', async () => {
  await using stage = await setDingStage();
  await streaming(stage);
  const first = await connect(await address(stage), () => ({}));
  await stage.client.dingtalkStream('disconnect');
  await stage.client.waitFor('the notice', async () => first.frames.length === 1);
  expect(first.frames[0]).toMatchObject({ type: 'SYSTEM', headers: { topic: 'disconnect' } });
  expect(await stage.client.type(stage.ids.anna, 'x')).toMatchObject({ delivered: false, reason: 'no_url' });
  await stage.client.clock({ advance: 10_000 });
  await first.ended;
  const second = await connect(await address(stage), () => ({}));
  await stage.client.dingtalkStream('cut');
  await second.ended;
});
