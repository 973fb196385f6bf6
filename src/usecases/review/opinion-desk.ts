/** The secretary's desk: where the opinions of a review stand, without a raw text in it. */
import { BRANCH_SUBJECT } from '../../domain/marks.ts';
import { grouperOf, type OpinionState } from '../../domain/opinion.ts';
import type { Reader } from '../../store/db.ts';
import { countOpinions, type Digest, digestsOf, findRound } from '../../store/opinions.ts';
import { findReview } from '../../store/reviews.ts';
import { type Actor, namesOf } from '../../store/roster.ts';
import type { Use } from '../../use.ts';
import { onCommittee } from '../access.ts';
import { rulesOf } from '../versions.ts';
import { grouping, inOrder, shareOf } from './opinion-grouping.ts';

export interface DeskSubject {
  subject: string;
  /** Null for the branch. */
  name: string | null;
  remarks: number;
  grouped: boolean;
}
export interface DeskView {
  review: string;
  period: string;
  state: OpinionState;
  /** Unix ms. */
  until: number;
  forwardBy: string | null;
  asked: number;
  given: number;
  minForms: number;
  /** Days within which a text passed on is to be answered. */
  answerDays: number;
  /** What the viewer has to group; empty for others. */
  mine: readonly DeskSubject[];
  /** Number of subjects somebody else has to group. */
  others: number;
  mayPassOn: boolean;
  /** Number of texts passed on. */
  texts: number;
  /** Grouped texts passed on, for the committee (domain.md section 5), with their answers. The viewer's own is not among them. */
  passed: readonly (Digest & { name: string | null })[];
}

/** The secretary's desk. Null when there is nothing to show this person. */
export async function deskView(h: Reader, use: Pick<Use, 'keys'>, id: string, actor: Actor): Promise<DeskView | null> {
  const review = await findReview(h, id);
  const round = review && (await findRound(h, id));
  if (!review || !round || !onCommittee(actor, review.branch)) return null;
  const rules = await rulesOf(h, review.rules);
  const all = round.state === 'grouping' ? await grouping(h, use, review) : null;
  const share = all === null ? [] : shareOf(all, actor.employeeNo);
  const digests = await digestsOf(h, id);
  const names = await namesOf(h, [...share, ...digests.map(({ subject }) => subject)]);
  const nameOf = (subject: string) => (subject === BRANCH_SUBJECT ? null : (names.get(subject) ?? subject));
  const mine = share.map((subject) => ({
    subject,
    name: nameOf(subject),
    remarks: all?.remarks.filter((remark) => remark.subject === subject).length ?? 0,
    grouped: all?.digests.has(subject) ?? false,
  }));
  const passed = digests.filter(
    ({ answerBy, body, subject }) => answerBy !== null && body !== '' && subject !== actor.employeeNo,
  );
  const order = await inOrder(h, id, new Set(passed.map(({ subject }) => subject)));
  const others =
    all === null
      ? 0
      : all.subjects.filter(
          (subject) =>
            !share.includes(subject) &&
            all.digests.get(subject)?.answerBy == null &&
            grouperOf(all.order, subject) !== null,
        ).length;
  return {
    review: id,
    period: review.period,
    state: round.state,
    until: round.until,
    forwardBy: round.forwardBy,
    ...(await countOpinions(h, id)),
    minForms: rules.anonymity.min_total,
    answerDays: rules.opinion.answer_days,
    mine,
    others,
    mayPassOn:
      all !== null &&
      all.order.slice(0, 2).includes(actor.employeeNo) &&
      mine.every(({ grouped }) => grouped) &&
      (mine.length > 0 || others === 0),
    texts: digests.filter(({ answerBy, body }) => answerBy !== null && body !== '').length,
    passed: passed
      .toSorted((a, b) => order.indexOf(a.subject) - order.indexOf(b.subject))
      .map((digest) => ({ ...digest, name: nameOf(digest.subject) })),
  };
}
