import { defineJob, eachItem } from '../job.ts';
import type { Term } from '../store/retention.ts';
import type { Use } from '../use.ts';
import { CLEANERS, endTerm, termOver } from '../usecases/retention.ts';

const TERMS: readonly Term[] = ['raw_ballots', 'raw_opinions', 'sheets', 'results'];

/** Every night: what has had its term is destroyed (F16, J38), and machinery is cleaned up. */
export const retention = defineJob<Use>({
  name: 'retention',
  schedule: '30 3 * * *',
  summary: 'job.what.retention',
  workdayRule: 'any',
  missed: 'catch_up',
  async run(use, { now }) {
    let terms = 0;
    let failed = 0;
    for (const what of TERMS) {
      const ended = await eachItem(
        await termOver(use, what, now),
        (review) => endTerm(use, what, review, now),
        (err, { id }) => use.log.error({ err, review: id, what }, 'a retention term that is over could not be ended'),
      );
      terms += ended.done;
      failed += ended.failed;
    }
    let removed = 0;
    const cleaned = await eachItem(
      CLEANERS,
      async ({ clean }) => {
        removed += await clean(use, now);
      },
      (err, { what }) => use.log.error({ err, what }, 'cleaning up failed'),
    );
    if (terms > 0) await use.db.checkpoint(); // so that the write-ahead log does not keep what was deleted
    return {
      done: terms + removed,
      failed: failed + cleaned.failed,
      note: `${terms} terms ended, ${removed} leftovers removed`,
    };
  },
});
