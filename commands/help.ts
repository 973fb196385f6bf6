import { defineCommand } from '../src/command.ts';

export const helpCommand = defineCommand({
  name: 'help',
  zh: ['帮助'],
  group: 'member',
  run: async () => ({ card: 'help', args: {} }),
});
