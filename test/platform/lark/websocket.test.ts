import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLarkPlatform } from '../../../src/platform/lark/index.ts';
import { openLongConnection } from '../../../src/platform/lark/websocket.ts';
import type { ChatPlatform, ClickAnswer, Incoming } from '../../../src/platform/platform.ts';
import { type LarkGateway, startLarkGateway, until } from '../../support/lark-gateway.ts';
import { clickEvent, envelope, larkConfig, messageEvent } from '../../support/lark-push.ts';

const MARK = 'MARK-NINE-OF-SOMEBODY';
const ACTION = { value: { a: 'ballot_next', r: 'rv_demo', d: 'c2VhbGVk' }, form_value: { rule_compliance: MARK } };
const click = () => envelope('card.action.trigger', clickEvent(ACTION));
const message = () => envelope('im.message.receive_v1', messageEvent('/help', [], { chat_type: 'p2p' }));

let gateway: LarkGateway;
let platform: ChatPlatform;
let logged: string[];
let seen: Incoming[];
let answer: (incoming: Incoming) => Promise<ClickAnswer | null>;

beforeEach(async () => {
  gateway = await startLarkGateway();
  logged = [];
  seen = [];
  answer = () => Promise.resolve(null);
  const config = larkConfig({ transport: 'websocket', encryptKey: '', verificationToken: '', baseUrl: gateway.url });
  platform = createLarkPlatform(config, { log: { warn: (sentence) => logged.push(sentence) } });
});
afterEach(async () => {
  await platform.close();
  await gateway.close();
});

const connect = async () => {
  await platform.connect?.((incoming) => {
    seen.push(incoming);
    return answer(incoming);
  });
  await until(() => gateway.connections() === 1);
};

describe('the long connection', () => {
  it('asks for its address with the app’s own credentials', async () => {
    await connect();
    expect(gateway.asked.map((body) => JSON.parse(body) as unknown)).toEqual([
      { AppID: larkConfig().appId, AppSecret: larkConfig().appSecret },
    ]);
  });

  it('hands on the same events as a webhook, whole', async () => {
    await connect();
    expect(await gateway.push(message())).toEqual({ code: 200, data: undefined });
    expect(seen).toMatchObject([
      {
        kind: 'message',
        text: '/help',
        chat: { type: 'private' },
        dedupeKeys: ['message:om_demo_0001', 'event:e7b1f0demo0001'],
      },
    ]);
  });

  it('sends the answer to a click back', async () => {
    answer = () => Promise.resolve({ toast: { type: 'success', text: 'saved' } });
    await connect();
    const { code, data } = await gateway.push(click());
    expect({ code, data }).toMatchObject({ code: 200, data: { toast: { type: 'success', content: 'saved' } } });
    expect(seen).toMatchObject([{ kind: 'click', action: ACTION.value, form: ACTION.form_value }]);
  });

  it('puts an envelope that comes in parts together', async () => {
    await connect();
    await gateway.push(click(), 5);
    expect(seen).toMatchObject([{ kind: 'click', form: ACTION.form_value }]);
  });

  it('answers events nobody needs, so that they are not repeated', async () => {
    await connect();
    expect(await gateway.push(envelope('calendar.event.changed_v4', {}))).toMatchObject({ code: 200 });
    expect(seen).toMatchObject([{ kind: 'ignored' }]);
  });

  it('says 500 when an event could not be handled, and repeats nothing of it', async () => {
    answer = () => Promise.reject(new Error(`could not store ${MARK}`));
    await connect();
    expect(await gateway.push(click())).toEqual({ code: 500, data: undefined });
    expect(logged.length).toBeGreaterThan(0);
    expect(logged.join('\n')).not.toContain(MARK);
  });

  it('lives on after a frame it cannot read', async () => {
    await connect();
    gateway.pushJunk();
    expect(await gateway.push(message())).toMatchObject({ code: 200 });
  });

  it('comes back after the line was cut', async () => {
    await connect();
    gateway.cut();
    await until(() => gateway.connections() === 2);
    expect(await gateway.push(message())).toMatchObject({ code: 200 });
  });

  it('tries again when it cannot be had back', async () => {
    const config = larkConfig({ transport: 'websocket', baseUrl: gateway.url });
    const log = { warn: (sentence: string) => logged.push(sentence) };
    const connection = openLongConnection(config, log, () => Promise.resolve(null), 20);
    await connection.ready;
    await until(() => gateway.connections() === 1);
    gateway.refuse({ code: 514, msg: 'not now' });
    gateway.cut();
    await until(() => gateway.asked.length >= 3); // the SDK asks once and gives up; every further time is ours
    gateway.refuse(null);
    await until(() => gateway.connections() === 2);
    expect(await gateway.push(message())).toMatchObject({ code: 200 });
    connection.close();
  });

  it('is refused with a sentence that says what to check and holds no secret', async () => {
    gateway.refuse({ code: 514, msg: `no, ${larkConfig().appSecret} is wrong` });
    const error: unknown = await connect().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'platform_failed',
      message: expect.stringContaining('LARK_APP_SECRET') as string,
    });
    for (const text of [inspect(error, { depth: 10, showHidden: true }), logged.join('\n')])
      expect(text).not.toContain(larkConfig().appSecret);
  });

  it('stops when it is closed: nothing is handled any more, nothing connects again', async () => {
    await connect();
    await platform.close();
    gateway.cut();
    expect(gateway.connections()).toBe(1);
    expect(gateway.asked).toHaveLength(1);
  });

  it('wants an app id the SDK would not silently refuse', async () => {
    const odd = createLarkPlatform(larkConfig({ transport: 'websocket', appId: 'cli_short', baseUrl: gateway.url }));
    await expect(odd.connect?.(() => Promise.resolve(null))).rejects.toMatchObject({ code: 'config_invalid' });
  });
});
