/** Commitments from the approval to the board: who decides, reminders, tasks, what becomes public (R55–R59, A41, F17). */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { tasksOfBranch } from '../../src/store/tasks.ts';
import { commitmentBoard, sheetBoard } from '../../src/usecases/commit/publish.ts';
import { type CommitWorld, commitWorld } from '../support/commit-world.ts';
import { allText, buttonNames, DAY, runJob } from '../support/opinion-world.ts';

const acts = async (world: CommitWorld) =>
  (
    await world.use.db.read.all(
      z.object({ act: z.string() }),
      "SELECT act FROM audit WHERE act LIKE 'commit%' ORDER BY seq",
    )
  ).map(({ act }) => act);
const sent = async (world: CommitWorld, card: string) =>
  (await world.outbox()).filter((row) => row.card === card).map((row) => row.recipient);

describe('examining', () => {
  async function handedIn(person = 'M01'): Promise<CommitWorld> {
    const world = await commitWorld();
    for (const n of [1, 2, 3]) await world.add(person, 'own', n);
    await world.submit(person, 'own');
    return world;
  }
  it('returns with a comment, which is needed; the owner changes and hands in again', async () => {
    const world = await handedIn();
    const { id } = await world.sheet('M01');
    const without = await world.decide('K1', 'M01', 'commit_return', '  ');
    expect(without.toast?.text).toContain('写明意见');
    expect((await world.decide('K1', 'M01', 'commit_return', '结果请再具体')).toast?.type).toBe('success');
    expect(await sent(world, 'commitment')).toEqual(['M01']);
    const card = await world.card('commitment', { year: 2026, whose: 'own', star: 0 }, 'M01');
    expect(allText(card)).toContain('退回意见：结果请再具体');
    const me = await world.card('me', {}, 'M01');
    expect(buttonNames(me)).toContain('commitment_2026');
    expect((await world.submit('M01', 'own')).toast?.type).toBe('success');
    expect((await world.decide('D0', 'M01', 'commit_approve')).toast?.type).toBe('success');
    expect(await acts(world)).toEqual([
      'commitment_submitted',
      'commitment_returned',
      'commitment_submitted',
      'commitment_approved',
    ]);
    expect(await world.sheet('M01')).toMatchObject({ id, state: 'approved' });
    expect((await world.decide('D0', 'M01', 'commit_approve')).toast?.type).toBe('warning');
    expect(await world.tasks('M01')).toHaveLength(3);
  });
  it('is for the committee of the branch, and never for oneself (F17)', async () => {
    const world = await handedIn('K1');
    for (const person of ['M02', 'X0', 'G1', 'O1', 'R01', 'K1']) {
      expect((await world.decide(person, 'K1', 'commit_approve')).toast?.type).toBe('error');
      expect((await world.decide(person, 'K1', 'commit_return', '不行')).toast?.type).toBe('error');
      const { id } = await world.sheet('K1');
      expect((await world.click(person, { a: 'commit_review', c: id })).card).toBeUndefined();
    }
    expect(await sent(world, 'commitment_queue')).toEqual(['S0', 'D0']);
    expect(buttonNames(await world.card('me', {}, 'D0'))).toContain('open_queue');
    expect(buttonNames(await world.card('me', {}, 'K1'))).not.toContain('open_queue');
    expect((await world.decide('S0', 'K1', 'commit_approve')).toast?.type).toBe('success');
  });
  it('of a draft shows nobody anything', async () => {
    const world = await handedIn();
    await world.click('M01', { a: 'commit_withdraw', y: 2026, w: 'own' });
    const { id } = await world.sheet('M01');
    const card = await world.click('S0', { a: 'commit_review', c: id });
    expect(allText(card.card)).not.toContain('公开一次办件时限');
  });
  it('of the branch’s own sheet is for the leading group, else the office', async () => {
    for (const [leadingGroup, approver] of [
      [true, 'G1'],
      [false, 'O1'],
    ] as const) {
      const world = await commitWorld({ leadingGroup });
      for (const n of [1, 2, 3, 4]) await world.add('S0', 'branch', n);
      expect((await world.submit('S0', 'branch')).toast?.text).toContain('至少要写 5 项');
      await world.add('D0', 'branch', 5);
      expect((await world.submit('D0', 'branch')).toast?.type).toBe('success');
      expect(await sent(world, 'commitment_queue')).toEqual([approver]);
      for (const person of ['S0', 'D0', 'K1', 'M01', 'X0'])
        expect((await world.decide(person, null, 'commit_approve')).toast?.type).toBe('error');
      expect((await world.decide(approver, null, 'commit_approve')).toast?.type).toBe('success');
      expect(await world.tasks('S0')).toHaveLength(5); // the secretary answers for them until they are given to others
    }
  });
  it('reminds approvers the day before, on the day and after, nobody else', async () => {
    const world = await handedIn();
    const at = async (date: string) => {
      world.clock.now = Date.parse(`${date}T09:20+08:00`);
      return (await runJob(world, 'commitment-clock')).done;
    };
    expect(await at('2026-10-13')).toBe(0);
    expect(await at('2026-10-14')).toBe(3);
    expect(await at('2026-10-14')).toBe(3);
    expect(await at('2026-10-15')).toBe(3);
    expect(await at('2026-10-16')).toBe(3);
    const rows = (await sent(world, 'commitment_queue')).slice(3); // the first three told of the sheet itself
    expect(rows).toEqual(['S0', 'D0', 'K1', 'S0', 'D0', 'K1', 'S0', 'D0', 'K1']);
    expect(allText(await world.card('commitment_queue', {}, 'S0'))).toContain('请逐份审定');
    await world.decide('S0', 'M01', 'commit_approve');
    expect(await at('2026-10-19')).toBe(0);
  });
});

