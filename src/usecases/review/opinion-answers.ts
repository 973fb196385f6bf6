/** The grouped text with the person it is about: shown, used in the self-review (R81), answered within the days of P24. */
import { ANSWER_MAX, cleanText } from '../../domain/opinion.ts';
import { BRANCH_SUBJECT } from '../../domain/marks.ts';
import type { Review } from '../../domain/review.ts';
import { no, type Verdict, yes } from '../../domain/verdict.ts';
import type { Reader, Writer } from '../../store/db.ts';
import {
  askedPeople,
  countOpinions,
  type Digest,
  digestsOf,
  findDigest,
  findRound,
  type OpinionRound,
  putAnswer,
} from '../../store/opinions.ts';
import type { Actor } from '../../store/roster.ts';
import { runsBranch } from '../access.ts';
import { sendToPeople } from '../notify.ts';

/** Whose text: one's own, or the branch's for those who run it. */
export type About = 'own' | typeof BRANCH_SUBJECT;

/** The grouped text about a subject once it is passed on; null before that and when there is none. */
export async function passedText(h: Reader, review: string, subject: string): Promise<Digest | null> {
  const digest = await findDigest(h, review, subject);
  return digest === null || digest.answerBy === null || digest.body === '' ? null : digest;
}

/** The text this person may see and answer. */
export async function ownText(h: Reader, actor: Actor, review: Review, about: About): Promise<Digest | null> {
  if (about === BRANCH_SUBJECT && !runsBranch(actor, review.branch)) return null;
  return passedText(h, review.id, about === BRANCH_SUBJECT ? BRANCH_SUBJECT : actor.employeeNo);
}

export type AnswerRefusal = 'nothing_to_answer' | 'empty' | 'too_long';

/** Keeps the answer, which may be changed later. The branch's first answer is sent to everybody who was asked: told what was done (P24). */
export async function answerOpinions(
  tx: Writer,
  actor: Actor,
  review: Review,
  about: About,
  typed: string,
  now: number,
): Promise<Verdict<null, AnswerRefusal>> {
  const digest = await ownText(tx, actor, review, about);
  if (digest === null) return no('nothing_to_answer');
  const answer = cleanText(typed);
  if (answer === '') return no('empty');
  if (answer.length > ANSWER_MAX) return no('too_long');
  await putAnswer(tx, review.id, digest.subject, answer);
  if (about === BRANCH_SUBJECT)
    await sendToPeople(
      tx,
      await askedPeople(tx, review.id),
      { card: 'opinion_reply', args: { review: review.id } },
      { now, once: `opinion-reply:${review.id}` },
    );
  return yes(null);
}

/** What the console says about opinions: numbers only. */
export interface OpinionFigures {
  round: OpinionRound;
  asked: number;
  given: number;
  /** Texts passed on and how many of them are answered. */
  passed: number;
  answered: number;
}
export async function opinionFigures(h: Reader, review: string): Promise<OpinionFigures | null> {
  const round = await findRound(h, review);
  if (round === null) return null;
  const passed = (await digestsOf(h, review)).filter(({ answerBy, body }) => answerBy !== null && body !== '');
  return {
    round,
    ...(await countOpinions(h, review)),
    passed: passed.length,
    answered: passed.filter(({ answer }) => answer !== null).length,
  };
}
