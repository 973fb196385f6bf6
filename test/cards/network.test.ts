/** Cards of guidance, activities and the digest with the worst that people can bring about, in both languages. */
import { describe, expect, it } from 'vitest';
import { activitiesCard } from '../../cards/activities.ts';
import { activityCard, activitySignInCard, renderActivityForm } from '../../cards/activity.ts';
import { districtDigestCard } from '../../cards/district-digest.ts';
import { renderVisitForm } from '../../cards/visit.ts';
import { guidanceCard, guidanceReceiptsCard, renderGuidanceForm } from '../../cards/guidance.ts';
import { ACTIVITY_STATES, PLACE_MAX, readPlan, TITLE_MAX } from '../../src/domain/activity.ts';
import { LOCALES } from '../../src/i18n.ts';
import type { Activity } from '../../src/store/activities.ts';
import type { NetworkCounts } from '../../src/usecases/network/counts.ts';
import { allText } from '../support/opinion-world.ts';
import { fits } from '../support/fits.ts';
import { renderIn } from '../support/render-context.ts';

const markup = '**<at id=all></at>"'.repeat(60);
const activity = (state: Activity['state']): Activity => ({
  id: 'y'.repeat(36),
  level: 'district',
  scope: 'D1',
  kind: 'promotion_meeting',
  title: markup.slice(0, TITLE_MAX),
  place: markup.slice(0, PLACE_MAX),
  date: '2026-10-09',
  state,
  by: 'E1',
  at: 0,
});
const name = (i: number) => `${'示例'.repeat(15)}${i}支部`;
const some = (n: number) => Array.from({ length: n }, (_, i) => ({ code: `X${i}`, name: name(i) }));
const network = (districts: number): NetworkCounts => ({
  year: 2026,
  quarter: '2026-Q4',
  minimum: 4,
  districts: some(districts).map((it) => ({ ...it, held: 3, planned: 1, byGroups: 99 })),
  groups: some(69).map((it, i) => ({ ...it, district: 'D1', year: i, held: 0, planned: i % 2 })),
  visits: { held: 100, planned: 20 },
  unvisited: some(240),
});
const guidance = {
  id: 'g'.repeat(36),
  period: '2026-Q3',
  body: markup.slice(0, 1_000),
  due: '2026-09-30',
  by: 'E1',
  at: 0,
};

describe.each(LOCALES)('in %s', (locale) => {
  const context = renderIn(locale);
  it('guidance', () => {
    fits(renderGuidanceForm({ period: '2026-Q3', typed: { text: guidance.body } }, context));
    for (const read of [true, false, null]) fits(guidanceCard.render({ guidance, read }, context));
    fits(
      guidanceReceiptsCard.render(
        { guidance, all: 240, unread: Array.from({ length: 240 }, (_, i) => name(i)), mayWrite: true },
        context,
      ),
    );
  });
  it('of the branches that have not read it forty are named, the others counted', () => {
    const said = (n: number) =>
      allText(
        guidanceReceiptsCard.render(
          { guidance, all: 240, unread: Array.from({ length: n }, (_, i) => `B${i}`), mayWrite: false },
          context,
        ),
      );
    const and = locale === 'en' ? ', ' : '、';
    expect(said(41)).toContain(`B38${and}B39`);
    expect(said(41)).not.toContain('B40');
    expect(said(41)).toMatch(locale === 'en' ? /and 1 more/ : /另有 1 个/);
    expect(said(40)).not.toMatch(/more|另有/);
  });
  it('what was refused comes back whole, the date too; what is no date does not', () => {
    const fields = (due: string) =>
      renderGuidanceForm({ period: '2026-Q3', typed: { text: 'read the plan', due } }, context).blocks.flatMap(
        (block) => (block.kind === 'form' ? block.fields : []),
      );
    const initial = (due: string) =>
      fields(due).map((field) =>
        'initial' in field ? [field.name, field.initial] : ['name' in field ? field.name : ''],
      );
    expect(initial('2026-09-30')).toEqual([
      ['text', 'read the plan'],
      ['due', '2026-09-30'],
    ]);
    expect(initial('2026-02-31')).toEqual([['text', 'read the plan'], ['due']]);
  });
  it.each(ACTIVITY_STATES)('an activity that is %s, with the branches of a whole district', (state) => {
    const invited = Array.from({ length: 60 }, (_, i) => ({
      branch: `B${i}`,
      name: name(i),
      comes: i % 3 === 0 ? null : i % 2,
      present: i,
    }));
    fits(
      activityCard.render(
        { activity: activity(state), placeName: name(1), invited, leads: true, mayAnswer: true },
        context,
      ),
    );
    fits(activitySignInCard.render(activity(state), context));
    fits(
      activitiesCard.render(
        {
          mayPlan: true,
          mayVisit: true,
          activities: Array.from({ length: 15 }, () => activity(state)),
          network: network(7),
        },
        context,
      ),
    );
  });
  it('the form of a visit', () => {
    for (const n of [1, 50, 240])
      fits(renderVisitForm({ branches: some(n), typed: { title: activity('held').title, branch: 'X0' } }, context));
  });
  it('the form and the digest', () => {
    fits(
      renderActivityForm(
        {
          places: [
            { level: 'district', scope: 'D1', name: name(1) },
            { level: 'group', scope: 'G01', name: name(2) },
          ],
          typed: { title: activity('held').title },
        },
        context,
      ),
    );
    const branches = Array.from({ length: 40 }, (_, i) => ({
      code: `B${i}`,
      name: name(i),
      review: 'balloting' as const,
      guidanceUnread: true,
      summaryMissing: true,
      checkRate: i % 3 === 0 ? null : 99,
      monthlyOnTime: null,
      activities: i,
    }));
    fits(
      districtDigestCard.render(
        {
          districtName: name(0),
          quarter: '2026-Q4',
          week: '2026-W42',
          month: '2026-09',
          network: network(1),
          branches,
        },
        context,
      ),
    );
  });
});

describe('readPlan', () => {
  const good = { kind: 'seminar', title: ' 研讨 ', place: '', date: '2026-10-09 +0800' };
  it.each([
    [good, { ok: true, value: { kind: 'seminar', title: '研讨', place: '', date: '2026-10-09' } }],
    [
      { ...good, kind: 'party' },
      { ok: false, reason: 'bad_kind' },
    ],
    [
      { ...good, title: '  ' },
      { ok: false, reason: 'title_missing' },
    ],
    [
      { ...good, title: '长'.repeat(TITLE_MAX + 1) },
      { ok: false, reason: 'title_long' },
    ],
    [{ ...good, title: '😀'.repeat(TITLE_MAX) }, { ok: true }],
    [
      { ...good, place: '长'.repeat(PLACE_MAX + 1) },
      { ok: false, reason: 'place_long' },
    ],
    [
      { ...good, date: '下周' },
      { ok: false, reason: 'date_missing' },
    ],
    [
      { ...good, date: '2026-10-07' },
      { ok: false, reason: 'date_past' },
    ],
    [{ ...good, date: '2026-10-08' }, { ok: true }],
  ])('%j', (form, verdict) => {
    expect(readPlan(form, '2026-10-08')).toMatchObject(verdict);
  });
});
