import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_FAULTS } from '../../src/playground/faults.ts';
import { aButton, aCard, APP, setStage, type Answer, type Stage } from '../support/feishu-calls.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage({ speed: 10_000 }); // limits out of the way; they have a file of their own
});
afterAll(() => stage[Symbol.asyncDispose]());

const DAY_MS = 86_400_000;
const text = { text: '你好' };
const id = (answer: Answer) => String(answer.data.message_id as string);
const upload = (path: string, fields: Record<string, string | Blob>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return stage.call('POST', path, form);
};
const pdf = { file_type: 'pdf', file_name: 'a.pdf', file: new Blob(['%PDF-1.4 x']) };

it('a sent message has the shape of the platform', async () => {
  const sent = await stage.send(stage.ids.anna, text, { type: 'text' });
  expect(sent).toMatchObject({ status: 200, code: 0, msg: 'success' });
  expect(sent.data).toMatchObject({
    message_id: expect.stringMatching(/^om_[0-9a-f]{32}$/),
    chat_id: expect.stringMatching(/^oc_[0-9a-f]{32}$/),
    msg_type: 'text',
    create_time: expect.stringMatching(/^\d{13}$/),
    sender: { id: APP.appId, id_type: 'app_id', sender_type: 'app' },
    body: { content: '{"text":"你好"}' },
  });
  expect(sent.headers.get('x-tt-logid')).toBeTruthy();
});

