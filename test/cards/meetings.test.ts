/** Cards of months, meetings and leading groups with the worst that people can bring about, in both languages. */
import { describe, expect, it } from 'vitest';
import { renderEvidenceForm, renderLeadingMeetingForm } from '../../cards/leading-forms.ts';
import { helpCard } from '../../cards/help.ts';
import { meCard } from '../../cards/me.ts';
import { commands } from '../../commands/index.ts';
import { leadingGroupCard, leadingReminderCard, leadingUnitsCard } from '../../cards/leading-group.ts';
import { meetingCard } from '../../cards/meeting.ts';
import { leaderAttendanceCard, meetingCallCard, meetingSignInCard } from '../../cards/meeting-call.ts';
import { renderInvitation } from '../../cards/meeting-guest.ts';
import { minutesReminderCard, renderMinutes } from '../../cards/meeting-minutes.ts';
import { meetingRegisterCard } from '../../cards/meeting-register.ts';
import { renderMeetingPlan } from '../../cards/meeting-plan.ts';
import { meetingsCard } from '../../cards/meetings.ts';
import { monthSheetCard } from '../../cards/month-sheet.ts';
import { renderSummary, summariesOverdueCard, summaryReminderCard } from '../../cards/monthly-summary.ts';
import { statusCard } from '../../cards/status.ts';
import type { Card } from '../../src/card.ts';
import { SAMES } from '../../src/domain/leading-group.ts';
import {
  AGENDA_MAX,
  FOLLOW_UP_MAX,
  GUEST_ITEMS,
  MEETING_KINDS,
  MEETING_STATES,
  PLACE_MAX,
  POINTS_MAX,
  TITLE_MAX,
  WHO_MAX,
} from '../../src/domain/meeting.ts';
import { REMARK_MAX } from '../../src/domain/checklist.ts';
import { SUMMARY_MAX } from '../../src/domain/month.ts';
import { LOCALES } from '../../src/i18n.ts';
import { CARD_SAFE_ELEMENTS } from '../../src/platform/lark/limits.ts';
import { countElements, lintCard } from '../../src/platform/lark/lint.ts';
import { renderCard } from '../../src/platform/lark/render.ts';
import type { Meeting } from '../../src/store/meetings.ts';
import { renderIn } from '../support/render-context.ts';

