import { afterEach, describe, expect, it } from 'vitest';
import type { Card } from '../../../src/card.ts';
import { createLarkPlatform } from '../../../src/platform/lark/index.ts';
import type { ChatPlatform, Outgoing } from '../../../src/platform/platform.ts';
import { type ApiAnswer, type ApiRequest, type ApiServer, startApi } from '../../support/api-server.ts';
import { BOT_ID, botMention, envelope, larkConfig, messageEvent, push } from '../../support/lark-push.ts';

const TOKEN = '/open-apis/auth/v3/tenant_access_token/internal';
const MESSAGES = '/open-apis/im/v1/messages';
const FILES = '/open-apis/im/v1/files';
const IDS = '/open-apis/contact/v3/users/batch_get_id';
const CHATS = '/open-apis/im/v1/chats';
const BOT = '/open-apis/bot/v3/info';

const sent = (id = 'om_1'): ApiAnswer => ({ body: { code: 0, msg: 'success', data: { message_id: id } } });
const no = (code: number, status = 400, headers: Record<string, string> = {}): ApiAnswer => ({
  status,
  headers,
  body: { code, msg: 'refused' },
});
const card: Card = { title: '请投票', tone: 'blue', blocks: [{ kind: 'text', text: '一位同事', tone: 'normal' }] };
const toAnna: Outgoing = {
  to: { kind: 'person', userId: 'ou_demo_anna' },
  content: { kind: 'card', card },
  idempotencyKey: 'k-1',
};

let api: ApiServer;
let tokens = 0;
/** A platform before an API that gives out tokens t-1, t-2, … and answers the rest as told. */
async function setup(answer: (request: ApiRequest, count: number) => ApiAnswer): Promise<ChatPlatform> {
  tokens = 0;
  const counts = new Map<string, number>();
  api = await startApi((request) => {
    const count = (counts.get(request.path) ?? 0) + 1;
    counts.set(request.path, count);
    if (request.path !== TOKEN) return answer(request, count);
    tokens++;
    return { body: { code: 0, msg: 'ok', tenant_access_token: `t-${tokens}`, expire: 7200 } };
  });
  return createLarkPlatform(larkConfig({ baseUrl: api.url }));
}
afterEach(() => api.close());
const bodyOf = (request: ApiRequest | undefined) =>
  JSON.parse(request?.body.toString() ?? 'null') as Record<string, unknown>;

describe('sending', () => {
  it('a card to a person', async () => {
    const platform = await setup(() => sent());
    expect(await platform.send(toAnna)).toEqual({ ok: true, messageId: 'om_1' });
    const [request] = api.to(MESSAGES);
    expect(request?.query.get('receive_id_type')).toBe('open_id');
    expect(request?.headers.authorization).toBe('Bearer t-1');
    const { content, ...rest } = bodyOf(request);
    expect(rest).toEqual({ receive_id: 'ou_demo_anna', msg_type: 'interactive', uuid: 'k-1' });
    expect(JSON.parse(String(content))).toMatchObject({ schema: '2.0', header: { title: { content: '请投票' } } });
    expect(bodyOf(api.to(TOKEN)[0])).toEqual({ app_id: 'cli_00aa11bb22cc33dd', app_secret: 'demo-app-secret-0001' });
  });
  it('a card to a chat', async () => {
    const platform = await setup(() => sent());
    await platform.send({ ...toAnna, to: { kind: 'chat', chatId: 'oc_1' } });
    const [request] = api.to(MESSAGES);
    expect(request?.query.get('receive_id_type')).toBe('chat_id');
    expect(bodyOf(request)).toMatchObject({ receive_id: 'oc_1' });
  });
  it('a file: upload, then message', async () => {
    const bytes = Buffer.from([0, 1, 2, 254, 255]);
    const platform = await setup(({ path }) =>
      path === FILES ? { body: { code: 0, data: { file_key: 'file_1' } } } : sent(),
    );
    expect(await platform.send({ ...toAnna, content: { kind: 'file', name: '结果.xlsx', bytes } })).toMatchObject({
      ok: true,
    });
    const upload = api.to(FILES)[0];
    const form = await new Response(new Uint8Array(upload?.body ?? []), {
      headers: { 'content-type': upload?.headers['content-type'] ?? '' },
    }).formData();
    expect(form.get('file_type')).toBe('xls');
    expect(form.get('file_name')).toBe('结果.xlsx');
    const file = form.get('file');
    expect(file instanceof File ? Buffer.from(await file.arrayBuffer()) : null).toEqual(bytes);
    expect(bodyOf(api.to(MESSAGES)[0])).toEqual({
      receive_id: 'ou_demo_anna',
      msg_type: 'file',
      content: '{"file_key":"file_1"}',
      uuid: 'k-1',
    });
  });
  it('a file that is refused keeps its code', async () => {
    const platform = await setup(() => ({ status: 200, body: { code: 234006, msg: 'too big' } }));
    const file = { kind: 'file', name: 'a.csv', bytes: new Uint8Array(1) } as const;
    expect(await platform.send({ ...toAnna, content: file })).toEqual({
      ok: false,
      reason: 'too_large',
      code: '234006',
    });
    expect(api.to(MESSAGES)).toEqual([]);
  });
  it('a card over 30 KB is not even tried', async () => {
    const platform = await setup(() => sent());
    const big: Card = { ...card, blocks: [{ kind: 'text', text: '字'.repeat(11_000), tone: 'normal' }] };
    const tooLarge = { ok: false, reason: 'too_large', code: '230025' };
    expect(await platform.send({ ...toAnna, content: { kind: 'card', card: big } })).toEqual(tooLarge);
    expect(await platform.update('om_1', big)).toEqual(tooLarge);
    expect(api.requests).toEqual([]);
  });
  it('an update', async () => {
    const platform = await setup(() => ({ body: { code: 0, msg: 'success', data: {} } }));
    expect(await platform.update('om_1', card)).toEqual({ ok: true, messageId: 'om_1' });
    const [request] = api.to(`${MESSAGES}/om_1`);
    expect(request?.method).toBe('PATCH');
    expect(Object.keys(bodyOf(request))).toEqual(['content']);
  });
});