describe('error codes', () => {
  const big = aCard({ tag: 'markdown', content: '好'.repeat(11_000) });
  it.each<[name: string, run: () => Promise<Answer>, status: number, code: number, sub?: number]>([
    ['no bearer', () => stage.call('GET', '/im/v1/chats', undefined, { authorization: '' }), 400, 99991661],
    [
      'unknown bearer',
      () => stage.call('GET', '/im/v1/chats', undefined, { authorization: 'Bearer t-x' }),
      400,
      99991663,
    ],
    [
      'wrong secret',
      () => stage.call('POST', '/auth/v3/tenant_access_token/internal', { app_id: APP.appId, app_secret: 'x' }),
      400,
      99991543,
    ],
    ['token call without secret', () => stage.call('POST', '/auth/v3/tenant_access_token/internal', {}), 400, 10003],
    ['body not JSON', () => stage.call('POST', '/im/v1/messages?receive_id_type=open_id', '{'), 400, 9499],
    ['missing fields', () => stage.call('POST', '/im/v1/messages?receive_id_type=open_id', {}), 400, 99992402],
    [
      'unknown receive_id_type',
      () => stage.send(stage.ids.anna, text, { type: 'text', idType: 'phone' }),
      400,
      99992402,
    ],
    [
      'uuid over 50 characters',
      () => stage.send(stage.ids.anna, text, { type: 'text', uuid: 'x'.repeat(51) }),
      400,
      99992402,
    ],
    ['unknown person', () => stage.send(`ou_${'0'.repeat(32)}`, text, { type: 'text' }), 400, 230034],
    ['unknown chat', () => stage.send(`oc_${'0'.repeat(32)}`, text, { type: 'text' }), 400, 230034],
    ['content not JSON', () => stage.send(stage.ids.anna, 'hello', { type: 'text' }), 400, 230001],
    ['unknown msg_type', () => stage.send(stage.ids.anna, text, { type: 'poem' }), 400, 230001],
    [
      'text over 150 KB',
      () => stage.send(stage.ids.anna, { text: 'x'.repeat(151 * 1024) }, { type: 'text' }),
      400,
      230025,
    ],
    ['card over 30 KB', () => stage.send(stage.ids.anna, big), 400, 230025],
    ['card of JSON 1.0', () => stage.send(stage.ids.anna, { elements: [] }), 400, 230099, 200621],
    ['unknown property', () => stage.send(stage.ids.anna, aCard({ tag: 'hr', colour: 'red' })), 400, 230099, 200621],
    ['unknown tag', () => stage.send(stage.ids.anna, aCard({ tag: 'note', elements: [] })), 400, 230099, 200861],
    [
      'too many elements',
      () => stage.send(stage.ids.anna, aCard(...Array.from({ length: 201 }, () => ({ tag: 'hr' })))),
      400,
      230099,
      11310,
    ],
    [
      'wrong table cell',
      () =>
        stage.send(
          stage.ids.anna,
          aCard({ tag: 'table', columns: [{ name: 'n', data_type: 'number' }], rows: [{ n: 'x' }] }),
        ),
      400,
      230099,
      200914,
    ],
    [
      'undeclared table column',
      () =>
        stage.send(
          stage.ids.anna,
          aCard({ tag: 'table', columns: [{ name: 'n', data_type: 'number' }], rows: [{ m: 1 }] }),
        ),
      400,
      230099,
      200915,
    ],
    [
      'bad chart',
      () => stage.send(stage.ids.anna, aCard({ tag: 'chart', chart_spec: { type: 'bar' } })),
      400,
      230099,
      200550,
    ],
    ['foreign file key', () => stage.send(stage.ids.anna, { file_key: 'file_x' }, { type: 'file' }), 400, 230017],
    ['empty file', () => upload('/im/v1/files', { ...pdf, file: new Blob([]) }), 400, 234010],
    ['file without name', () => upload('/im/v1/files', { ...pdf, file_name: '' }), 400, 234001],
    [
      'image that is none',
      () => upload('/im/v1/images', { image_type: 'message', image: new Blob(['hello']) }),
      400,
      234011,
    ],
    [
      '51 mobiles',
      () =>
        stage.call('POST', '/contact/v3/users/batch_get_id?user_id_type=open_id', {
          mobiles: Array.from({ length: 51 }, (_, i) => `${i}`),
        }),
      400,
      99992402,
    ],
    ['page size 101', () => stage.call('GET', '/im/v1/chats?page_size=101'), 400, 99992402],
    ['members of an unknown chat', () => stage.call('GET', '/im/v1/chats/oc_x/members'), 400, 232006],
    [
      'reply to nothing',
      () => stage.call('POST', '/im/v1/messages/om_x/reply', { msg_type: 'text', content: '{"text":"x"}' }),
      400,
      230001,
    ],
    ['patch of nothing', () => stage.call('PATCH', '/im/v1/messages/om_x', { content: '{}' }), 400, 230001],
  ])('%s', async (_, run, status, code, sub) => {
    const answer = await run();
    expect(answer).toMatchObject({ status, code });
    if (sub !== undefined) expect(answer.msg).toContain(`ErrCode: ${sub};`);
  });

  it.each([
    ['outside availability', { available: false }, 230013],
    ['blocked the bot', { blocked: true }, 230053],
    ['resigned', { resigned: true }, 230029],
  ])('a person %s', async (_, change, code) => {
    const { chen } = stage.ids;
    await stage.client.setPerson(chen, change);
    expect(await stage.send(chen, text, { type: 'text' })).toMatchObject({ status: 400, code });
    await stage.client.setPerson(chen, { available: true, blocked: false, resigned: false });
  });

  it('groups: bot absent 230002 and 232011, muted 230018, dissolved 232009', async () => {
    const { chat_id: chat } = await stage.client.createChat({ name: '临时群', members: ['13900000001'] });
    const send = async () => (await stage.send(chat, text, { type: 'text' })).code;
    expect(await send()).toBe(0);
    await stage.client.mute(chat, true);
    expect(await send()).toBe(230018);
    await stage.client.mute(chat, false);
    await stage.client.setBot(chat, false);
    expect(await send()).toBe(230002);
    expect(await stage.call('GET', `/im/v1/chats/${chat}/members`)).toMatchObject({ code: 232011 });
    await stage.client.setBot(chat, true);
    await stage.client.dissolve(chat);
    expect(await send()).toBe(232009);
    expect(stage.bot.pushes.slice(-4).map(({ type }) => type)).toEqual([
      'im.chat.member.bot.added_v1',
      'im.chat.member.bot.deleted_v1',
      'im.chat.member.bot.added_v1',
      'im.chat.disbanded_v1',
    ]);
  });

  it.each([
    [
      'data protection',
      { dlp: true },
      () => stage.send(stage.ids.anna, { text: '电话 13900000001' }, { type: 'text' }),
      230028,
    ],
    [
      'scope not granted',
      { missing_scopes: ['im:message:send_as_bot', 'im:message'] },
      () => stage.send(stage.ids.anna, text, { type: 'text' }),
      99991672,
    ],
    ['quota used up', { quota_exceeded: true }, () => stage.call('GET', '/bot/v3/info'), 99991403],
    ['app disabled', { app_disabled: true }, () => stage.call('GET', '/bot/v3/info'), 99991662],
    ['injected 429', { rate_429: 1 }, () => stage.send(stage.ids.anna, text, { type: 'text' }), 99991400],
    ['injected 500', { rate_5xx: 1 }, () => stage.send(stage.ids.anna, text, { type: 'text' }), 2200],
  ])('%s', async (_, faults, run, code) => {
    await stage.client.faults(faults);
    expect((await run()).code).toBe(code);
    await stage.client.faults(NO_FAULTS);
  });
});

