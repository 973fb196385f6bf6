/** What several messages share: calls, uploads, and the time the outbox gives each of them. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Outcome } from '../../../src/platform/dingtalk/api.ts';
import type { RobotMessage } from '../../../src/platform/dingtalk/client.ts';
import { deadlineIn } from '../../../src/platform/dingtalk/deadline.ts';
import { createDingTalkPlatform } from '../../../src/platform/dingtalk/index.ts';
import { createMediaCache, type Media } from '../../../src/platform/dingtalk/media-cache.ts';
import { createPersonBatches } from '../../../src/platform/dingtalk/person-batches.ts';
import type { Outgoing } from '../../../src/platform/platform.ts';
import { type ApiAnswer, type ApiRequest, type ApiServer, startApi } from '../../support/api-server.ts';
import { dingtalkDouble } from '../../support/dingtalk-double.ts';
import { dingtalkConfig, GROUP } from '../../support/dingtalk-push.ts';

const BATCH = '/v1.0/robot/oToMessages/batchSend';
const GROUP_SEND = '/v1.0/robot/groupMessages/send';
const UPLOAD = '/media/upload';
const refusal = (code: string): ApiAnswer => ({ status: 400, body: { code, message: 'm' } });
const json = (request: ApiRequest | undefined) =>
  JSON.parse(request?.body.toString() ?? '{}') as Record<string, unknown>;

let api: ApiServer | null = null;
afterEach(async () => {
  await api?.close();
  api = null;
});
async function start(special: (request: ApiRequest) => ApiAnswer | null = () => null, sendWithinMs?: number) {
  const double = dingtalkDouble();
  const server = await startApi((request) => special(request) ?? double(request));
  api = server;
  const config = dingtalkConfig({ apiBase: server.url, oapiBase: server.url, transport: 'stream' });
  const counts = { call: 0 };
  const meter = { count: () => void (counts.call += 1), flush: () => Promise.resolve() };
  const deps = { meter, ...(sendWithinMs === undefined ? {} : { sendWithinMs }) };
  return { server, counts, platform: createDingTalkPlatform(config, deps) };
}
let keys = 0;
const pdf = (to: string, name = 'a.pdf', words = 'x'): Outgoing => ({
  to: to === GROUP ? { kind: 'chat', chatId: GROUP } : { kind: 'person', userId: to },
  content: { kind: 'file', name, bytes: Buffer.from(words) },
  idempotencyKey: `k${(keys += 1)}`,
});
const people = (n: number) => Array.from({ length: n }, (_, index) => `u-${index}`);

describe('one message to several people', () => {
  const by = deadlineIn(60_000);
  const words = (content: string): RobotMessage => ({ msgKey: 'sampleText', msgParam: { content } });
  /** Gathers until `close` is called. */
  function batches(
    answer: (userIds: readonly string[], id: string) => Outcome<string> = () => ({ ok: true, value: 'q' }),
  ) {
    const calls: string[][] = [];
    const closes: (() => void)[] = [];
    const client = {
      sendToPeople: (userIds: readonly string[]) => {
        calls.push([...userIds]);
        return Promise.resolve(new Map(userIds.map((id) => [id, answer(userIds, id)])));
      },
    };
    const gathered = createPersonBatches(client, (close) => void closes.push(close));
    return { calls, gathered, close: () => closes.splice(0).forEach((one) => one()) };
  }

  it('what comes within a moment is one call; other words are another', async () => {
    const { calls, gathered, close } = batches();
    const sent = [
      gathered.send('a', words('x'), by),
      gathered.send('b', words('x'), by),
      gathered.send('c', words('y'), by),
    ];
    expect(calls).toEqual([]);
    close();
    expect(await Promise.all(sent)).toEqual(Array.from({ length: 3 }, () => ({ ok: true, value: 'q' })));
    expect(calls).toEqual([['a', 'b'], ['c']]);
  });
  it('twenty leave at once, and somebody named twice gets two', async () => {
    const { calls, gathered, close } = batches();
    const many = people(21).map((id) => gathered.send(id, words('x'), by));
    expect(calls.map(({ length }) => length)).toEqual([20]);
    const twice = gathered.send('u-20', words('x'), by);
    expect(calls.map(({ length }) => length)).toEqual([20, 1]);
    close();
    await Promise.all([...many, twice]);
    expect(calls.at(-1)).toEqual(['u-20']);
    expect(calls).toHaveLength(3);
  });
  it('each hears what concerns them', async () => {
    const gone: Outcome<string> = { ok: false, reason: 'person_unreachable', code: 'invalidStaffId', uncertain: false };
    const later: Outcome<string> = { ok: false, reason: 'rate_limited', code: 'flowControlled', uncertain: false };
    const { calls, gathered, close } = batches((_, id) =>
      id === 'a' ? gone : id === 'b' ? later : { ok: true, value: 'q' },
    );
    const sent = ['a', 'b', 'c'].map((id) => gathered.send(id, words('x'), by));
    close();
    expect(await Promise.all(sent)).toEqual([gone, later, { ok: true, value: 'q' }]);
    expect(calls).toHaveLength(1);
  });
  it('a call that is refused for one of them does not fail the others', async () => {
    const { gathered, close, calls } = batches((userIds) =>
      userIds.includes('a')
        ? { ok: false, reason: 'person_unreachable', code: 'staffId.notExisted', uncertain: false }
        : { ok: true, value: 'q' },
    );
    const sent = ['a', 'b'].map((id) => gathered.send(id, words('x'), by));
    close();
    expect(await Promise.all(sent)).toMatchObject([{ reason: 'person_unreachable' }, { ok: true }]);
    expect(calls).toEqual([['a', 'b'], ['a'], ['b']]);
  });
  it('what may have arrived is not asked again for each', async () => {
    const lost: Outcome<string> = { ok: false, reason: 'unreachable', code: 'http 504', uncertain: true };
    const { gathered, close, calls } = batches(() => lost);
    const sent = ['a', 'b'].map((id) => gathered.send(id, words('x'), by));
    close();
    expect(await Promise.all(sent)).toEqual([lost, lost]);
    expect(calls).toHaveLength(1);
  });
  it('whoever waits is answered also when the call throws', async () => {
    const closes: (() => void)[] = [];
    const gathered = createPersonBatches(
      { sendToPeople: () => Promise.reject(new Error('x')) },
      (close) => void closes.push(close),
    );
    const sent = gathered.send('a', words('x'), by);
    closes[0]?.();
    expect(await sent).toMatchObject({ ok: false, uncertain: true });
  });
});

