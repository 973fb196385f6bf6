import { z } from 'zod';
import { type Block, button, type Button, list, text } from '../src/card.ts';
import { defineCard, type RenderContext } from '../src/card-def.ts';
import { today } from '../src/domain/period.ts';
import { CATEGORIES } from '../src/domain/marks.ts';
import type { Review } from '../src/domain/review.ts';
import { type MemberSheet, memberSheetSchema, type Note } from '../src/domain/sheet.ts';
import { type Decision, decisionsOf } from '../src/store/decisions.ts';
import { attendedIn } from '../src/store/meeting-people.ts';
import { objectionsOf } from '../src/store/objections.ts';
import { findReview } from '../src/store/reviews.ts';
import { findBranch, findPerson } from '../src/store/roster.ts';
import { findSheet } from '../src/store/sheets.ts';
import { catalogueOf, rulesOf } from '../src/usecases/versions.ts';
import { say } from '../src/i18n.ts';
import { periodName } from '../src/period-name.ts';
import { versionOfReview } from '../src/usecases/scheme/version.ts';
import { type PrintedVersion, versionName } from '../src/version-name.ts';
import { day } from './shared/when.ts';
import { Temporal } from 'temporal-polyfill';

export interface SheetView {
  review: Review;
  version: PrintedVersion;
  branchName: string;
  /** Set when somebody else than the person looks at it. */
  about: string | null;
  sheet: MemberSheet;
  acknowledged: boolean;
  decisions: readonly Decision[];
  starNames: ReadonlyMap<string, { zh: string; en: string }>;
  /** An objection of this person is open, or upheld and not settled; only for that person to see (F10). */
  underReview: boolean;
  /** Why this person's own stars were corrected; only for that person to see. */
  correctedWhy: readonly string[];
  /** Whether the reader is asked to say "seen" (`feedback.acknowledge`). */
  asksSeen: boolean;
  /** Times they took part this year, shown beside the stars (`activity_count.show`); null where it is not shown. */
  tookPart: number | null;
  /** Today: a notice whose days are over may still wait for an appeal, and takes no new objection. */
  date: string;
  timezone: string;
}

const starName = (view: SheetView, key: string, { locale }: RenderContext): string =>
  view.starNames.get(key)?.[locale === 'en' ? 'en' : 'zh'] ?? '';

function noteLine(view: SheetView, note: Note, context: RenderContext): string {
  const { t } = context;
  const params: Record<string, string> = {};
  if ('category' in note) params.category = t(`result.category.${note.category}`);
  if ('star' in note) params.star = starName(view, note.star, context);
  if (note.kind === 'weights')
    params.weights = Object.entries(note.weights)
      .map(
        ([key, weight]) =>
          `${key === 'self' ? t('result.self') : say(t, `result.category.${key as (typeof CATEGORIES)[number]}`)} ${weight ?? ''}%`,
      )
      .join(t('common.comma'));
  return say(t, `result.note.${note.kind}`, params);
}

/** A person's sheet: stars and, by the gate, scores; every departure with its body, date and reason (F8). */
export function sheetBlocks(view: SheetView, context: RenderContext): Block[] {
  const { t, locale } = context;
  const { sheet, review } = view;
  const blocks: Block[] = [];
  if (!sheet.graded) blocks.push(text(t('result.not_graded')));
  else if (sheet.level === null) blocks.push(text(t('result.too_few')));
  else
    blocks.push(text(sheet.level === 0 ? t('result.so_far_none') : t('result.so_far', { n: sheet.level }), 'strong'));
  if (sheet.total !== null) blocks.push({ kind: 'facts', items: [{ label: t('result.total'), value: sheet.total }] });
  if (sheet.stars.some((star) => star.score !== null || star.won))
    blocks.push({
      kind: 'table',
      pageSize: 10,
      columns: [
        { key: 'star', label: t('result.star'), kind: 'text' },
        { key: 'score', label: t('result.score'), kind: 'text' },
        { key: 'won', label: t('result.won'), kind: 'text' },
      ],
      rows: sheet.stars.map((star) => ({
        star: starName(view, star.key, context),
        score: star.score ?? t('result.withheld'),
        won: star.outstanding ? '★★' : star.won ? '★' : '',
      })),
    });
  const means = sheet.stars.flatMap((star) => {
    if (star.means === null) return [];
    const parts = CATEGORIES.flatMap((category) =>
      star.means?.[category] === undefined ? [] : [`${t(`result.category.${category}`)} ${star.means[category]}`],
    );
    return [t('result.mean_line', { star: starName(view, star.key, context), means: parts.join(t('common.comma')) })];
  });
  if (means.length > 0) blocks.push(text(t('result.means_title'), 'strong'), list(means));
  if (means.length < sheet.stars.length && sheet.level !== null) blocks.push(text(t('result.withheld_why'), 'muted'));
  for (const decision of view.decisions) {
    if (decision.kind === 'outstanding') {
      blocks.push(
        text(
          t('result.outstanding_line', { star: starName(view, decision.value, context), reason: decision.reason }),
          'good',
        ),
      );
      continue;
    }
    const stars = sheet.stars.filter((star) => star.barred).map((star) => starName(view, star.key, context));
    const date = Temporal.Instant.fromEpochMilliseconds(decision.at)
      .toZonedDateTimeISO(view.timezone)
      .toPlainDate()
      .toString();
    const ground = say(t, `result.ground.${decision.value as 'refuses_management'}`);
    blocks.push(
      text(
        t('result.barred_line', {
          stars: stars.join(t('common.and')),
          ground,
          reason: decision.reason,
          date: day(date, locale),
        }),
        'warn',
      ),
    );
  }
  if (sheet.notes.length > 0)
    blocks.push(
      text(t('result.notes_title'), 'strong'),
      list(sheet.notes.map((note) => noteLine(view, note, context))),
    );
  if (review.counts !== null) blocks.push(text(t('result.counts', review.counts), 'muted'));
  blocks.push(text(versionName(t, view.version), 'muted'));
  return blocks;
}