describe('failing', () => {
  it.each([
    ['refused with 400', no(230013), { reason: 'person_unreachable', code: '230013' }],
    ['refused with 200', no(230013, 200), { reason: 'person_unreachable', code: '230013' }],
    [
      'too fast',
      no(99991400, 429, { 'x-ogw-ratelimit-reset': '2' }),
      { reason: 'rate_limited', code: '99991400', retryAfterMs: 2_000 },
    ],
    [
      'a page of a proxy',
      { status: 502, body: '<html>bad gateway</html>' },
      { reason: 'unreachable', code: 'http 502' },
    ],
    ['a page with status 200', { body: '<html>hello</html>' }, { reason: 'unreachable', code: 'http 200' }],
    ['success without a message', { body: { code: 0 } }, { reason: 'unreachable', code: 'http 200' }],
    [
      'a redirect',
      { status: 302, headers: { location: 'http://127.0.0.1:9/' }, body: '' },
      { reason: 'unreachable', code: 'no answer' },
    ],
  ] as const)('%s', async (_what, answer, want) => {
    const platform = await setup(() => answer);
    expect(await platform.send(toAnna)).toEqual({ ok: false, ...want });
    expect(api.to(MESSAGES)).toHaveLength(1);
  });
  it('nobody there', async () => {
    const platform = await setup(() => sent());
    await api.close();
    expect(await platform.send(toAnna)).toEqual({ ok: false, reason: 'unreachable', code: 'no answer' });
  });
});

describe('token', () => {
  it.each([99991663, 99991661, 99991671])('%i: one new token, one more try', async (code) => {
    const platform = await setup((_request, count) => (count === 1 ? no(code) : sent()));
    expect(await platform.send(toAnna)).toEqual({ ok: true, messageId: 'om_1' });
    expect(api.to(MESSAGES).map(({ headers }) => headers.authorization)).toEqual(['Bearer t-1', 'Bearer t-2']);
  });
  it('gives up after the second refusal', async () => {
    const platform = await setup(() => no(99991663));
    expect(await platform.send(toAnna)).toEqual({ ok: false, reason: 'token', code: '99991663' });
    expect(api.to(MESSAGES)).toHaveLength(2);
  });
  it('is fetched once for many messages, and once when it dies under all of them', async () => {
    const platform = await setup(({ headers }) => (headers.authorization === 'Bearer t-1' ? no(99991663) : sent()));
    const results = await Promise.all(Array.from({ length: 20 }, () => platform.send(toAnna)));
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect(tokens).toBe(2);
  });
  it('a wrong secret keeps messages waiting', async () => {
    api = await startApi(() => ({ body: { code: 10014, msg: 'app secret invalid' } }));
    const platform = createLarkPlatform(larkConfig({ baseUrl: api.url }));
    expect(await platform.send(toAnna)).toEqual({ ok: false, reason: 'token', code: '10014' });
    await expect(platform.self()).rejects.toThrow('Check LARK_APP_ID and LARK_APP_SECRET');
  });
});

