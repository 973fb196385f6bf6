/** Cards of guidance, activities and the digest with the worst that people can bring about, in both languages. */
import { describe, expect, it } from 'vitest';
import { activitiesCard } from '../../cards/activities.ts';
import { activityCard, activitySignInCard, renderActivityForm } from '../../cards/activity.ts';
import { districtDigestCard } from '../../cards/district-digest.ts';
import { guidanceCard, guidanceReceiptsCard, renderGuidanceForm } from '../../cards/guidance.ts';
import type { Card } from '../../src/card.ts';
import { ACTIVITY_STATES, PLACE_MAX, readPlan, TITLE_MAX } from '../../src/domain/activity.ts';
import { LOCALES, translator } from '../../src/i18n.ts';
import { CARD_SAFE_ELEMENTS } from '../../src/platform/lark/limits.ts';
import { countElements, lintCard } from '../../src/platform/lark/lint.ts';
import { renderCard } from '../../src/platform/lark/render.ts';
import type { Activity } from '../../src/store/activities.ts';

function check(card: Card): void {
  const rendered = renderCard(card);
  expect(lintCard(rendered)).toEqual([]);
  expect(countElements(rendered)).toBeLessThanOrEqual(CARD_SAFE_ELEMENTS);
}
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
const guidance = { id: 'g'.repeat(36), period: '2026-Q3', body: markup.slice(0, 1_000), due: '2026-09-30', by: 'E1', at: 0 };

describe.each(LOCALES)('in %s', (locale) => {
  const context = { locale, t: translator(locale) };
  it('guidance', () => {
    check(renderGuidanceForm({ period: '2026-Q3', typed: { text: guidance.body } }, context));
    for (const read of [true, false, null]) check(guidanceCard.render({ guidance, read }, context));
    check(guidanceReceiptsCard.render({ guidance, all: 240, unread: Array.from({ length: 240 }, (_, i) => name(i)), mayWrite: true }, context));
  });
  it.each(ACTIVITY_STATES)('an activity that is %s, with the branches of a whole district', (state) => {
    const invited = Array.from({ length: 60 }, (_, i) => ({ branch: `B${i}`, name: name(i), comes: i % 3 === 0 ? null : i % 2, present: i }));
    check(activityCard.render({ activity: activity(state), placeName: name(1), invited, leads: true, mayAnswer: true }, context));
    check(activitySignInCard.render(activity(state), context));
    check(activitiesCard.render({ mayPlan: true, activities: Array.from({ length: 15 }, () => activity(state)) }, context));
  });
  it('the form and the digest', () => {
    check(renderActivityForm({ places: [{ level: 'district', scope: 'D1', name: name(1) }, { level: 'group', scope: 'G01', name: name(2) }], typed: { title: activity('held').title } }, context));
    const branches = Array.from({ length: 40 }, (_, i) => ({ code: `B${i}`, name: name(i), review: 'balloting' as const, guidanceUnread: true, weeklyCheckRate: '99.99', monthlyOnTime: null, activities: i }));
    check(districtDigestCard.render({ districtName: name(0), quarter: '2026-Q4', districtActivities: 3, groupActivities: 9, branches }, context));
  });
});

describe('readPlan', () => {
  const good = { kind: 'seminar', title: ' 研讨 ', place: '', date: '2026-10-09 +0800' };
  it.each([
    [good, { ok: true, value: { kind: 'seminar', title: '研讨', place: '', date: '2026-10-09' } }],
    [{ ...good, kind: 'party' }, { ok: false, reason: 'bad_kind' }],
    [{ ...good, title: '  ' }, { ok: false, reason: 'title_missing' }],
    [{ ...good, title: '长'.repeat(TITLE_MAX + 1) }, { ok: false, reason: 'title_long' }],
    [{ ...good, title: '😀'.repeat(TITLE_MAX) }, { ok: true }],
    [{ ...good, place: '长'.repeat(PLACE_MAX + 1) }, { ok: false, reason: 'place_long' }],
    [{ ...good, date: '下周' }, { ok: false, reason: 'date_missing' }],
    [{ ...good, date: '2026-10-07' }, { ok: false, reason: 'date_past' }],
    [{ ...good, date: '2026-10-08' }, { ok: true }],
  ])('%j', (form, verdict) => {
    expect(readPlan(form, '2026-10-08')).toMatchObject(verdict);
  });
});
