import { defineJob, eachItem } from '../job.ts';
import type { Use } from '../use.ts';
import { leaguesDue, postLeague } from '../usecases/post-league.ts';

/** The morning after notices ended: the league of branches to the district chats (J19). On demand it is `/league`. */
export const league = defineJob<Use>({
  name: 'league',
  schedule: '5 9 * * *',
  summary: 'job.what.league',
  workdayRule: 'workday',
  missed: 'catch_up',
  async run(use, { now }) {
    const outcome = await eachItem(
      await leaguesDue(use, now),
      (due) => postLeague(use, due, now),
      (err, { district, period }) => use.log.error({ err, district, period }, 'a league could not be posted'),
    );
    use.wake();
    return { ...outcome, note: '' };
  },
});
