/** The weekly self-check: who is asked, who sees what, wrong input, changes until the close (R64, A48, J8). */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkRatesOf } from '../../src/store/weekly-checks.ts';
import { checkDigest } from '../../src/usecases/commit/check-close.ts';
import { type CommitWorld, commitWorld } from '../support/commit-world.ts';
import { allText, buttonNames, fieldNames, runJob } from '../support/opinion-world.ts';

const at = (text: string) => Date.parse(`${text}:00+08:00`);
const FRIDAY = '2026-10-16T15:00';
const MONDAY = '2026-10-19T10:00';
const WEEK = '2026-W42';
async function job(world: CommitWorld, name: string, time: string) {
  world.clock.now = at(time);
  return runJob(world, name);
}
const sent = async (world: CommitWorld, card: string) =>
  (await world.outbox()).filter((row) => row.card === card).map((row) => row.recipient);
const openCard = (world: CommitWorld, person: string) => world.card('weekly_check', { week: WEEK, page: 0 }, person);
const answer = async (world: CommitWorld, person: string, states: readonly string[], notes: readonly string[] = []) => {
  const tasks = await world.tasks(person);
  const form = Object.fromEntries(
    tasks.flatMap((id, i) => [
      [`task_${id}`, states[i] ?? ''],
      [`note_${id}`, notes[i] ?? ''],
    ]),
  );
  return world.click(person, { a: 'check_answer', k: WEEK, p: 0 }, form);
};
async function opened(...people: string[]): Promise<CommitWorld> {
  const world = await commitWorld();
  for (const person of people) await world.committed(person, person === 'S0' ? 'D0' : 'S0');
  await job(world, 'weekly-check-open', FRIDAY);
  return world;
}

describe('opening', () => {
  it('sends one card to everybody with an open task and nobody else; twice changes nothing', async () => {
    const world = await opened('M01', 'M02');
    expect(await runJob(world, 'weekly-check-open')).toEqual({ done: 2, failed: 0, note: WEEK });
    expect(await sent(world, 'weekly_check')).toEqual(['M01', 'M02']);
    const card = await openCard(world, 'M01');
    expect(fieldNames(card)).toHaveLength(6);
    expect(allText(card)).toContain('10月19日 10:00');
    expect(await openCard(world, 'M03')).toBeNull();
  });
  it('is not opened again once it was closed', async () => {
    const world = await opened('M01');
    await job(world, 'weekly-check-close', MONDAY);
    expect(await job(world, 'weekly-check-open', FRIDAY)).toMatchObject({ done: 0 });
    expect(await sent(world, 'weekly_check')).toEqual(['M01']);
  });
});

