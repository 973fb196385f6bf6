/** The commitment meeting (R56–R58, R70, J6): guests of the group, their checklist without marks, and publishing afterwards (R59, A18). */
import { describe, expect, it } from 'vitest';
import { findGuest, guestsOf } from '../../src/store/meeting-guests.ts';
import { GUEST_ITEMS } from '../../src/domain/meeting.ts';
import { allText, buttonNames, fieldNames } from '../support/opinion-world.ts';
import { type MeetingWorld, meetingWorld } from '../support/meeting-world.ts';

const ALL_YES = Object.fromEntries(GUEST_ITEMS.map((item) => [`item_${item}`, 'yes']));
const invited = async () => {
  const world = await meetingWorld();
  await world.plan('commitment_meeting');
  return { world, g: (await world.meeting()).id };
};
const hold = async (world: MeetingWorld, g: string) => {
  world.clock.now = Date.parse('2026-10-15T09:30:00+08:00');
  await world.click('S0', { a: 'meeting_open', g });
  await world.click('M01', { a: 'meeting_sign_in', g });
  await world.click('S0', { a: 'meeting_end', g });
};
const answer = (world: MeetingWorld, g: string, who: string, c: 0 | 1 = 1, person = 'X0') =>
  world.click(person, { a: 'guest_answer', g, c }, { who });

describe('guests', () => {
  it('are the other branches of the group, asked privately, and answer who comes', async () => {
    const { world, g } = await invited();
    expect((await world.messages('meeting_invitation')).map(({ recipient }) => recipient)).toEqual(['X0', 'Y0']);
    const card = await world.card('meeting_invitation', { meeting: g }, 'X0');
    expect(allText(card)).toContain('唱国歌\n学习\n讨论');
    expect(allText(card)).not.toContain('承诺宣誓');
    expect(fieldNames(card)).toEqual(['who']);
    expect((await answer(world, g, '书记和两名党员')).toast?.type).toBe('success');
    expect((await answer(world, g, '', 0, 'Y0')).toast?.type).toBe('success');
    const host = allText(await world.card('meeting', { meeting: g }, 'S0'));
    expect(host).toContain('示例第二支部：参加（书记和两名党员）');
    expect(host).toContain('示例第三支部：不参加');
    expect(allText(await world.card('meeting', { meeting: g }, 'M01'))).not.toContain('书记和两名党员');
  });

  it('hear of a change and that it is off', async () => {
    const { world, g } = await invited();
    await world.click(
      'S0',
      { a: 'meeting_plan', k: 'commitment_meeting', g },
      { date: '2026-10-16', time: '9:00', place: '一楼', agenda: '承诺', anthem: 'off', pledge: 'on' },
    );
    expect(await world.messages('meeting_invitation')).toHaveLength(4);
    expect(allText(await world.card('meeting_invitation', { meeting: g }, 'Y0'))).toContain('10月16日 09:00');
    await answer(world, g, '', 0, 'Y0');
    await world.click('S0', { a: 'meeting_cancel', g });
    expect((await world.messages('meeting_invitation')).slice(4).map(({ recipient }) => recipient)).toEqual(['X0']); // Y0 had declined
    expect(allText(await world.card('meeting_invitation', { meeting: g }, 'X0'))).toContain('已取消');
    expect((await answer(world, g, '书记')).toast?.type).toBe('warning');
  });

  it('fill in a checklist of yes and no from the beginning on, and may change it', async () => {
    const { world, g } = await invited();
    expect((await world.click('X0', { a: 'guest_check', g }, ALL_YES)).toast?.type).toBe('warning'); // not yet
    await hold(world, g);
    const card = await world.card('meeting_invitation', { meeting: g }, 'X0');
    expect(fieldNames(card)).toEqual([...GUEST_ITEMS.map((item) => `item_${item}`), 'remark']);
    expect((await world.click('X0', { a: 'guest_check', g }, ALL_YES)).toast?.type).toBe('success');
    expect(allText(await world.card('meeting', { meeting: g }, 'S0'))).toContain('全部为“是”');
    await world.click(
      'X0',
      { a: 'guest_check', g },
      { ...ALL_YES, item_tasks_clear: 'no', remark: '任务可以写得再细些' },
    );
    expect(allText(await world.card('meeting', { meeting: g }, 'S0'))).toMatch(
      /为“否”：明确了任务分解 任务可以写得再细些/,
    );
    expect((await guestsOf(world.use.db.read, g)).map(({ branch, comes }) => [branch, comes])).toEqual([
      ['B002', true],
      ['B003', null],
    ]);
  });

  it.each([
    ['who is not said', 1 as const, '', '谁来'],
    ['too much is said', 1 as const, '长'.repeat(81), '80'],
  ])('%s: the answer comes back as it was typed', async (_what, c, who, said) => {
    const { world, g } = await invited();
    const { toast, card } = await answer(world, g, who, c);
    expect(toast).toMatchObject({ type: 'warning', text: expect.stringContaining(said) });
    expect(allText(card)).toContain(who);
    expect((await findGuest(world.use.db.read, g, 'B002'))?.comes).toBeNull();
  });

  it('an item left out is named, and the others come back', async () => {
    const { world, g } = await invited();
    await hold(world, g);
    const { item_notice: _left, ...rest } = ALL_YES;
    const { toast, card } = await world.click('X0', { a: 'guest_check', g }, { ...rest, remark: '很好' });
    expect(toast).toMatchObject({ type: 'warning', text: expect.stringContaining('会议通知') });
    expect(allText(card)).toContain('很好');
    const fields = card?.blocks.flatMap((block) => (block.kind === 'form' ? block.fields : [])) ?? [];
    expect(fields.filter((field) => field.kind === 'select' && field.initial === 'yes')).toHaveLength(
      GUEST_ITEMS.length - 1,
    );
    expect(
      (await world.click('X0', { a: 'guest_check', g }, { ...ALL_YES, remark: '长'.repeat(301) })).toast?.text,
    ).toContain('300');
  });

  it.each([
    ['a member of an invited branch', 'G1'],
    ['the host', 'S0'],
    ['the office', 'O1'],
  ])('%s may not answer', async (_who, person) => {
    const { world, g } = await invited();
    expect((await answer(world, g, '我', 1, person)).toast?.type).toBe('error');
    await hold(world, g);
    expect((await world.click(person, { a: 'guest_check', g }, ALL_YES)).toast?.type).toBe('error');
    expect(await world.card('meeting_invitation', { meeting: g }, person)).toBeNull();
    expect((await world.click(person, { a: 'guest_check', g: 'gone' }, ALL_YES)).toast?.type).toBe('warning');
  });

  it('a branch without a group meets without guests', async () => {
    const world = await meetingWorld();
    await world.use.db.script('UPDATE branch SET mutual_group = NULL');
    expect((await world.plan('commitment_meeting')).toast?.type).toBe('success');
    expect(await world.messages('meeting_invitation')).toEqual([]);
  });
  it('other meetings invite nobody', async () => {
    const world = await meetingWorld();
    await world.plan('general_meeting');
    expect(await world.messages('meeting_invitation')).toEqual([]);
  });
});

