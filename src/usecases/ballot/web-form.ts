/** A ballot as fields of a web form: what was sent becomes a draft again. Nothing here is kept. */
import type { Draft } from '../../ballot/draft.ts';
import type { Mark } from '../../domain/marks.ts';
import { type Paper, readMark, starsOf } from './paper.ts';

/** Subjects stand in a form by their place on the paper: identifiers of people do not belong into a page. */
export const cellName = (line: number, star: string): string => `m${line}.${star}`;

/** A cell that cannot stay as it is. */
export interface CellProblem {
  line: number;
  star: string;
  why: 'untouched' | 'bad';
}
export interface WebFilled {
  draft: Draft;
  problems: readonly CellProblem[];
}

/**
 * Takes in the cells that were sent; a cell that was not keeps what the draft held, one sent empty is empty again. Fields that are no
 * cell of this paper are nothing.
 * @param onlyPage a line; null for the whole paper. Only there is something missing a problem.
 */
export function fillCells(
  paper: Paper,
  draft: Draft,
  field: (name: string) => string | null,
  onlyPage: number | null,
): WebFilled {
  const problems: CellProblem[] = [];
  const marks = paper.lines.map((line, i) => {
    const before = draft.marks[i] ?? [];
    if (onlyPage !== null && onlyPage !== i) return before;
    return starsOf(paper, line.subject).map(({ key }, s): Mark | null => {
      const sent = field(cellName(i, key));
      const mark = sent === null ? (before[s] ?? null) : readMark(paper, sent);
      if (mark === null) problems.push({ line: i, star: key, why: (sent ?? '').trim() === '' ? 'untouched' : 'bad' });
      return mark;
    });
  });
  return { draft: { page: draft.page, marks }, problems };
}

/** Cells without a mark on one page. */
export const untouchedOn = (paper: Paper, draft: Draft, page: number): CellProblem[] =>
  starsOf(paper, paper.lines[page]?.subject ?? '').flatMap(({ key }, s) =>
    (draft.marks[page]?.[s] ?? null) === null ? [{ line: page, star: key, why: 'untouched' as const }] : [],
  );

/** 不了解 for every star of one line that has no mark yet, where it may be chosen. */
export const restUnknown = ({ abstain }: Paper, draft: Draft, page: number): Draft => ({
  ...draft,
  marks: draft.marks.map((row, i) => (abstain && i === page ? row.map((mark) => mark ?? 'x') : row)),
});
