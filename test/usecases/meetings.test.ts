/** The register of meetings: notice, sign-in, the end, minutes; who may, who sees what (R67, J10, A47, A54). */
import { describe, expect, it } from 'vitest';
import { presentAt } from '../../src/store/meeting-people.ts';
import { findMeeting } from '../../src/store/meetings.ts';
import { findSummary } from '../../src/store/months.ts';
import { verifyAudit } from '../../src/store/audit.ts';
import { parseMoment } from '../../src/usecases/scheduler/moment.ts';
import { allText, buttonNames, fieldNames, runJob } from '../support/opinion-world.ts';
import { type MeetingWorld, meetingWorld } from '../support/meeting-world.ts';

const tick = async (world: MeetingWorld, moment: string) => {
  world.clock.now = parseMoment(moment);
  return runJob(world, 'meeting-clock');
};
const present = async (world: MeetingWorld, id: string) =>
  (await presentAt(world.use.db.read, id)).map(({ person }) => person);
const table = (card: Awaited<ReturnType<MeetingWorld['card']>>) =>
  card?.blocks.flatMap((block) => (block.kind === 'table' ? block.rows : [])) ?? [];

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
      tx.run("UPDATE review SET state = 'final', final_at = ?, period = '2026-Q4' WHERE id = ?", [world.clock.now, r]),
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
