import { defineCommand } from '../src/command.ts';
import { isOffice } from '../src/usecases/access.ts';

/** Which jobs ran, how they ended, when they run next. */
export const jobsCommand = defineCommand({
  name: 'jobs',
  zh: ['任务'],
  group: 'office',
  for: ['office'],
  async run({ actor, use }) {
    return isOffice(use, actor) ? { card: 'jobs', args: {} } : { card: 'notice', args: { key: 'not_office' } };
  },
});
