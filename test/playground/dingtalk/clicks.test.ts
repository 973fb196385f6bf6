import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { button, buttons, text } from '../../../src/card.ts';
import { answerData, dingCard, type DingStage, setDingStage } from '../../support/dingtalk-calls.ts';
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
      form: { mark: { index: 1, value: 'x' }, note: '好', due: '2026-12-31' },
    },
  });
  expect(done).toMatchObject({ replaced: true });
  expect(done.card.buttons()).toEqual(['go']);
  expect((await card.now()).text).toBe('示例卡片\n第二页');
});
