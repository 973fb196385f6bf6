import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { MAX_BODY_BYTES } from '../../src/http/body.ts';
import { createDispatcher } from '../../src/usecases/dispatch.ts';
import type { Use } from '../../src/use.ts';
import { deliver, deliverChunked, hangUp, type HttpBot, startHttpBot, talk } from '../support/http-bot.ts';
import {
  clickEvent,
  encrypt,
  envelope,
  larkConfig,
  messageEvent,
  NOW,
  push,
  type PushOptions,
} from '../support/lark-push.ts';

let bot: HttpBot;
beforeEach(async () => {
  bot = await startHttpBot();
});
afterEach(() => bot.close());

const countSchema = z.object({ n: z.number() });
const PRIVATE = 'MARK-NINE-OF-SOMEBODY';
const DAY_S = 86_400;
const click = (over: Parameters<typeof envelope>[2] = {}) =>
  envelope(
    'card.action.trigger',
    clickEvent({ value: { a: 'ballot_next', r: 'rv_demo', d: 'c2VhbGVk' }, form_value: { rule_compliance: PRIVATE } }),
    over,
  );
const message = (over: Parameters<typeof envelope>[2] = {}) =>
  envelope('im.message.receive_v1', messageEvent('/help', [], { chat_type: 'p2p' }), over);
const challenge = (over: object = {}) => ({
  type: 'url_verification',
  token: larkConfig().verificationToken,
  challenge: 'c9f1',
  ...over,
});
const old = `${NOW / 1000 - DAY_S}`;

const accepted: readonly [string, unknown, PushOptions, unknown][] = [
  ['a click', click(), {}, { toast: { content: 'saved' } }],
  ['a message', message(), {}, {}],
  ['a message that is repeated a day later', message(), { timestamp: old }, {}],
  ['an event nobody asked for', envelope('calendar.event.changed_v4', {}), {}, {}],
  ['an event of an old schema', { type: 'event_callback', token: larkConfig().verificationToken, event: {} }, {}, {}],
  ['a signed push in plain text', message(), { plain: true }, {}],
  ['an address check, encrypted and unsigned', challenge(), { unsigned: true }, { challenge: 'c9f1' }],
  ['an address check, encrypted and signed', challenge(), {}, { challenge: 'c9f1' }],
];
it.each(accepted)('%s: 200', async (_what, payload, options, answer) => {
  const response = await deliver(bot, push(payload, options));
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(await response.json()).toMatchObject(answer as object);
});

const refused: readonly [string, unknown, PushOptions, number][] = [
  ['no signature', click(), { unsigned: true }, 401],
  ['no signature, plain text', click(), { plain: true, unsigned: true }, 401],
  ['no signature and nothing that can be read', 'junk', { plain: true, unsigned: true }, 401],
  ['no signature and an empty body', '', { plain: true, unsigned: true }, 401],
  ['a signature with another key', click(), { encryptKey: 'another-key' }, 401],
  ['another key and nothing that can be read', 'junk', { plain: true, encryptKey: 'another-key' }, 401],
  ['signed junk', 'junk', {}, 400],
  ['signed junk in plain text', 'junk', { plain: true }, 400],
  ['a signed empty body', '', { plain: true }, 400],
  ['signed JSON that is no object', '[1]', {}, 400],
  ['signed JSON without an envelope', {}, {}, 400],
  ['a signed body whose text does not decrypt', JSON.stringify({ encrypt: 'AAAA' }), { plain: true }, 400],
  [
    'a signed body encrypted with another key',
    JSON.stringify({ encrypt: encrypt('{}', 'another') }),
    { plain: true },
    400,
  ],
  ['a wrong token', click({ token: 'vtok_other' }), {}, 401],
  ['another app', click({ appId: 'cli_ffffffffffffffff' }), {}, 401],
  ['an address check with a wrong token', challenge({ token: 'vtok_other' }), { unsigned: true }, 401],
  ['an address check without a token', challenge({ token: undefined }), { unsigned: true }, 401],
  ['an address check of another app', challenge({ app_id: 'cli_ffffffffffffffff' }), { unsigned: true }, 401],
  ['a click that is a day old', click(), { timestamp: old }, 401],
  ['a click from tomorrow', click(), { timestamp: `${NOW / 1000 + DAY_S}` }, 401],
  ['a click without a time', click(), { timestamp: '' }, 401],
];
it.each(refused)('%s: refused and nothing happens', async (_what, payload, options, status) => {
  const response = await deliver(bot, push(payload, options));
  expect(response.status).toBe(status);
  expect(await response.json()).toEqual({ error: expect.any(String) as string });
  expect(bot.handled).toEqual([]);
});