describe('looking up', () => {
  it('mobile numbers, fifty at a time; unknown ones are absent', async () => {
    const platform = await setup((request) => {
      const { mobiles } = bodyOf(request) as { mobiles: string[] };
      const user_list = mobiles.map((mobile) =>
        mobile.endsWith('7') ? { mobile } : { mobile, user_id: `ou_${mobile}` },
      );
      return { body: { code: 0, data: { user_list } } };
    });
    const mobiles = Array.from({ length: 120 }, (_, n) => `138000${String(n).padStart(5, '0')}`);
    const found = await platform.findByMobile([...mobiles, ...mobiles]);
    expect(found.size).toBe(108);
    expect(found.get('13800000001')).toBe('ou_13800000001');
    expect(found.has('13800000007')).toBe(false);
    expect(api.to(IDS).map((request) => (bodyOf(request) as { mobiles: string[] }).mobiles.length)).toEqual([
      50, 50, 20,
    ]);
    expect(api.to(IDS)[0]?.query.get('user_id_type')).toBe('open_id');
  });
  it('nobody asks nothing', async () => {
    const platform = await setup(() => sent());
    expect((await platform.findByMobile([])).size).toBe(0);
    expect(api.requests).toEqual([]);
  });
  it('groups, page by page', async () => {
    const platform = await setup(({ query }) => {
      const page = query.get('page_token');
      const items = [{ chat_id: `oc_${page ?? 'first'}`, name: '支部' }];
      return {
        body: {
          code: 0,
          data: page === 'p2' ? { items, has_more: false } : { items, has_more: true, page_token: 'p2' },
        },
      };
    });
    expect(await platform.chats()).toEqual([
      { id: 'oc_first', name: '支部' },
      { id: 'oc_p2', name: '支部' },
    ]);
    expect(api.to(CHATS)[0]?.query.get('page_size')).toBe('100');
  });
  it('a list that never ends', async () => {
    const platform = await setup(() => ({
      body: { code: 0, data: { items: [], has_more: true, page_token: 'same' } },
    }));
    expect(await platform.chats()).toEqual([]);
    expect(api.to(CHATS)).toHaveLength(2);
  });
  it('says what to do when it is not permitted', async () => {
    const platform = await setup(() => no(99991672));
    await expect(platform.findByMobile(['13800000000'])).rejects.toMatchObject({
      code: 'platform_failed',
      message: expect.stringMatching(/contact:user\.id:readonly.*99991672/) as string,
    });
    await expect(platform.chats()).rejects.toThrow('im:chat:readonly');
  });
  it('says what to do when nobody answers', async () => {
    const platform = await setup(() => sent());
    await api.close();
    await expect(platform.self()).rejects.toThrow('LARK_DOMAIN');
  });
});

describe('the bot itself', () => {
  const bot = { body: { code: 0, msg: 'ok', bot: { activate_status: 2, app_name: 'Tenstar', open_id: BOT_ID } } };
  it('stands under its own key', async () => {
    const platform = await setup(() => bot);
    expect(await platform.self()).toEqual({ name: 'Tenstar', userId: BOT_ID });
    expect(api.to(BOT)).toHaveLength(1);
  });
  it('is recognised in mentions by its id once that is known', async () => {
    const platform = await setup(() => bot);
    const old = { ...botMention(1), mentioned_type: undefined };
    const read = () => {
      const received = platform.receive(push(envelope('im.message.receive_v1', messageEvent('@_user_1 /help', [old]))));
      return received.kind === 'incoming' && received.incoming.kind === 'message' ? received.incoming.text : null;
    };
    expect(read()).toBe('Tenstar /help');
    expect(await platform.self()).toEqual({ name: 'Tenstar', userId: BOT_ID });
    expect(read()).toBe('/help');
  });
  it('learns its id when the first group message comes in', async () => {
    const asked = Promise.withResolvers<void>();
    const platform = await setup(() => {
      asked.resolve();
      return bot;
    });
    platform.receive(push(envelope('im.message.receive_v1', messageEvent('/help'))));
    platform.receive(push(envelope('im.message.receive_v1', messageEvent('/help'))));
    await asked.promise;
    expect(api.to(BOT)).toHaveLength(1);
  });
});
