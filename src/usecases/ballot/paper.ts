/** A voter's ballot paper: who is on it, in which order, under which stars; and what is filled in so far. Writes nothing. */
import { type Draft, emptyDraft, openDraft, sealDraft } from '../../ballot/draft.ts';
import { type BallotLine, ballotLines, type MarkedSubjects } from '../../ballot/roll.ts';
import { BRANCH_SUBJECT, type Category, type Mark, markValues } from '../../domain/marks.ts';
import { type PersonStar, type PostPlan, starsOfPerson } from '../../domain/post-plan.ts';
import { no, type Verdict, yes } from '../../domain/verdict.ts';
import { type BallotAccess, ballotAccess } from '../../store/ballot-access.ts';
import type { Reader } from '../../store/db.ts';
import { type SubjectRow, subjectsOf } from '../../store/subjects.ts';
import type { Use } from '../../use.ts';
import { frozenPosts } from '../stars/person-stars.ts';
import { catalogueOf, rulesOf } from '../versions.ts';

/** A star with what it means for the one who is rated: on some stars the indicators are those of the post (A39). */
export type PaperStar = PersonStar;
export interface Paper {
  access: BallotAccess & { category: Category };
  person: string;
  lines: readonly BallotLine[];
  names: ReadonlyMap<string, string>;
  graded: ReadonlySet<string>;
  /** As they are for everybody without a post of their own. */
  memberStars: readonly PaperStar[];
  branchStars: readonly PaperStar[];
  /** Posts with stars of their own, as they were when the review was opened. */
  posts: PostPlan | null;
  uniform: 'off' | 'warn' | 'reject';
  /** Whether 不了解 may be chosen (`ballot.abstain`). */
  abstain: boolean;
  /** With a larger share of 不了解 the marks for a person do not count (A10), for example `1/2`. */
  maxAbstainShare: string;
  /** Days after the final result by which raw ballots are destroyed. */
  keptDays: number;
}
export type PaperRefusal = 'not_elector' | 'already_voted' | 'not_open' | 'window_over';

/** Subjects never change under one roll number. */
const SUBJECTS_IN_MEMORY = 1_000;
const subjectsByRoll = new Map<string, readonly SubjectRow[]>();
async function frozenSubjects(h: Reader, review: string, rollNo: number): Promise<readonly SubjectRow[]> {
  const key = `${rollNo} ${review}`;
  const known = subjectsByRoll.get(key);
  if (known !== undefined) return known;
  const subjects = await subjectsOf(h, review);
  const [oldest] = subjectsByRoll.keys();
  if (subjectsByRoll.size >= SUBJECTS_IN_MEMORY && oldest !== undefined) subjectsByRoll.delete(oldest);
  subjectsByRoll.set(key, subjects);
  return subjects;
}

/** The paper of this person in this review, if they may vote now. */
export async function openPaper(
  use: Pick<Use, 'db'>,
  review: string,
  person: string,
  now: number,
  h: Reader = use.db.read,
): Promise<Verdict<Paper, PaperRefusal>> {
  const access = await ballotAccess(h, review, person);
  if (access === null || access.state !== 'balloting') return no('not_open');
  const { category } = access;
  if (category === null) return no('not_elector');
  if (access.voted === 1) return no('already_voted');
  if (access.until !== null && now >= access.until) return no('window_over');
  const rows = await frozenSubjects(h, review, access.rollNo);
  const subjects = rows.map((row) => ({ person: row.person, graded: row.graded === 1, partyGroup: row.partyGroup }));
  const catalogue = await catalogueOf(h, access.catalogue);
  const { ballot, retention } = await rulesOf(h, access.rules);
  return yes({
    access: { ...access, category },
    person,
    lines: ballotLines({ electors: [], subjects }, { person, category }),
    names: new Map(rows.map((row) => [row.person, row.name])),
    graded: new Set(subjects.filter((subject) => subject.graded).map((subject) => subject.person)),
    memberStars: starsOfPerson(catalogue.member, null, BRANCH_SUBJECT),
    branchStars: starsOfPerson(catalogue.branch, null, BRANCH_SUBJECT),
    posts: await frozenPosts(h, review),
    uniform: ballot.uniform,
    abstain: ballot.abstain,
    maxAbstainShare: ballot.max_abstain_share,
    keptDays: retention.raw_ballots_days,
  });
}

export const newDraft = (paper: Paper): Draft => emptyDraft(paper.lines.length);
const binding = (paper: Paper) => ({ review: paper.access.review, rollNo: paper.access.rollNo, person: paper.person });
export const seal = (use: Pick<Use, 'keys'>, paper: Paper, draft: Draft): string =>
  sealDraft(use.keys, binding(paper), draft);

/** Opens the draft a card sent back; a changed, foreign or outdated one is refused, and so is one of another length. */
export function unseal(use: Pick<Use, 'keys'>, paper: Paper, text: string): Verdict<Draft, 'not_yours_or_outdated'> {
  const draft = openDraft(use.keys, binding(paper), text);
  if (draft.ok && (draft.value.marks.length !== paper.lines.length || draft.value.page >= paper.lines.length))
    return no('not_yours_or_outdated');
  return draft;
}

/** What each star means for this subject: where a rater looks, in the card and on the page. */
export const starsOf = ({ branchStars, memberStars, posts }: Paper, subject: string): readonly PaperStar[] =>
  subject === BRANCH_SUBJECT ? branchStars : starsOfPerson(memberStars, posts, subject);

export const readMark = ({ abstain }: Pick<Paper, 'abstain'>, value: string | undefined): Mark | null => {
  const text = value?.trim() ?? '';
  if (!markValues(abstain).some((mark) => mark === text)) return null;
  return text === 'x' ? 'x' : Number(text);
};

export interface Filled {
  draft: Draft;
  /** Stars without a mark, and stars whose value is none. */
  missing: readonly PaperStar[];
  bad: readonly PaperStar[];
}
/** Puts the values of a page's form into the draft; a select left alone keeps what the draft held. */
export function fill(paper: Paper, draft: Draft, form: Readonly<Record<string, string>>): Filled {
  const line = paper.lines[draft.page];
  const stars = line === undefined ? [] : starsOf(paper, line.subject);
  const before = draft.marks[draft.page] ?? [];
  const marks = stars.map((star, i) => readMark(paper, form[star.key]) ?? before[i] ?? null);
  return {
    draft: { page: draft.page, marks: draft.marks.map((row, page) => (page === draft.page ? marks : row)) },
    missing: stars.filter((_, i) => marks[i] === null),
    bad: stars.filter((star) => (form[star.key] ?? '').trim() !== '' && readMark(paper, form[star.key]) === null),
  };
}

/** The first page with a mark missing, or null when the ballot is complete. */
export function firstIncomplete(draft: Draft): number | null {
  const page = draft.marks.findIndex((row) => row.some((mark) => mark === null));
  return page === -1 ? null : page;
}

/** A11: one and the same mark everywhere. A ballot of don't-knows alone is not meant. */
export function isUniform(draft: Draft): boolean {
  const all = new Set(draft.marks.flat());
  return all.size === 1 && !all.has('x') && !all.has(null);
}

export const asMarked = (paper: Paper, draft: Draft): MarkedSubjects =>
  new Map(paper.lines.map((line, page) => [line.subject, draft.marks[page] ?? []]));
