import { today } from '../domain/period.ts';
import { defineJob, eachItem } from '../job.ts';
import { allDistricts } from '../store/roster.ts';
import type { Use } from '../use.ts';
import { closeDueRounds } from '../usecases/commit/check-close.ts';
import { sendDigest } from '../usecases/network/digest.ts';

/**
 * Monday 10:00, or the next working day: digest to secretaries, two missed weeks (J8); and to each liaison officer one message with
 * the rates of the branches and what is late in the district (R28), also in a week without a check.
 */
export const weeklyCheckClose = defineJob<Use>({
  name: 'weekly-check-close',
  schedule: '0 10 * * 1',
  summary: 'commit.what.weekly_check_close',
  workdayRule: 'next_workday',
  missed: 'catch_up',
  async run(use, { now, slot }) {
    const closed = await closeDueRounds(use, now);
    const monday = today(slot, use.config.timezone);
    const digests = await eachItem(
      await allDistricts(use.db.read),
      ({ code }) => use.db.write((tx) => sendDigest(tx, use, code, monday, now)),
      (err, { code }) => use.log.error({ err, district: code }, 'the digest of a district could not be sent'),
    );
    use.wake();
    return { done: closed.done, failed: closed.failed + digests.failed, note: '' };
  },
});
