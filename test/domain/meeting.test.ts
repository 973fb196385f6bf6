/** Plans of meetings, minutes, checklists and the leading group's register, as typed. */
import { describe, expect, it } from 'vitest';
import { expectedBy, readEvidence, readLeadingMeeting } from '../../src/domain/leading-group.ts';
import { readChecklist } from '../../src/domain/checklist.ts';
import { GUEST_ITEMS, openingOf, readMinutes, readPlan } from '../../src/domain/meeting.ts';

describe('readPlan', () => {
  const good = { title: '', date: '2026-10-15 +0800', time: '9:30', place: ' 三楼 ', agenda: '学习\n\n  讨论  \r\n' };
  it.each([
    [
      good,
      { ok: true, value: { title: '', date: '2026-10-15', time: '09:30', place: '三楼', agenda: ['学习', '讨论'] } },
    ],
    [
      { ...good, time: '１４：００' },
      { ok: true, value: { time: '14:00' } },
    ],
    [
      { ...good, anthem: 'on', pledge: 'on' },
      { ok: true, value: { agenda: ['学习', '讨论'] } },
    ], // no opening items here
    [
      { ...good, title: '长'.repeat(61) },
      { ok: false, reason: 'title_long' },
    ],
    [
      { ...good, date: '' },
      { ok: false, reason: 'date_missing' },
    ],
    [
      { ...good, date: '2026-02-30' },
      { ok: false, reason: 'date_missing' },
    ],
    [
      { ...good, date: '2026-10-08' },
      { ok: false, reason: 'date_past' },
    ],
    [
      { ...good, time: '25:00' },
      { ok: false, reason: 'time_bad' },
    ],
    [
      { ...good, time: '九点' },
      { ok: false, reason: 'time_bad' },
    ],
    [
      { ...good, place: ' ' },
      { ok: false, reason: 'place_missing' },
    ],
    [
      { ...good, place: '长'.repeat(61) },
      { ok: false, reason: 'place_long' },
    ],
    [
      { ...good, agenda: ' \n ' },
      { ok: false, reason: 'agenda_missing' },
    ],
    [
      { ...good, agenda: '@anthem' },
      { ok: false, reason: 'agenda_missing' },
    ],
    [
      { ...good, agenda: '长'.repeat(501) },
      { ok: false, reason: 'agenda_long' },
    ],
    [
      { ...good, agenda: Array.from({ length: 16 }, (_, i) => `第${i}项`).join('\n') },
      { ok: false, reason: 'agenda_long' },
    ],
  ])('%#', (form: Record<string, string>, verdict) => {
    expect(readPlan(form, 'monthly_meeting', '2026-10-09')).toMatchObject(verdict);
  });
  it.each([
    [{ anthem: 'on', pledge: 'off' }, ['anthem', null, null]],
    [{ anthem: 'off', pledge: 'on' }, ['pledge', null, null]],
    [{ anthem: 'on', pledge: 'on' }, ['anthem', 'pledge', null, null]],
    [{}, [null, null]],
  ])('opening items of a commitment meeting: %j', (openings, want) => {
    const plan = readPlan({ ...good, ...openings }, 'commitment_meeting', '2026-10-09');
    expect(plan.ok && plan.value.agenda.map(openingOf)).toEqual(want);
  });
});

describe('other forms', () => {
  it.each([
    [
      { points: ' 议定 ', follow_up: '' },
      { ok: true, value: { points: '议定', followUp: '' } },
    ],
    [{}, { ok: false, reason: 'points_missing' }],
    [{ points: '长'.repeat(1_001) }, { ok: false, reason: 'points_long' }],
    [
      { points: '好', follow_up: '长'.repeat(501) },
      { ok: false, reason: 'follow_up_long' },
    ],
  ])('minutes %#', (form: Record<string, string>, verdict) => {
    expect(readMinutes(form)).toMatchObject(verdict);
  });
  it('a checklist wants yes or no for every item, and no number', () => {
    const all = Object.fromEntries(GUEST_ITEMS.map((item) => [`item_${item}`, 'yes']));
    expect(readChecklist(GUEST_ITEMS, { ...all, item_plan_read: 'no' })).toMatchObject({
      ok: true,
      value: { checklist: { notice: true, plan_read: false } },
    });
    expect(readChecklist(GUEST_ITEMS, { ...all, item_notice: '9' })).toEqual({
      ok: false,
      reason: 'items_missing',
      items: ['notice'],
    });
    expect(readChecklist(GUEST_ITEMS, {})).toMatchObject({ items: GUEST_ITEMS });
    expect(readChecklist(GUEST_ITEMS, { ...all, remark: '长'.repeat(301) })).toMatchObject({
      ok: false,
      reason: 'remark_long',
    });
  });
  const met = { date: '2026-10-09 +0800', topic: '研究党建工作', decided: '部署三项任务' };
  it.each([
    [met, { ok: true, value: { ...met, date: '2026-10-09' } }],
    [{ ...met, date: '2025-12-30' }, { ok: true }],
    [
      { ...met, date: '2024-12-30' },
      { ok: false, reason: 'date_other_year' },
    ],
    [
      { ...met, date: '2026-10-10' },
      { ok: false, reason: 'date_future' },
    ],
    [
      { ...met, date: '昨天' },
      { ok: false, reason: 'date_missing' },
    ],
    [
      { ...met, topic: '' },
      { ok: false, reason: 'topic_missing' },
    ],
    [
      { ...met, topic: '长'.repeat(61) },
      { ok: false, reason: 'topic_long' },
    ],
    [
      { ...met, decided: '' },
      { ok: false, reason: 'decided_missing' },
    ],
    [
      { ...met, decided: '长'.repeat(501) },
      { ok: false, reason: 'decided_long' },
    ],
  ])('a meeting of a leading group %#', (form: Record<string, string>, verdict) => {
    expect(readLeadingMeeting(form, '2026-10-09')).toMatchObject(verdict);
  });
  const piece = { same: 'planned', text: '年初一起研究', reference: '纪要 3 号' };
  it.each([
    [piece, { ok: true, value: piece }],
    [
      { ...piece, same: 'voted' },
      { ok: false, reason: 'same_missing' },
    ],
    [
      { ...piece, text: ' ' },
      { ok: false, reason: 'evidence_missing' },
    ],
    [
      { ...piece, text: '长'.repeat(201) },
      { ok: false, reason: 'evidence_long' },
    ],
    [
      { ...piece, reference: '' },
      { ok: false, reason: 'reference_missing' },
    ],
    [
      { ...piece, reference: '长'.repeat(81) },
      { ok: false, reason: 'reference_long' },
    ],
  ])('evidence %#', (form: Record<string, string>, verdict) => {
    expect(readEvidence(form)).toMatchObject(verdict);
  });
  it.each([
    ['02', 3, 1],
    ['07', 3, 2],
    ['12', 3, 3],
    ['05', 3, 0],
    ['02', 4, 2],
    ['07', 6, 4],
  ])('by month %s of a minimum of %i, %i are expected', (month, minimum, want) => {
    expect(expectedBy(month, minimum, ['02-01', '07-01', '12-01'])).toBe(want);
  });
});
