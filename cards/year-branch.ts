/** The year of one branch, for its committee: how far it is, what it has missed, what comes next. */
import { z } from 'zod';
import { type Block, facts, list, text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import { missedText } from '../src/missed-text.ts';
import { periodName } from '../src/period-name.ts';
import { onCommittee, runsBranch } from '../src/usecases/access.ts';
import { type BranchYear, yearFigures } from '../src/usecases/year/figures.ts';
import { type YearStep, yearSteps } from '../src/usecases/year/steps.ts';
import { readerOf } from './shared/actor.ts';
import { yearStepBlocks } from './shared/year-steps.ts';
import { share } from './shared/year-words.ts';

interface View {
  year: number;
  figures: BranchYear;
  steps: readonly YearStep[];
  /** Holds who was at meetings: for the secretary alone (F14). */
  mayExport: boolean;
}
export const yearBranchCard = defineCard({
  name: 'year_branch',
  audience: 'person',
  args: z.object({ branch: z.string(), year: z.int() }),
  async view({ branch, year }, context): Promise<View | null> {
    const { use, read, now } = context;
    const reader = await readerOf(context);
    if (reader === null || !onCommittee(reader, branch)) return null;
    const [figures] = await yearFigures(read, use, year, now, ({ code }) => code === branch);
    if (figures === undefined) return null;
    return { year, figures, steps: await yearSteps(read, use, reader, now), mayExport: runsBranch(reader, branch) };
  },
  render({ year, figures: it, steps, mayExport }, context) {
    const { t } = context;
    const { sheets, tasks, checks, summaries, meetings } = it;
    const own = it.own === null ? t('result.year.own_none') : t(`commit.state.${it.own}`);
    const blocks: Block[] = [
      ...yearStepBlocks(steps, context),
      ...(it.missed.length === 0
        ? [text(t('result.year.nothing_missed'), 'good')]
        : [text(t('result.year.missed'), 'strong'), list(it.missed.map((missed) => missedText(t, missed)))]),
      facts(
        [t('result.year.commitments'), t('result.year.commitments_value', { ...sheets, members: it.members })],
        [t('result.year.own'), own],
        [t('result.year.on_schedule'), share(it.items.good, it.items.due)],
        [t('result.year.tasks'), t('result.year.tasks_value', tasks)],
        [t('result.year.checks'), share(checks.answered, checks.due)],
        [t('result.year.summaries'), share(summaries.onTime, summaries.due)],
        [t('result.year.meetings'), t('result.year.meetings_value', { n: meetings.held, late: meetings.minutesLate })],
        [t('result.year.activities'), t('result.year.activities_value', { n: it.activities, visits: it.visits })],
      ),
      text(t('result.year.reviews'), 'strong'),
      list(
        it.reviews.map(({ period, state }) =>
          t('result.year.review_line', {
            period: periodName(t, period),
            state: state === null ? t('result.status_none') : t(`review.state.${state}`),
          }),
        ),
      ),
      ...(mayExport ? [text(t('result.year.export_hint', { year }), 'muted')] : []),
    ];
    return {
      title: t('result.year.title', { year }),
      subtitle: it.name,
      tone: it.missed.length > 0 ? 'orange' : 'green',
      blocks,
    };
  },
});
