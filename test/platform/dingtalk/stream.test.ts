import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createDingTalkPlatform } from '../../../src/platform/dingtalk/index.ts';
import { openStream, type StreamConnection, type StreamDeps } from '../../../src/platform/dingtalk/stream.ts';
import type { Incoming } from '../../../src/platform/platform.ts';
import { type DingTalkGateway, startDingTalkGateway } from '../../support/dingtalk-gateway.ts';
import { cardClick, dingtalkConfig, robotMessage } from '../../support/dingtalk-push.ts';
import { until } from '../../support/lark-gateway.ts';

const MESSAGES = '/v1.0/im/bot/messages/get';
const CARDS = '/v1.0/card/instances/callback';
const FAST = { firstWaitMs: 5, longestWaitMs: 20 };
const ending: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).toReversed()) await end();
});

async function gateway(): Promise<DingTalkGateway> {
  const far = await startDingTalkGateway();
  ending.push(() => far.close());
  return far;
}
function open(
  far: DingTalkGateway,
  handle: StreamDeps['handle'] = () => Promise.resolve(null),
  times: StreamDeps['times'] = {},
) {
  const warnings: string[] = [];
  const stream: StreamConnection = openStream(dingtalkConfig({ apiBase: far.url, transport: 'stream' }), {
    log: { warn: (sentence) => warnings.push(sentence) },
    handle,
    times: { ...FAST, ...times },
  });
  ending.push(() => stream.close());
  return { ...stream, warnings };
}

describe('the same handlers as over HTTP', () => {
  it('messages and clicks, with the answer to a click in the acknowledgement', async () => {
    const far = await gateway();
    const platform = createDingTalkPlatform(dingtalkConfig({ apiBase: far.url, transport: 'stream' }));
    ending.push(() => platform.close());
    const seen: Incoming[] = [];
    await platform.connect?.((incoming) => {
      seen.push(incoming);
      return Promise.resolve(incoming.kind === 'click' ? { toast: { type: 'success', text: 'done' } } : null);
    });
    expect(far.asked[0]).toMatchObject({
      clientId: 'dingdemoclientid',
      subscriptions: [
        { type: 'CALLBACK', topic: MESSAGES },
        { type: 'CALLBACK', topic: CARDS },
      ],
    });
    expect(await far.push('CALLBACK', MESSAGES, robotMessage())).toEqual({ code: 200, data: { response: {} } });
    const answer = await far.push('CALLBACK', CARDS, cardClick({ act: '{"a":"ballot_next","r":"rv","d":"x"}' }));
    expect(answer).toMatchObject({
      code: 200,
      data: { response: { userPrivateData: { cardParamMap: { toast: 'done' } } } },
    });
    expect(seen.map(({ kind }) => kind)).toEqual(['message', 'click']);
  });
});

describe('frames', () => {
  it.each([
    ['SYSTEM', 'ping', { opaque: 1 }, 200, { opaque: 1 }],
    ['EVENT', '*', { x: 1 }, 200, { status: 'SUCCESS' }],
    ['CALLBACK', '/v1.0/graph/api/invoke', {}, 404, { response: {} }],
    ['CALLBACK', MESSAGES, 'junk', 400, { response: {} }],
  ])('%s %s', async (type, topic, data, code, answered) => {
    const far = await gateway();
    await open(far).ready;
    expect(await far.push(type, topic, data)).toEqual({ code, data: answered });
  });
  it('what could not be handled is not acknowledged as handled', async () => {
    const far = await gateway();
    const stream = open(far, () => Promise.reject(new Error('database')));
    await stream.ready;
    expect(await far.push('CALLBACK', MESSAGES, robotMessage())).toMatchObject({ code: 500 });
    expect(stream.warnings.join()).not.toContain('database');
  });
  it('junk does not end anything', async () => {
    const far = await gateway();
    await open(far).ready;
    for (const junk of ['', '{', 'null', '{"type":7}']) far.raw(junk);
    expect(await far.push('SYSTEM', 'ping', {})).toMatchObject({ code: 200 });
  });
});

