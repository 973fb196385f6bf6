/** The frozen roll of a ballot: who rates, in which category, and who is rated. Immutable for one roll number. */
import { BRANCH_SUBJECT, CATEGORIES, type Category, type Mark } from '../domain/marks.ts';
import { type Verdict, no, yes } from '../domain/verdict.ts';
import { MARKS_PER_ROW } from './mark-code.ts';
import type { Ballot } from './urn.ts';

export interface Elector {
  person: string;
  /** One person, one category (A1). */
  category: Category;
}
export interface FrozenSubject {
  person: string;
  /** False for a probationary member: feedback only (A19). */
  graded: boolean;
  /** 0: everybody rates everybody; else the Party group of a large branch (A50). */
  partyGroup: number;
}
export interface Roll {
  electors: readonly Elector[];
  /** In ballot order; the branch itself comes after the last of them. */
  subjects: readonly FrozenSubject[];
}
/** Number of raters in each category. */
export type RaterCounts = Record<Category, number>;

/** One line of a voter's ballot: which subject, and its section of the box. */
export interface BallotLine {
  section: number;
  /** An employee number, or `branch`. */
  subject: string;
}

/**
 * The subjects of one elector's ballot in order: everybody but the voter (A8), then the branch. In a large branch a member who
 * votes with the members rates the own Party group only; committee, leadership and representatives rate all (A50).
 */
export function ballotLines(roll: Roll, { person, category }: Elector): BallotLine[] {
  const own = roll.subjects.find((subject) => subject.person === person)?.partyGroup ?? 0;
  const group = category === 'members_and_colleagues' ? own : 0;
  const people = roll.subjects
    .map((subject, section) => ({ ...subject, section }))
    .filter((subject) => subject.person !== person && (group === 0 || subject.partyGroup === group))
    .map((subject) => ({ section: subject.section, subject: subject.person }));
  return [...people, { section: roll.subjects.length, subject: BRANCH_SUBJECT }];
}

/** Per section of the box, how many of `electors` rate that subject, by category. */
export function countRaters(roll: Roll, electors: readonly Elector[]): RaterCounts[] {
  const counts = Array.from({ length: roll.subjects.length + 1 }, emptyCounts);
  for (const elector of electors)
    for (const { section } of ballotLines(roll, elector)) {
      const count = counts[section];
      if (count) count[elector.category]++;
    }
  return counts;
}
export const emptyCounts = (): RaterCounts => ({ leadership: 0, committee: 0, members_and_colleagues: 0 });
export const sameCounts = (a: RaterCounts, b: RaterCounts): boolean =>
  CATEGORIES.every((category) => a[category] === b[category]);

/** Marks by subject, as the voter leaves them; null: untouched. */
export type MarkedSubjects = ReadonlyMap<string, readonly (Mark | null)[]>;

/**
 * A ballot as the box takes it. It is complete when it has ten marks for every subject of its voter and nothing for anybody else,
 * the voter included (A8, A10).
 */
export function checkBallot(roll: Roll, elector: Elector, marked: MarkedSubjects): Verdict<Ballot, 'incomplete'> {
  const lines = ballotLines(roll, elector);
  if (marked.size !== lines.length) return no('incomplete');
  const rows: Ballot['rows'][number][] = [];
  for (const { section, subject } of lines) {
    const given = marked.get(subject) ?? [];
    const marks = given.filter(isMark);
    if (given.length !== MARKS_PER_ROW || marks.length !== MARKS_PER_ROW) return no('incomplete');
    rows.push({ section, marks });
  }
  return yes({ category: elector.category, rows });
}
const isMark = (mark: Mark | null): mark is Mark =>
  mark === 'x' || (Number.isInteger(mark) && Number(mark) >= 0 && Number(mark) <= 10);
