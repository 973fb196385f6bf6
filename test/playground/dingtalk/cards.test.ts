/** Cards of the generic template: what is refused, whose data is shown to whom, updates, and how they look. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { button, buttons, type Card, divider, facts, list, text } from '../../../src/card.ts';
import { DING, dingCard, type DingStage, ROUTE_KEY, setDingStage } from '../../support/dingtalk-calls.ts';
import { Player, readCard } from '../../support/playground.ts';

let stage: DingStage;
beforeAll(async () => {
  stage = await setDingStage({ speed: 10_000 });
});
afterAll(() => stage[Symbol.asyncDispose]());
beforeEach(() => stage.client.dingtalk({ reset: true, templates: { [DING.templateId]: 'published' } }));

const plainCard = (words = '正文') => dingCard([text(words)]);
const seen = async (as: string, chat?: string) => {
  const card = (await stage.client.messages(as, chat)).at(-1)?.card;
  return card ? readCard(card).texts.join('\n') : undefined;
};
const map = (cardParamMap: Record<string, unknown>) => ({ cardParamMap });

describe('what is refused', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['no out-track id', { outTrackId: '' }, 'param.outTrackIdEmpty'],
    ['a long out-track id', { outTrackId: 'x'.repeat(101) }, 'param.invalid'],
    ['no template', { cardTemplateId: '' }, 'param.cardTemplateIdEmpty'],
    ['an unknown template', { cardTemplateId: 'other.schema' }, 'param.templateNotExist'],
    ['no public data', { cardData: undefined }, 'param.cardPublicDataEmpty'],
    ['a number', { cardData: map({ title: 7 }) }, 'param.invalid'],
    ['an object that is not JSON text', { cardData: map({ form: { fields: [] } }) }, 'param.invalid'],
    ['a variable the template has not', { cardData: map({ titel: 'x' }) }, 'param.invalid'],
    ['a value of the wrong type', { cardData: map({ lines_1: '[{"t":"x","k":"party"}]' }) }, 'param.invalid'],
    ['a value that is too long', { cardData: map({ title: '长'.repeat(1_025) }) }, 'param.invalid'],
    [
      'a form nothing submits',
      { cardData: map({ form: '{"fields":[{"name":"a","label":"","type":"TEXT"}]}' }) },
      'param.invalid',
    ],
    ['private data of nobody', { privateData: { nobody: map({ title: 'x' }) } }, 'param.userIdNotExist'],
    ['a callback type in lower case', { callbackType: 'http' }, 'param.invalid'],
    ['a route key nobody registered', { callbackRouteKey: 'other' }, 'param.invalid'],
    ['no space', { openSpaceId: undefined }, 'param.openSpaceIdEmpty'],
    ['a space of another kind', { openSpaceId: 'dtv1.card//ONE_BOX.x' }, 'param.openSpaceIdInvalid'],
    ['a space without its prefix', { openSpaceId: 'IM_ROBOT.x' }, 'param.openSpaceIdInvalid'],
    ['a space without its model', { imRobotOpenSpaceModel: undefined }, 'param.openSpaceModelInvalid'],
    ['a space without deliver model', { imRobotOpenDeliverModel: undefined }, 'param.spaceDeliverModelEmpty'],
    [
      'another robot',
      { imRobotOpenDeliverModel: { robotCode: 'x', spaceType: 'IM_ROBOT' } },
      'param.openDeliverModelError',
    ],
  ])('%s', async (_, over, code) => {
    expect(await stage.send(stage.users.anna, plainCard(), over)).toMatchObject({ status: 400, code });
  });

  it('a template that is not published, and words that are not allowed', async () => {
    await stage.client.dingtalk({ templates: { [DING.templateId]: 'draft' }, unsafe_word: '禁语' });
    expect((await stage.send(stage.team, plainCard())).code).toBe('param.templateUnpublished');
    await stage.client.dingtalk({ templates: { [DING.templateId]: 'published' } });
    expect((await stage.send(stage.team, plainCard('禁语'))).code).toBe('param.contentUnsafe');
    expect((await stage.send(stage.users.anna, plainCard('禁语'))).code).toBe('param.contentUnsafe');
  });

  it('data a client does not show may be taken and left out, as the platform does; somebody notes it', async () => {
    await stage.client.dingtalk({ hidden: 'show_nothing' });
    const data = { ...plainCard(), titel: 'x', lines_2: 'no JSON' };
    expect((await stage.send(stage.users.anna, data)).status).toBe(200);
    expect(await seen(stage.ids.anna)).toBe('正文');
    expect((await stage.client.dingtalk()).problems.map(({ path }) => path)).toEqual(['titel', 'lines_2']);
  });
});

describe('delivery', () => {
  it('a chat may refuse what the call takes', async () => {
    const { client, ids, users } = stage;
    const results = async (to: string, more = {}) => {
      const { status, body } = await stage.send(to, plainCard(), more);
      return {
        status,
        ...(body['result'] as { deliverResults: { success: boolean; errorMsg: string }[] }).deliverResults[0],
      };
    };
    expect(await results('cidx')).toMatchObject({
      status: 200,
      success: false,
      errorMsg: 'there is no such conversation',
    });
    await client.setPerson(ids.ben, { available: false });
    expect(await results('nobody', { privateData: undefined })).toMatchObject({ success: false, carrierId: '' });
    expect(await results(users.ben)).toMatchObject({ success: false });
    await client.setPerson(ids.ben, { available: true });
    await client.dingtalk({ space_fails: 1 });
    expect(await results(stage.team, { outTrackId: 'again' })).toMatchObject({
      success: false,
      errorMsg: 'system busy',
    });
    await client.dingtalk({ reset: true });
    expect(await results(stage.team)).toMatchObject({ success: true, carrierId: expect.stringMatching(/^pqk/) });
  });

  it.each(['silent', 'refuse'] as const)(
    'made and not delivered: the same out-track id again (%s) brings it nowhere, delivering it does, once or again',
    async (same) => {
      const { client, team } = stage;
      const track = `lost-${same}`;
      const shown = async () =>
        (await client.messages(stage.ids.ben, team)).filter(({ card }) => card && readCard(card).title === track);
      const create = () => stage.send(team, { ...plainCard(), title: track }, { outTrackId: track });
      const deliver = async () => {
        const { body } = await stage.call('POST', '/v1.0/card/instances/deliver', {
          outTrackId: track,
          openSpaceId: `dtv1.card//IM_GROUP.${team}`,
          imGroupOpenDeliverModel: { robotCode: DING.clientId },
        });
        return (body['result'] as Record<string, unknown>[])[0];
      };
      await client.dingtalk({ space_fails: 1, same_track: same });
      await create();
      await client.dingtalk({ space_fails: 0 });
      expect(await create()).toMatchObject(
        same === 'silent'
          ? { status: 200, body: { success: true, result: { outTrackId: track, deliverResults: [] } } }
          : { status: 400, code: 'param.cardAlreadyExist' },
      );
      expect(await shown()).toHaveLength(0);
      expect(await deliver()).toMatchObject({ success: true });
      expect(await deliver()).toMatchObject({ success: true });
      expect(await shown()).toHaveLength(1);
      await client.dingtalk({ same_space: 'again' });
      expect(await deliver()).toMatchObject({ success: true });
      expect(await shown()).toHaveLength(2);
      await stage.update(track, { cardData: map({ ...plainCard('新'), title: track }) });
      expect((await shown()).map(({ card }) => readCard(card ?? {}).texts)).toEqual([['新'], ['新']]);
    },
  );

  it('the same out-track id changes nothing, or is refused', async () => {
    const first = await stage.send(stage.users.anna, plainCard('第一'), { outTrackId: 'same' });
    const again = await stage.send(stage.users.anna, plainCard('第二'), { outTrackId: 'same' });
    expect(again.body).toEqual(first.body);
    const messages = await stage.client.messages(stage.ids.anna);
    expect(messages.filter(({ message_id: id }) => JSON.stringify(first.body).includes(id))).toHaveLength(1);
    expect(await seen(stage.ids.anna)).toBe('第一');
    await stage.client.dingtalk({ same_track: 'refuse' });
    expect((await stage.send(stage.users.anna, plainCard(), { outTrackId: 'same' })).code).toBe(
      'param.cardAlreadyExist',
    );
  });

  it('made first, shown later', async () => {
    const made = await stage.call('POST', '/v1.0/card/instances', {
      cardTemplateId: DING.templateId,
      outTrackId: 'later',
      cardData: map(plainCard('稍后')),
      imGroupOpenSpaceModel: {},
    });
    expect(made.body).toEqual({ success: true, result: 'later' });
    const deliver = (id: string, outTrackId = 'later') =>
      stage.call('POST', '/v1.0/card/instances/deliver', {
        outTrackId,
        openSpaceId: id,
        imGroupOpenDeliverModel: { robotCode: DING.clientId },
        imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT' },
      });
    expect((await deliver(`dtv1.card//IM_GROUP.${stage.team}`, 'never')).code).toBe('param.cardNotExist');
    expect((await deliver(`dtv1.card//IM_ROBOT.${stage.users.anna}`)).code).toBe('param.openSpaceModelInvalid');
    expect((await deliver(`dtv1.card//IM_GROUP.${stage.team}`)).body).toMatchObject({ result: [{ success: true }] });
    expect(await seen(stage.ids.ben, stage.team)).toBe('稍后');
  });
});

describe('updates', () => {
  const put = (outTrackId: string, body: Record<string, unknown>) => stage.update(outTrackId, body);

  it('replace everything, unless they are by key', async () => {
    await stage.send(
      stage.team,
      { ...plainCard('旧'), lines_2: '[{"t":"第二行","k":"normal"}]' },
      { outTrackId: 'u1' },
    );
    const byKey = { updateCardDataByKey: true };
    await put('u1', { cardData: map({ lines_1: '[{"t":"新","k":"good"}]' }), cardUpdateOptions: byKey });
    expect(await seen(stage.ids.anna, stage.team)).toBe('新\n第二行');
    await put('u1', { cardData: map({ lines_1: '[{"t":"只有这行","k":"normal"}]' }) });
    expect(await seen(stage.ids.anna, stage.team)).toBe('只有这行');
  });

  it('private data stands before public, for one person alone', async () => {
    await stage.send(stage.team, plainCard('大家'), { outTrackId: 'u2' });
    const own = { [stage.users.anna]: map({ lines_1: '[{"t":"只给安小示","k":"normal"}]' }) };
    expect((await put('u2', { privateData: own })).status).toBe(200);
    expect(await seen(stage.ids.anna, stage.team)).toBe('只给安小示');
    expect(await seen(stage.ids.ben, stage.team)).toBe('大家');
    const [sent] = (await stage.client.sent()).slice(-1);
    expect(JSON.stringify(sent?.card)).not.toContain('只给安小示'); // what everybody sees
    await put('u2', { cardData: map(plainCard('新的')) });
    expect(await seen(stage.ids.anna, stage.team)).toBe('只给安小示');
    expect(await seen(stage.ids.ben, stage.team)).toBe('新的');
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['an unknown card', { outTrackId: 'never', cardData: map({ title: 'x' }) }, 'param.cardNotExist'],
    ['no id', { outTrackId: '', cardData: map({ title: 'x' }) }, 'param.outTrackIdEmpty'],
    ['nothing', {}, 'param.cardDataAndPrivateDataBothEmpty'],
    ['a wrong value', { cardData: map({ tone: 'pink' }) }, 'param.invalid'],
    ['nobody', { privateData: { nobody: map({ title: 'x' }) } }, 'param.userIdNotExist'],
  ])('%s is refused', async (_, over, code) => {
    await stage.send(stage.team, plainCard('稳'), { outTrackId: 'u3' });
    expect(await put('u3', over)).toMatchObject({ status: 400, code });
    expect(await seen(stage.ids.anna, stage.team)).toBe('稳');
  });

  it('of one card, once a second', async () => {
    await using slow = await setDingStage();
    await slow.send(slow.team, plainCard(), { outTrackId: 'u4' });
    const change = () => slow.update('u4', { cardData: map({ title: 'x' }) });
    expect([(await change()).status, (await change()).code]).toEqual([200, 'system.busy']);
  });
});

it('a route key has one address until somebody insists', async () => {
  const register = (more: Record<string, unknown>) =>
    stage.call('POST', '/v1.0/card/callbacks/register', {
      callbackRouteKey: ROUTE_KEY,
      callbackUrl: stage.bot.cardUrl,
      apiSecret: 'card-api-secret',
      ...more,
    });
  expect((await register({})).body).toMatchObject({ success: true, result: { callbackUrl: stage.bot.cardUrl } });
  expect(await register({ callbackUrl: 'https://other.example' })).toMatchObject({
    status: 500,
    code: 'param.callbackRouteKeyExist',
  });
  expect((await register({ callbackUrl: 'https://other.example', forceUpdate: true })).status).toBe(200);
  expect((await register({ forceUpdate: true })).status).toBe(200);
  expect((await register({ callbackRouteKey: '' })).code).toBe('param.callbackRouteKeyEmpty');
  expect((await register({ callbackUrl: 'x' })).code).toBe('param.callbackUrlEmpty');
});

it('is read as the same card on Feishu would be', async () => {
  const action = { a: 'console', r: 'R1' } as const;
  const card: Card = {
    title: '评议 *结果*',
    subtitle: '第一支部',
    tone: 'green',
    summary: '结果',
    blocks: [
      text('得分', 'strong'),
      facts(['应到', '12'], ['实到', '9']),
      list(['一', '二']),
      divider,
      { kind: 'progress', label: '已投', done: 3, of: 4 },
      { kind: 'table', columns: [{ key: 'n', label: '姓名', kind: 'text' }], rows: [{ n: '安小示' }], pageSize: 5 },
      { kind: 'chart', chart: 'bar', points: [{ label: '甲', value: 9 }] },
      buttons(
        { ...button('start', '开始', action, 'danger', { title: '真的？', text: '不能撤回' }) },
        { name: 'open', label: '打开', style: 'default', link: 'https://x.example' },
      ),
    ],
  };
  await stage.send(stage.users.anna, dingCard(card.blocks, card));
  const anna = await Player.byMobile(stage.client, '13900000001');
  const { view } = await anna.card({ button: 'start' });
  expect(view).toMatchObject({ title: '评议 *结果*', subtitle: '第一支部', tone: 'green' });
  expect(view.texts).toEqual(['得分', '应到：12', '实到：9', '• 一', '• 二', '已投 ▓▓▓▓▓▓▓▓░░ 3/4']);
  expect(view.tables).toEqual([{ columns: ['姓名'], rows: [['安小示']] }]);
  expect(view.charts).toEqual([{ type: 'bar', points: [{ x: '甲', y: 9 }] }]);
  expect(view.buttons).toEqual([
    {
      name: 'start',
      label: '开始',
      disabled: false,
      form: null,
      confirm: { title: '真的？', text: '不能撤回' },
      link: null,
    },
    { name: 'open', label: '打开', disabled: false, form: null, confirm: null, link: 'https://x.example' },
  ]);
  expect((await stage.client.chats(stage.ids.anna))[0]).toMatchObject({
    platform: 'dingtalk',
    last: { text: '评议 *结果*' },
  });
});
