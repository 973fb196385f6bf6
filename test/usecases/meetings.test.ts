/** Planning meetings: notice in time, the committee's own, wrong input, wrong people (J6, J10). */
import { describe, expect, it } from 'vitest';
import { findMeeting } from '../../src/store/meetings.ts';
import { parseMoment } from '../../src/usecases/scheduler/moment.ts';
import { allText, buttonNames, fieldNames } from '../support/opinion-world.ts';
import { meetingWorld, tick } from '../support/meeting-world.ts';

describe('planning', () => {
  it('gives notice three working days before, make-up days counted, once', async () => {
    const world = await meetingWorld(); // Friday, 9 October; Saturday the 10th is worked
    expect((await world.plan('general_meeting')).toast).toMatchObject({ type: 'success' });
    await tick(world, '2026-10-10T09:00+08:00'); // four working days before the 15th
    expect(await world.messages('meeting_call')).toEqual([]);
    await tick(world, '2026-10-12T09:00+08:00');
    await tick(world, '2026-10-12T09:30+08:00');
    await tick(world, '2026-10-13T09:00+08:00');
    expect((await world.messages('meeting_call')).map(({ recipient }) => recipient)).toEqual(['oc_branch']);
    const { id } = await world.meeting();
    const notice = allText(await world.card('meeting_call', { meeting: id }, 'M01'));
    expect(notice).toContain('10月15日 09:30');
    expect(notice).toContain('讨论');
    expect(notice).not.toContain('唱国歌');
  });

  it('says when the notice is short, gives it at once, and again when the plan changes', async () => {
    const world = await meetingWorld();
    expect((await world.plan('general_meeting', { date: '2026-10-12' })).toast?.type).toBe('warning');
    expect(await world.messages('meeting_call')).toHaveLength(1);
    const { id } = await world.meeting();
    const form = { title: '主题讨论', date: '2026-10-14', time: '15:00', place: '二楼', agenda: '讨论' };
    expect((await world.click('S0', { a: 'meeting_plan', k: 'general_meeting', g: id }, form)).toast?.type).toBe(
      'success',
    );
    expect(await world.messages('meeting_call')).toHaveLength(2);
    expect(allText(await world.card('meeting_call', { meeting: id }, 'M01'))).toContain('有变动');
    await world.click('D0', { a: 'meeting_cancel', g: id });
    expect(await world.messages('meeting_call')).toHaveLength(3);
    expect((await world.card('meeting_call', { meeting: id }, 'M01'))?.title).toContain('取消');
    expect((await world.click('S0', { a: 'meeting_plan', k: 'general_meeting', g: id }, form)).toast?.type).toBe(
      'warning',
    );
  });

  it('asks the committee privately, and shows its meetings to nobody else', async () => {
    const world = await meetingWorld();
    await world.plan('committee_meeting', { date: '2026-10-12' });
    expect((await world.messages('meeting_call')).map(({ recipient }) => recipient)).toEqual(['S0', 'D0', 'K1']);
    const { id } = await world.meeting();
    expect(await world.card('meeting', { meeting: id }, 'M01')).toBeNull();
    expect(await world.card('meeting', { meeting: id }, 'K1')).not.toBeNull();
    expect((await world.click('M01', { a: 'meeting_show', g: id })).toast?.type).toBe('error');
    expect(buttonNames(await world.card('meetings', {}, 'M01'))).toEqual(['leaders']);
    expect(buttonNames(await world.card('meetings', {}, 'S0'))).toEqual(['meeting_1', 'meeting_new', 'leaders']);
  });

  it('without a chat the notice goes to those expected', async () => {
    const world = await meetingWorld();
    await world.use.db.script('DELETE FROM chat');
    await world.plan('general_meeting', { date: '2026-10-12' });
    expect((await world.messages('meeting_call')).map(({ recipient }) => recipient)).toEqual([
      'S0',
      'D0',
      'K1',
      'M01',
      'M02',
      'M03',
      'M04',
      'L1',
    ]);
  });

  it('a notice that comes due outside message hours waits for them', async () => {
    const world = await meetingWorld();
    await world.plan('general_meeting');
    await tick(world, '2026-10-12T20:00+08:00');
    expect((await world.messages('meeting_call'))[0]?.notBefore).toBe(parseMoment('2026-10-13T09:00+08:00'));
  });

  it.each([
    ['date', { date: '2026-10-08' }, '已经过去'],
    ['time', { time: '上午' }, '9:30'],
    ['place', { place: '' }, '地点'],
    ['agenda', { agenda: '\n' }, '议程'],
    ['title', { title: '长'.repeat(61) }, '名称'],
  ])('a wrong %s comes back with everything that was typed', async (_field, over: Record<string, string>, said) => {
    const world = await meetingWorld();
    const { toast, card } = await world.plan('commitment_meeting', { title: '我们的会', ...over });
    expect(toast).toMatchObject({ type: 'warning', text: expect.stringContaining(said) });
    const fields = card?.blocks.flatMap((block) => (block.kind === 'form' ? block.fields : [])) ?? [];
    const initial = Object.fromEntries(
      fields.flatMap((field) => ('initial' in field ? [[field.name, field.initial]] : [])),
    );
    const typed = {
      title: '我们的会',
      date: '2026-10-15',
      time: '9:30',
      place: '三楼会议室',
      anthem: 'on',
      pledge: 'off',
      ...over,
    };
    expect(initial).toMatchObject(Object.fromEntries(Object.entries(typed).filter(([, value]) => value.trim() !== '')));
    await expect(world.meeting()).rejects.toThrow('no meeting');
  });

  it('starts from the agenda of its kind, and from the plan when it is changed', async () => {
    const world = await meetingWorld();
    const { card } = await world.click('S0', { a: 'meeting_new' }, { kind: 'commitment_meeting' });
    expect(fieldNames(card)).toEqual(['title', 'date', 'time', 'place', 'anthem', 'pledge', 'agenda']);
    expect(allText(card)).toContain('宣读实施方案');
    expect((await world.click('S0', { a: 'meeting_new' }, { kind: 'party' })).toast?.type).toBe('warning');
    await world.plan('party_lecture');
    const { id } = await world.meeting();
    const edit = await world.click('S0', { a: 'meeting_edit', g: id });
    expect(allText(edit.card)).toContain('三楼会议室');
  });

  it.each(['M01', 'K1', 'R01', 'L1', 'P1', 'O1'])(
    '%s may not plan, and the secretary of another branch not touch it',
    async (person) => {
      const world = await meetingWorld();
      expect((await world.plan('general_meeting', {}, person)).toast?.type).toBe('error');
      expect((await world.click(person, { a: 'meeting_new' }, { kind: 'general_meeting' })).toast?.type).toBe('error');
      await world.plan('general_meeting');
      const { id } = await world.meeting();
      for (const who of [person, 'X0']) {
        for (const a of [
          'meeting_open',
          'meeting_end',
          'meeting_cancel',
          'meeting_edit',
          'minutes_form',
          'meeting_publish',
        ] as const)
          expect((await world.click(who, { a, g: id })).toast?.type).toBe('error');
        expect((await world.click(who, { a: 'minutes_file', g: id }, { points: '好' })).toast?.type).toBe('error');
        expect((await world.click(who, { a: 'meeting_mark', g: id, p: 0 }, { person: 'M01' })).toast?.type).toBe(
          'error',
        );
        expect((await world.click(who, { a: 'meeting_register', g: id, p: 0 })).toast?.type).toBe('error');
      }
      expect(
        (
          await world.click(
            'X0',
            { a: 'meeting_plan', k: 'general_meeting', g: id },
            { title: '', date: '2026-10-15', time: '9:00', place: '一楼', agenda: '讨论' },
          )
        ).toast?.type,
      ).toBe('warning');
      expect((await findMeeting(world.use.db.read, id))?.place).toBe('三楼会议室');
    },
  );
});
