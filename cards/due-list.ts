import { z } from 'zod';
import { list, text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import { type DueEntry, dueList } from '../src/store/due.ts';
import { findReview } from '../src/store/reviews.ts';
import { findBranch } from '../src/store/roster.ts';
import { periodName } from '../src/period-name.ts';

interface DueListView {
  branchName: string;
  period: string;
  entries: readonly DueEntry[];
}

/** Who is due, published to the branch before the meeting (A14): names, and a category for those not counted. */
export const dueListCard = defineCard({
  name: 'due_list',
  audience: 'any',
  args: z.object({ review: z.string() }),
  async view({ review: id }, { read }): Promise<DueListView | null> {
    const review = await findReview(read, id);
    const branch = review && (await findBranch(read, review.branch));
    if (!review || !branch) return null;
    return {
      branchName: branch.name,
      period: review.period,
      entries: (await dueList(read, id)).filter((entry) => entry.removed === 0),
    };
  },
  render({ branchName, period, entries }, { t }) {
    const due = entries.filter((entry) => entry.exempt === null);
    const members = due.filter((entry) => entry.kind !== 'representative');
    const representatives = due.filter((entry) => entry.kind === 'representative');
    const away = entries.flatMap(({ name, exempt }) =>
      exempt === null ? [] : [t('review.due.name_reason', { name, reason: t(`review.absence.${exempt}`) })],
    );
    const names = (people: readonly DueEntry[]) => people.map((entry) => entry.name).join(t('common.and'));
    return {
      title: t('review.due.title'),
      subtitle: periodName(t, period),
      tone: 'blue',
      blocks: [
        text(t('review.due.intro', { branch: branchName, period: periodName(t, period) })),
        text(t('review.due.members', { n: members.length }), 'strong'),
        text(names(members)),
        ...(representatives.length === 0
          ? []
          : [
              text(t('review.due.representatives', { n: representatives.length }), 'strong'),
              text(names(representatives)),
            ]),
        ...(away.length === 0 ? [] : [text(t('review.due.not_counted'), 'strong'), list(away)]),
      ],
    };
  },
});