function check(card: Card): void {
  const rendered = renderCard(card);
  expect(lintCard(rendered)).toEqual([]);
  expect(countElements(rendered)).toBeLessThanOrEqual(CARD_SAFE_ELEMENTS);
  expect(JSON.stringify(card)).not.toMatch(/undefined|\{\{|"(meeting|leading)\.[a-z]/);
}
/** Text full of what a renderer must escape. */
const nasty = (n: number): string => '**<at id=all></at>"[链](x)_'.repeat(60).slice(0, n);
const chinese = (n: number): string => '查找问题、明确措施，'.repeat(100).slice(0, n);
const long = (i: number): string => `${'示例'.repeat(15)}${i}支部`;
const id = 'g'.repeat(36);
const meeting = (over: Partial<Meeting> = {}): Meeting => ({
  id,
  branch: 'B001',
  kind: 'commitment_meeting',
  title: nasty(TITLE_MAX),
  date: '2026-10-15',
  time: '09:30',
  place: nasty(PLACE_MAX),
  agenda: ['@anthem', '@pledge', ...Array.from({ length: 15 }, () => nasty(Math.floor(AGENDA_MAX / 15)))],
  state: 'planned',
  noticed: true,
  by: 'S0',
  due: 100,
  present: 99,
  minutesBy: '2026-10-20',
  points: nasty(POINTS_MAX),
  followUp: nasty(FOLLOW_UP_MAX),
  version: 3,
  ...over,
});
const checklist = Object.fromEntries(GUEST_ITEMS.map((item) => [item, false])) as Record<
  (typeof GUEST_ITEMS)[number],
  boolean
>;
const absent = Array.from({ length: 20 }, (_, i) => ({
  person: `E${i}`,
  name: `某某某${i}`,
  reason: 'duty_travel' as const,
}));
const guest = { branch: 'B002', name: long(2), comes: true, who: nasty(WHO_MAX), checklist, remark: nasty(REMARK_MAX) };

describe.each(LOCALES)('in %s', (locale) => {
  const context = renderIn(locale);

  it.each([
    ['markup', nasty(SUMMARY_MAX)],
    ['Chinese', chinese(SUMMARY_MAX)],
  ])('a monthly summary full of %s', (_what, value) => {
    const words = { progress: value, problems: value, plan: value, measures: value };
    const figures = {
      checks: { weeks: 5, due: 500, answered: 499 },
      done: Array.from({ length: 60 }, () => nasty(100)),
      needHelp: 60,
      overdue: 60,
      coming: Array.from({ length: 60 }, () => nasty(100)),
    };
    const filed = { branch: 'B001', month: '2026-10', ...words, filedOn: '2026-11-02', onTime: true, version: 4 };
    const state = (closed: boolean, one: typeof filed | null) => ({
      month: '2026-10',
      filed: one,
      closed,
      closesOn: '2026-11-05',
    });
    for (const closed of [true, false]) {
      check(renderSummary({ branchName: long(1), state: state(closed, null), figures, typed: null }, context));
      check(
        renderSummary(
          { branchName: long(1), state: state(closed, filed), figures, typed: closed ? null : words },
          context,
        ),
      );
    }
    check(monthSheetCard.render({ branchName: long(1), summary: filed }, context));
    check(summaryReminderCard.render({ month: '2026-10', until: '2026-11-05' }, context));
    check(
      summariesOverdueCard.render(
        { month: '2026-10', districtName: long(1), branches: Array.from({ length: 60 }, (_, i) => long(i)) },
        context,
      ),
    );
  });

  it.each(MEETING_STATES)('a meeting that is %s', (state) => {
    const held = meeting({ state });
    const guests = [guest, { ...guest, checklist: null }, { ...guest, comes: null, checklist: null }];
    const present = Array.from({ length: 100 }, (_, i) => `某某某${i}`);
    for (const runs of [true, false])
      check(
        meetingCard.render(
          {
            meeting: held,
            runs,
            due: 100,
            present: runs ? present : [],
            presentCount: 99,
            absent: runs ? absent : [],
            late: runs,
            guests: runs ? guests : [],
            approved: 30,
          },
          context,
        ),
      );
    check(meetingCallCard.render(held, context));
    check(meetingSignInCard.render(held, context));
    for (const one of guests)
      check(renderInvitation({ meeting: held, hostName: long(1), guest: one, typed: null }, context));
    const many = Array.from({ length: 60 }, () => held);
    check(
      meetingsCard.render(
        {
          branchName: long(1),
          runs: true,
          meetings: [...many, ...Array.from({ length: 60 }, () => meeting({ state: 'open', points: null }))],
          leaders: true,
        },
        context,
      ),
    );
  });

  it.each(MEETING_KINDS)('the form of a %s, new and refused', (kind) => {
    check(renderMeetingPlan({ kind, id: null, values: null, noticeDays: 3 }, context));
    const values = {
      title: nasty(TITLE_MAX),
      date: 'tomorrow',
      time: '25:00',
      place: nasty(PLACE_MAX),
      agenda: nasty(AGENDA_MAX),
      anthem: 'on',
      pledge: 'off',
    };
    check(renderMeetingPlan({ kind, id, values, noticeDays: 3 }, context));
  });

  it('minutes, the register, leaders', () => {
    check(renderMinutes({ meeting: meeting({ state: 'held', points: null }), typed: null }, context));
    check(
      renderMinutes(
        { meeting: meeting({ state: 'held' }), typed: { points: nasty(POINTS_MAX), follow_up: nasty(FOLLOW_UP_MAX) } },
        context,
      ),
    );
    check(minutesReminderCard.render(meeting({ state: 'held', points: null }), context));
    const missing = Array.from({ length: 150 }, (_, i) => ({ person: `E${i}`, name: `某某某${i}` }));
    for (const page of [0, 1, 2, 9])
      check(
        meetingRegisterCard.render(
          { meeting: meeting({ state: 'open' }), present: 50, missing, absent, page },
          context,
        ),
      );
    check(
      meetingRegisterCard.render(
        { meeting: meeting({ state: 'open' }), present: 50, missing: [], absent: [], page: 0 },
        context,
      ),
    );
    const rows = Array.from({ length: 300 }, (_, i) => ({
      name: `某某某${i}`,
      what: (['meeting', 'activity', 'review'] as const)[i % 3] ?? 'meeting',
      kind: 'party_lecture',
      title: i % 3 === 2 ? '2026-Q3' : i % 2 ? nasty(TITLE_MAX) : '',
      date: '2026-10-15',
    }));
    check(
      leaderAttendanceCard.render(
        { branchName: long(1), year: 2026, rows, boardLink: `https://stars.example.test/board/${'x'.repeat(200)}` },
        context,
      ),
    );
    check(
      leaderAttendanceCard.render(
        { branchName: long(1), year: 2026, rows: [], boardLink: 'https://stars.example.test/board/x' },
        context,
      ),
    );
  });

  it('what somebody was at and owes, and the list of commands', () => {
    const attended = Array.from({ length: 10 }, () => ({
      what: 'activity' as const,
      kind: 'seminar',
      title: nasty(TITLE_MAX),
      date: '2026-10-15',
      absent: 'duty_travel' as const,
    }));
    const minutes = Array.from({ length: 3 }, () => ({
      kind: 'minutes' as const,
      meeting: meeting({ state: 'held', points: null }),
    }));
    const tasks = Array.from({ length: 10 }, () => ({
      text: nasty(100),
      due: '2026-10-30',
      said: 'needs_help' as const,
    }));
    const owed = [{ kind: 'summary' as const, month: '2026-10', until: '2026-11-05' }, ...minutes];
    const work = { commitments: [{ year: 2026, state: 'published' as const, items: 10 }], tasks, check: null };
    check(
      meCard.render(
        {
          name: '某某',
          branchName: long(1),
          status: 'full',
          owed,
          results: [],
          work,
          post: null,
          attendance: { present: 999, excused: 999, latest: attended },
          views: [],
          timezone: 'Asia/Shanghai',
        },
        context,
      ),
    );
    check(helpCard.render({ listed: commands }, context));
  });

  it('leading groups', () => {
    const one = (i: number) => ({
      id: `${i}`.padStart(36, 'm'),
      unit: 'U1',
      date: '2026-10-08',
      topic: nasty(60),
      decided: nasty(500),
    });
    const piece = (i: number) => ({
      id: `${i}`.padStart(36, 'e'),
      unit: 'U1',
      year: 2026,
      same: 'planned' as const,
      text: nasty(200),
      reference: nasty(80),
      date: '2026-10-08',
    });
    const pieces = Array.from({ length: 12 }, (_, i) => piece(i));
    const evidence = { planned: pieces, assigned: pieces, inspected: pieces, assessed: pieces, commended: pieces };
    const none = { planned: [], assigned: [], inspected: [], assessed: [], commended: [] };
    check(
      leadingGroupCard.render(
        { unitName: long(1), year: 2026, meetings: Array.from({ length: 12 }, (_, i) => one(i)), minimum: 3, evidence },
        context,
      ),
    );
    check(
      leadingGroupCard.render({ unitName: long(1), year: 2026, meetings: [], minimum: 3, evidence: none }, context),
    );
    for (const typed of [
      {},
      { date: 'tomorrow', topic: nasty(60), decided: nasty(500), same: 'none', text: nasty(200), reference: nasty(80) },
    ]) {
      check(renderLeadingMeetingForm(typed, context));
      check(renderEvidenceForm(typed, context));
    }
    check(leadingReminderCard.render({ year: 2026, met: 0, minimum: 3 }, context));
    const units = Array.from({ length: 240 }, (_, i) => ({
      unit: `U${i}`,
      name: long(i),
      meetings: i,
      sames: SAMES.length,
    }));
    check(leadingUnitsCard.render({ year: 2026, minimum: 3, units, keeps: true }, context));
    const branches = Array.from({ length: 240 }, (_, i) => ({ name: long(i), state: null }));
    check(
      statusCard.render(
        {
          period: '2026-Q3',
          branches,
          month: { month: '2026-10', asked: 240, filed: 239 },
          leading: { units: 100, below: 99, minimum: 3 },
          waiting: { year: 2026, version: 12, n: 999 },
          budgets: [
            {
              platform: 'dingtalk',
              month: '2026-10',
              plan: { calls: 5_000_000, pushes: 500_000 },
              used: { calls: 4_999_999, pushes: 500_001 },
              left: { calls: 1, pushes: 0 },
              needed: { calls: 40_000, pushes: 190_000 },
              short: true,
            },
          ],
        },
        context,
      ),
    );
  });
});
