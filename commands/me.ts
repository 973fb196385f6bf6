import { defineCommand } from '../src/command.ts';

export const meCommand = defineCommand({
  name: 'me',
  zh: ['我的'],
  group: 'member',
  run: async () => ({ card: 'me', args: {} }),
});
