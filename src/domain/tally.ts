import { TenstarError } from '../errors.ts';
import { type Count, countRows, reachesShare, setting } from './counting.ts';
import { type Fraction, floor2, fraction } from './fraction.ts';
import { meansMayShow, reaches, release, type StarFacts } from './gate.ts';
import { BRANCH_SUBJECT, CATEGORIES, type Category, type RatingRow, type StarKey } from './marks.ts';
import type { Rules } from './rules.ts';
import { type CategorySum, effectiveWeights, meanOf, type SelfMark, starScore, totalOf } from './score.ts';
import type { BranchFeedback, Means, MemberSheet, Note, StarSheet } from './sheet.ts';
import { no, type Verdict, yes } from './verdict.ts';

/** Whom the ballots rate, and with what. */
export interface TallySubject {
  /** Employee number, or 'branch'. */
  subject: string;
  /** False: feedback only, no level (A19). Of no meaning for the branch. */
  graded: boolean;
  /** Own marks by star key; `missing` counts 0, `excused` hands its weight on (A9). */
  self: Readonly<Record<StarKey, number>> | 'missing' | 'excused';
  /** Everybody's row for this subject, without who gave it; never the subject's own (A8). */
  rows: readonly RatingRow[];
  /** How many electors of each category rate this subject, the subject not counted. */
  eligible: Readonly<Record<Category, number>>;
}

/** Everything the tally of one branch's review needs. */
export interface TallyInput {
  /** Keys of the member stars and of the branch stars, in catalogue order: the order of the marks in a row. */
  memberStars: readonly StarKey[];
  branchStars: readonly StarKey[];
  subjects: readonly TallySubject[];
  /** Over the whole review: electors, ballots cast, and those of them with at least one row that counts. */
  ballots: Readonly<Record<Category, { electors: number; cast: number; valid: number }>>;
}

export type TallyRefusal = 'category_without_ballot' | 'too_few_valid' | 'valid_below_quorum';
export interface Tally {
  /** In the order of the subjects. */
  members: MemberSheet[];
  branchFeedback: BranchFeedback;
}

/**
 * The result of one review, ready for the committee, after the publication gate: A2–A12, A17, A19, R84–R88. Refused when a
 * category was eligible and nobody of it voted (A7), when too few of the members and colleagues voted (A13), or when nobody
 * reaches the least number of valid ballots (A17).
 * @throws {TenstarError} `bug` when the rows cannot be what the electors handed in (A15)
 */
export function tally(input: TallyInput, rules: Rules): Verdict<Tally, TallyRefusal> {
  const { ballots, subjects, memberStars, branchStars } = input;
  if (CATEGORIES.some((category) => ballots[category].electors > 0 && ballots[category].cast === 0)) {
    return no('category_without_ballot');
  }
  const counted = subjects.map((subject) => {
    const stars = subject.subject === BRANCH_SUBJECT ? branchStars.length : memberStars.length;
    return { subject, count: countRows(subject.rows, subject.eligible, stars, rules) };
  });
  const people = counted.filter(({ subject }) => subject.subject !== BRANCH_SUBJECT);
  // The other raters of a category may all have stayed away from one person's row only: a committee of two, for instance.
  if (people.some(({ subject, count }) => CATEGORIES.some((it) => subject.eligible[it] > 0 && count.cast[it] === 0))) {
    return no('category_without_ballot');
  }
  const { electors, valid } = ballots.members_and_colleagues;
  if (!reachesShare(valid, electors, rules.quorum.valid_ballot_fraction)) return no('valid_below_quorum');
  if (!people.some(({ count }) => validRows(count) >= rules.anonymity.min_total)) return no('too_few_valid');
  const branch = counted.find(({ subject }) => subject.subject === BRANCH_SUBJECT);
  return yes({
    members: people.map(({ subject, count }) => memberSheet(subject, count, memberStars, rules)),
    branchFeedback: branch === undefined ? [] : branchFeedback(branch.subject, branch.count, branchStars, rules),
  });
}

const validRows = ({ valid }: Count): number => CATEGORIES.reduce((sum, category) => sum + valid[category], 0);

function selfMark(self: TallySubject['self'], star: StarKey): SelfMark {
  if (self === 'excused') return null;
  if (self === 'missing') return 0;
  const mark = self[star];
  if (mark === undefined) throw new TenstarError('bug', `A self-review has no mark for the star ${star}.`);
  return mark;
}

