/** Minutes: from the agenda, in time, without who said what (J9, A54). */
import { describe, expect, it } from 'vitest';
import { findMeeting } from '../../src/store/meetings.ts';
import { allText, buttonNames } from '../support/opinion-world.ts';
import { type MeetingWorld, meetingWorld, tick } from '../support/meeting-world.ts';

describe('minutes', () => {
  const held = async (kind: Parameters<MeetingWorld['opened']>[0] = 'general_meeting') => {
    const world = await meetingWorld();
    const { id } = await world.opened(kind);
    await world.click('M01', { a: 'meeting_sign_in', g: id });
    await world.click('K1', { a: 'meeting_sign_in', g: id });
    await world.click('S0', { a: 'meeting_end', g: id });
    return { world, id };
  };
  it('start from the agenda, are read by the branch, and may be changed', async () => {
    const { world, id } = await held();
    const form = await world.click('S0', { a: 'minutes_form', g: id });
    expect(allText(form.card)).toContain('学习：\n讨论：');
    expect(
      (await world.click('S0', { a: 'minutes_file', g: id }, { points: '每周公开一次进度', follow_up: '办公室' })).toast
        ?.type,
    ).toBe('success');
    expect(allText(await world.card('meeting', { meeting: id }, 'M03'))).toContain('每周公开一次进度');
    expect(await world.card('meeting', { meeting: id }, 'X0')).toBeNull();
    await world.click('D0', { a: 'minutes_file', g: id }, { points: '每月公开一次进度' });
    const again = allText((await world.click('S0', { a: 'minutes_form', g: id })).card);
    expect(again).toContain('每月公开一次进度');
    expect(again).not.toContain('办公室');
  });
  it('are reminded of on the third working day, once, and listed by /me until they are there', async () => {
    const { world, id } = await held(); // Friday; Saturday is worked: due on Tuesday
    await tick(world, '2026-10-12T09:00+08:00');
    expect(await world.messages('minutes_reminder')).toEqual([]);
    await tick(world, '2026-10-13T09:00+08:00');
    await tick(world, '2026-10-14T09:00+08:00');
    expect((await world.messages('minutes_reminder')).map(({ recipient }) => recipient)).toEqual(['S0', 'D0']);
    expect(buttonNames(await world.card('me', {}, 'S0'))).toContain('minutes_1');
    expect(buttonNames(await world.card('me', {}, 'M01'))).not.toContain('minutes_1');
    expect(buttonNames(await world.card('minutes_reminder', { meeting: id }, 'S0'))).toEqual(['minutes']);
    await world.click('S0', { a: 'minutes_file', g: id }, { points: '好' });
    expect(await world.card('minutes_reminder', { meeting: id }, 'S0')).toBeNull();
    expect(buttonNames(await world.card('me', {}, 'S0'))).not.toContain('minutes_1');
  });
  it.each([
    ['empty', { points: '', follow_up: '办公室' }],
    ['too long', { points: '长'.repeat(1_001), follow_up: '办公室' }],
    ['follow-up too long', { points: '议定', follow_up: '长'.repeat(501) }],
  ])('%s: comes back as it was typed', async (_what, form) => {
    const { world, id } = await held();
    const { toast, card } = await world.click('S0', { a: 'minutes_file', g: id }, form);
    expect(toast?.type).toBe('warning');
    expect(allText(card)).toContain(form.follow_up);
    expect(allText(card)).not.toContain('讨论：');
    expect((await findMeeting(world.use.db.read, id))?.points).toBeNull();
  });
  it('are written after the meeting, not before', async () => {
    const world = await meetingWorld();
    await world.plan('general_meeting');
    const { id } = await world.meeting();
    expect((await world.click('S0', { a: 'minutes_file', g: id }, { points: '好' })).toast?.type).toBe('warning');
  });
  it('of an unknown meeting: the card is old', async () => {
    const world = await meetingWorld();
    for (const a of ['meeting_open', 'meeting_show', 'meeting_edit', 'meeting_sign_in', 'meeting_end'] as const)
      expect((await world.click('S0', { a, g: 'gone' })).toast?.type).toBe('warning');
  });
});
