import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { button, buttons, text } from '../../../src/card.ts';
import { answerData, answerToast, dingCard, type DingStage, setDingStage } from '../../support/dingtalk-calls.ts';
import type { Script } from '../../support/echo-bot.ts';
import { Player } from '../../support/playground.ts';

let stage: DingStage;
beforeAll(async () => {
  stage = await setDingStage({ speed: 10_000 });
});
afterAll(() => stage[Symbol.asyncDispose]());
beforeEach(async () => {
  stage.bot.pushes.length = 0;
  stage.bot.answer = () => ({});
  await stage.client.faults({ reset: true });
  await stage.client.dingtalk({ reset: true });
});

const go = button('go', '去', { a: 'console', r: 'R1' });
const form = dingCard([
  {
    kind: 'form',
    name: 'ballot_E0001',
    fields: [
      { kind: 'text', text: '请打分' },
      {
        kind: 'select',
        name: 'mark',
        label: '遵规守纪星',
        required: true,
        options: [
          { value: '9', label: '九' },
          { value: 'x', label: '不了解' },
        ],
      },
      { kind: 'input', name: 'note', label: '意见', multiline: true, maxLength: 200, required: false },
      { kind: 'date', name: 'due', label: '日期', initial: '2026-12-31', required: false },
    ],
    buttons: [button('submit', '提交', { a: 'console', r: 'R1' })],
  },
]);
const player = () => Player.byMobile(stage.client, '13900000001');
const content = () => JSON.parse(String(stage.bot.clicks().at(-1)?.body['content'] as string)).cardPrivateData;

it('a form is filled in, checked by the client, and sent as the template binds it', async () => {
  const anna = await player();
  await stage.send(stage.users.anna, form);
  const card = await anna.card({ form: 'ballot_E0001' });
  expect(card.fields()).toEqual(['mark', 'note', 'due']);
  expect(card.view.forms[0]?.fields[0]).toMatchObject({ tag: 'select_static', required: true, options: ['9', 'x'] });
  expect(card.text).toContain('请打分');
  expect(await card.press('submit')).toMatchObject({ blocked: ['mark'] });
  expect(await card.press('submit', { mark: '8' })).toMatchObject({ blocked: ['mark'] });
  expect(await card.press('submit', { mark: '9', other: '1' })).toMatchObject({ blocked: ['other'] });
  expect(stage.bot.clicks()).toEqual([]);
  stage.bot.answer = () => answerData(dingCard([text('第二页'), buttons(go)]));
  const done = await card.press('submit', { mark: 'x', note: '好' });
  expect(stage.bot.clicks()).toMatchObject([
    { signed: true, body: { type: 'actionCallback', userId: stage.users.anna, corpId: 'dingdemocorp' } },
  ]);
  expect(content()).toEqual({
    actionIds: ['submit'],
    params: {
      act: '{}',
      state: '{"a":"console","r":"R1"}',
      rev: 'r1',
      tv: '2',
      form: { mark: { index: 1, value: 'x' }, note: '好', due: '2026-12-31' },
    },
  });
  expect(done).toMatchObject({ replaced: true });
  expect(done.card.buttons()).toEqual(['go']);
  expect((await card.now()).text).toBe('示例卡片\n第二页');
});

it('a toast is said to the one who clicked and stands in the card; the card is the same', async () => {
  const anna = await player();
  await stage.send(stage.users.anna, dingCard([text('正文'), buttons(go)]));
  stage.bot.answer = () => answerToast('已记下');
  const done = await (await anna.card({ button: 'go' })).press('go');
  expect(done).toMatchObject({ replaced: false, toast: { type: 'success', content: '已记下' } });
  expect((await done.card.now()).view.texts).toEqual(['已记下', '正文']);
});

