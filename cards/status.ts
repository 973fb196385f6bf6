import { z } from 'zod';
import { button, buttons, text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import type { ReviewState } from '../src/domain/review.ts';
import { reviewsOfPeriod } from '../src/store/reviews.ts';
import { allBranches, branchesOfDistrict } from '../src/store/roster.ts';
import { usedLine } from './shared/budget-words.ts';
import { fittingRows } from './shared/fitting-rows.ts';
import { periodName } from '../src/period-name.ts';
import { leadingStatus } from '../src/usecases/leading/remind.ts';
import { type Forecast, monthForecast } from '../src/usecases/budget.ts';
import { filesWaiting } from '../src/usecases/scheme/adopt.ts';
import { type MonthStatus, monthStatus } from '../src/usecases/month/rounds.ts';

interface StatusView {
  period: string;
  branches: readonly { name: string; state: ReviewState | null }[];
  month: MonthStatus | null;
  /** For the whole city only: units lie across districts. */
  leading: { units: number; below: number; minimum: number } | null;
  /** For the whole city only: platforms that count by the month. */
  budgets: readonly Forecast[];
  /** For the whole city only: files that the running year has not adopted. */
  waiting: { year: number; version: number; n: number } | null;
}

/** How far each branch is; states only, nothing about persons. */
export const statusCard = defineCard({
  name: 'status',
  audience: 'person',
  args: z.object({ period: z.string(), district: z.string().optional() }),
  async view({ period, district }, { use, read, now }): Promise<StatusView | null> {
    const branches = district === undefined ? await allBranches(read) : await branchesOfDistrict(read, district);
    const states = new Map((await reviewsOfPeriod(read, period)).map((review) => [review.branch, review.state]));
    return {
      period,
      branches: branches.map((branch) => ({
        name: `${branch.code} ${branch.name}`,
        state: states.get(branch.code) ?? null,
      })),
      month: await monthStatus(read, district ?? null),
      leading: district === undefined ? await leadingStatus(read, use, now) : null,
      budgets: district === undefined ? await monthForecast(use, read, now) : [],
      waiting: district === undefined ? await filesWaiting(read, use, now) : null,
    };
  },
  render({ period, branches, month, leading, budgets, waiting }, { t }) {
    const rows = fittingRows(
      branches.map(({ name, state }) => ({
        branch: name,
        state: state === null ? t('result.status_none') : t(`review.state.${state}`),
      })),
    );
    const open = branches.filter((branch) => branch.state !== null).length;
    const published = branches.filter((branch) => branch.state === 'notice' || branch.state === 'final').length;
    return {
      title: t('result.status_title', { period: periodName(t, period) }),
      tone: 'blue',
      blocks: [
        text(t('result.status_summary', { n: branches.length, open, published }), 'strong'),
        ...(month === null
          ? []
          : [
              text(
                t('meeting.summary.status', {
                  month: periodName(t, month.month),
                  asked: month.asked,
                  filed: month.filed,
                }),
              ),
            ]),
        ...(waiting === null
          ? []
          : [
              text(t('rules.status', waiting), 'warn'),
              buttons(button('rules_show', t('rules.status_show'), { a: 'rules_show', y: waiting.year })),
            ]),
        ...(leading === null ? [] : [text(t('leading.status_line', leading))]),
        ...budgets.flatMap((it) => [
          text(usedLine(t, it)),
          it.short
            ? text(t('budget.ahead_short', { ...it.needed }), 'warn')
            : text(t('budget.ahead', { ...it.needed }), 'muted'),
        ]),
        {
          kind: 'table',
          pageSize: 10,
          columns: [
            { key: 'branch', label: t('result.branch'), kind: 'text' },
            { key: 'state', label: t('result.step'), kind: 'text' },
          ],
          rows: rows.shown,
        },
        ...(rows.left > 0 ? [text(t('result.status_more', { n: rows.left }), 'muted')] : []),
        text(t('result.status_words'), 'muted'),
      ],
    };
  },
});
