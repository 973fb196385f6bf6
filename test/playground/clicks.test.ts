import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Script } from '../support/echo-bot.ts';
import { aButton, aCard, setStage, type Stage, words } from '../support/feishu-calls.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage({ speed: 10_000 });
});
afterAll(() => stage[Symbol.asyncDispose]());
beforeEach(async () => {
  stage.bot.pushes.length = 0;
  stage.bot.answer = () => ({});
  await stage.client.faults({ reset: true });
});

const select = (name: string, more: object = {}) => ({
  tag: 'select_static',
  name,
  options: ['0', '10', 'x'].map((value) => ({ text: words(value), value })),
  ...more,
});
const submit = aButton('submit', { form_action_type: 'submit' });
const aForm = (...elements: object[]) => aCard({ tag: 'form', name: 'f', elements: [...elements, submit] });
const put = async (card: object, to = stage.ids.anna) => String((await stage.send(to, card)).data.message_id as string);
const action = () => stage.bot.pushes[0]?.event.action;
const answerCard = (card: object) => ({ body: { card: { type: 'raw', data: card } } });

describe('what is sent', () => {
  it('a button carries its value, who pressed and where', async () => {
    const id = await put(aCard(aButton('go', { behaviors: [{ type: 'callback', value: { a: 'go', r: 'R1' } }] })));
    expect(await stage.client.click(stage.ids.anna, id, 'go')).toEqual({});
    expect(stage.bot.pushes[0]).toMatchObject({
      type: 'card.action.trigger',
      signed: true,
      header: { create_time: expect.stringMatching(/^\d{16}$/), token: 'demo-token' },
      event: {
        operator: { open_id: stage.ids.anna },
        token: expect.stringMatching(/^c-/),
        action: { tag: 'button', name: 'go', value: { a: 'go', r: 'R1' } },
        host: 'im_message',
        context: { open_message_id: id },
      },
    });
    expect(action()).not.toHaveProperty('form_value');
  });

  it('a form sends every field: touched, prefilled and empty', async () => {
    const id = await put(
      aForm(
        select('a'),
        select('b', { initial_option: '10' }),
        { tag: 'input', name: 'c', default_value: '旧' },
        select('d'),
      ),
    );
    await stage.client.click(stage.ids.anna, id, 'submit', { form: { a: '0', c: '新' } });
    expect(action()).toMatchObject({ form_value: { a: '0', b: '10', c: '新', d: '' } });
  });

  it('untouched fields may be missing altogether', async () => {
    await stage.client.faults({ untouched: 'missing' });
    const id = await put(aForm(select('a'), select('d')));
    await stage.client.click(stage.ids.anna, id, 'submit', { form: { a: '0' } });
    expect((action() as { form_value: object }).form_value).toEqual({ a: '0' });
  });

  it('dates come with the zone', async () => {
    const id = await put(aForm({ tag: 'date_picker', name: 'due', initial_date: '2026-10-30' }));
    await stage.client.click(stage.ids.anna, id, 'submit');
    expect(action()).toMatchObject({ timezone: 'Asia/Shanghai', form_value: { due: '2026-10-30 +0800' } });
  });

  it('a select that stands alone sends its option at once', async () => {
    const id = await put(aCard({ ...select('period'), behaviors: [{ type: 'callback', value: { a: 'p' } }] }));
    await stage.client.click(stage.ids.anna, id, 'period', { option: 'x' });
    expect(action()).toMatchObject({ tag: 'select_static', option: 'x', value: { a: 'p' } });
  });
});

