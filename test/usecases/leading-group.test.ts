/** The leading group of a unit (R20, R21, R117, J12): its register, who keeps it, reminders, and what the office sees. */
import { describe, expect, it } from 'vitest';
import { leadingMeetingsOf } from '../../src/store/leading-groups.ts';
import { parseMoment } from '../../src/usecases/scheduler/moment.ts';
import { allText, buttonNames, runJob } from '../support/opinion-world.ts';
import { type MeetingWorld, meetingWorld } from '../support/meeting-world.ts';

const MET = { date: '2026-10-08 +0800', topic: '研究第四季度党建工作', decided: '部署三项任务' };
const PIECE = { same: 'planned', text: '年初一起研究党建和业务', reference: '纪要 3 号' };
const meet = (world: MeetingWorld, form: Record<string, string> = MET, person = 'G1') =>
  world.click(person, { a: 'leading_meeting_add' }, form);
const prove = (world: MeetingWorld, form: Record<string, string> = PIECE, person = 'G1') =>
  world.click(person, { a: 'leading_evidence_add' }, form);
const tables = (card: Awaited<ReturnType<MeetingWorld['card']>>) =>
  card?.blocks.flatMap((block) => (block.kind === 'table' ? block.rows : [])) ?? [];

describe('the register', () => {
  it('takes meetings and evidence of the own unit, and shows what is missing', async () => {
    const world = await meetingWorld();
    expect((await meet(world)).toast?.type).toBe('success');
    expect((await meet(world, { ...MET, date: '2025-12-01' }, 'L1')).toast?.type).toBe('success'); // last year's does not count for this one
    const { card } = await prove(world);
    expect(allText(card)).toContain('研究第四季度党建工作');
    expect(allText(card)).toContain('同谋划 1 份');
    expect(allText(card)).toContain('同表彰 还没有材料');
    expect(allText(card)).toContain('纪要 3 号');
    expect(card?.blocks.find((block) => block.kind === 'progress')).toMatchObject({ done: 1, of: 3 });
  });
  it('a wrong entry is taken out, by the own unit only, and leaves a trace', async () => {
    const world = await meetingWorld();
    await meet(world);
    const [entry] = await leadingMeetingsOf(world.use.db.read, 'U1', 2026);
    const remove = (person: string) => world.click(person, { a: 'leading_remove', w: 'meeting', i: entry?.id ?? '' });
    expect((await remove('M01')).toast?.type).toBe('error');
    expect((await remove('Y0')).toast?.type).toBe('warning'); // keeps the register of another unit
    expect((await remove('L1')).toast?.type).toBe('success');
    expect((await remove('L1')).toast?.type).toBe('warning');
    expect(await leadingMeetingsOf(world.use.db.read, 'U1', 2026)).toEqual([]);
  });
  it.each([
    ['S0', 'the unit has a leading group'],
    ['M01', 'a member'],
    ['O1', 'the office'],
  ])('%s may not: %s', async (person) => {
    const world = await meetingWorld();
    for (const { toast } of [await meet(world, MET, person), await prove(world, PIECE, person)])
      expect(toast?.type).toBe('error');
    for (const a of ['leading_show', 'leading_meeting_new', 'leading_evidence_new'] as const)
      expect((await world.click(person, { a })).toast?.type).toBe('error');
    expect(await world.card('leading_group', {}, person)).toBeNull();
  });
  it('secretaries keep it where the roster names no group', async () => {
    const world = await meetingWorld();
    expect((await meet(world, MET, 'Y0')).toast?.type).toBe('success');
    expect(await leadingMeetingsOf(world.use.db.read, 'U2', 2026)).toHaveLength(1);
  });
  it.each([
    ['meeting', { ...MET, date: '2026-10-12' }],
    ['meeting', { ...MET, topic: '' }],
    ['meeting', { ...MET, decided: '长'.repeat(501) }],
    ['evidence', { ...PIECE, same: '' }],
    ['evidence', { ...PIECE, reference: '' }],
    ['evidence', { ...PIECE, text: '长'.repeat(201) }],
  ])('a wrong %s comes back as it was typed: %#', async (what, form: Record<string, string>) => {
    const world = await meetingWorld();
    const { toast, card } = what === 'meeting' ? await meet(world, form) : await prove(world, form);
    expect(toast?.type).toBe('warning');
    const fields = card?.blocks.flatMap((block) => (block.kind === 'form' ? block.fields : [])) ?? [];
    const initial = Object.fromEntries(
      fields.flatMap((field) => ('initial' in field ? [[field.name, field.initial]] : [])),
    );
    for (const [name, value] of Object.entries(form))
      if (value !== '') expect(initial[name]).toBe(name === 'date' ? value.slice(0, 10) : value);
  });
});

describe('reminders', () => {
  it.each([
    ['2026-02-02T09:30+08:00', 0, ['G1', 'L1']],
    ['2026-02-02T09:30+08:00', 1, []],
    ['2026-07-01T09:30+08:00', 1, ['G1', 'L1']],
    ['2026-07-01T09:30+08:00', 2, []],
    ['2026-12-01T09:30+08:00', 2, ['G1', 'L1']],
    ['2026-12-01T09:30+08:00', 3, []],
  ])('at %s after %i meetings: %j', async (moment, n, want) => {
    const world = await meetingWorld();
    world.clock.now = parseMoment(moment);
    for (let i = 0; i < n; i++) await meet(world, { ...MET, topic: `${MET.topic}${i + 1}`, date: moment.slice(0, 10) });
    for (let i = 0; i < 2; i++) expect(await runJob(world, 'leading-group-remind')).toMatchObject({ failed: 0 });
    const reminded = (await world.messages('leading_reminder')).filter(({ args }) => args.includes('U1'));
    expect(reminded.map(({ recipient }) => recipient).toSorted()).toEqual(want);
    expect(buttonNames(await world.card('leading_reminder', { unit: 'U1' }, 'G1'))).toEqual(['leading']);
  });
});

describe('the office', () => {
  it('sees numbers by unit, and no text', async () => {
    const world = await meetingWorld();
    for (const date of ['2026-02-03', '2026-07-02', '2026-10-08']) await meet(world, { ...MET, date });
    await prove(world);
    await prove(world, { ...PIECE, same: 'assessed' });
    const card = await world.card('leading_units', {}, 'O1');
    expect(tables(card)).toEqual([
      { unit: 'U1 示例单位', meetings: 3, sames: '2 / 5' },
      { unit: 'U2 示例二单位', meetings: 0, sames: '0 / 5' },
    ]);
    expect(allText(card)).toContain('1 个今年还不到 3 次');
    expect(JSON.stringify(card)).not.toMatch(/部署|纪要/);
    expect(allText(await world.card('status', { period: '2026-Q3' }, 'O1'))).toContain('2 个单位中 1 个');
    expect(allText(await world.card('status', { period: '2026-Q3', district: 'D1' }, 'P1'))).not.toContain('领导小组');
    expect(await world.card('leading_units', {}, 'G1')).toBeNull();
  });
  it.each([
    ['O1', '/领导小组', 'leading_units'],
    ['G1', '/五同', 'leading_group'],
    ['L1', '/leading', 'leading_group'],
    ['M01', '/leading', 'notice'],
  ])('%s %s', async (person, typed, card) => {
    const world = await meetingWorld();
    await world.type(person, typed);
    expect((await world.outbox()).at(-1)).toMatchObject({ card, recipient: person });
  });
});