describe('publishing', () => {
  it('shows approved sheets to everybody, tells the chat numbers only, and leaves out the rest', async () => {
    const world = await commitWorld();
    await world.committed('M02');
    await world.committed('M01');
    for (const n of [1, 2, 3]) await world.add('M03', 'own', n);
    const { read } = world.use.db;
    expect(await commitmentBoard(read, 'B001', 2026)).toBeNull();
    expect(await sheetBoard(read, (await world.sheet('M01')).id)).toBeNull();
    for (const person of ['M01', 'K1', 'X0'])
      expect((await world.click(person, { a: 'commit_publish', y: 2026 })).toast?.type).toMatch(/error|warning/);
    const done = await world.click('S0', { a: 'commit_publish', y: 2026 });
    expect(done.toast).toMatchObject({ type: 'success', text: '已公布 2 份。' });
    expect((await world.click('S0', { a: 'commit_publish', y: 2026 })).toast?.type).toBe('warning');
    const board = await commitmentBoard(read, 'B001', 2026);
    expect(board?.sheets.map((sheet) => sheet.name)).toEqual(['某M01', '某M02']);
    expect(board?.sheets[0]?.items).toHaveLength(3);
    expect(await sent(world, 'commitments_published')).toEqual(['oc_branch']);
    const group = await world.use.db.read.get(
      z.object({ args: z.string() }),
      "SELECT args FROM outbox WHERE card = 'commitments_published'",
    );
    expect(group?.args).toBe('{"branch":"B001","year":2026}');
    const overview = allText(await world.card('commitments', { year: 2026 }, 'S0'));
    expect(overview).toContain('已公布 2 人');
    expect(overview).not.toContain('某M0');
    expect(await world.card('commitments', { year: 2026 }, 'M01')).toBeNull();
    const own = await world.card('commitment', { year: 2026, whose: 'own', star: 0 }, 'M01');
    expect(buttonNames(own)).toEqual(['board', 'board_file']);
  });
  it('later sheets follow; done items are marked, others are not', async () => {
    const world = await commitWorld();
    await world.committed('M01');
    await world.click('S0', { a: 'commit_publish', y: 2026 });
    await world.committed('M02');
    expect((await world.click('S0', { a: 'commit_publish', y: 2026 })).toast?.text).toBe('已公布 1 份。');
    const [first] = await world.tasks('M01');
    await world.use.db.write((tx) =>
      tx.run("UPDATE task SET state = 'done', done_on = '2026-10-09' WHERE id = ?", [first!]),
    );
    const board = await commitmentBoard(world.use.db.read, 'B001', 2026);
    expect(board?.sheets.map((sheet) => sheet.items.filter((item) => item.done).length)).toEqual([1, 0]);
  });
});

