import type { BallotPageView } from '../ballot-page.ts';
import type { BallotReviewView } from '../ballot-review.ts';
import type { Draft } from '../../src/ballot/draft.ts';
import type { Use } from '../../src/use.ts';
import { isUniform, type Paper, seal, starsOf } from '../../src/usecases/ballot/paper.ts';

/**
 * The view of the page the draft stands on.
 * @param link a fresh link to the web ballot; without one the card offers to make one, where there is a web ballot
 */
export function pageView(use: Use, paper: Paper, draft: Draft, link: string | null = null): BallotPageView {
  const line = paper.lines[draft.page];
  const subject = line?.subject ?? '';
  return {
    review: paper.access.review,
    draft: seal(use, paper, draft),
    branchName: paper.access.branchName,
    period: paper.access.period,
    page: draft.page,
    pages: paper.lines.length,
    subject,
    name: paper.names.get(subject) ?? '',
    graded: paper.graded.has(subject),
    category: paper.access.category,
    stars: starsOf(paper, subject),
    marks: draft.marks[draft.page] ?? [],
    until: paper.access.until,
    timezone: use.config.timezone,
    keptDays: paper.keptDays,
    abstain: paper.abstain,
    ...(link !== null ? { web: { link } } : use.config.webBallotUrl === null ? {} : { web: 'ask' as const }),
  };
}

/** The view of the check before casting. */
export function reviewView(use: Use, paper: Paper, draft: Draft, part: number): BallotReviewView {
  return {
    review: paper.access.review,
    draft: seal(use, paper, draft),
    branchName: paper.access.branchName,
    period: paper.access.period,
    lines: paper.lines.map((line, page) => ({
      subject: line.subject,
      name: paper.names.get(line.subject) ?? '',
      marks: draft.marks[page] ?? [],
    })),
    part,
    uniform: paper.uniform !== 'off' && isUniform(draft) ? paper.uniform : 'no',
  };
}