it('takes events and clicks at either address', async () => {
  for (const path of ['/lark/events', '/lark/callbacks']) {
    expect((await deliver(bot, push(click()), path)).status).toBe(200);
    expect((await deliver(bot, push(message()), path)).status).toBe(200);
  }
  expect(bot.handled.map(({ kind }) => kind)).toEqual(['click', 'message', 'click', 'message']);
});

it('trusts the operator, not what the card says', async () => {
  const forged = clickEvent({ value: { a: 'ballot_next', r: 'rv_demo', d: 'x', employee_no: 'E0001', admin: true } });
  await deliver(bot, push(envelope('card.action.trigger', forged)));
  await deliver(bot, push(envelope('card.action.trigger', clickEvent({ value: { a: 'make_me_admin' } }))));
  expect(bot.handled).toMatchObject([
    {
      sender: { userId: 'ou_demo_anna', appId: larkConfig().appId },
      action: { a: 'ballot_next', r: 'rv_demo', d: 'x' },
    },
    { sender: { userId: 'ou_demo_anna' }, action: null },
  ]);
});

it('checks the bytes as sent, not what they mean', async () => {
  const request = push(click());
  const spaced = Buffer.from(JSON.stringify(JSON.parse(Buffer.from(request.rawBody).toString()), null, 1));
  expect((await deliver(bot, { ...request, rawBody: spaced })).status).toBe(401);
  const written = Buffer.from(
    `${JSON.stringify({ encrypt: encrypt(JSON.stringify(click()), larkConfig().encryptKey) }, null, 2)}\n`,
  );
  const { headers } = request;
  headers.set('X-Lark-Signature', signature(headers, written));
  expect((await deliver(bot, { ...request, headers, rawBody: written })).status).toBe(200);
});
const signature = (headers: Headers, body: Buffer): string =>
  createHash('sha256')
    .update(
      `${headers.get('X-Lark-Request-Timestamp')}${headers.get('X-Lark-Request-Nonce')}${larkConfig().encryptKey}`,
    )
    .update(body)
    .digest('hex');

describe('size', () => {
  const filled = (bytes: number) => Buffer.alloc(bytes, 'a');

  it('reads a body of exactly the limit', async () => {
    const response = await deliver(bot, { headers: new Headers(), rawBody: filled(MAX_BODY_BYTES), now: NOW });
    expect(response.status).toBe(401); // read, and found unsigned
  });
  it('refuses one byte more with 413, signed or not', async () => {
    const big = push({ padding: 'x'.repeat(MAX_BODY_BYTES) });
    for (const request of [big, { ...big, headers: new Headers(), rawBody: filled(MAX_BODY_BYTES + 1) }]) {
      const response = await deliver(bot, request);
      expect(response.status).toBe(413);
      expect(await response.json()).toEqual({ error: 'larger than 256 KiB' });
    }
    expect(bot.handled).toEqual([]);
  });
  it('refuses an announced length before a byte of it was sent', async () => {
    const head = `POST /lark/events HTTP/1.1\r\nHost: bot\r\nContent-Length: ${MAX_BODY_BYTES + 1}\r\n\r\n`;
    expect(await talk(bot.port, head, (answer) => answer.includes('\r\n\r\n'))).toMatch(/^HTTP\/1\.1 413 /);
  });
  it('stops an endless body of unknown length', async () => {
    function* endless() {
      for (;;) yield filled(16 * 1024);
    }
    const { status, sent } = await deliverChunked(bot, endless());
    expect(status).toBe(413);
    expect(sent).toBeGreaterThan(MAX_BODY_BYTES);
    expect(bot.handled).toEqual([]);
  });
  it('reads a body that arrives in small pieces', async () => {
    const { rawBody } = push(click());
    const pieces = Array.from({ length: Math.ceil(rawBody.length / 100) }, (_, i) =>
      Buffer.from(rawBody.subarray(i * 100, i * 100 + 100)),
    );
    expect((await deliverChunked(bot, pieces)).status).toBe(401); // whole, but unsigned
  });
});

