import { defineCommand } from '../src/command.ts';

/** A ballot to fill in, or that there is none; the card decides when it is sent. */
export const ballotCommand = defineCommand({
  name: 'ballot',
  zh: ['投票'],
  group: 'member',
  run: () => Promise.resolve({ card: 'own_ballot', args: {} }),
});
