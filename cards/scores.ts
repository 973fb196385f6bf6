import { z } from 'zod';
import { type Block, button, buttons, text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import type { Review } from '../src/domain/review.ts';
import type { MemberSheet } from '../src/domain/sheet.ts';
import { findReview } from '../src/store/reviews.ts';
import { findBranch } from '../src/store/roster.ts';
import { subjectsOf } from '../src/store/subjects.ts';
import { branchFeedbackOf } from '../src/usecases/results.ts';
import { memberSheets } from '../src/usecases/review/confirm.ts';
import { catalogueOf } from '../src/usecases/versions.ts';
import { periodName } from '../src/period-name.ts';
import { versionOfReview } from '../src/usecases/scheme/version.ts';
import { type PrintedVersion, versionName } from '../src/version-name.ts';
import { type BranchFeedbackView, feedbackBlocks } from './shared/branch-feedback.ts';

/** Buttons a card: with the table they stay well under the element limit. */
const MOST_BUTTONS = 50;

interface ScoresView extends BranchFeedbackView {
  review: Review;
  version: PrintedVersion;
  branchName: string;
  people: readonly { name: string; sheet: MemberSheet }[];
}

/** A branch's result for its committee and the unit's leaders: levels and totals, the way to each person's sheet, the branch's feedback. */
export const scoresCard = defineCard({
  name: 'scores',
  audience: 'person',
  args: z.object({ review: z.string() }),
  async view({ review: id }, { read }): Promise<ScoresView | null> {
    const review = await findReview(read, id);
    const branch = review && (await findBranch(read, review.branch));
    if (!review || !branch) return null;
    const sheets = new Map((await memberSheets(read, id)).map((sheet) => [sheet.employee_no, sheet]));
    const people = (await subjectsOf(read, id)).flatMap(({ person, name }) => {
      const sheet = sheets.get(person);
      return sheet === undefined ? [] : [{ name, sheet }];
    });
    const catalogue = await catalogueOf(read, review.catalogue);
    return {
      review,
      version: await versionOfReview(read, review),
      branchName: branch.name,
      people,
      feedback: await branchFeedbackOf(read, id),
      branchStars: new Map(catalogue.branch.map((star) => [star.key, star])),
    };
  },
  render(view, context) {
    const { review, version, branchName, people } = view;
    const { t } = context;
    const r = review.id;
    const blocks: Block[] = [text(t('result.scores_who'), 'muted')];
    if (review.counts !== null) blocks.push(text(t('result.counts', review.counts)));
    if (people.length > 0)
      blocks.push(
        {
          kind: 'table',
          pageSize: 10,
          columns: [
            { key: 'name', label: t('result.name'), kind: 'text' },
            { key: 'level', label: t('result.level'), kind: 'text' },
            { key: 'total', label: t('result.total_of'), kind: 'text' },
          ],
          rows: people.map(({ name, sheet }) => ({
            name,
            level: sheet.level === null ? '' : String(sheet.level),
            total: sheet.total ?? t('result.withheld'),
          })),
        },
        text(t('result.person_pick'), 'strong'),
        {
          kind: 'buttons',
          compact: true,
          buttons: people
            .slice(0, MOST_BUTTONS)
            .map(({ name, sheet }) =>
              button(`person_${sheet.employee_no}`, name, { a: 'person_result', r, p: sheet.employee_no }),
            ),
        },
      );
    blocks.push(
      ...feedbackBlocks(view, context),
      buttons(button('self_reviews', t('review.self.list_button'), { a: 'self_reviews', r })),
      text(versionName(t, version), 'muted'),
    );
    return {
      title: t('result.scores_title', { branch: branchName, period: periodName(t, review.period) }),
      subtitle: t(`review.state.${review.state}`),
      tone: 'blue',
      blocks,
    };
  },
});