describe('other requests', () => {
  it.each([
    ['GET', '/lark/events', 405],
    ['PUT', '/lark/callbacks', 405],
    ['GET', '/', 404],
    ['POST', '/lark/other', 404],
    ['POST', '/dingtalk/messages', 404], // not set up
    ['GET', '/lark/events/../../etc/passwd', 404],
  ])('%s %s: %d in JSON', async (method, path, status) => {
    const response = await fetch(bot.url + path, { method });
    expect(response.status).toBe(status);
    expect(await response.json()).toHaveProperty('error');
  });
  it.each([
    ['no HTTP at all', 'hello\r\n\r\n'],
    ['a request without a host', 'POST /lark/events HTTP/1.1\r\nContent-Length: 0\r\n\r\n'],
    ['a host that is none', 'GET /healthz HTTP/1.1\r\nHost: a b/c\r\nConnection: close\r\n\r\n'],
    ['two lengths', 'POST /lark/events HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'],
  ])('%s: 400, and the bot lives on', async (_what, bytes) => {
    expect(await talk(bot.port, bytes)).toMatch(/^HTTP\/1\.1 400 /);
    expect((await fetch(`${bot.url}/healthz`)).status).toBe(200);
  });
  it('lives on when somebody hangs up in the middle of a body', async () => {
    await hangUp(bot.port, 'POST /lark/events HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf');
    const broken = 'POST /lark/events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n';
    expect(await talk(bot.port, broken)).toMatch(/^HTTP\/1\.1 400 /);
    expect((await deliver(bot, push(click()))).status).toBe(200);
    expect(bot.handled).toHaveLength(1);
  });
});

describe('what is told', () => {
  it('answers 500 without a reason, and logs neither body nor what was thrown, when handling fails', async () => {
    bot.handle = () => Promise.reject(new Error(`could not store ${PRIVATE}`));
    const response = await deliver(bot, push(click()));
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ error: 'internal error' });
    expect(bot.logged()).toContain('a request could not be answered');
    expect(bot.logged()).not.toContain(PRIVATE);
  });
  it('logs refusals, but not as fast as somebody can cause them', async () => {
    for (let i = 0; i < 20; i++) await deliver(bot, push(click(), { unsigned: true }));
    expect(
      bot
        .logged()
        .split('\n')
        .filter((line) => line.includes('a delivery was refused')),
    ).toHaveLength(1);
    bot.time += 60_000;
    await deliver(bot, push(click(), { unsigned: true }));
    expect(
      bot
        .logged()
        .split('\n')
        .filter((line) => line.includes('a delivery was refused')),
    ).toHaveLength(2);
  });
  it('logs nothing of a delivery that was taken', async () => {
    await deliver(bot, push(click()));
    await deliver(bot, push(message()));
    expect(bot.logged()).toBe('');
  });
});

it('acknowledges an event only when what it asked for is done', async () => {
  const { promise: done, resolve: finish } = Promise.withResolvers<void>();
  let answered = false;
  bot.handle = async () => {
    await done;
    expect(answered).toBe(false);
    return null;
  };
  const delivered = deliver(bot, push(message())).then((response) => {
    answered = true;
    return response.status;
  });
  while (bot.handled.length === 0) await new Promise((resolve) => setImmediate(resolve));
  finish();
  expect(await delivered).toBe(200);
});

it('takes a delivery twice, with an effect once', async () => {
  const config = { ...bot.use.config, timezone: 'Asia/Shanghai', defaultLocale: 'zh-CN', adminEmployeeNos: new Set() };
  const use = { ...bot.use, config, wake: () => undefined } as unknown as Use;
  const real = createDispatcher(use, { commands: [], actions: [], compose: () => Promise.resolve(null) });
  bot.handle = (incoming) => real.handle(incoming);
  const sameMessage = message({ eventId: 'another-event-id' });
  for (const payload of [message(), message(), sameMessage])
    expect((await deliver(bot, push(payload))).status).toBe(200);
  const rows = await bot.db.read.all(countSchema, "SELECT count(*) AS n FROM outbox WHERE recipient = 'oc_demo_group'");
  expect(rows).toEqual([{ n: 1 }]);
});
