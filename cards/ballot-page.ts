import { button, type Card, type Field, text } from '../src/card.ts';
import type { PersonStar } from '../src/domain/post-plan.ts';
import { BRANCH_SUBJECT, type Category, type Mark, markValues } from '../src/domain/marks.ts';
import type { RenderContext } from '../src/card-def.ts';
import { individualBlocks } from './shared/individual-stars.ts';
import { linkBlocks } from './ballot-link.ts';
import { when } from './shared/when.ts';
import { periodName } from '../src/period-name.ts';
import { daysName } from '../src/term-name.ts';

export interface BallotPageView {
  review: string;
  /** The sealed draft with everything filled in so far. */
  draft: string;
  branchName: string;
  period: string;
  /** Counted from 0. */
  page: number;
  pages: number;
  /** An employee number, or `branch`. */
  subject: string;
  name: string;
  graded: boolean;
  category: Category;
  stars: readonly PersonStar[];
  marks: readonly (Mark | null)[];
  /** Unix ms; end of the window. */
  until: number | null;
  timezone: string;
  /** Days after the final result by which raw ballots are destroyed. */
  keptDays: number;
  /** Whether "don't know" may be chosen. */
  abstain: boolean;
  /** A link to the web ballot, or that one may be asked for; absent where there is no web ballot. */
  web?: 'ask' | { link: string };
}

/** One subject a page. Nothing is pre-filled on a first visit; what was chosen before comes back. */
export function ballotPageCard(view: BallotPageView, context: RenderContext): Card {
  const { t, locale } = context;
  const { review: r, draft: d, page, pages, subject, name } = view;
  const first = page === 0;
  const last = page === pages - 1;
  const of = { n: page + 1, of: pages };
  const label = (mark: string) => (mark === 'x' ? t('common.dont_know') : mark);
  const options = markValues(view.abstain).map((value) => ({ value, label: label(value) }));
  const fields = view.stars.map((star, i): Field => {
    const mark = view.marks[i];
    return {
      kind: 'select',
      name: star.key,
      label: star[locale === 'en' ? 'en' : 'zh'],
      options,
      ...(mark === null || mark === undefined ? {} : { initial: String(mark) }),
      required: false, // the server checks, so that "previous" can keep a half-filled page
    };
  });
  const title = t('ballot.title', { branch: view.branchName, period: periodName(t, view.period) });
  return {
    title,
    subtitle: subject === BRANCH_SUBJECT ? t('ballot.subtitle_branch', of) : t('ballot.subtitle', { ...of, name }),
    summary: title,
    tone: 'blue',
    blocks: [
      ...(first
        ? [
            text(t(view.abstain ? 'ballot.ask' : 'ballot.ask_all')),
            text(t('ballot.who', { days: daysName(t, view.keptDays) })),
            text(t('ballot.class', { category: t(`ballot.category.${view.category}`) })),
            text(t('ballot.limits'), 'muted'),
          ]
        : []),
      ...(view.until === null
        ? []
        : [text(t('ballot.until', { until: when(view.until, view.timezone, locale) }), 'muted')]),
      ...(view.graded || subject === BRANCH_SUBJECT ? [] : [text(t('ballot.feedback_only'), 'muted')]),
      ...individualBlocks(view.stars, t('stars.individual_rate'), context),
      {
        kind: 'form',
        name: `ballot_${subject}`,
        fields,
        buttons: [
          last
            ? button('ballot_review', t('ballot.review'), { a: 'ballot_review', r, d }, 'primary')
            : button('ballot_next', t('ballot.next'), { a: 'ballot_next', r, d }, 'primary'),
          ...(first ? [] : [button('ballot_back', t('ballot.back'), { a: 'ballot_back', r, d })]),
          // Inside the form, so that what is filled in comes back with the link.
          ...(first && view.web === 'ask' ? [button('ballot_web', t('webballot.ask'), { a: 'ballot_web', r, d })] : []),
        ],
      },
      ...(first && typeof view.web === 'object' ? linkBlocks(t, view.web.link) : []),
    ],
    ...(view.web === undefined ? {} : { typed: t('webballot.typed') }),
  };
}