describe('answering', () => {
  it('takes a state for every task, keeps what was chosen when one is missing', async () => {
    const world = await opened('M01');
    const part = await answer(world, 'M01', ['done', 'needs_help'], ['', '需要数据']);
    expect(part.toast).toMatchObject({ type: 'warning' });
    expect(part.toast?.text).toContain('第');
    const kept = part.card?.blocks
      .flatMap((block) => (block.kind === 'form' ? block.fields : []))
      .flatMap((field) => ('initial' in field ? [field.initial] : []));
    expect(kept).toEqual(['done', 'needs_help', '需要数据']);
    expect(await checkDigest(world.use.db.read, WEEK, 'B001')).toMatchObject({ answered: [], needsHelp: [] });
    const done = await answer(world, 'M01', ['done', 'needs_help', 'on_track'], ['', '需要数据']);
    expect(done.toast).toMatchObject({ type: 'success' });
    expect(done.card?.tone).toBe('green');
  });
  it('refuses a note that is too long, and a state that does not exist', async () => {
    const world = await opened('M01');
    const long = await answer(world, 'M01', ['done', 'done', 'done'], ['长'.repeat(121)]);
    expect(long.toast?.text).toContain('不超过 120 字');
    expect((await answer(world, 'M01', ['done', 'splendid', 'done'])).toast?.type).toBe('warning');
    expect(await checkDigest(world.use.db.read, WEEK, 'B001')).toMatchObject({ answered: [] });
  });
  it('has one tap for everything, which keeps notes, and may be changed until the close', async () => {
    const world = await opened('M01');
    await answer(world, 'M01', ['needs_help', 'done', 'done'], ['等批复']);
    expect((await world.click('M01', { a: 'check_all', k: WEEK })).toast?.type).toBe('success');
    expect(await checkDigest(world.use.db.read, WEEK, 'B001')).toMatchObject({
      needsHelp: [],
      counts: { on_track: 3 },
      notes: [{ note: '等批复' }],
    });
    // Nothing is settled yet: a task said to be done is still there to be corrected.
    await answer(world, 'M01', ['done', 'on_track', 'on_track']);
    expect(await world.tasks('M01')).toHaveLength(3);
    await answer(world, 'M01', ['on_track', 'on_track', 'on_track']);
    await job(world, 'weekly-check-close', MONDAY);
    expect(await world.tasks('M01')).toHaveLength(3);
    const late = await world.click('M01', { a: 'check_all', k: WEEK });
    expect(late.toast).toMatchObject({ type: 'warning', text: '本周自查已结束。' });
  });
  it('is for those who were asked, about their own tasks', async () => {
    const world = await opened('M01');
    for (const person of ['M02', 'S0', 'X0', 'R01'])
      expect((await world.click(person, { a: 'check_all', k: WEEK })).toast?.type).toBe('error');
    expect((await world.click('M01', { a: 'check_all', k: '2026-W01' })).toast?.type).toBe('error');
    const [task] = await world.tasks('M01');
    await world.committed('M02');
    await job(world, 'weekly-check-close', MONDAY);
    await job(world, 'weekly-check-open', '2026-10-23T15:00');
    const tasks = await world.tasks('M02');
    const form = Object.fromEntries([...tasks, task!].map((id) => [`task_${id}`, 'needs_help']));
    await world.click('M02', { a: 'check_answer', k: '2026-W43', p: 0 }, form);
    expect((await checkDigest(world.use.db.read, '2026-W43', 'B001')).needsHelp.map((line) => line.name)).toEqual([
      '某M02',
      '某M02',
      '某M02',
    ]);
    expect(
      (await world.click('M02', { a: 'check_all', k: '2026-W43' }, {}, { chat: 'oc_branch' })).card,
    ).toBeUndefined();
  });
  it('of many tasks goes page by page and counts once all are answered', async () => {
    const world = await commitWorld();
    for (let n = 0; n < 10; n++) await world.add('M01', 'own', n);
    await world.submit('M01', 'own');
    await world.decide('S0', 'M01', 'commit_approve');
    for (const text of ['甲', '乙'])
      await world.click('S0', { a: 'task_add', p: 0 }, { owner: 'M01', text, due: '2026-12-30' });
    await job(world, 'weekly-check-open', FRIDAY);
    const tasks = await world.tasks('M01');
    const page = (p: number) =>
      world.click(
        'M01',
        { a: 'check_answer', k: WEEK, p },
        Object.fromEntries(tasks.map((id) => [`task_${id}`, 'on_track'])),
      );
    const first = await page(0);
    expect(first.toast?.text).toBe('这一页已保存，还有 2 项。');
    expect(fieldNames(first.card)).toEqual(tasks.slice(10).flatMap((id) => [`task_${id}`, `note_${id}`]));
    expect((await checkDigest(world.use.db.read, WEEK, 'B001')).answered).toEqual([]);
    expect((await page(1)).toast?.text).toBe('已收到，谢谢。');
    expect((await checkDigest(world.use.db.read, WEEK, 'B001')).answered).toEqual(['某M01']);
  });
  it('/check opens it while it is open, else says when the next one is', async () => {
    const world = await opened('M01');
    await world.type('M01', '/自查');
    expect((await world.outbox()).at(-1)).toMatchObject({ card: 'weekly_check', recipient: 'M01' });
    await world.type('M02', '/check');
    expect((await world.outbox()).at(-1)).toMatchObject({ card: 'weekly_check_none', recipient: 'M02' });
    await job(world, 'weekly-check-close', MONDAY);
    await world.type('M01', '/check');
    expect((await world.outbox()).at(-1)).toMatchObject({ card: 'weekly_check_none' });
    const card = await world.card('weekly_check_none', {}, 'M01');
    expect(allText(card)).toContain('10月23日 15:00');
  });
  it('stands in /me until it is answered', async () => {
    const world = await opened('M01');
    expect(buttonNames(await world.card('me', {}, 'M01'))).toContain('check');
    await world.click('M01', { a: 'check_all', k: WEEK });
    const me = await world.card('me', {}, 'M01');
    expect(buttonNames(me)).not.toContain('check');
    expect(allText(me)).toContain('2026年：已审定，3 项');
    expect(allText(me)).toContain('正常推进');
    expect(allText(await world.card('me', {}, 'S0'))).not.toContain('公开一次办件时限');
  });
});

