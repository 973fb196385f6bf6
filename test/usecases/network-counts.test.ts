/** Activities and visits: planned, counted at both levels, what is missing, and what is kept (R35, R36, R69, J11, F16). */
import { describe, expect, it } from 'vitest';
import { activitiesByBranch, findActivity, invitedTo } from '../../src/store/activities.ts';
import { groupsWithout, networkCounts } from '../../src/usecases/network/counts.ts';
import { z } from 'zod';
import { allText, buttonNames, fieldNames, runJob } from '../support/opinion-world.ts';
import { type MeetingWorld, meetingWorld } from '../support/meeting-world.ts';

const PLAN = { kind: 'seminar', title: '研讨', place: '', date: '2026-10-09 +0800' };
const newest = async (world: MeetingWorld): Promise<string> => {
  const row = await world.use.db.read.get(z.object({ id: z.string() }), 'SELECT id FROM activity LIMIT 1');
  return row?.id ?? '';
};
async function held(world: MeetingWorld, planner: string, placeOf: string, ...people: string[]): Promise<string> {
  await world.click(planner, { a: 'activity_plan' }, { ...PLAN, place_of: placeOf });
  const { id: y } = await world.use.db.read
    .get(z.object({ id: z.string() }), "SELECT id FROM activity WHERE state = 'planned'")
    .then((row) => row ?? { id: '' });
  await world.click(planner, { a: 'activity_open', y });
  for (const person of people) await world.click(person, { a: 'activity_sign_in', y }, {}, { chat: 'oc_branch' });
  expect((await world.click(planner, { a: 'activity_end', y })).toast?.type).toBe('success');
  return y;
}
const counts = (world: MeetingWorld, district: string | null = 'D1', date = '2026-10-09') =>
  networkCounts(world.use.db.read, district, date);

describe('counts', () => {
  it('of a district and of its groups, and which group has held nothing this quarter', async () => {
    const world = await meetingWorld();
    await world.use.db.script(
      `INSERT INTO mutual_group (code, name, district) VALUES ('G02', '空闲小组', 'D1'); UPDATE branch SET mutual_group = 'G02' WHERE code = 'B003'`,
    );
    await held(world, 'P1', 'district:D1', 'M01', 'X0');
    await held(world, 'S0', 'group:G01', 'M01');
    const now = await counts(world);
    expect(now.districts).toEqual([{ code: 'D1', name: '示例片区', held: 1, planned: 0, byGroups: 1 }]);
    expect(groupsWithout(now).map(({ code }) => code)).toEqual(['G02']);
    expect(groupsWithout(await counts(world, 'D1', '2027-01-09')).map(({ code }) => code)).toEqual(['G01', 'G02']);
    expect((await counts(world, 'D9')).districts).toEqual([]);
    const seen = allText(await world.card('activities', {}, 'P1'));
    expect(seen).toContain('已办 1 次，安排了 0 次（全年不少于 4 次）');
    expect(seen).toContain('2 个四互小组中 1 个还没有活动：空闲小组');
    expect(allText(await world.card('district_digest', { district: 'D1' }, 'P1'))).toContain('空闲小组');
    expect(allText(await world.card('activities', {}, 'S0'))).not.toContain('空闲小组');
  });
  it('a planned one is said as planned and not counted; a cancelled one is forgotten', async () => {
    const world = await meetingWorld();
    await world.click('S0', { a: 'activity_plan' }, { ...PLAN, place_of: 'group:G01' });
    expect(allText(await world.card('activities', {}, 'O1'))).toContain('示例小组（已安排）');
    await world.click('S0', { a: 'activity_cancel', y: await newest(world) });
    const [group] = (await counts(world, null)).groups;
    expect(group).toMatchObject({ held: 0, planned: 0 });
  });
});

