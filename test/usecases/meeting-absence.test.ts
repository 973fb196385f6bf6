/** Absences at meetings of the register: categories only, entered by the secretary, seen by the person and the secretary (F13, A47, A48, F16). */
import { describe, expect, it } from 'vitest';
import { absentAt } from '../../src/store/meeting-people.ts';
import { findMeeting } from '../../src/store/meetings.ts';
import { verifyAudit } from '../../src/store/audit.ts';
import { z } from 'zod';
import { allText, buttonNames, fieldNames, runJob } from '../support/opinion-world.ts';
import { type MeetingWorld, meetingWorld } from '../support/meeting-world.ts';

const absent = async (world: MeetingWorld, g: string) =>
  (await absentAt(world.use.db.read, g)).map(({ person, reason }) => `${person} ${reason}`);
const excuse = (world: MeetingWorld, g: string, person: string, reason: string, by = 'S0') =>
  world.click(by, { a: 'meeting_absent', g, p: 0 }, { person, reason });
const planned = async () => {
  const world = await meetingWorld();
  await world.plan('general_meeting');
  return { world, g: (await world.meeting()).id };
};

describe('the secretary', () => {
  it('notes an absence before the meeting, changes it and takes it back', async () => {
    const { world, g } = await planned();
    expect(buttonNames(await world.card('meeting', { meeting: g }, 'S0'))).toContain('meeting_register');
    const register = await world.click('S0', { a: 'meeting_register', g, p: 0 });
    expect(fieldNames(register.card)).toEqual(['person', 'reason']); // nobody is entered as present yet
    expect(allText(register.card)).toContain('不写具体情况');
    const noted = await excuse(world, g, 'M01', 'duty_travel');
    expect(noted.toast?.type).toBe('success');
    expect(allText(noted.card)).toContain('某M01（公差）');
    await excuse(world, g, 'M01', 'illness');
    await excuse(world, g, 'M02', 'leave');
    expect(await absent(world, g)).toEqual(['M01 illness', 'M02 leave']);
    await excuse(world, g, 'M01', 'none');
    expect(await absent(world, g)).toEqual(['M02 leave']);
    expect((await verifyAudit(world.use.db.read)).ok).toBe(true);
    const trail = await world.use.db.read.all(
      z.object({ detail: z.string() }),
      "SELECT detail FROM audit WHERE act = 'absence_recorded'",
    );
    expect(trail).toHaveLength(4);
    expect(JSON.stringify(trail)).not.toMatch(/illness|leave|duty/); // that it was done, not why
  });

  it.each([
    ['nobody', '', 'leave', '本支部'],
    ['somebody of another branch', 'X0', 'leave', '本支部'],
    ['no category', 'M01', '', '类别'],
    ['words of their own', 'M01', '住院三天', '类别'],
  ])('%s: nothing is noted', async (_what, person, reason, said) => {
    const { world, g } = await planned();
    const { toast } = await excuse(world, g, person, reason);
    expect(toast).toMatchObject({ type: 'warning', text: expect.stringContaining(said) });
    expect(await absent(world, g)).toEqual([]);
  });

  it.each(['M01', 'K1', 'X0', 'O1'])('%s may not', async (by) => {
    const { world, g } = await planned();
    expect((await excuse(world, g, 'M01', 'leave', by)).toast?.type).toBe('error');
    expect((await excuse(world, 'gone', 'M01', 'leave', by)).toast?.type).toBe('warning');
  });
});

describe('the count', () => {
  it('leaves out who is excused; who comes after all is there and not excused', async () => {
    const world = await meetingWorld();
    const { id: g } = await world.opened('general_meeting');
    for (const person of ['M01', 'M02', 'M03']) await excuse(world, g, person, 'leave');
    await world.click('M03', { a: 'meeting_sign_in', g }, {}, { chat: 'oc_branch' });
    await world.click('S0', { a: 'meeting_sign_in', g });
    expect((await excuse(world, g, 'S0', 'leave')).toast?.type).toBe('warning'); // signed in
    await world.click('S0', { a: 'meeting_end', g });
    expect(await absent(world, g)).toEqual(['M01 leave', 'M02 leave']);
    expect(await findMeeting(world.use.db.read, g)).toMatchObject({ due: 6, present: 2 }); // of eight
  });

  it('follows late entries until minutes are due', async () => {
    const world = await meetingWorld();
    const { id: g } = await world.opened('general_meeting');
    await world.click('M01', { a: 'meeting_sign_in', g });
    await world.click('S0', { a: 'meeting_end', g });
    expect(buttonNames(await world.card('meeting', { meeting: g }, 'S0'))).toContain('meeting_register');
    await excuse(world, g, 'M02', 'posting');
    expect(await findMeeting(world.use.db.read, g)).toMatchObject({ due: 7, present: 1 });
    await world.click('S0', { a: 'meeting_mark', g, p: 0 }, { person: 'M02' });
    expect(await findMeeting(world.use.db.read, g)).toMatchObject({ due: 8, present: 2 });
    world.clock.now = Date.parse('2026-10-20T10:00:00+08:00');
    expect((await excuse(world, g, 'M03', 'leave')).toast?.type).toBe('warning');
    expect(buttonNames(await world.card('meeting', { meeting: g }, 'S0'))).not.toContain('meeting_register');
  });
});

describe('who sees it', () => {
  it('the person in /me and the secretary; nobody else', async () => {
    const world = await meetingWorld();
    const { id: g } = await world.opened('general_meeting');
    await excuse(world, g, 'M01', 'illness');
    await world.click('S0', { a: 'meeting_sign_in', g });
    await world.click('S0', { a: 'meeting_end', g });
    expect(allText(await world.card('me', {}, 'M01'))).toContain('主题党员大会（生病）');
    expect(allText(await world.card('meeting', { meeting: g }, 'S0'))).toContain('请假：某M01（生病）');
    for (const person of ['M01', 'M02', 'K1', 'L1'])
      expect(allText(await world.card('meeting', { meeting: g }, person)), person).not.toContain('生病');
    expect(await world.card('meeting_register', { meeting: g, page: 0 }, 'K1')).toBeNull();
    expect(world.logged()).not.toContain('illness');
  });

  it('it goes with the attendance of its year', async () => {
    const world = await meetingWorld();
    const { id: g } = await world.opened('general_meeting');
    await excuse(world, g, 'M01', 'leave');
    const r = await world.open();
    await runJob(world, 'retention');
    expect(await absent(world, g)).toEqual(['M01 leave']);
    await world.use.db.write((tx) =>
      tx.run("UPDATE review SET state = 'final', final_at = ?, period = '2026-Q4' WHERE id = ?", [
        world.clock.now + 7 * 86_400_000,
        r,
      ]),
    );
    await runJob(world, 'retention');
    expect(await absent(world, g)).toEqual([]);
  });
});