describe('after the meeting', () => {
  it('approved commitments are published by one button, and only then', async () => {
    const { world, g } = await invited();
    await world.committed('M01');
    expect((await world.click('S0', { a: 'meeting_publish', g })).toast?.type).toBe('warning');
    await hold(world, g);
    const card = await world.card('meeting', { meeting: g }, 'S0');
    expect(buttonNames(card)).toContain('meeting_publish');
    expect(buttonNames(await world.card('meeting', { meeting: g }, 'M01'))).not.toContain('meeting_publish');
    expect((await world.click('M01', { a: 'meeting_publish', g })).toast?.type).toBe('error');
    const { toast, card: after } = await world.click('S0', { a: 'meeting_publish', g });
    expect(toast).toMatchObject({ type: 'success', text: expect.stringContaining('1') });
    expect(buttonNames(after)).not.toContain('meeting_publish');
    expect(await world.messages('commitments_published')).toHaveLength(1);
    expect((await world.click('S0', { a: 'meeting_publish', g })).toast?.type).toBe('warning');
  });
  it('another meeting publishes nothing', async () => {
    const world = await meetingWorld();
    await world.committed('M01');
    const { id: g } = await world.opened('general_meeting');
    await world.click('M01', { a: 'meeting_sign_in', g });
    await world.click('S0', { a: 'meeting_end', g });
    expect((await world.click('S0', { a: 'meeting_publish', g })).toast?.type).toBe('warning');
    expect(await world.messages('commitments_published')).toEqual([]);
  });
});