describe('what the client keeps from being sent', () => {
  it.each<[string, object, string, object, object]>([
    ['a required field that is empty', aForm(select('a', { required: true })), 'submit', {}, { blocked: ['a'] }],
    ['an option that does not exist', aForm(select('a')), 'submit', { form: { a: '11' } }, { blocked: ['a'] }],
    ['a field that does not exist', aForm(select('a')), 'submit', { form: { z: '1' } }, { blocked: ['z'] }],
    [
      'a text that is too long',
      aForm({ tag: 'input', name: 'a', max_length: 2 }),
      'submit',
      { form: { a: '三个字' } },
      { blocked: ['a'] },
    ],
    [
      'a dialog that was not confirmed',
      aCard(aButton('go', { confirm: { title: words('投出？'), text: words('不能改') } })),
      'go',
      { confirmed: false },
      { confirm: { title: words('投出？'), text: words('不能改') } },
    ],
    [
      'a link',
      aCard(aButton('go', { behaviors: [{ type: 'open_url', default_url: 'https://board.example.test/' }] })),
      'go',
      {},
      { url: 'https://board.example.test/' },
    ],
    [
      'a reset',
      aForm(select('a'), aButton('clear', { form_action_type: 'reset', behaviors: undefined })),
      'clear',
      {},
      { reset: true },
    ],
    ['a disabled button', aCard(aButton('go', { disabled: true })), 'go', {}, { refused: 'disabled' }],
    ['a button that is not there', aCard(aButton('go')), 'stop', {}, { refused: 'no_such_component' }],
  ])('%s', async (_, card, name, more, want) => {
    expect(await stage.client.click(stage.ids.anna, await put(card), name, more)).toEqual(want);
    expect(stage.bot.pushes).toEqual([]);
  });

  it('a card somebody else has, a recalled one, and one of 14 days', async () => {
    const id = await put(aCard(aButton('go')));
    expect(await stage.client.click(stage.ids.ben, id, 'go')).toEqual({ refused: 'not_visible' });
    await stage.client.recall(id);
    expect(await stage.client.click(stage.ids.anna, id, 'go')).toEqual({ refused: 'no_card' });
    const old = await put(aCard(aButton('go')));
    await stage.client.clock({ advance: 14 * 86_400_000 + 1 });
    expect(await stage.client.click(stage.ids.anna, old, 'go')).toEqual({ refused: 'expired' });
    await stage.client.clock({ now: Date.now() });
  });
});

describe('what the answer does', () => {
  it('a toast alone leaves the card, a card replaces it for everyone in the group', async () => {
    const before = aCard(aButton('sign_in'));
    const after = aCard(aButton('sign_in'), { tag: 'markdown', content: '已签到 1 人' });
    const id = await put(before, stage.team);
    stage.bot.answer = () => ({ body: { toast: { type: 'success', content: '好' } } });
    expect(await stage.client.click(stage.ids.anna, id, 'sign_in')).toEqual({
      toast: { type: 'success', content: '好' },
    });
    const shown = async (as: string) => (await stage.client.messages(as, stage.team)).at(-1)?.card;
    expect(await shown(stage.ids.ben)).toEqual(before);
    stage.bot.answer = () => answerCard(after);
    expect(await stage.client.click(stage.ids.anna, id, 'sign_in')).toEqual({ card: after });
    expect(await shown(stage.ids.ben)).toEqual(after);
  });

  it.each<[string, Script, number]>([
    ['status 500', { status: 500 }, 200671],
    ['a redirect', { status: 302 }, 200671],
    ['a broken connection', { destroy: true }, 200671],
    ['no JSON', { text: 'ok' }, 200672],
    ['an unknown toast', { body: { toast: { type: 'party', content: 'x' } } }, 200672],
    ['an empty toast', { body: { toast: { type: 'info' } } }, 200672],
    ['a card as a string', { body: { card: { type: 'raw', data: '{}' } } }, 200672],
    ['something else', { body: { ok: true } }, 200672],
    ['a card the platform refuses', answerCard(aCard({ tag: 'note' })), 200673],
    ['a card of JSON 1.0', answerCard({ elements: [] }), 200830],
  ])('%s: the user sees a code, and the card stays', async (_, script, code) => {
    const card = aCard(aButton('go'));
    const id = await put(card);
    stage.bot.answer = () => script;
    expect(await stage.client.click(stage.ids.anna, id, 'go')).toMatchObject({ code });
    expect((await stage.client.messages(stage.ids.anna)).at(-1)?.card).toEqual(card);
    expect(stage.bot.pushes).toHaveLength(1); // callbacks are never repeated
  });

  it('no answer within three seconds is 200341, no server 200342, no address 200340', async () => {
    const id = await put(aCard(aButton('go')));
    stage.bot.answer = () => ({ delayMs: 3_300 });
    expect(await stage.client.click(stage.ids.anna, id, 'go')).toMatchObject({ code: 200341 });
    await using elsewhere = await setStage();
    await elsewhere.bot.close();
    const there = String((await elsewhere.send(elsewhere.ids.anna, aCard(aButton('go')))).data.message_id as string);
    expect(await elsewhere.client.click(elsewhere.ids.anna, there, 'go')).toMatchObject({ code: 200342 });
    await using nowhere = await setStage({ eventUrl: null });
    const here = String((await nowhere.send(nowhere.ids.anna, aCard(aButton('go')))).data.message_id as string);
    expect(await nowhere.client.click(nowhere.ids.anna, here, 'go')).toMatchObject({ code: 200340 });
  });
});

