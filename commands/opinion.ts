import { defineCommand } from '../src/command.ts';
import { BRANCH_SUBJECT } from '../src/domain/marks.ts';
import type { Review } from '../src/domain/review.ts';
import { findRound } from '../src/store/opinions.ts';
import { runsBranch } from '../src/usecases/access.ts';
import { reviewMeant } from '../src/usecases/review/meant.ts';
import { ownText } from '../src/usecases/review/opinion-answers.ts';
import { deskView } from '../src/usecases/review/opinion-desk.ts';
import { opinionPaper } from '../src/usecases/review/opinion-paper.ts';

/** What there is to do about opinions now: the form, the grouping, or the text passed on. */
export const opinionCommand = defineCommand({
  name: 'opinion',
  zh: ['意见', '征求意见'],
  group: 'member',
  async run({ actor, now, tx, use }) {
    const hasForm = async ({ id }: Review) => (await opinionPaper(tx, id, actor.employeeNo, now))?.status === 'form';
    const meant = await reviewMeant(tx, use, actor.branch, '', hasForm, now);
    const review = meant.ok ? meant.review : null;
    const round = review === null ? null : await findRound(tx, review.id);
    if (review === null || round === null) return { card: 'notice', args: { key: 'no_opinions' } };
    if (round.state === 'open') return { card: 'opinion', args: { review: review.id } };
    const desk = await deskView(tx, use, review.id, actor);
    if (desk !== null && desk.mine.length > 0) return { card: 'opinion_desk', args: { review: review.id, page: 0 } };
    if ((await ownText(tx, actor, review, 'own')) !== null)
      return { card: 'opinion_mine', args: { review: review.id, about: 'own' } };
    if (runsBranch(actor, review.branch) && (await ownText(tx, actor, review, BRANCH_SUBJECT)) !== null)
      return { card: 'opinion_mine', args: { review: review.id, about: BRANCH_SUBJECT } };
    return desk === null
      ? { card: 'opinion', args: { review: review.id } }
      : { card: 'opinion_desk', args: { review: review.id, page: 0 } };
  },
});
