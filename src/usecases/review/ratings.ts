/** The secretary records who is rated for feedback only, or not at all on request (A20, A21); until the ballot opens. */
import { groundsOf, RATING_GROUNDS, type RatingGround } from '../../domain/rating.ts';
import type { Review } from '../../domain/review.ts';
import { no, type Verdict, yes } from '../../domain/verdict.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Reader, Writer } from '../../store/db.ts';
import { type DueEntry, dueList } from '../../store/due.ts';
import { dropRating, putRating } from '../../store/ratings.ts';
import type { Actor } from '../../store/roster.ts';
import { reviewRunnersOf, runsReview } from '../access.ts';
import { sendToPeople } from '../notify.ts';
import { rulesOf } from '../versions.ts';

/** Full and probationary members on the list, whom a record may be about. */
export const membersToRate = async (h: Reader, review: string): Promise<DueEntry[]> =>
  (await dueList(h, review)).filter((entry) => entry.kind !== 'representative');

/**
 * `locked`: the ballot is open, those rated are fixed. `not_listed`: a person in the form is no member on the list. `not_in_rules`: a
 * ground the rules of this review do not know. `own`: about oneself, while somebody else runs the review too (F17).
 */
export type RatingRefusal = 'not_secretary' | 'locked' | 'not_listed' | 'not_in_rules' | 'own';

const told = (ground: RatingGround | null) =>
  ground === null ? 'rating_usual' : RATING_GROUNDS[ground] === 'feedback' ? 'rating_feedback' : 'rating_none';

/** Saves fields `rating_<employee_no>`: a ground, or `usual`. All or nothing; everybody concerned is told in private. */
export async function saveRatings(
  tx: Writer,
  actor: Actor,
  review: Review,
  form: Readonly<Record<string, string>>,
  now: number,
): Promise<Verdict<number, RatingRefusal>> {
  if (!runsReview(actor, review.branch)) return no('not_secretary');
  if (review.state !== 'preparing' && review.state !== 'meeting') return no('locked');
  const members = new Map((await membersToRate(tx, review.id)).map((entry) => [entry.person, entry]));
  const grounds = groundsOf(await rulesOf(tx, review.rules));
  const others = (await reviewRunnersOf(tx, review.branch)).some((person) => person !== actor.employeeNo);
  const changes: { person: string; ground: RatingGround | null }[] = [];
  for (const [name, value] of Object.entries(form)) {
    const person = /^rating_(.+)$/.exec(name)?.[1];
    if (person === undefined) continue;
    const entry = members.get(person);
    const ground = grounds.find((one) => one === value) ?? null;
    if (ground === null && value !== 'usual' && value !== '') return no('not_in_rules');
    if (entry === undefined) return no('not_listed');
    if (entry.ground === ground) continue;
    if (person === actor.employeeNo && others) return no('own');
    changes.push({ person, ground });
  }
  for (const { person, ground } of changes) {
    if (ground === null) await dropRating(tx, review.id, person);
    else await putRating(tx, review.id, person, ground, actor.employeeNo);
    await appendAudit(tx, {
      at: now,
      actor: actor.employeeNo,
      act: 'rating_recorded',
      object: review.id,
      detail: { person, ground },
    });
    const args = { key: told(ground), period: review.period };
    await sendToPeople(tx, [person], { card: 'notice', args }, { now });
  }
  return yes(changes.length);
}
