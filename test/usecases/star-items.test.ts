/** What units hang on stars (R46, R47), from the form to the card of commitments, the board, the weekly check and the shredder. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Action } from '../../src/action.ts';
import { itemsOnSchedule } from '../../src/store/commitments.ts';
import { findStarItem, starItemsNear } from '../../src/store/star-items.ts';
import { findTask } from '../../src/store/tasks.ts';
import { commitmentBoard } from '../../src/usecases/commit/publish.ts';
import { type CommitWorld, commitWorld } from '../support/commit-world.ts';
import { allText, buttonNames, fieldNames, runJob } from '../support/opinion-world.ts';

const form = (over: Record<string, string> = {}) => ({
  name: '书记讲党课',
  star_1: 'warm_service',
  star_2: 'none',
  from: '2026-10-01 +0800',
  to: '2026-12-31 +0800',
  owner: 'none',
  ...over,
});
const save = (
  world: CommitWorld,
  person: string,
  over: Record<string, string> = {},
  l: 'branch' | 'unit' = 'branch',
  i?: string,
) => world.click(person, { a: 'star_item_save', l, p: 0, ...(i === undefined ? {} : { i }) }, form(over));
const all = ({ use }: CommitWorld, branch = 'B001', unit = 'U1') =>
  starItemsNear(use.db.read, { branch, unit }, '2026-01-01');
const only = async (world: CommitWorld) => {
  const [item] = await all(world);
  if (item === undefined) throw new Error('no item');
  return item;
};
const audit = async ({ use }: CommitWorld) =>
  (
    await use.db.read.all(
      z.object({ act: z.string() }),
      "SELECT act FROM audit WHERE act LIKE 'star_item%' ORDER BY seq",
    )
  ).map(({ act }) => act);

it('an item stands under its star for everybody of the branch, and nowhere else', async () => {
  const world = await commitWorld();
  expect((await save(world, 'S0', { owner: 'M02', star_2: 'project_delivery' })).toast?.type).toBe('success');
  const line = '书记讲党课（10月1日—12月31日）';
  expect(allText(await world.card('commitment', { year: 2026, whose: 'own', star: 6 }, 'M01'))).toContain(line);
  expect(allText(await world.card('commitment', { year: 2026, whose: 'own', star: 5 }, 'M01'))).not.toContain(
    '书记讲党课',
  );
  expect(allText(await world.card('commitment', { year: 2026, whose: 'branch', star: 1 }, 'S0'))).toContain(line);
  expect(allText(await world.card('stars', { page: 0 }, 'R01'))).toContain('某M02负责');
  expect(allText(await world.card('star', { star: 'warm_service' }, 'M01', 'en'))).toContain('owner: 某M02');
  expect(allText(await world.card('stars', { page: 0 }, 'X0'))).not.toContain('书记讲党课');
  expect(await audit(world)).toEqual(['star_item_added']);
});

it('an item of the unit stands in all its branches, and only there', async () => {
  const world = await commitWorld();
  expect((await save(world, 'G1', { owner: 'M03' }, 'unit')).toast?.type).toBe('success');
  for (const person of ['M01', 'X0'])
    expect(allText(await world.card('stars', { page: 0 }, person))).toContain('书记讲党课');
  expect(allText(await world.card('stars', { page: 0 }, 'O1'))).not.toContain('书记讲党课');
  const { task } = await only(world);
  expect(await findTask(world.use.db.read, task ?? '')).toMatchObject({
    owner: 'M03',
    branch: 'B001',
    own: false,
    item: null,
  });
  expect(buttonNames(await world.card('stars', { page: 0 }, 'S0'))).not.toContain('item_1');
  expect(buttonNames(await world.card('stars', { page: 0 }, 'G1'))).toContain('item_1');
});

it('whoever carries it is told, finds it in the weekly check, and keeps it through changes', async () => {
  const world = await commitWorld();
  await save(world, 'S0', { owner: 'M02' });
  expect((await world.outbox()).filter(({ card }) => card === 'task_given').map(({ recipient }) => recipient)).toEqual([
    'M02',
  ]);
  const { id, task } = await only(world);
  world.clock.now = Date.parse('2026-10-16T15:00:00+08:00');
  await runJob(world, 'weekly-check-open');
  expect(allText(await world.card('weekly_check', { week: '2026-W42', page: 0 }, 'M02'))).toContain('书记讲党课');
  // Another name and end: the same task. Another owner: the task moves, and the first owes nothing any more.
  await save(world, 'S0', { owner: 'M02', name: '书记讲专题党课', to: '2026-11-30' }, 'branch', id);
  expect(await findTask(world.use.db.read, task ?? '')).toMatchObject({
    owner: 'M02',
    text: '书记讲专题党课',
    due: '2026-11-30',
  });
  await save(world, 'S0', { owner: 'M04' }, 'branch', id);
  expect(await findTask(world.use.db.read, task ?? '')).toMatchObject({ owner: 'M04', state: 'open' });
  const due = z.object({ person: z.string() });
  expect(await world.use.db.read.all(due, 'SELECT person FROM check_due')).toEqual([]);
  // The secretary gives the task to somebody else: the item follows.
  await world.click('S0', { a: 'task_save', k: task ?? '', p: 0 }, { owner: 'M05', due: '2026-12-31' });
  expect((await only(world)).ownerName).toBe('某M05');
  // Nobody by name any more: the task is laid down.
  await save(world, 'S0', { owner: 'none' }, 'branch', id);
  expect((await only(world)).owner).toBeNull();
  expect((await findTask(world.use.db.read, task ?? ''))?.state).toBe('dropped');
  expect(await audit(world)).toEqual(['star_item_added', ...Array.from({ length: 3 }, () => 'star_item_changed')]);
});
it('a task that is done stays done, whatever is changed about the item; a new owner has a new task', async () => {
  const world = await commitWorld();
  await save(world, 'S0', { owner: 'M02' });
  const { id, task } = await only(world);
  await world.click('S0', { a: 'task_move', k: task ?? '', s: 'done' });
  await save(world, 'S0', { owner: 'M02', name: '书记讲专题党课' }, 'branch', id);
  expect((await only(world)).task).toBe(task);
  await save(world, 'S0', { owner: 'M03', name: '书记讲专题党课' }, 'branch', id);
  expect((await findTask(world.use.db.read, task ?? ''))?.state).toBe('done');
  expect((await only(world)).task).not.toBe(task);
});
it('an owner who has left is named no more, and the secretary chooses another', async () => {
  const world = await commitWorld();
  await save(world, 'S0', { owner: 'M02' });
  await world.use.db.script("UPDATE person SET left_on = '2026-10-08' WHERE employee_no = 'M02'");
  expect(allText(await world.card('stars', { page: 0 }, 'M01'))).not.toContain('某M02');
  const { id, task } = await only(world);
  const shown = await world.click('S0', { a: 'star_item_show', i: id, p: 0 });
  expect(allText(shown.card)).not.toContain('某M02');
  await save(world, 'S0', { owner: 'M03' }, 'branch', id);
  expect(await only(world)).toMatchObject({ task, ownerName: '某M03' });
});
it('counts in no figure of the league: joining in is voluntary (F19)', async () => {
  const world = await commitWorld();
  await save(world, 'S0', { owner: 'M02', to: '2026-10-12' });
  await world.use.db.script("UPDATE task SET due = '2026-10-01'");
  expect(await itemsOnSchedule(world.use.db.read, 2026, '2026-12-31')).toEqual(new Map());
});

describe('ending and removing', () => {
  it('an ended item leaves the stars and stays on the board; a removed one leaves a trace only', async () => {
    const world = await commitWorld();
    await world.committed('M01');
    await world.click('S0', { a: 'commit_publish', y: 2026 });
    await save(world, 'S0', { owner: 'M02' });
    await save(world, 'S0', { name: '党员先锋岗' });
    await save(world, 'S0', { name: '明年的事', from: '2027-01-01', to: '2027-03-31' });
    const [first, second] = await all(world);
    if (first === undefined || second === undefined) throw new Error('no items');
    expect((await world.click('S0', { a: 'star_item_close', i: first.id, h: 'end' })).toast?.text).toBe('已结束。');
    expect((await world.click('S0', { a: 'star_item_close', i: second.id, h: 'remove' })).toast?.text).toBe('已删除。');
    const withTask = first.task === null ? second : first;
    expect((await findTask(world.use.db.read, withTask.task ?? ''))?.state).toBe('dropped');
    const shown = allText(await world.card('stars', { page: 0 }, 'M01'));
    expect(shown).not.toContain(first.name);
    expect(shown).not.toContain(second.name);
    expect(shown).toContain('明年的事');
    const board = await commitmentBoard(world.use.db.read, 'B001', 2026);
    expect(board?.unitItems.map(({ name }) => name)).toEqual([first.name]);
    expect(await audit(world)).toEqual([
      'star_item_added',
      'star_item_added',
      'star_item_added',
      'star_item_ended',
      'star_item_removed',
    ]);
    const again = await world.click('S0', { a: 'star_item_close', i: first.id, h: 'end' });
    expect(again.toast).toMatchObject({ type: 'warning', text: '这个项目已经结束。' });
    expect((await save(world, 'S0', {}, 'branch', first.id)).toast?.text).toBe('这个项目已经结束。');
    expect((await world.click('S0', { a: 'star_item_close', i: second.id, h: 'remove' })).toast?.text).toContain(
      '不在了',
    );
  });
  it('an item that is over is shown no more', async () => {
    const world = await commitWorld();
    await save(world, 'S0', { to: '2026-10-12' });
    world.clock.now = Date.parse('2026-10-13T10:00:00+08:00');
    expect(allText(await world.card('stars', { page: 0 }, 'M01'))).toContain('现在没有项目');
  });
});

describe('wrong people', () => {
  it.each([
    ['M01', 'a member'],
    ['K1', 'the committee'],
    ['R01', 'a colleague'],
    ['X0', 'the secretary of another branch'],
    ['O1', 'the office'],
  ])('%s, %s, keeps no item of this branch or its unit', async (person) => {
    const world = await commitWorld();
    await save(world, 'S0');
    await save(world, 'G1', { name: '单位的事' }, 'unit');
    const before = await all(world);
    for (const { id, level } of before) {
      const actions: Action[] = [
        { a: 'star_item_show', i: id, p: 0 },
        { a: 'star_item_close', i: id, h: 'end' },
        { a: 'star_item_close', i: id, h: 'remove' },
        { a: 'star_item_save', l: level, i: id, p: 0 },
      ];
      for (const action of actions) {
        const { toast, card } = await world.click(person, action, form({ name: '别的' }));
        // The secretary of another branch may keep items, but has none of this id.
        const gone = person === 'X0' && level === 'branch' && action.a === 'star_item_save';
        expect(toast?.type).toBe(gone ? 'warning' : 'error');
        expect(allText(card)).not.toContain('别的');
      }
    }
    expect(await all(world)).toEqual(before);
    const list = await world.card('stars', { page: 0 }, person);
    expect(buttonNames(list).filter((name) => name.startsWith('item_'))).toEqual([]);
  });
  it('nobody is carried in from outside: owners are members of the branch or unit', async () => {
    const world = await commitWorld();
    for (const owner of ['X0', 'R01', 'O1', 'nobody'])
      expect((await save(world, 'S0', { owner })).toast?.text).toBe('负责人请从名单里选。');
    expect((await save(world, 'G1', { owner: 'X0' }, 'unit')).toast?.type).toBe('success');
  });
  it('where a unit has no leading group, the secretaries of its branches keep its items', async () => {
    const world = await commitWorld({ leadingGroup: false });
    expect((await save(world, 'X0', {}, 'unit')).toast?.type).toBe('success');
    expect((await save(world, 'K1', { name: '又一个' }, 'unit')).toast?.type).toBe('error');
    expect((await save(world, 'D0', { name: '副书记的' })).toast?.type).toBe('success');
  });
});

describe('wrong input', () => {
  it('comes back as it was typed', async () => {
    const world = await commitWorld();
    const tries: [Record<string, string>, RegExp][] = [
      [{ name: ' ' }, /名称/],
      [{ name: '课'.repeat(41) }, /太长/],
      [{ name: '家访活动' }, /入户走访.*例如/],
      [{ star_1: '' }, /哪颗星/],
      [{ star_1: 'x' }, /哪颗星/],
      [{ from: '' }, /开始日期/],
      [{ to: '' }, /结束日期/],
      [{ from: '2026-12-01', to: '2026-11-30' }, /之前/],
      [{ from: '2026-09-01', to: '2026-10-08' }, /已经过去/],
      [{ to: '2028-01-01' }, /明年年底/],
    ];
    for (const [over, want] of tries) {
      const { toast, card } = await save(world, 'S0', over);
      expect(toast).toMatchObject({ type: 'warning', text: expect.stringMatching(want) });
      expect(fieldNames(card)).toEqual(['name', 'star_1', 'star_2', 'from', 'to', 'owner']);
      expect(allText(card)).toContain(over.name?.trim() || '书记讲党课');
    }
    expect(await all(world)).toEqual([]);
    await save(world, 'S0');
    expect((await save(world, 'S0')).toast?.text).toBe('已有同名的项目。');
    expect((await save(world, 'S0', {}, 'branch', 'gone')).toast?.text).toContain('不在了');
    // More names keeps what is in the form.
    const more = await world.click('S0', { a: 'star_item_new', l: 'branch', p: 0 }, form({ name: '半张表' }));
    expect(allText(more.card)).toContain('半张表');
  });
  it('thirty at once are enough', async () => {
    const world = await commitWorld();
    for (let n = 0; n < 30; n++) await save(world, 'S0', { name: `第${n}项` });
    expect((await save(world, 'S0')).toast?.text).toContain('最多 30 个');
    expect(buttonNames(await world.card('stars', { page: 0 }, 'S0'))).not.toContain('add_branch');
    expect((await save(world, 'S0', { name: '改名' }, 'branch', (await only(world)).id)).toast?.type).toBe('success');
    const last = await world.card('stars', { page: 2 }, 'S0');
    expect(buttonNames(last)).toContain('page_back');
  });
  it('a click in a group chat is answered with nothing', async () => {
    const world = await commitWorld();
    const { card } = await world.click('S0', { a: 'stars_list', p: 0 }, {}, { chat: 'oc_branch' });
    expect(card).toBeUndefined();
  });
});

it('the command finds a star by a part of its name, in both languages, and else shows the list', async () => {
  const world = await commitWorld();
  for (const words of ['/星项', '/星项 热情', '/stars warm service', '/十星 星', '/stars nothing'])
    await world.type('M01', words);
  expect((await world.outbox()).map(({ card, args }) => `${card} ${args}`)).toEqual([
    'stars {"page":0}',
    'star {"star":"warm_service"}',
    'star {"star":"warm_service"}',
    'stars {"page":0}',
    'stars {"page":0}',
  ]);
  expect(allText(await world.card('help', {}, 'M01'))).toContain('/星项（/stars）');
});

it('items go three years after the year they ended in (F16)', async () => {
  const world = await commitWorld();
  await save(world, 'S0', { owner: 'M02' });
  const { id } = await only(world);
  world.clock.now = Date.parse('2029-12-31T03:30:00+08:00');
  await runJob(world, 'retention');
  expect(await findStarItem(world.use.db.read, id)).not.toBeNull();
  world.clock.now = Date.parse('2030-01-01T03:30:00+08:00');
  expect(await runJob(world, 'retention')).toMatchObject({ failed: 0 });
  expect(await findStarItem(world.use.db.read, id)).toBeNull();
});
