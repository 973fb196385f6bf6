import { defineJob, eachItem } from '../job.ts';
import type { Use } from '../use.ts';
import { linkPeople } from '../usecases/link-people.ts';

/** Every hour: chat accounts of people who have none yet, by telephone number (design.md 12.17). */
export const linkPeopleJob = defineJob<Use>({
  name: 'link-people',
  schedule: '20 * * * *',
  summary: 'job.what.link_people',
  workdayRule: 'any',
  missed: { skipIfOlderThanMinutes: 30 }, // a start looks people up by itself
  async run(use) {
    let linked = 0;
    const { failed } = await eachItem(
      use.platforms.values(),
      async (platform) => {
        const counts = await linkPeople(use.db, platform);
        linked += counts.linked;
        if (counts.taken > 0)
          use.log.warn(
            { platform: platform.name, taken: counts.taken },
            'accounts that belong to somebody else were found; look at the roster',
          );
      },
      (err, platform) => use.log.error({ err, platform: platform.name }, 'people could not be looked up'),
    );
    return { done: linked, failed, note: '' };
  },
});
