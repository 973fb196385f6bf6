/** Made-up reviews, marks and tallies, and quarters that are published already. */
import type { Roll } from '../../src/ballot/roll.ts';
import { catalogueHash, defaultCatalogue } from '../../src/domain/catalogue.ts';
import { BRANCH_SUBJECT, CATEGORIES, type Mark } from '../../src/domain/marks.ts';
import { NEW_REVIEW, type Review } from '../../src/domain/review.ts';
import { eligibleFor } from '../../src/domain/roll.ts';
import { defaultRules, rulesHash } from '../../src/domain/rules.ts';
import { type Tally, tally, type TallyInput } from '../../src/domain/tally.ts';
import type { Writer } from '../../src/store/db.ts';
import { insertReview, saveReview } from '../../src/store/reviews.ts';
import { insertSubjects } from '../../src/store/subjects.ts';
import { putSheets } from '../../src/store/sheets.ts';
import { branchCode } from './city.ts';

const memberStars = defaultCatalogue.member.map((star) => star.key);
const branchStars = defaultCatalogue.branch.map((star) => star.key);

/** Ten marks as people give them: mostly high, now and then a don't-know. */
export const someMarks = (): Mark[] =>
  Array.from({ length: 10 }, () => (Math.random() < 0.03 ? 'x' : 6 + Math.floor(Math.random() * 5)));

export function aReview(n: number, period: string, now: number): Review {
  return {
    ...NEW_REVIEW,
    rules: rulesHash(defaultRules),
    catalogue: catalogueHash(defaultCatalogue),
    openedBy: 'system',
    id: `${branchCode(n)}-${period}`,
    branch: branchCode(n),
    period,
    openedAt: now,
  };
}

/** All ballots of a branch, everybody having rated everybody else. */
export function tallyInput({ electors, subjects }: Roll): TallyInput {
  const roll = {
    electors: electors.map((elector) => ({ ...elector, group: 0 })),
    subjects: subjects.map(({ person, graded }) => ({ person, graded, group: 0 })),
  };
  const counts = CATEGORIES.map((category) => {
    const all = electors.filter((elector) => elector.category === category).length;
    return [category, { electors: all, cast: all, valid: all }] as const;
  });
  return {
    memberStars,
    branchStars,
    ballots: Object.fromEntries(counts) as TallyInput['ballots'],
    subjects: [
      ...subjects.map(({ person, graded }) => ({ person, graded })),
      { person: BRANCH_SUBJECT, graded: false },
    ].map(({ person, graded }) => ({
      subject: person,
      graded,
      self: Object.fromEntries((person === BRANCH_SUBJECT ? branchStars : memberStars).map((key) => [key, 9])),
      rows: electors
        .filter((elector) => elector.person !== person)
        .map(({ category }) => ({ category, marks: someMarks() })),
      eligible: eligibleFor(roll, person),
    })),
  };
}

export function tallied(input: TallyInput): Tally {
  const result = tally(input, defaultRules);
  if (!result.ok) throw new Error(`a made-up tally was refused: ${result.reason}`);
  return result.value;
}

/** A review that is final, with everybody's sheet. */
export async function publishedSheets(tx: Writer, n: number, period: string, roll: Roll, now: number): Promise<void> {
  const review = aReview(n, period, now);
  await insertReview(tx, review);
  const all = roll.electors.length;
  await saveReview(tx, review, {
    state: 'final',
    rollNo: 1,
    counts: { due: all, present: all, electors: all, cast: all - (n % 5), valid: all - (n % 5) },
    publishedAt: now,
    finalAt: now,
  });
  await insertSubjects(tx, review.id, roll.subjects);
  const { members, branchFeedback } = tallied(tallyInput(roll));
  await putSheets(tx, review.id, [
    ...members.map((sheet) => ({ person: sheet.employee_no, body: sheet })),
    { person: BRANCH_SUBJECT, body: branchFeedback },
  ]);
}