describe('the call in January (J4)', () => {
  it('goes to members without a sheet handed in, and to the secretary for the branch', async () => {
    const world = await commitWorld();
    world.clock.now = Date.parse('2026-01-06T09:00+08:00');
    const first = await runJob(world, 'commitment-call');
    expect(first.failed).toBe(0);
    const cards = await sent(world, 'commitment');
    for (const person of ['S0', 'M01', 'K1', 'X0', 'O1']) expect(cards).toContain(person);
    expect(cards).not.toContain('R01');
    expect(cards.filter((person) => person === 'S0')).toHaveLength(2);
    await runJob(world, 'commitment-call');
    expect(await sent(world, 'commitment')).toHaveLength(cards.length);
    for (const n of [1, 2, 3]) await world.add('M01', 'own', n);
    await world.submit('M01', 'own');
    world.clock.now += 7 * DAY;
    await runJob(world, 'commitment-call');
    const later = (await sent(world, 'commitment')).slice(cards.length);
    expect(later).not.toContain('M01');
    expect(later).toHaveLength(cards.length - 1);
  });
});

describe('the words behind /commit', () => {
  it.each([
    ['S0', '/承诺 支部', 'commitment'],
    ['S0', '/commit tasks', 'tasks'],
    ['K1', '/承诺 情况', 'commitments'],
    ['G1', '/承诺 审定', 'commitment_queue'],
    ['M01', '/commit 2026', 'commitment'],
    ['M01', '/承诺 支部', 'notice'],
    ['M01', '/承诺 任务', 'notice'],
    ['M01', '/承诺 情况', 'notice'],
    ['R01', '/承诺', 'notice'],
  ])('%s typing %s is shown %s', async (person, typed, card) => {
    const world = await commitWorld();
    await world.type(person, typed);
    expect((await world.outbox()).at(-1)).toMatchObject({ card, recipient: person });
  });
});

it('tasks of a branch come from its own sheets only', async () => {
  const world = await commitWorld();
  await world.committed('M01');
  const tasks = await tasksOfBranch(world.use.db.read, 'B001', 2026);
  expect(tasks.map(({ owner, own, due }) => ({ owner, own, due }))).toEqual(
    Array.from({ length: 3 }, () => ({ owner: 'M01', own: true, due: '2026-12-18' })),
  );
});

describe('where a body is missing', () => {
  const bare = async (roles: string) => {
    const world = await commitWorld({ deputy: false, committee: 0 });
    await world.use.db.write((tx) => tx.run(`DELETE FROM person_role WHERE role IN (${roles})`));
    for (const n of [1, 2, 3]) await world.add('S0', 'own', n);
    return world;
  };
  const queue = async (world: CommitWorld, person: string) =>
    buttonNames(await world.card('commitment_queue', {}, person));
  it('a lone secretary’s sheet goes to the leading group, without one to the office', async () => {
    for (const [roles, approver, other] of [
      ["''", 'G1', 'O1'],
      ["'leading_group'", 'O1', 'G1'],
    ] as const) {
      const world = await bare(roles);
      await world.submit('S0', 'own');
      expect(await queue(world, approver)).toEqual(['review_1']);
      expect(await queue(world, other)).toEqual([]);
      expect((await world.decide(other, 'S0', 'commit_approve')).toast?.type).toBe('error');
      expect((await world.decide(approver, 'S0', 'commit_approve')).toast?.type).toBe('success');
    }
  });
  it('where nobody may approve, the person is told whom to ask', async () => {
    const world = await bare("'leading_group', 'office'");
    expect((await world.submit('S0', 'own')).toast).toMatchObject({
      type: 'warning',
      text: expect.stringContaining('工委办公室'),
    });
    expect(await world.sheet('S0')).toMatchObject({ state: 'submitted' });
  });
  it('a branch without a chat is told in private that the board is up', async () => {
    const world = await commitWorld();
    await world.committed('M01');
    await world.use.db.script('DELETE FROM chat');
    await world.click('S0', { a: 'commit_publish', y: 2026 });
    expect(await sent(world, 'commitments_published')).toContain('R01');
  });
});
