/**
 * What happens to opinions after the close (A49, P24, F7): those who group read the raw texts about one subject at a time, write
 * one text in words of their own, and pass it on. With the last text passed on, the raw ones are destroyed.
 */
import { cleanText, GROUPED_MAX, grouperOf, type Remark } from '../../domain/opinion.ts';
import { BRANCH_SUBJECT } from '../../domain/marks.ts';
import { addDays, today } from '../../domain/period.ts';
import type { Review } from '../../domain/review.ts';
import { no, type Verdict, yes } from '../../domain/verdict.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Reader, Writer } from '../../store/db.ts';
import { dueList } from '../../store/due.ts';
import {
  deleteOpinionBox,
  type Digest,
  digestsOf,
  findRound,
  moveRound,
  passOnDigests,
  putDigest,
} from '../../store/opinions.ts';
import type { Actor } from '../../store/roster.ts';
import type { Use } from '../../use.ts';
import { sendToPeople } from '../notify.ts';
import { rulesOf } from '../versions.ts';
import { groupersOf } from './opinion-paper.ts';
import { readOpinions } from './opinions.ts';

export type GroupRefusal = 'not_grouper' | 'not_grouping';

/** Branch first, then people in the order of the due list. */
export async function inOrder(h: Reader, review: string, subjects: ReadonlySet<string>): Promise<string[]> {
  const listed = [BRANCH_SUBJECT, ...(await dueList(h, review)).map(({ person }) => person)];
  return [
    ...listed.filter((subject) => subjects.has(subject)),
    ...[...subjects].filter((subject) => !listed.includes(subject)),
  ];
}

export interface Grouping {
  remarks: readonly Remark[];
  order: readonly string[];
  digests: ReadonlyMap<string, Digest>;
  /** Subjects somebody wrote about, the branch first. */
  subjects: readonly string[];
}
export async function grouping(h: Reader, use: Pick<Use, 'keys'>, review: Review): Promise<Grouping> {
  const remarks = await readOpinions(h, use.keys, review.id);
  return {
    remarks,
    order: await groupersOf(h, review.branch),
    digests: new Map((await digestsOf(h, review.id)).map((digest) => [digest.subject, digest])),
    subjects: await inOrder(h, review.id, new Set(remarks.map(({ subject }) => subject))),
  };
}

/** What one grouper still has to do: subjects of theirs that are not passed on yet. */
export const shareOf = ({ subjects, order, digests }: Grouping, grouper: string): string[] =>
  subjects.filter((subject) => grouperOf(order, subject) === grouper && digests.get(subject)?.answerBy == null);

export interface RawPage {
  subject: string;
  remarks: readonly string[];
  /** What was kept before; null when the subject was not grouped yet. */
  grouped: string | null;
}

/** Raw texts about one subject, for the person who groups them and nobody else. */
export async function rawPage(
  h: Reader,
  use: Pick<Use, 'keys'>,
  actor: Actor,
  review: Review,
  subject: string,
): Promise<Verdict<RawPage, GroupRefusal>> {
  if (grouperOf(await groupersOf(h, review.branch), subject) !== actor.employeeNo) return no('not_grouper');
  if ((await findRound(h, review.id))?.state !== 'grouping') return no('not_grouping');
  const all = await grouping(h, use, review);
  if (!shareOf(all, actor.employeeNo).includes(subject)) return no('not_grouping');
  return yes({
    subject,
    remarks: all.remarks.filter((remark) => remark.subject === subject).map(({ text }) => text),
    grouped: all.digests.get(subject)?.body ?? null,
  });
}

/** Keeps the grouped text about one subject; the person does not see it before it is passed on. @returns the next subject to group, or null */
export async function saveGrouped(
  tx: Writer,
  use: Pick<Use, 'keys'>,
  actor: Actor,
  review: Review,
  subject: string,
  typed: string,
): Promise<Verdict<string | null, GroupRefusal | 'too_long'>> {
  const page = await rawPage(tx, use, actor, review, subject);
  if (!page.ok) return page;
  const body = cleanText(typed);
  if (body.length > GROUPED_MAX) return no('too_long');
  if (!(await putDigest(tx, review.id, subject, body))) return no('not_grouping');
  const all = await grouping(tx, use, review);
  return yes(shareOf(all, actor.employeeNo).find((one) => !all.digests.has(one)) ?? null);
}

export type PassRefusal = GroupRefusal | 'not_grouped';

/**
 * Passes on everything this person has grouped: to each person concerned, the branch's to its secretary, with the day by which an
 * answer is due (P24). When nothing is left to group the raw texts go; call `destroyOpinionKey` after the commit.
 */
export async function passOn(
  tx: Writer,
  use: Use,
  actor: Actor,
  review: Review,
  now: number,
): Promise<Verdict<{ texts: number; finished: boolean }, PassRefusal>> {
  const order = await groupersOf(tx, review.branch);
  if (!order.slice(0, 2).includes(actor.employeeNo)) return no('not_grouper');
  if ((await findRound(tx, review.id))?.state !== 'grouping') return no('not_grouping');
  const all = await grouping(tx, use, review);
  const share = shareOf(all, actor.employeeNo);
  if (share.some((subject) => !all.digests.has(subject))) return no('not_grouped');
  const rules = await rulesOf(tx, review.rules);
  await passOnDigests(tx, review.id, share, addDays(today(now, use.config.timezone), rules.opinion.answer_days));
  const told = share.filter((subject) => all.digests.get(subject)?.body !== '');
  const once = `opinion-mine:${review.id}`;
  await sendToPeople(
    tx,
    told.filter((subject) => subject !== BRANCH_SUBJECT),
    { card: 'opinion_mine', args: { review: review.id, about: 'own' } },
    { now, once },
  );
  const [first] = order;
  if (told.includes(BRANCH_SUBJECT) && first !== undefined)
    await sendToPeople(
      tx,
      [first],
      { card: 'opinion_mine', args: { review: review.id, about: BRANCH_SUBJECT } },
      { now, once: `${once}:branch` },
    );
  const passed = new Set(share);
  const finished = all.subjects.every(
    (subject) =>
      passed.has(subject) || grouperOf(order, subject) === null || all.digests.get(subject)?.answerBy != null,
  );
  if (finished) {
    await deleteOpinionBox(tx, review.id);
    await moveRound(tx, review.id, 'grouping', 'passed_on', null);
  }
  await appendAudit(tx, {
    at: now,
    actor: actor.employeeNo,
    act: 'opinions_passed_on',
    object: review.id,
    detail: { texts: told.length, raw_destroyed: finished },
  });
  return yes({ texts: told.length, finished });
}