it('links open, dialogs ask, and what is not there cannot be pressed', async () => {
  const ask = { ...go, name: 'ask', confirm: { title: '真的？', text: '不能撤回' } };
  const link = { name: 'link', label: '看', style: 'default' as const, link: 'https://x.example' };
  await stage.send(stage.users.anna, dingCard([buttons(ask, link)]));
  const card = await (await player()).card({ button: 'ask' });
  expect(await card.press('link')).toMatchObject({ url: 'https://x.example' });
  expect(await card.press('ask', undefined, { confirmed: false })).toMatchObject({
    confirm: { title: { content: '真的？' }, text: { content: '不能撤回' } },
  });
  expect(await card.press('other')).toMatchObject({ refused: 'no_such_component' });
  expect(stage.bot.clicks()).toEqual([]);
  await card.press('ask');
  expect(stage.bot.clicks()).toHaveLength(1);
  expect(await stage.client.click(stage.ids.ben, card.messageId, 'ask')).toEqual({ refused: 'not_visible' });
});

it('in a group the answer is shown to the one who clicked; the others wait for an update', async () => {
  const data = (words: string) => dingCard([text(words), buttons(go)]);
  await stage.send(stage.team, data('零人'), { outTrackId: 'group' });
  const [anna, ben] = await Promise.all(['13900000001', '13900000002'].map((n) => Player.byMobile(stage.client, n)));
  stage.bot.answer = () => ({
    body: {
      cardData: { cardParamMap: data('一人') },
      userPrivateData: { cardParamMap: { toast: '好', toast_kind: 'success' } },
    },
  });
  const shown = async (who?: Player) => (await who?.card({ button: 'go' }, { chat: stage.team }))?.view.texts;
  const card = await anna?.card({ button: 'go' }, { chat: stage.team });
  expect((await card?.press('go'))?.card.view.texts).toEqual(['好', '一人']);
  expect([await shown(anna), await shown(ben)]).toEqual([['好', '一人'], ['零人']]);
  await stage.update('group', { cardData: { cardParamMap: data('两人') } });
  expect([await shown(anna), await shown(ben)]).toEqual([['好', '两人'], ['两人']]);
});

describe('an answer that is none', () => {
  it.each<[string, Script, number]>([
    ['status 500', { status: 500 }, 500],
    ['a broken connection', { destroy: true }, 502],
    ['no JSON', { text: 'ok' }, 422],
    ['something else', { body: { toast: { type: 'info' } } }, 422],
    ['a value that is no string', { body: { userPrivateData: { cardParamMap: { title: 7 } } } }, 422],
    ['data the template has not', answerData({ titel: 'x' }), 422],
  ])('%s: the click failed, and the card stays', async (_, script, code) => {
    await stage.send(stage.users.anna, dingCard([text('稳'), buttons(go)]));
    stage.bot.answer = () => script;
    const card = await (await player()).card({ button: 'go' });
    expect(await card.press('go')).toMatchObject({ code });
    expect((await card.now()).view).toEqual(card.view);
    expect(stage.bot.clicks()).toHaveLength(1); // never repeated
  });

  it('nothing within two seconds is no answer, and what comes later is ignored', async () => {
    await stage.send(stage.users.anna, dingCard([buttons(go)]));
    stage.bot.answer = () => ({ delayMs: 2_200, ...answerToast('太晚') });
    const card = await (await player()).card({ button: 'go' });
    expect(await card.press('go')).toMatchObject({ code: 504 });
    expect((await card.now()).view.texts).toEqual([]);
  });

  it('a card without a callback goes nowhere', async () => {
    await stage.send(stage.users.anna, dingCard([buttons(go)]), { callbackType: undefined });
    expect(await (await player()).card({ button: 'go' }).then((card) => card.press('go'))).toMatchObject({ code: 404 });
  });
});