describe('staying connected', () => {
  it('after a cut cable', async () => {
    const far = await gateway();
    await open(far).ready;
    far.cut();
    await until(() => far.made() === 2 && far.open() === 1);
    expect(await far.push('SYSTEM', 'ping', {})).toMatchObject({ code: 200 });
  });
  it('a connection on notice is replaced before it ends, and then closed', async () => {
    const far = await gateway();
    await open(far).ready;
    far.sayGoodbye();
    await until(() => far.made() === 2 && far.open() === 1);
    expect(await far.push('SYSTEM', 'ping', {})).toMatchObject({ code: 200 });
    expect(far.made()).toBe(2);
  });
  it('and closed only when what came by it is answered on it', async () => {
    const far = await gateway();
    const work: (() => void)[] = [];
    const handle = () => new Promise<null>((done) => work.push(() => done(null)));
    await open(far, handle).ready;
    const answers = [far.push('CALLBACK', CARDS, cardClick({})), far.push('CALLBACK', MESSAGES, robotMessage())];
    await until(() => work.length === 2);
    far.sayGoodbye();
    await until(() => far.made() === 2);
    await sleep(50);
    expect(far.open()).toBe(2);
    work[0]?.();
    expect(await answers[0]).toMatchObject({ code: 200 });
    await sleep(50);
    expect(far.open()).toBe(2);
    work[1]?.();
    expect(await answers[1]).toMatchObject({ code: 200 });
    await until(() => far.open() === 1);
    expect(far.made()).toBe(2);
  });
  it('or when the time DingTalk leaves it is over; what is answered later is said to be lost', async () => {
    const far = await gateway();
    let finish = () => {};
    const handle = () => new Promise<null>((done) => (finish = () => done(null)));
    const stream = open(far, handle, { goodbyeMs: 80 });
    await stream.ready;
    void far.push('CALLBACK', CARDS, cardClick({}));
    await sleep(30);
    far.sayGoodbye();
    await until(() => far.made() === 2);
    expect(far.open()).toBe(2);
    await until(() => far.open() === 1);
    finish();
    await until(() => stream.warnings.length > 0);
    expect(stream.warnings).toEqual(['dingtalk: a connection ended before everything that came by it was answered']);
  });
  it('a silent one is replaced', async () => {
    const far = await gateway();
    const stream = open(far, undefined, { quietMs: 40 });
    await stream.ready;
    await until(() => far.made() >= 2);
    expect(stream.warnings).toContain('dingtalk: the stream is silent; opening another');
  });
  it('while there is no ticket to be had, it goes on asking, one at a time', async () => {
    const far = await gateway();
    far.refuse({ status: 503, code: 'ServiceUnavailable' });
    const stream = open(far);
    await until(() => far.asked.length >= 3);
    far.refuse(null);
    await stream.ready;
    expect(far.made()).toBe(1);
    expect(stream.warnings).toEqual(['dingtalk: the stream could not be opened; trying again']);
  });
  it('a rate limit is no refusal', async () => {
    const far = await gateway();
    far.refuse({ status: 403, code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi' });
    const stream = open(far);
    await until(() => far.asked.length >= 2);
    far.refuse(null);
    await stream.ready;
  });
  it('wrong credentials are said once, and nothing is tried again', async () => {
    const far = await gateway();
    far.refuse({ status: 401, code: 'InvalidClient' });
    const stream = open(far);
    await expect(stream.ready).rejects.toMatchObject({
      code: 'platform_failed',
      message: expect.stringContaining('DINGTALK_CLIENT_SECRET') as string,
    });
    expect(far.asked).toHaveLength(1);
  });
  it('closed is closed', async () => {
    const far = await gateway();
    const stream = open(far);
    await stream.ready;
    stream.close();
    await until(() => far.open() === 0);
    expect(far.made()).toBe(1);
  });
});