describe('Monday', () => {
  it('reminds those who owe, privately, and not who answers before it is delivered', async () => {
    const world = await opened('M01', 'M02', 'M03');
    await world.click('M02', { a: 'check_all', k: WEEK });
    expect(await job(world, 'weekly-check-remind', '2026-10-19T09:00')).toEqual({ done: 2, failed: 0, note: WEEK });
    await runJob(world, 'weekly-check-remind');
    expect(await sent(world, 'weekly_check_reminder')).toEqual(['M01', 'M03']);
    await world.click('M03', { a: 'check_all', k: WEEK });
    expect(await world.card('weekly_check_reminder', { week: WEEK }, 'M03')).toBeNull();
    expect(buttonNames(await world.card('weekly_check_reminder', { week: WEEK }, 'M01'))).toContain('submit');
  });

  it('closes: the digest goes to the secretary alone, help first; liaison officers get rates only', async () => {
    const world = await opened('M01', 'M02', 'S0');
    await answer(world, 'M02', ['needs_help', 'done', 'on_track'], ['等经费批复', '', '进展顺利']);
    await world.click('S0', { a: 'check_all', k: WEEK });
    expect(await job(world, 'weekly-check-close', '2026-10-19T09:59')).toMatchObject({ done: 0 });
    expect(await job(world, 'weekly-check-close', MONDAY)).toMatchObject({ done: 1, failed: 0 });
    expect(await runJob(world, 'weekly-check-close')).toMatchObject({ done: 0 });
    expect(await sent(world, 'check_digest')).toEqual(['S0']);
    const digest = allText(await world.card('check_digest', { week: WEEK, branch: 'B001' }, 'S0'));
    for (const words of ['应查 3 人，按时 2 人', '需要帮助', '等经费批复', '进展顺利', '某M01'])
      expect(digest).toContain(words);
    expect(digest.indexOf('等经费批复')).toBeLessThan(digest.indexOf('进展顺利'));
    expect(await sent(world, 'district_digest')).toEqual(['P1']); // one message, whatever it is about
    const args = await world.use.db.read.get(
      z.object({ args: z.string() }),
      "SELECT args FROM outbox WHERE card = 'district_digest'",
    );
    expect(args?.args).toBe('{"district":"D1"}');
    const rates = await world.card('district_digest', { district: 'D1' }, 'P1');
    const rows = rates?.blocks.flatMap((block) => (block.kind === 'table' ? block.rows : []));
    expect(rows?.map((row) => row['weekly'])).toEqual(['66', '—', '—']);
    expect(JSON.stringify(rates)).not.toMatch(/某|经费/);
    expect(await checkRatesOf(world.use.db.read, WEEK)).toEqual([{ branch: 'B001', due: 3, answered: 2 }]);
    const tasks = await world.tasks('M02');
    expect(tasks).toHaveLength(2); // what was done leaves the list
    for (const person of ['K1', 'M01', 'P1', 'X0']) {
      const click = await world.click(person, { a: 'check_digest', k: WEEK, p: 0 });
      expect(allText(click.card)).not.toContain('等经费批复');
    }
    expect(world.logged()).not.toMatch(/等经费批复|进展顺利/);
  });
  it('goes to the deputy where there is no secretary', async () => {
    const world = await opened('M01');
    await world.use.db.write((tx) => tx.run("DELETE FROM person_role WHERE person = 'S0'"));
    await job(world, 'weekly-check-close', MONDAY);
    expect(await sent(world, 'check_digest')).toEqual(['D0']);
  });
  it('raises two missed weeks in a row with the person, and not the third', async () => {
    const world = await opened('M01', 'M02');
    await world.click('M02', { a: 'check_all', k: WEEK });
    await job(world, 'weekly-check-close', MONDAY);
    expect(await sent(world, 'check_missed')).toEqual([]);
    for (const [friday, monday, raised] of [
      ['2026-10-23T15:00', '2026-10-26T10:00', ['M01']],
      ['2026-10-30T15:00', '2026-11-02T10:00', ['M01', 'M02']],
      ['2026-11-06T15:00', '2026-11-09T10:00', ['M01', 'M02', 'M01']],
    ] as const) {
      await job(world, 'weekly-check-open', friday);
      await job(world, 'weekly-check-close', monday);
      expect(await sent(world, 'check_missed')).toEqual(raised);
    }
    expect(allText(await world.card('check_missed', {}, 'M01'))).not.toMatch(/\d 次|第三|批评/);
  });
});
