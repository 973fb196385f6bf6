/** The client that tests and the demo use, against the playground itself. */
import { describe, expect, it } from 'vitest';
import { renderCard } from '../../src/platform/lark/render.ts';
import { aButton, aCard, APP, ENCRYPT_KEY, setStage, words } from '../support/feishu-calls.ts';
import { startEchoBot } from '../support/echo-bot.ts';
import { Player, PlaygroundClient, PlaygroundError, readCard, spawnPlayground } from '../support/playground.ts';

const ballot = aCard({
  tag: 'form',
  name: 'ballot_E0001',
  elements: [
    { tag: 'markdown', content: '**遵规守纪星**' },
    {
      tag: 'select_static',
      name: 'rule_compliance',
      options: ['0', 'x'].map((value) => ({ text: words(value), value })),
    },
    aButton('ballot_next', { form_action_type: 'submit' }),
  ],
});

describe('a player', () => {
  it('asks in private, reads the card, fills in the form and sees what became of it', async () => {
    await using stage = await setStage({ speed: 1_000 });
    const anna = await Player.byMobile(stage.client, '13900000001');
    await stage.send(anna.id, aCard(aButton('old')));
    stage.bot.answer = async (push) => {
      if (push.type === 'im.message.receive_v1') await stage.send(anna.id, ballot);
      return push.type === 'card.action.trigger'
        ? {
            body: {
              toast: { type: 'success', content: '已存' },
              card: { type: 'raw', data: aCard(aButton('ballot_cast')) },
            },
          }
        : {};
    };
    const card = await anna.ask('/ballot', { form: 'ballot_E0001' });
    expect(card.fields()).toEqual(['rule_compliance']);
    expect(card.text).toBe('示例卡片\n遵规守纪星');
    expect(card.view.forms[0]?.fields[0]).toMatchObject({ options: ['0', 'x'], required: false, initial: undefined });
    const done = await card.press('ballot_next', { rule_compliance: 'x' });
    expect(done).toMatchObject({ replaced: true, toast: { content: '已存' } });
    expect(done.card.buttons()).toEqual(['ballot_cast']);
    expect((await card.now()).has('ballot_cast')).toBe(true);
    expect((await anna.card({ button: 'old' })).has('old')).toBe(true); // older cards are found too
    await expect(anna.nextCard({}, { timeoutMs: 60 })).rejects.toThrow(PlaygroundError); // but are not waited for
  });

  it('speaks in a group with a mention, and waits for what changes there', async () => {
    await using stage = await setStage({ speed: 1_000 });
    const ben = await Player.byMobile(stage.client, '13900000002');
    const team = await ben.groupNamed('示例小组');
    expect(await ben.say('/签到', { chat: team })).toMatchObject({ delivered: true });
    expect(await ben.say('大家好', { chat: team, mention: false })).toMatchObject({ reason: 'not_mentioned' });
    const sent = String((await stage.send(team, aCard(aButton('sign_in')))).data.message_id as string);
    const card = await ben.nextCard({ button: 'sign_in' }, { chat: team });
    const counted = aCard(aButton('sign_in'), { tag: 'markdown', content: '已签到 1 人' });
    await stage.call('PATCH', `/im/v1/messages/${sent}`, { content: JSON.stringify(counted) });
    expect((await card.until({ text: /已签到 \d 人/ })).view.texts).toEqual(['已签到 1 人']);
  });

  it('is told what it cannot do', async () => {
    await using stage = await setStage();
    await expect(Player.byMobile(stage.client, '000')).rejects.toThrow('nobody has the number 000');
    const chen = (await Player.all(stage.client)).get('13900000003');
    await expect(chen?.groupNamed('示例小组')).rejects.toThrow('陈小示 is in no group called 示例小组');
    await expect(stage.client.type('ou_x', 'x')).rejects.toThrow('404');
    await expect(stage.client.seed({ chats: [{ name: '群', members: ['1'] }] })).rejects.toThrow(
      'nobody has the number 1',
    );
  });
});

it('reads a card of the bot as a person does', () => {
  const card = readCard(
    renderCard({
      title: '评议 *结果*',
      subtitle: '第一支部',
      tone: 'green',
      blocks: [
        { kind: 'text', text: '有 <b>尖括号</b> 和 *星号*', tone: 'strong' },
        { kind: 'facts', items: [{ label: '应到', value: '22' }] },
        { kind: 'table', pageSize: 5, columns: [{ key: 'n', label: '姓名', kind: 'text' }], rows: [{ n: '演示甲' }] },
        { kind: 'chart', chart: 'bar', points: [{ label: '甲', value: 3 }] },
        {
          kind: 'buttons',
          buttons: [
            {
              name: 'go',
              label: '去',
              style: 'danger',
              action: { a: 'sign_in', r: 'R1' },
              confirm: { title: '真的？', text: '想好' },
            },
            { name: 'board', label: '公示栏', style: 'default', link: 'https://board.example.test/' },
          ],
        },
      ],
    }) as unknown as Record<string, unknown>,
  );
  expect(card).toMatchObject({
    title: '评议 *结果*',
    subtitle: '第一支部',
    tone: 'green',
    texts: ['有 <b>尖括号</b> 和 *星号*', '应到 22'],
    tables: [{ columns: ['姓名'], rows: [['演示甲']] }],
    charts: [{ type: 'bar', points: [{ label: '甲', value: 3 }] }],
    buttons: [
      { name: 'go', label: '去', form: null, confirm: { title: '真的？', text: '想好' }, link: null },
      { name: 'board', confirm: null, link: 'https://board.example.test/' },
    ],
  });
});

it('a page is told of the guide, with ids in place of numbers and keys', async () => {
  await using stage = await setStage();
  const words_ = { zh: '书记', en: 'Secretary' };
  const view = await stage.client.guide({
    people: [
      { mobile: '13900000001', why: words_ },
      { mobile: '000', why: words_ },
    ],
    chair: '13900000001',
    steps: [
      { key: 'one', title: words_, as: '13900000002', chat: 'team', done: [{ on: 'opened' }] },
      { key: 'two', title: words_, chat: 'private', type: '/help', done: [{ on: 'typed', words: ['/help'] }] },
    ],
  });
  expect(view.people).toEqual([{ id: stage.ids.anna, why: words_ }]);
  expect(view.chair).toBe(stage.ids.anna);
  expect(view.steps).toMatchObject([
    { as: stage.ids.ben, chat: stage.team },
    { chat: 'private', type: '/help' },
  ]);
  await expect(stage.client.guide({ steps: [{ key: 'A', title: words_, done: [] }] })).rejects.toThrow('400');
});

it('runs as a process of its own', async () => {
  const bot = await startEchoBot(ENCRYPT_KEY);
  const playground = await spawnPlayground({ ...APP, encryptKey: ENCRYPT_KEY, botUrl: new URL('/', bot.url).href });
  const client = new PlaygroundClient(playground.url);
  await client.seed({ people: [{ name: '安小示', mobile: '1' }] });
  const anna = await Player.byMobile(client, '1');
  expect(await anna.say('/help')).toMatchObject({ delivered: true });
  expect(bot.pushes[0]?.signed).toBe(true);
  expect(await client.stats()).toMatchObject({ people: 1, messages: 1 });
  await playground.stop();
  await expect(client.people()).rejects.toThrow();
  await bot.close();
});

it('says why the process does not start', async () => {
  const wrong = { ...APP, appId: 'cli_x', botUrl: 'http://127.0.0.1:1/' };
  await expect(spawnPlayground(wrong)).rejects.toThrow('LARK_APP_ID: must be cli_ and 16 hexadecimal digits');
});
