/** Written self-reviews of members and of the branch (R80–R82), and the reasons for missing ones (A9). */
import { ABSENCE_REASONS, type AbsenceReason } from '../../domain/absence.ts';
import type { Star } from '../../domain/catalogue.ts';
import { BRANCH_SUBJECT } from '../../domain/marks.ts';
import { isRated } from '../../domain/rating.ts';
import type { Review } from '../../domain/review.ts';
import { no, type Verdict, yes } from '../../domain/verdict.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Reader, Writer } from '../../store/db.ts';
import { dueList, findDue } from '../../store/due.ts';
import type { Actor } from '../../store/roster.ts';
import {
  dropExcuse,
  excusesOf,
  putExcuse,
  putSelfReview,
  type SelfReview,
  selfReviewsFiled,
} from '../../store/self-reviews.ts';
import { runsReview } from '../access.ts';
import { catalogueOf } from '../versions.ts';

export const TEXT_FIELDS = ['achievements', 'shortcomings', 'direction'] as const;
export type TextField = (typeof TEXT_FIELDS)[number];
export const SELF_TEXT_MAX = 1_000;

/** States in which forms of the review are still taken. */
export const takesForms = (review: Review): boolean =>
  ['preparing', 'meeting', 'balloting'].includes(review.state) ||
  (review.state === 'closed' && review.refused !== null);

export interface SelfReviewProblems {
  missingStars: readonly Star[];
  badStars: readonly Star[];
  missingTexts: readonly TextField[];
  longTexts: readonly TextField[];
}
export type FileResult =
  | { ok: true }
  | { ok: false; reason: 'closed' | 'not_member' | 'not_secretary' }
  | { ok: false; reason: 'form'; problems: SelfReviewProblems };

const MARK = /^(10|[0-9])$/;

function readForm(
  stars: readonly Star[],
  form: Readonly<Record<string, string>>,
): { self: Omit<SelfReview, 'person'>; problems: SelfReviewProblems } {
  const value = (name: string) => (form[name] ?? '').trim();
  const marks: Record<string, number> = {};
  for (const star of stars) if (MARK.test(value(star.key))) marks[star.key] = Number(value(star.key));
  return {
    self: {
      marks,
      achievements: value('achievements'),
      shortcomings: value('shortcomings'),
      direction: value('direction'),
    },
    problems: {
      missingStars: stars.filter((star) => value(star.key) === ''),
      badStars: stars.filter((star) => value(star.key) !== '' && !MARK.test(value(star.key))),
      missingTexts: TEXT_FIELDS.filter((field) => value(field) === ''),
      longTexts: TEXT_FIELDS.filter((field) => Array.from(value(field)).length > SELF_TEXT_MAX),
    },
  };
}

/** Members and probationary members of the branch, less those not rated on request (A21); the list follows the roster until the ballot opens. */
export async function writesSelfReview(h: Reader, review: string, person: string): Promise<boolean> {
  const due = await findDue(h, review, person);
  return due !== null && isRated(due);
}

/** Files or changes a self-review: a member's own, or with `subject` = `branch` the branch's by its secretary. Possible until the close. */
export async function fileSelfReview(
  tx: Writer,
  actor: Actor,
  review: Review,
  subject: 'own' | typeof BRANCH_SUBJECT,
  form: Readonly<Record<string, string>>,
  now: number,
): Promise<FileResult> {
  if (subject === BRANCH_SUBJECT) {
    if (!runsReview(actor, review.branch)) return { ok: false, reason: 'not_secretary' };
  } else {
    if (!(await writesSelfReview(tx, review.id, actor.employeeNo))) return { ok: false, reason: 'not_member' };
  }
  if (!takesForms(review)) return { ok: false, reason: 'closed' };
  const catalogue = await catalogueOf(tx, review.catalogue);
  const { self, problems } = readForm(subject === BRANCH_SUBJECT ? catalogue.branch : catalogue.member, form);
  if (Object.values(problems).some((list) => list.length > 0)) return { ok: false, reason: 'form', problems };
  const person = subject === BRANCH_SUBJECT ? BRANCH_SUBJECT : actor.employeeNo;
  await putSelfReview(tx, review.id, { person, ...self }, actor.employeeNo, now);
  await dropExcuse(tx, review.id, person);
  return { ok: true };
}

/** Members without a self-review, in roster order, with the reason recorded for them. */
export async function missingSelfReviews(
  h: Reader,
  review: Review,
  members: readonly { person: string; name: string }[],
): Promise<{ person: string; name: string; reason: AbsenceReason | null }[]> {
  const filed = await selfReviewsFiled(h, review.id);
  const reasons = new Map((await excusesOf(h, review.id)).map((excuse) => [excuse.person, excuse.reason]));
  return members
    .filter(({ person }) => !filed.has(person))
    .map(({ person, name }) => ({ person, name, reason: reasons.get(person) ?? null }));
}

/** Marks people gave themselves are shown once nobody votes any more (A55). */
export const showsSelfMarks = (review: Review): boolean =>
  review.counts !== null && review.refused === null && review.state !== 'balloting';

/** Everybody who has filed a self-review, in roster order; the branch's own first. */
export async function filedSelfReviews(h: Reader, review: string): Promise<{ person: string; name: string }[]> {
  const filed = await selfReviewsFiled(h, review);
  const members = (await dueList(h, review)).filter((entry) => filed.has(entry.person));
  return [
    ...(filed.has(BRANCH_SUBJECT) ? [{ person: BRANCH_SUBJECT, name: '' }] : []),
    ...members.map(({ person, name }) => ({ person, name })),
  ];
}

const isReason = (value: string): value is AbsenceReason => ABSENCE_REASONS.some((reason) => reason === value);

/** `not_listed`: somebody in the form writes no self-review here, having moved away since the form was shown, for instance. */
export type ExcuseRefusal = 'not_secretary' | 'closed' | 'not_listed';

/** Records why self-reviews are missing; fields `excuse_<employee_no>`. An empty value takes a reason back. All or nothing. */
export async function saveExcuses(
  tx: Writer,
  actor: Actor,
  review: Review,
  form: Readonly<Record<string, string>>,
  now: number,
): Promise<Verdict<number, ExcuseRefusal>> {
  if (!runsReview(actor, review.branch)) return no('not_secretary');
  if (!takesForms(review)) return no('closed');
  const wanted = Object.entries(form).flatMap(([name, value]) => {
    const person = /^excuse_(.+)$/.exec(name)?.[1];
    return person === undefined ? [] : [{ person, value }];
  });
  for (const { person, value } of wanted)
    if (isReason(value) && !(await writesSelfReview(tx, review.id, person))) return no('not_listed');
  let saved = 0;
  for (const { person, value } of wanted) {
    if (isReason(value)) await putExcuse(tx, review.id, person, value, actor.employeeNo);
    else if ((await dropExcuse(tx, review.id, person)) === 0) continue;
    await appendAudit(tx, {
      at: now,
      actor: actor.employeeNo,
      act: 'self_review_excused',
      object: review.id,
      detail: { person, reason: isReason(value) ? value : null },
    });
    saved++;
  }
  return yes(saved);
}
