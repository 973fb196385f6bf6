/** The due list follows the roster until the ballot opens: whoever is rated must have been able to write a self-review (A9, R80). */
import { type DueChanges, dueChanges } from '../../domain/due-sync.ts';
import { isRated } from '../../domain/rating.ts';
import type { Review } from '../../domain/review.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Writer } from '../../store/db.ts';
import { dueList, everListed, markGone, putDue } from '../../store/due.ts';
import { reviewsInState } from '../../store/reviews.ts';
import { peopleOfBranch } from '../../store/roster.ts';
import { type SendOptions, sendToPeople } from '../notify.ts';
import { publishDueList } from './due-list.ts';
import { rollPerson } from './facts.ts';

/**
 * Adds who joined the branch, sends them the self-review form, and takes off who left or moved away. What the secretary recorded
 * stays. A list that changed is published again.
 * @param by employee number or `system`, for the audit trail
 */
export async function keepDueInStep(
  tx: Writer,
  review: Pick<Review, 'id' | 'branch'>,
  by: string,
  options: SendOptions,
): Promise<DueChanges> {
  const people = (await peopleOfBranch(tx, review.branch)).map(rollPerson);
  const changes = dueChanges(await everListed(tx, review.id), people);
  const { joined, changed, gone } = changes;
  if (joined.length + changed.length + gone.length === 0) return changes;
  await putDue(tx, review.id, [...joined, ...changed]);
  await markGone(tx, review.id, gone);
  const names = (entries: readonly { person: string }[]) => entries.map(({ person }) => person).join(' ');
  await appendAudit(tx, {
    at: options.now,
    actor: by,
    act: 'due_list_followed_roster',
    object: review.id,
    detail: { joined: names(joined), changed: names(changed), gone: gone.join(' ') },
  });
  const news = new Set([...joined, ...changed].map(({ person }) => person));
  const writers = (await dueList(tx, review.id)).filter((entry) => news.has(entry.person) && isRated(entry));
  await sendToPeople(
    tx,
    writers.map(({ person }) => person),
    { card: 'self_review', args: { review: review.id } },
    { ...options, once: `self:${review.id}` }, // the key of the opening: nobody gets the form twice
  );
  await publishDueList(tx, review, options);
  return changes;
}

/** After an import, for every review whose list is still open. */
export async function keepOpenListsInStep(tx: Writer, by: string, options: SendOptions): Promise<void> {
  for (const state of ['preparing', 'meeting'] as const)
    for (const review of await reviewsInState(tx, state)) await keepDueInStep(tx, review, by, options);
}