describe('visits', () => {
  const visit = (world: MeetingWorld, person: string, form: Record<string, string> = {}) =>
    world.click(
      person,
      { a: 'visit_plan' },
      { branch: 'B001', title: '指导季评', date: '2026-10-09', place: '', ...form },
    );

  it.each([
    ['the office', 'O1', ['B001', 'B002', 'B003']],
    ['a liaison officer', 'P1', ['B001', 'B002', 'B003']],
    ['the leading group', 'G1', ['B001', 'B002']],
    ['a leader', 'L1', ['B001', 'B002']],
  ])('%s plans one to the branches looked after', async (_who, person, codes) => {
    const world = await meetingWorld();
    expect(buttonNames(await world.card('activities', {}, person))).toContain('visit_new');
    const { card } = await world.click(person, { a: 'visit_new' });
    expect(fieldNames(card)).toEqual(['branch', 'title', 'date', 'place']);
    const options = card?.blocks.flatMap((block) => (block.kind === 'form' ? block.fields : []));
    const [branch] = options ?? [];
    expect(branch?.kind === 'select' ? branch.options.map(({ value }) => value) : []).toEqual(codes);
    expect((await visit(world, person)).toast?.type).toBe('success');
    expect((await world.messages('activity')).map(({ recipient }) => recipient)).toEqual(['S0', 'D0']);
  });

  it('is opened and ended by the secretary on the spot, and counted', async () => {
    const world = await meetingWorld();
    await visit(world, 'G1');
    const y = await newest(world);
    expect(buttonNames(await world.card('activities', {}, 'G1'))).toContain('activity_1'); // sees the own plan
    expect((await counts(world)).visits).toEqual({ held: 0, planned: 1 });
    await world.click('S0', { a: 'activity_open', y });
    await world.click('M01', { a: 'activity_sign_in', y }, {}, { chat: 'oc_branch' });
    expect((await world.click('S0', { a: 'activity_end', y })).toast?.type).toBe('success');
    const now = await counts(world);
    expect(now.visits).toEqual({ held: 1, planned: 0 });
    expect(now.unvisited.map(({ code }) => code)).toEqual(['B002', 'B003']);
    expect(now.districts[0]).toMatchObject({ held: 0, byGroups: 0 }); // a visit is no activity of the district
    expect(allText(await world.card('activities', {}, 'O1'))).toContain('已到 1 次');
  });

  it.each([
    ['a branch that is none', 'O1', { branch: 'B999' }, 'warning'],
    ['a branch of another unit', 'G1', { branch: 'B003' }, 'error'],
    ['no subject', 'O1', { title: ' ' }, 'warning'],
    ['a day that is over', 'O1', { date: '2026-10-08' }, 'warning'],
    ['no day', 'O1', { date: '' }, 'warning'],
    ['a secretary', 'S0', {}, 'error'],
    ['a member', 'M01', {}, 'error'],
  ])('%s: nothing is planned', async (_what, person, form, tone) => {
    const world = await meetingWorld();
    const { toast, card } = await visit(world, person, form);
    expect(toast?.type).toBe(tone);
    if (tone === 'warning') expect(allText(card)).toContain('title' in form ? form.title.trim() : '指导季评');
    expect(await newest(world)).toBe('');
  });
  it('a member is offered no form', async () => {
    const world = await meetingWorld();
    expect((await world.click('M01', { a: 'visit_new' })).toast?.type).toBe('error');
    expect(await world.card('visit_form', {}, 'M01')).toBeNull();
  });
});

describe('what is kept', () => {
  it('sign-ins go once the annual appraisal of the branch is final; the counts stay', async () => {
    const world = await meetingWorld();
    const y = await held(world, 'P1', 'district:D1', 'M01', 'M02', 'X0');
    const r = await world.open();
    await world.use.db.write((tx) =>
      tx.run("UPDATE review SET state = 'final', final_at = ?, period = '2026-Q4' WHERE id = ?", [
        world.clock.now + 7 * 86_400_000,
        r,
      ]),
    );
    expect(await runJob(world, 'retention')).toMatchObject({ failed: 0 });
    const left = await world.use.db.read.all(z.object({ person: z.string() }), 'SELECT person FROM activity_sign_in');
    expect(left).toEqual([{ person: 'X0' }]); // of another branch, whose year is not over
    expect((await invitedTo(world.use.db.read, y)).map(({ branch, present }) => [branch, present])).toEqual([
      ['B001', 2],
      ['B002', 1],
      ['B003', 0],
    ]);
    expect([...(await activitiesByBranch(world.use.db.read, '2026-01-01', '2026-12-31'))]).toEqual([
      ['B001', 1],
      ['B002', 1],
    ]);
  });
  it('activities and guidance go with the term of sheets', async () => {
    const world = await meetingWorld();
    const y = await held(world, 'P1', 'district:D1', 'M01');
    await world.click('O1', { a: 'guidance_publish' }, { text: '请按时', due: '' });
    world.clock.now = Date.parse('2029-12-31T03:30+08:00');
    await runJob(world, 'retention');
    expect(await findActivity(world.use.db.read, y)).not.toBeNull();
    world.clock.now = Date.parse('2030-01-01T03:30+08:00');
    expect(await runJob(world, 'retention')).toMatchObject({ failed: 0 });
    expect(await findActivity(world.use.db.read, y)).toBeNull();
    expect(await world.use.db.read.all(z.object({ id: z.string() }), 'SELECT id FROM guidance')).toEqual([]);
  });
});