function memberSheet(subject: TallySubject, count: Count, keys: readonly StarKey[], rules: Rules): MemberSheet {
  const { subject: employee_no, graded } = subject;
  if (validRows(count) < rules.anonymity.min_total) {
    const stars = keys.map((key): StarSheet => ({ ...EMPTY, key, withheld: 'min_total' }));
    return { employee_no, graded, level: null, total: null, withheld: 'min_total', stars, notes: [] };
  }
  const [threshold, high] = [setting(rules.stars.threshold), setting(rules.outstanding.min_score)];
  const facts = keys.map((key, i): StarFacts => {
    const categories = count.stars[i] ?? [];
    const self = selfMark(subject.self, key);
    return { self, categories, score: starScore(self, categories, rules.weights) };
  });
  const scores = facts.flatMap(({ score }) => (score === null ? [] : [score]));
  const total = scores.length === keys.length ? totalOf(scores) : null;
  const open = release(facts, total, graded ? [threshold, high] : [], rules.anonymity.min_category, rules.weights);
  const stars = facts.map((star, i): StarSheet => {
    const won = graded && star.score !== null && reaches(star.score, threshold);
    const sheet = {
      ...EMPTY,
      key: keys[i] ?? '',
      score: star.score === null || !open.scores ? null : floor2(star.score),
      won,
      won_before_bar: won,
      may_stand_out: won && star.score !== null && reaches(star.score, high) && open.cuts[i] === true,
      means: open.means[i] === true ? meansOf(star) : null,
    };
    if (star.score === null) return { ...sheet, withheld: 'min_total' };
    return sheet.means === null ? { ...sheet, withheld: 'min_category' } : sheet;
  });
  const shown = open.scores && total !== null ? { total: floor2(total) } : hidden(total);
  const level = graded ? stars.filter((star) => star.won).length : null;
  return { employee_no, graded, level, ...shown, stars, notes: notesOf(subject, count, facts, keys, rules) };
}

const EMPTY = {
  score: null,
  won: false,
  won_before_bar: false,
  barred: false,
  outstanding: false,
  may_stand_out: false,
  means: null,
};
const hidden = (total: Fraction | null) =>
  ({ total: null, withheld: total === null ? 'min_total' : 'min_category' }) as const;

function meansOf({ self, categories }: StarFacts): Means {
  const means: Means = { self: self === null ? null : floor2(fraction(self)) };
  for (const it of categories) {
    const mean = meanOf(it);
    if (mean !== null) means[it.category] = floor2(mean);
  }
  return means;
}

/** The weights that were used, in per cent rounded down. */
function weightsUsed(
  self: SelfMark,
  categories: readonly CategorySum[],
  rules: Rules,
): Extract<Note, { kind: 'weights' }>['weights'] {
  const used = effectiveWeights(self, categories, rules.weights);
  const rating = categories
    .filter((it) => it.count > 0)
    .map(({ category }) => [category, floor2(fraction(used.rest * rules.weights[category], used.shared))]);
  return Object.fromEntries([['self', floor2(fraction(used.self))], ...rating]);
}

/** What the sheet must say because the plain rule was departed from (A6, A9, A10, A12; design: 12.10). */
function notesOf(
  subject: TallySubject,
  count: Count,
  facts: readonly StarFacts[],
  keys: readonly StarKey[],
  rules: Rules,
): Note[] {
  const notes: Note[] = [];
  if (subject.self === 'missing') notes.push({ kind: 'self_missing' });
  if (subject.self === 'excused') notes.push({ kind: 'self_excused' });
  for (const category of CATEGORIES) {
    if (subject.eligible[category] === 0) notes.push({ kind: 'category_without_raters', category });
    else if (count.valid[category] === 0) notes.push({ kind: 'category_only_abstained', category });
  }
  const marked = facts.flatMap(({ categories }) => categories).filter((it) => it.count > 0);
  const usual = [...new Map(marked.map((it) => [it.category, { ...it, count: 1 }])).values()];
  if (usual.length > 0 && notes.some(({ kind }) => kind !== 'self_missing')) {
    notes.push({ kind: 'weights', weights: weightsUsed(subject.self === 'excused' ? null : 0, usual, rules) });
  }
  facts.forEach(({ categories, score }, i) => {
    const star = keys[i] ?? '';
    if (score === null) notes.push({ kind: 'star_without_marks', star });
    for (const { category, count: marks } of categories) {
      if (marks === 0 && score !== null && count.valid[category] > 0)
        notes.push({ kind: 'category_empty_for_star', category, star });
    }
  });
  for (const category of count.trimmed) notes.push({ kind: 'trimmed', category });
  return notes;
}

/** Self marks and the mean of members and colleagues alone, by the gate (R95, design: 12.9). */
function branchFeedback(subject: TallySubject, count: Count, keys: readonly StarKey[], rules: Rules): BranchFeedback {
  return keys.map((key, i) => {
    const categories = (count.stars[i] ?? []).filter((it) => it.category === 'members_and_colleagues');
    const self = typeof subject.self === 'string' ? null : floor2(fraction(selfMark(subject.self, key) ?? 0));
    const [first] = categories;
    const mean = first === undefined ? null : meanOf(first);
    const show = mean !== null && meansMayShow({ self: null, categories, score: null }, rules.anonymity.min_category);
    return show
      ? { key, self, members_and_colleagues: floor2(mean) }
      : { key, self, members_and_colleagues: null, withheld: 'min_category' };
  });
}