describe('uuid', () => {
  it('is one message within an hour, and the second call is told of the first', async () => {
    const first = await stage.send(stage.ids.anna, text, { type: 'text', uuid: 'one' });
    const again = await stage.send(stage.ids.anna, { text: 'other' }, { type: 'text', uuid: 'one' });
    expect(again.data).toEqual(first.data);
    await stage.client.clock({ advance: 60 * 60_000 });
    expect(id(await stage.send(stage.ids.anna, text, { type: 'text', uuid: 'one' }))).not.toBe(id(first));
  });

  it('of a message that is still being stored is 230049', async () => {
    await stage.client.faults({ store_ms: 200 });
    const both = await Promise.all([1, 2].map(() => stage.send(stage.ids.ben, text, { type: 'text', uuid: 'slow' })));
    expect(both.map(({ code }) => code).toSorted((a, b) => a - b)).toEqual([0, 230049]);
    await stage.client.faults({ reset: true });
  });

  it('a refused message leaves its uuid free', async () => {
    expect(await stage.send(stage.ids.anna, { elements: [] }, { uuid: 'free' })).toMatchObject({ code: 230099 });
    expect(await stage.send(stage.ids.anna, aCard(), { uuid: 'free' })).toMatchObject({ code: 0 });
  });
});

describe('losing calls', () => {
  const attempt = (uuid: string) =>
    stage.send(stage.ids.ben, text, { type: 'text', uuid }).then(
      ({ code }) => code,
      () => 'lost',
    );
  const stored = async (uuid: string) => (await stage.client.sent()).filter((m) => m.uuid === uuid).length;
  it.each([
    ['reset_before', 0],
    ['reset_after', 1],
    ['timeout_before', 0],
  ])('%s stores %i messages', async (fault, want) => {
    await stage.client.faults({ [fault]: 1, timeout_ms: 30 });
    expect(await attempt(fault)).toBe('lost');
    expect(await stored(fault)).toBe(want);
    await stage.client.faults({ reset: true });
    expect(await attempt(fault)).toBe(0);
    expect(await stored(fault)).toBe(1);
  });

  it('timeout_after stores the message and answers late', async () => {
    await stage.client.faults({ timeout_after: 1, timeout_ms: 60 });
    const started = performance.now();
    expect(await attempt('late')).toBe(0);
    expect(performance.now() - started).toBeGreaterThan(50);
    await stage.client.faults({ reset: true });
    expect(await stored('late')).toBe(1);
  });
});

describe('updating', () => {
  const patch = (messageId: string, card: unknown) =>
    stage.call('PATCH', `/im/v1/messages/${messageId}`, { content: JSON.stringify(card) });

  it('replaces the card', async () => {
    const sent = id(await stage.send(stage.ids.anna, aCard(aButton('old'))));
    expect(await patch(sent, aCard(aButton('new')))).toMatchObject({ status: 200, code: 0, data: {} });
    expect((await stage.client.messages(stage.ids.anna)).at(-1)?.card).toEqual(aCard(aButton('new')));
  });

  it.each<[string, () => Promise<string>, unknown, number]>([
    ['a text message', async () => id(await stage.send(stage.ids.anna, text, { type: 'text' })), aCard(), 230001],
    [
      'a card not declared shared',
      async () => id(await stage.send(stage.ids.anna, { ...aCard(), config: {} })),
      aCard(),
      230001,
    ],
    ['a broken card', async () => id(await stage.send(stage.ids.anna, aCard())), { schema: '2.0', body: {} }, 230099],
    [
      'a recalled card',
      async () => {
        const sent = id(await stage.send(stage.ids.anna, aCard()));
        await stage.client.recall(sent);
        return sent;
      },
      aCard(),
      230011,
    ],
    [
      'a card of 14 days',
      async () => {
        const sent = id(await stage.send(stage.ids.anna, aCard()));
        await stage.client.clock({ advance: 14 * DAY_MS + 1_000 });
        stage.token = String(
          (
            await stage.call('POST', '/auth/v3/tenant_access_token/internal', {
              app_id: APP.appId,
              app_secret: APP.appSecret,
            })
          ).body.tenant_access_token as string,
        );
        return sent;
      },
      aCard(),
      230031,
    ],
  ])('%s is refused', async (_, make, card, code) => {
    expect(await patch(await make(), card)).toMatchObject({ status: 400, code });
  });
});