describe('files', () => {
  it('one for thirty people is one upload and two sends, and that is what is counted', async () => {
    const { platform, server, counts } = await start();
    const results = await Promise.all(people(30).map((id) => platform.send(pdf(id))));
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect(server.to(UPLOAD)).toHaveLength(1);
    expect(server.to(BATCH).map((request) => (json(request)['userIds'] as string[]).length)).toEqual([20, 10]);
    expect(counts.call).toBe(3);
  });
  it('another name or other bytes are another upload; a group shares the one of its people', async () => {
    const { platform, server } = await start();
    for (const one of [pdf('a'), pdf(GROUP), pdf('a', 'b.pdf'), pdf('a', 'b.pdf', 'y')]) await platform.send(one);
    expect(server.to(UPLOAD)).toHaveLength(3);
  });
  it('an upload that is no longer known is made again, once for all who send it', async () => {
    const { platform, server } = await start(({ path, body }) =>
      path === BATCH && body.toString().includes('@demo1') ? refusal('resource.not.found') : null,
    );
    const results = await Promise.all(people(3).map((id) => platform.send(pdf(id))));
    expect(results).toEqual(Array.from({ length: 3 }, () => ({ ok: true, messageId: 'pqk' })));
    expect(server.to(UPLOAD)).toHaveLength(2);
    expect(server.to(BATCH)).toHaveLength(2);
  });
  it.each([
    ['a person', 'u-anna', BATCH],
    ['a group', GROUP, GROUP_SEND],
  ])('one that is never known is given up with a code that says so: %s', async (_to, to, path) => {
    const { platform, server } = await start((request) =>
      request.path === path ? refusal('resource.not.found') : null,
    );
    expect(await platform.send(pdf(to))).toEqual({ ok: false, reason: 'bad_request', code: 'file.resource.not.found' });
    expect([server.to(UPLOAD).length, server.to(path).length]).toEqual([2, 2]);
  });
});

