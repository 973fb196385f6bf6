/** A ballot paper as lines and tables, for the form and for the check. */
import { BRANCH_SUBJECT } from '../../domain/marks.ts';
import type { Locale, Translate } from '../../i18n.ts';
import { type Paper, type PaperStar, starsOf } from '../../usecases/ballot/paper.ts';

/** A star and what it looks at. */
export type Meaning = Pick<PaperStar, 'key' | 'zh' | 'en' | 'indicators'>;
/** One line of the paper as it is shown. */
export interface Line {
  /** Its place on the paper, from 0. */
  index: number;
  name: string;
  branch: boolean;
  /** Whether it is feedback only (A19). */
  feedbackOnly: boolean;
  stars: readonly PaperStar[];
}

export const nameOfLine = (t: Translate, paper: Paper, index: number): string => {
  const subject = paper.lines[index]?.subject ?? '';
  return subject === BRANCH_SUBJECT ? t('ballot.branch_name') : (paper.names.get(subject) ?? '');
};
export const starName = (star: Pick<PaperStar, 'zh' | 'en'>, locale: Locale): string =>
  star[locale === 'en' ? 'en' : 'zh'];

export const lineOf = (t: Translate, paper: Paper, index: number): Line => {
  const subject = paper.lines[index]?.subject ?? '';
  const branch = subject === BRANCH_SUBJECT;
  return {
    index,
    name: nameOfLine(t, paper, index),
    branch,
    feedbackOnly: !branch && !paper.graded.has(subject),
    stars: starsOf(paper, subject),
  };
};

/** The people and the branch are judged by different stars, so each has a table. */
export function partsOf(
  t: Translate,
  paper: Paper,
): readonly { caption: string; stars: readonly Meaning[]; lines: readonly Line[] }[] {
  const lines = paper.lines.map((_, index) => lineOf(t, paper, index));
  return [
    { caption: t('webballot.table_members'), stars: paper.memberStars, lines: lines.filter(({ branch }) => !branch) },
    { caption: t('webballot.table_branch'), stars: paper.branchStars, lines: lines.filter(({ branch }) => branch) },
  ].filter((part) => part.lines.length > 0);
}