it('a reply goes to the chat of its parent', async () => {
  const parent = await stage.send(stage.team, text, { type: 'text' });
  const reply = await stage.call('POST', `/im/v1/messages/${id(parent)}/reply`, {
    msg_type: 'text',
    content: '{"text":"好"}',
  });
  expect(reply.data).toMatchObject({ parent_id: id(parent), root_id: id(parent), chat_id: stage.team });
});

it('files are uploaded, sent and downloaded', async () => {
  const key = String((await upload('/im/v1/files', pdf)).data.file_key as string);
  expect(key).toMatch(/^file_/);
  expect(await stage.send(stage.ids.anna, { file_key: key }, { type: 'file' })).toMatchObject({ code: 0 });
  const shown = (await stage.client.messages(stage.ids.anna)).at(-1);
  expect(shown?.file).toMatchObject({ name: 'a.pdf', size: 10 });
  expect(Buffer.from(await stage.client.download(key)).toString()).toBe('%PDF-1.4 x');
});

it('an mp4 must be sent as media', async () => {
  const key = String((await upload('/im/v1/files', { ...pdf, file_type: 'mp4' })).data.file_key as string);
  expect(await stage.send(stage.ids.anna, { file_key: key }, { type: 'file' })).toMatchObject({ code: 230055 });
});

describe('directory', () => {
  it('unknown numbers come back without user_id', async () => {
    const path = '/contact/v3/users/batch_get_id?user_id_type=open_id';
    const { data } = await stage.call('POST', path, { mobiles: ['13900000001', '13999999999'] });
    expect(data.user_list).toEqual([
      expect.objectContaining({ mobile: '13900000001', user_id: stage.ids.anna }),
      { mobile: '13999999999' },
    ]);
  });

  it('chats and members come in pages, without the bot', async () => {
    const first = await stage.call('GET', `/im/v1/chats/${stage.team}/members?member_id_type=open_id&page_size=1`);
    expect(first.data).toMatchObject({ has_more: true, member_total: 2, items: [{ member_id: stage.ids.anna }] });
    const rest = await stage.call(
      'GET',
      `/im/v1/chats/${stage.team}/members?page_size=1&page_token=${String(first.data.page_token as string)}`,
    );
    expect(rest.data).toMatchObject({ has_more: false, page_token: '', items: [{ name: '贝小示' }] });
    expect((await stage.call('GET', '/im/v1/chats')).data.items).toContainEqual(
      expect.objectContaining({ chat_id: stage.team }),
    );
  });

  it('bot info stands at the top level', async () => {
    const { body } = await stage.call('GET', '/bot/v3/info');
    expect(body).toMatchObject({ code: 0, bot: { open_id: expect.stringMatching(/^ou_[0-9a-f]{32}$/) } });
    expect(body).not.toHaveProperty('data');
  });

  it('slash commands do not exist', async () => {
    const response = await fetch(`${stage.playground.url}/open-apis/application/v7/app_slash_commands`, {
      headers: { authorization: `Bearer ${stage.token}` },
    });
    expect(response.status).toBe(404);
  });
});

it('loading the same people and chats twice changes nothing', async () => {
  const order = {
    people: [{ name: '安小示', mobile: '13900000001' }],
    chats: [{ name: '示例小组', key: 'team', members: ['13900000001'] }],
  };
  const again = await stage.client.seed(order);
  expect(again).toEqual({
    people: [{ mobile: '13900000001', id: stage.ids.anna }],
    chats: [{ key: 'team', name: '示例小组', chat_id: stage.team, platform: 'lark' }],
  });
});
