/** The day of a meeting: sign-in, its end, who was there, and who may know (R67, J10, A47, F16). */
import { describe, expect, it } from 'vitest';
import { presentAt } from '../../src/store/meeting-people.ts';
import { findMeeting } from '../../src/store/meetings.ts';
import { findSummary } from '../../src/store/months.ts';
import { verifyAudit } from '../../src/store/audit.ts';
import { parseMoment } from '../../src/usecases/scheduler/moment.ts';
import { allText, buttonNames, runJob } from '../support/opinion-world.ts';
import { type MeetingWorld, meetingWorld, tick } from '../support/meeting-world.ts';

const present = async (world: MeetingWorld, id: string) =>
  (await presentAt(world.use.db.read, id)).map(({ person }) => person);
const table = (card: Awaited<ReturnType<MeetingWorld['card']>>) =>
  card?.blocks.flatMap((block) => (block.kind === 'table' ? block.rows : [])) ?? [];

describe('the day', () => {
  it('opens the sign-in by itself, once; who taps sees a toast and nothing else', async () => {
    const world = await meetingWorld();
    await world.plan('general_meeting');
    const { id } = await world.meeting();
    expect((await world.click('S0', { a: 'meeting_open', g: id })).toast?.type).toBe('warning'); // not today
    await tick(world, '2026-10-15T09:00+08:00');
    await tick(world, '2026-10-15T09:01+08:00');
    expect((await world.messages('meeting_sign_in')).map(({ recipient }) => recipient)).toEqual(['oc_branch']);
    const tap = (person: string) => world.click(person, { a: 'meeting_sign_in', g: id }, {}, { chat: 'oc_branch' });
    expect(await tap('M01')).toEqual({ toast: { type: 'success', text: expect.any(String) } });
    expect((await tap('M01')).toast?.type).toBe('info');
    expect((await tap('R01')).toast?.type).toBe('success'); // a colleague is welcome, and not counted
    expect((await tap('X0')).toast?.type).toBe('warning');
    expect(await present(world, id)).toEqual(['M01', 'R01']);
    await world.click('S0', { a: 'meeting_end', g: id });
    expect(await findMeeting(world.use.db.read, id)).toMatchObject({
      state: 'held',
      due: 8,
      present: 1,
      minutesBy: '2026-10-20',
    });
    expect((await tap('M02')).toast?.type).toBe('warning');
  });

  it('keeps no moment of a sign-in, in the database or the log', async () => {
    const world = await meetingWorld();
    const { id } = await world.opened('general_meeting');
    world.clock.now = 1_791_234_567_891;
    await world.click('M01', { a: 'meeting_sign_in', g: id });
    expect(world.files().includes(Buffer.from('1791234567891'))).toBe(false);
    expect(world.logged()).not.toContain('某M01');
  });

  it('cannot end without anybody; the secretary enters who has no telephone, and that leaves a trace', async () => {
    const world = await meetingWorld();
    const { id } = await world.opened('general_meeting');
    expect((await world.click('S0', { a: 'meeting_end', g: id })).toast?.type).toBe('warning');
    const { card } = await world.click('S0', { a: 'meeting_register', g: id, p: 0 });
    expect(allText(card)).toContain('某M01');
    expect((await world.click('S0', { a: 'meeting_mark', g: id, p: 0 }, { person: 'X0' })).toast?.type).toBe('warning');
    expect((await world.click('S0', { a: 'meeting_mark', g: id, p: 0 }, {})).toast?.type).toBe('warning');
    const marked = await world.click('S0', { a: 'meeting_mark', g: id, p: 0 }, { person: 'M01' });
    expect(marked.toast?.type).toBe('success');
    expect(allText(marked.card)).not.toContain('某M01');
    expect(await present(world, id)).toEqual(['M01']);
    expect((await world.click('S0', { a: 'meeting_end', g: id })).toast?.type).toBe('success');
    expect((await verifyAudit(world.use.db.read)).ok).toBe(true);
  });

  it('a meeting nobody ended is ended the next working day; one nobody came to stays', async () => {
    const world = await meetingWorld();
    const first = await world.opened('general_meeting');
    const second = await world.opened('party_lecture', '10:30');
    await world.click('M01', { a: 'meeting_sign_in', g: first.id });
    await tick(world, '2026-10-10T09:00+08:00');
    await tick(world, '2026-10-12T09:00+08:00');
    expect((await findMeeting(world.use.db.read, first.id))?.state).toBe('held');
    expect((await findMeeting(world.use.db.read, second.id))?.state).toBe('open');
    expect((await world.click('S0', { a: 'meeting_cancel', g: second.id })).toast?.type).toBe('success');
  });
});