/** Scores are shown once the review is tallied (design.md 12.12); decisions once they are made. */
export async function loadSheet(
  id: string,
  person: string,
  about: boolean,
  read: Parameters<typeof findReview>[0],
  timezone: string,
  now: number,
): Promise<SheetView | null> {
  const review = await findReview(read, id);
  const row = review && (await findSheet(read, id, person));
  const branch = review && (await findBranch(read, review.branch));
  if (!review || !row || !branch) return null;
  const catalogue = await catalogueOf(read, review.catalogue);
  const mine = about ? [] : await objectionsOf(read, id, person);
  const rules = await rulesOf(read, review.rules);
  const year = Number(review.period.slice(0, 4));
  return {
    review,
    version: await versionOfReview(read, review),
    branchName: branch.name,
    about: about ? ((await findPerson(read, person))?.name ?? '') : null,
    sheet: memberSheetSchema.parse(JSON.parse(row.body)),
    acknowledged: row.acknowledged === 1,
    decisions: (await decisionsOf(read, id)).filter(
      (decision) => decision.person === person && decision.state === 'decided',
    ),
    starNames: new Map(catalogue.member.map((star) => [star.key, star])),
    underReview: mine.some(({ state, settledAt }) => state === 'open' || (state === 'upheld' && settledAt === null)),
    correctedWhy: mine.flatMap(({ settledReason, barLifted, starNamed }) =>
      settledReason !== null && (barLifted === 1 || starNamed !== null) ? [settledReason] : [],
    ),
    asksSeen: rules.feedback.acknowledge,
    // Whether somebody was there is for themselves to see (A47).
    tookPart: rules.activity_count.show && !about ? (await attendedIn(read, person, year)).present : null,
    timezone,
    date: today(now, timezone),
  };
}

/** Own result, private: what it is made of, how to see it differently, one tap to say "seen". */
export const myResultCard = defineCard({
  name: 'my_result',
  audience: 'person',
  args: z.object({ review: z.string() }),
  view: async ({ review }, { use, read, viewer, now }) =>
    viewer.person === null ? null : loadSheet(review, viewer.person, false, read, use.config.timezone, now),
  render(view, context) {
    const { t, locale } = context;
    const { review } = view;
    const r = review.id;
    const inNotice = review.state === 'notice' && view.date <= (review.noticeUntil ?? '');
    const actions: Button[] = [
      ...(view.acknowledged || !view.asksSeen
        ? []
        : [button('acknowledge', t('result.acknowledge'), { a: 'acknowledge', r }, 'primary')]),
      ...(inNotice ? [button('object', t('result.object'), { a: 'objection_form', r })] : []),
    ];
    return {
      title: t('result.mine_title', { period: periodName(t, review.period) }),
      subtitle: view.branchName,
      summary: t('result.mine_title', { period: periodName(t, review.period) }),
      tone: 'green',
      blocks: [
        ...view.correctedWhy.map((reason) => text(t('result.corrected_why', { reason }), 'good')),
        ...sheetBlocks(view, context),
        ...(view.tookPart === null
          ? []
          : [text(t('result.took_part', { year: review.period.slice(0, 4), n: view.tookPart }), 'muted')]),
        ...(inNotice
          ? [text(t('result.notice_until', { until: day(review.noticeUntil ?? '', locale) }), 'muted')]
          : []),
        ...(view.underReview ? [text(t('result.under_review'), 'warn')] : []),
        ...(view.acknowledged ? [text(t('result.acknowledged'), 'muted')] : []),
        ...(actions.length === 0 ? [] : [{ kind: 'buttons', buttons: actions } satisfies Block]),
      ],
    };
  },
});

/** Somebody else's sheet, for those entitled; the view has been recorded by the use case that opened it. */
export const personResultCard = defineCard({
  name: 'person_result',
  audience: 'person',
  args: z.object({ review: z.string(), person: z.string() }),
  view: ({ review, person }, { use, read, now }) => loadSheet(review, person, true, read, use.config.timezone, now),
  render: (view, context) => ({
    title: view.about ?? '',
    subtitle: context.t('result.scores_title', {
      branch: view.branchName,
      period: periodName(context.t, view.review.period),
    }),
    tone: 'blue',
    blocks: [
      text(context.t('result.scores_who'), 'muted'),
      ...sheetBlocks(view, context),
      { kind: 'buttons', buttons: [button('scores', context.t('common.back'), { a: 'scores', r: view.review.id })] },
    ],
  }),
});
