/** The two pieces of work over the whole city, as the bot does them branch by branch. */
import { eachItem } from '../../src/job.ts';
import { tally } from '../../src/domain/tally.ts';
import { allDistricts } from '../../src/store/roster.ts';
import { reviewsOfPeriod } from '../../src/store/reviews.ts';
import type { Use } from '../../src/use.ts';
import { leagueOf } from '../../src/usecases/league.ts';
import { tallyInput } from '../../src/usecases/review/ballot-phase.ts';
import { readUrn } from '../../src/usecases/urn-lifecycle.ts';
import { rulesOf } from '../../src/usecases/versions.ts';

/** Opens every box of a period, counts it and makes all sheets; keeps nothing. */
export async function readAll(use: Use, period: string): Promise<void> {
  for (const review of await reviewsOfPeriod(use.db.read, period)) {
    const reading = await readUrn(use.db.read, use.keys, { review: review.id, rollNo: review.rollNo });
    const result = tally(await tallyInput(use.db.read, review, reading), await rulesOf(use.db.read, review.rules));
    if (!result.ok) throw new Error(`the tally of ${review.id} was refused: ${result.reason}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The league of the city and, if asked, of each district, with rests between as jobs take them. */
export async function leagues(use: Use, period: string, districts: boolean): Promise<void> {
  const scopes = [null, ...(districts ? await allDistricts(use.db.read) : [])];
  const { failed } = await eachItem(
    scopes,
    (scope) => leagueOf(use.db.read, use.rules, period, scope?.code ?? null),
    (err) => use.log.error({ err }, 'a league could not be made'),
  );
  if (failed > 0) throw new Error(`${failed} leagues could not be made`);
}
