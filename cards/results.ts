/** Published results: names and stars for the branch, totals without names for the district. Charts count stars, never scores. */
import { z } from 'zod';
import { type Block, facts, list, text } from '../src/card.ts';
import { type CardContext, defineCard, type RenderContext } from '../src/card-def.ts';
import { isOffice } from '../src/usecases/access.ts';
import { boardLink } from '../src/usecases/board-link.ts';
import { type Progress, progressOf, type PublishedResult, publishedResult } from '../src/usecases/published.ts';
import { today } from '../src/domain/period.ts';
import { periodName } from '../src/period-name.ts';
import { versionName } from '../src/version-name.ts';
import { resultButtons } from './shared/result-buttons.ts';
import { branchFeedbackOf } from '../src/usecases/results.ts';
import { catalogueOf } from '../src/usecases/versions.ts';
import { readerOf } from './shared/actor.ts';
import { type BranchFeedbackView, feedbackBlocks } from './shared/branch-feedback.ts';
import { day } from './shared/when.ts';

const QUARTERS = 4;

/** One line on a result that is not the one published first; it names nobody (F10). */
const correctedLine = ({ correctedAt, timezone }: ResultsView, { t, locale }: RenderContext): Block[] =>
  correctedAt === null
    ? []
    : [text(t('result.corrected', { date: day(today(correctedAt, timezone), locale) }), 'warn')];
interface ResultsView extends PublishedResult {
  progress: readonly Progress[];
  board: string;
  timezone: string;
  /** For the work committee's office alone (A25, J20). */
  office: BranchFeedbackView | null;
}

async function load(id: string, context: CardContext): Promise<ResultsView | null> {
  const { use, read } = context;
  const result = await publishedResult(read, id);
  if (result === null) return null;
  return {
    ...result,
    progress: await progressOf(read, result.review.branch, QUARTERS),
    board: await boardLink(use, result.review),
    timezone: use.config.timezone,
    office: await officeFeedback(result, context),
  };
}
async function officeFeedback({ review }: PublishedResult, context: CardContext): Promise<BranchFeedbackView | null> {
  const reader = await readerOf(context);
  if (reader === null || !isOffice(context.use, reader)) return null;
  const { branch } = await catalogueOf(context.read, review.catalogue);
  return {
    feedback: await branchFeedbackOf(context.read, review.id),
    branchStars: new Map(branch.map((star) => [star.key, star])),
  };
}
const officeBlocks = ({ office }: ResultsView, context: RenderContext): Block[] => {
  const blocks = office === null ? [] : feedbackBlocks(office, context);
  return blocks.length === 0 ? [] : [...blocks, text(context.t('result.feedback_office'), 'muted')];
};

function levelChart({ levels }: ResultsView, { t }: RenderContext): Block[] {
  const points = levels.levels
    .flatMap((n, level) => (n === 0 ? [] : [{ label: t('result.level_short', { n: level }), value: n }]))
    .reverse();
  if (points.length === 0) return [];
  return [
    text(t('result.levels'), 'strong'),
    text(
      points
        .map((point) => `${point.label}${t('common.colon')}${point.value} ${t('result.people_unit')}`)
        .join(t('common.comma')),
    ),
    { kind: 'chart', chart: 'bar', points },
  ];
}
const starRadar = ({ starCounts }: ResultsView, { t, locale }: RenderContext): Block => ({
  kind: 'chart',
  chart: 'radar',
  points: starCounts.map((star) => ({
    label: star[locale === 'en' ? 'en' : 'zh'],
    value: star.won,
    series: t('result.chart_levels'),
  })),
});
const progress = (view: ResultsView, { t }: RenderContext): Block[] =>
  view.progress.length < 2
    ? []
    : [
        text(t('result.progress_title'), 'strong'),
        list(
          view.progress.map(({ period, max, min, median }) =>
            t('result.progress_line', { period: periodName(t, period), max, min, median }),
          ),
        ),
      ];

/** For the branch chat: names, stars, outstanding stars, level; for the office, asking in private, the feedback to the branch too. */
export const branchResultsCard = defineCard({
  name: 'results_branch',
  audience: 'any',
  args: z.object({ review: z.string() }),
  view: ({ review }, context) => load(review, context),
  render(view, context) {
    const { t, locale } = context;
    const { review } = view;
    const names = (stars: ResultsView['members'][number]['stars']) =>
      stars
        .map(
          (star) => `${star.outstanding ? '★' : ''}${star[locale === 'en' ? 'en' : 'zh'].replace(/(星| Star)$/, '')}`,
        )
        .join(t('common.and'));
    return {
      title: t('result.branch_title', { branch: view.branchName, period: periodName(t, review.period) }),
      tone: 'green',
      blocks: [
        ...correctedLine(view, context),
        text(
          review.noticeUntil === null
            ? t('result.branch_intro_plain')
            : t('result.notice_until', { until: day(review.noticeUntil, locale) }),
        ),
        text(t('result.branch_intro_plain'), 'muted'),
        {
          kind: 'table',
          pageSize: 10,
          columns: [
            { key: 'name', label: t('result.name'), kind: 'text' },
            { key: 'n', label: t('result.stars_count'), kind: 'text' },
            { key: 'stars', label: t('result.stars'), kind: 'text' },
          ],
          rows: view.members.map((member) => ({
            name: member.name,
            n: member.level === null ? '' : String(member.level),
            stars: names(member.stars),
          })),
        },
        ...levelChart(view, context),
        starRadar(view, context),
        ...progress(view, context),
        ...officeBlocks(view, context),
        text(versionName(t, view.version), 'muted'),
        resultButtons(
          { label: t('result.board_link'), link: view.board },
          { a: 'export_review', r: review.id },
          context,
        ),
      ],
    };
  },
});

/** For the district chat: branch code and name, number of stars, distribution of levels; no names. */
export const districtResultsCard = defineCard({
  name: 'results_district',
  audience: 'any',
  args: z.object({ review: z.string() }),
  view: ({ review }, context) => load(review, context),
  render(view, context) {
    const { t, locale } = context;
    return {
      title: t('result.district_title', {
        branch: `${view.branchCode} ${view.branchName}`,
        period: periodName(t, view.review.period),
      }),
      tone: 'green',
      blocks: [
        ...correctedLine(view, context),
        facts(
          [t('result.district_people'), String(view.levels.graded)],
          [t('result.district_stars'), String(view.starsWon)],
          [t('result.district_outstanding'), String(view.outstanding)],
        ),
        {
          kind: 'table',
          pageSize: 10,
          columns: [
            { key: 'star', label: t('result.star'), kind: 'text' },
            { key: 'won', label: t('result.stars_count'), kind: 'number' },
          ],
          rows: view.starCounts.map((star) => ({ star: star[locale === 'en' ? 'en' : 'zh'], won: star.won })),
        },
        ...levelChart(view, context),
        text(versionName(t, view.version), 'muted'),
        resultButtons(
          { label: t('result.board_link'), link: view.board },
          { a: 'export_review', r: view.review.id },
          context,
        ),
      ],
    };
  },
});