describe('updates during a click', () => {
  const late = dingCard([text('改'), buttons(go)]);
  const during = async () => {
    const statuses: number[] = [];
    await stage.send(stage.users.anna, dingCard([text('前'), buttons(go)]), { outTrackId: `d${Math.random()}` });
    stage.bot.answer = async ({ body }) => {
      const own = { [stage.users.anna]: { cardParamMap: late } };
      statuses.push((await stage.update(String(body['outTrackId'] as string), { privateData: own })).status);
      return {};
    };
    const card = await (await player()).card({ button: 'go' });
    await card.press('go');
    return { status: statuses[0], texts: (await card.now()).view.texts };
  };
  it('are refused as busy', async () => {
    expect(await during()).toEqual({ status: 500, texts: ['前'] });
  });
  it('or taken, and undone by the answer', async () => {
    await stage.client.faults({ click_patch: 'revert' });
    expect(await during()).toEqual({ status: 200, texts: ['前'] });
  });
});

describe('how clients differ', () => {
  it('untouched fields, numbers as strings, required fields that nobody checks', async () => {
    await stage.client.faults({ untouched: 'missing' });
    await stage.client.dingtalk({ required: 'not_checked', numbers: 'string' });
    const number = { name: 'n', label: '分', type: 'NUMBER', required: true };
    const fields = [number, { name: '_page', label: '', type: 'TEXT', hidden: true, defaultValue: 'p1' }];
    const bare = { ...form, form: JSON.stringify({ fields }) };
    await stage.send(stage.users.anna, bare);
    const card = await (await player()).card({ form: 'ballot_E0001' });
    expect(card.fields()).toEqual(['n']);
    await card.press('submit');
    expect(content().params.form).toEqual({ _page: 'p1' });
    await card.press('submit', { n: '7.5' });
    expect(content().params.form).toEqual({ n: '7.5', _page: 'p1' });
    await stage.client.dingtalk({ numbers: 'number' });
    await card.press('submit', { n: '7' });
    expect(content().params.form).toEqual({ n: 7, _page: 'p1' });
    expect(await card.press('submit', { n: '七' })).toMatchObject({ blocked: ['n'] });
    expect(await card.press('submit', { _page: 'x' })).toMatchObject({ blocked: ['_page'] });
  });
});

it('a click may be delivered twice', async () => {
  await stage.client.dingtalk({ duplicate_clicks: 1 });
  await stage.send(stage.users.anna, dingCard([buttons(go)]));
  await (await player()).card({ button: 'go' }).then((card) => card.press('go'));
  const [first, second] = stage.bot.clicks();
  expect(second?.rawBody).toBe(first?.rawBody);
});

it('a double tap: the second answer stays, beside the card of the first when it brings none', async () => {
  await stage.client.faults({ double_taps: 1, double_tap_ms: 5 });
  const page = (word: string) => answerData(dingCard([text(word), buttons(go)]));
  await stage.send(stage.users.anna, dingCard([buttons(go)]));
  const card = await (await player()).card({ button: 'go' });
  let answers = [page('第一'), page('第二')];
  stage.bot.answer = () => answers.shift() ?? {};
  expect((await card.press('go')).card.text).toContain('第二');
  expect(stage.bot.clicks()).toHaveLength(2);
  answers = [page('第三'), answerToast('已收到')];
  const again = await card.press('go');
  expect(again).toMatchObject({ replaced: true, toast: { content: '已收到' } });
  expect((await card.now()).text).toContain('第三');
});

it('forged clicks reach the bot as they are', async () => {
  await stage.send(stage.users.anna, dingCard([buttons(go)]));
  const { messageId } = await (await player()).card({ button: 'go' });
  await stage.client.forge(stage.ids.ben, messageId, { name: 'close', value: { a: 'close' }, form_value: { x: '1' } });
  expect(stage.bot.clicks()[0]?.body).toMatchObject({ userId: stage.users.ben });
  expect(content()).toMatchObject({ actionIds: ['close'], params: { act: '{"a":"close"}', form: { x: '1' } } });
});

it('ids are union ids when the card says so', async () => {
  const { unionId } = stage.playground.state.world.people.get(stage.ids.anna)?.dingtalk ?? { unionId: '' };
  await stage.send(unionId, dingCard([buttons(go)]), { userIdType: 2 });
  await (await player()).card({ button: 'go' }).then((card) => card.press('go'));
  expect(stage.bot.clicks()[0]?.body).toMatchObject({ userId: unionId });
});