describe('attendance', () => {
  it('of an ordinary member is seen by the person and the secretary alone', async () => {
    const world = await meetingWorld();
    const { id } = await world.opened('general_meeting');
    for (const person of ['M01', 'M02']) await world.click(person, { a: 'meeting_sign_in', g: id });
    await world.click('S0', { a: 'meeting_end', g: id });
    const seen = async (person: string) => allText(await world.card('meeting', { meeting: id }, person));
    expect(await seen('S0')).toContain('某M01、某M02');
    for (const person of ['M01', 'K1', 'L1']) expect(await seen(person)).not.toMatch(/某M0/);
    expect(allText(await world.card('me', {}, 'M01'))).toContain('10月9日 主题党员大会');
    expect(allText(await world.card('me', {}, 'M03'))).not.toContain('主题党员大会');
    expect(await world.messages('leader_attendance')).toEqual([]); // no leader was there
  });

  it('of leaders is public all year: names and dates, and of their own branch only', async () => {
    const world = await meetingWorld();
    await world.use.db.script("INSERT INTO person_role (person, role) VALUES ('G1', 'leader')"); // a leader in another branch
    const { id } = await world.opened('party_lecture');
    for (const person of ['L1', 'M01', 'G1']) await world.click(person, { a: 'meeting_sign_in', g: id });
    await world.click('S0', { a: 'meeting_end', g: id });
    expect((await world.messages('leader_attendance')).map(({ recipient, args }) => [recipient, args])).toEqual([
      ['oc_branch', '{"branch":"B001","year":2026}'],
    ]);
    const card = await world.card('leader_attendance', { branch: 'B001', year: 2026 }, 'M03');
    expect(table(card)).toEqual([{ name: '某L1', date: '10月9日', what: '党课' }]);
    expect(JSON.stringify(card)).not.toMatch(/某M|某G1/);
    expect(table(await world.card('leader_attendance', { branch: 'B001', year: 2025 }, 'M03'))).toEqual([]);
    expect(table((await world.click('M03', { a: 'leaders_show' })).card ?? null)).toHaveLength(1);
  });

  it('is published for nobody where the rules say so', async () => {
    const world = await meetingWorld();
    world.use.rules = { ...world.use.rules, attendance: { public_for: [] } };
    const { id } = await world.opened('party_lecture');
    await world.click('L1', { a: 'meeting_sign_in', g: id });
    await world.click('S0', { a: 'meeting_end', g: id });
    expect(await world.messages('leader_attendance')).toEqual([]);
    expect(await world.card('leader_attendance', { branch: 'B001', year: 2026 }, 'M03')).toBeNull();
    expect(buttonNames(await world.card('meetings', {}, 'M01'))).not.toContain('leaders');
  });

  it('goes once the annual appraisal of its year is final, and the counts stay', async () => {
    const world = await meetingWorld();
    const { id } = await world.opened('general_meeting');
    await world.click('M01', { a: 'meeting_sign_in', g: id });
    await world.click('S0', { a: 'meeting_end', g: id });
    const r = await world.open();
    await runJob(world, 'retention');
    expect(await present(world, id)).toEqual(['M01']);
    await world.use.db.write((tx) =>
      tx.run("UPDATE review SET state = 'final', final_at = ?, period = '2026-Q4' WHERE id = ?", [
        world.clock.now + 7 * 86_400_000,
        r,
      ]),
    );
    await runJob(world, 'retention');
    expect(await present(world, id)).toEqual([]);
    expect(await findMeeting(world.use.db.read, id)).toMatchObject({ present: 1 });
  });
});

describe('after years', () => {
  it('summaries, meetings and minutes go with the term of sheets', async () => {
    const world = await meetingWorld();
    const { id } = await world.opened('general_meeting');
    await world.click('M01', { a: 'meeting_sign_in', g: id });
    await world.click(
      'S0',
      { a: 'summary_file', m: '2026-10' },
      { progress: 'a', problems: 'b', plan: 'c', measures: 'd' },
    );
    world.clock.now = parseMoment('2029-12-31T03:30+08:00');
    await runJob(world, 'retention');
    expect(await findMeeting(world.use.db.read, id)).not.toBeNull();
    world.clock.now = parseMoment('2030-01-01T03:30+08:00');
    expect(await runJob(world, 'retention')).toMatchObject({ failed: 0 });
    expect(await findMeeting(world.use.db.read, id)).toBeNull();
    expect(await findSummary(world.use.db.read, 'B001', '2026-10')).toBeNull();
  });
});