it('a double tap: both are sent, the second answer stays, beside the card of the first when it brings none', async () => {
  await stage.client.faults({ double_taps: 1, double_tap_ms: 5 });
  const [first, second] = [aCard(aButton('first')), aCard(aButton('second'))];
  const saying = (content: string) => ({ body: { toast: { type: 'info', content } } });
  let answers: Script[] = [answerCard(first), answerCard(second)];
  stage.bot.answer = () => answers.shift() ?? {};
  const id = await put(aCard(aButton('go')));
  expect(await stage.client.click(stage.ids.anna, id, 'go')).toEqual({ card: second });
  expect(stage.bot.pushes).toHaveLength(2);
  answers = [answerCard(first), saying('已收到')];
  expect(await stage.client.click(stage.ids.anna, id, 'second')).toEqual({ card: first, ...saying('已收到').body });
  expect((await stage.client.messages(stage.ids.anna)).at(-1)?.card).toEqual(first);
});

describe('updates around a click', () => {
  const patch = (id: string, card: object) =>
    stage.call('PATCH', `/im/v1/messages/${id}`, { content: JSON.stringify(card) });

  it('a patch during a click is locked out', async () => {
    const id = await put(aCard(aButton('go')));
    let during = 0;
    stage.bot.answer = async () => {
      during = (await patch(id, aCard(aButton('patched')))).code;
      return {};
    };
    await stage.client.click(stage.ids.anna, id, 'go');
    expect(during).toBe(230099);
    expect((await patch(id, aCard(aButton('patched')))).code).toBe(0);
  });

  it('or taken and undone by the answer, as people have seen', async () => {
    await stage.client.faults({ click_patch: 'revert' });
    const card = aCard(aButton('go'));
    const id = await put(card);
    stage.bot.answer = async () => {
      expect((await patch(id, aCard(aButton('patched')))).code).toBe(0);
      return { body: { toast: { type: 'info', content: '好' } } };
    };
    await stage.client.click(stage.ids.anna, id, 'go');
    expect((await stage.client.messages(stage.ids.anna)).at(-1)?.card).toEqual(card);
  });

  it('the token of a click updates the card twice within half an hour', async () => {
    const id = await put(aCard(aButton('go')));
    await stage.client.click(stage.ids.anna, id, 'go');
    const token = stage.bot.pushes[0]?.event.token;
    const update = async (card: object, with_: unknown = token) => {
      const answer = await stage.call('POST', '/interactive/v1/card/update', { token: with_, card });
      expect(answer.status).toBe(200); // an old interface
      return answer.code;
    };
    expect(await update(aCard(), 'c-unknown')).toBe(300020);
    expect(await update({ ...aCard(), open_ids: [] })).toBe(200320);
    expect(await update({ elements: [] })).toBe(11311);
    expect([await update(aCard()), await update(aCard(aButton('late'))), await update(aCard())]).toEqual([
      0, 0, 300040,
    ]);
    expect((await stage.client.messages(stage.ids.anna)).at(-1)?.card).toEqual(aCard(aButton('late')));
    const again = await put(aCard(aButton('go')));
    await stage.client.click(stage.ids.anna, again, 'go');
    await stage.client.clock({ advance: 31 * 60_000 });
    expect(await update(aCard(), stage.bot.pushes.at(-1)?.event.token)).toBe(300030);
  });
});

it('forged actions reach the bot as they are', async () => {
  const id = await put(aCard(aButton('go')));
  const forged = { tag: 'button', name: 'close_ballot', value: { a: 'close_ballot', r: 'R9' } };
  await stage.client.forge(stage.ids.anna, id, forged);
  expect(action()).toEqual(forged);
});