describe('uploads', () => {
  const file: Media = { type: 'file', name: 'a.pdf', bytes: Buffer.from('x') };
  function cache(...answers: Outcome<{ mediaId: string }>[]) {
    let now = 0;
    let made = 0;
    const media = createMediaCache(
      { upload: () => Promise.resolve(answers.shift() ?? { ok: true, value: { mediaId: `@${(made += 1)}` } }) },
      () => now,
    );
    return { media, pass: (ms: number) => void (now += ms) };
  }
  const failed: Outcome<never> = { ok: false, reason: 'unreachable', code: 'x', uncertain: true };

  it('are kept for an hour, and not when they failed', async () => {
    const { media, pass } = cache(failed);
    expect(await media.upload(file)).toBe(failed);
    expect(await media.upload(file)).toMatchObject({ value: { mediaId: '@1' } });
    pass(3_599_999);
    expect(await media.upload(file)).toMatchObject({ value: { mediaId: '@1' } });
    pass(1);
    expect(await media.upload(file)).toMatchObject({ value: { mediaId: '@2' } });
  });
  it('are forgotten by their id, and the oldest when there are many', async () => {
    const { media } = cache();
    await media.upload(file);
    media.drop('@other');
    expect(await media.upload(file)).toMatchObject({ value: { mediaId: '@1' } });
    media.drop('@1');
    expect(await media.upload(file)).toMatchObject({ value: { mediaId: '@2' } });
    for (let n = 0; n < 200; n += 1) await media.upload({ ...file, name: `${n}.pdf` });
    expect(await media.upload(file)).toMatchObject({ value: { mediaId: '@203' } });
  });
});

describe('time', () => {
  const text: Outgoing = {
    to: { kind: 'person', userId: 'u-anna' },
    content: { kind: 'card', card: { title: '通知', tone: 'blue', blocks: [], plain: true } },
    idempotencyKey: 'k',
  };
  it('a slow upload is left to the next try, which sends it without uploading again', async () => {
    const answer: ApiAnswer = { body: { errcode: 0, media_id: '@slow' }, afterMs: 400 };
    const { platform, server } = await start(({ path }) => (path === UPLOAD ? answer : null), 8_100);
    const message = pdf('u-anna');
    expect(await platform.send(message)).toEqual({ ok: false, reason: 'in_flight', code: 'uploading' });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(server.to(BATCH)).toHaveLength(0); // nobody waits for that try any more
    expect(await platform.send(message)).toMatchObject({ ok: true });
    expect([server.to(UPLOAD).length, server.to(BATCH).length]).toEqual([1, 1]);
  });
  it('a message without an answer is over before the outbox stops waiting', async () => {
    const { platform } = await start(({ path }) => (path === BATCH ? { body: '', hang: true } : null), 1_500);
    const began = performance.now();
    expect(await platform.send(text)).toMatchObject({ ok: false, reason: 'unreachable' });
    expect(performance.now() - began).toBeLessThan(3_000);
  });
  it('what took too long before it is not followed by the message', async () => {
    const answer: ApiAnswer = { body: { accessToken: 'demo-access-token', expireIn: 7200 }, afterMs: 400 };
    const { platform, server } = await start(({ path }) => (path.endsWith('accessToken') ? answer : null), 1_300);
    expect(await platform.send(text)).toEqual({ ok: false, reason: 'unreachable', code: 'too-late' });
    expect(server.to(BATCH)).toHaveLength(0);
    expect(await platform.send(text)).toMatchObject({ ok: true }); // there is a token now
  });
});
