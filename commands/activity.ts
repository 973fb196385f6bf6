import { defineCommand } from '../src/command.ts';

/** What is planned and was held; from there activities are planned, opened and ended. */
export const activityCommand = defineCommand({
  name: 'activity',
  zh: ['活动'],
  group: 'secretary',
  run: async () => ({ card: 'activities', args: {} }),
});
