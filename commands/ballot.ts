import { defineCommand } from '../src/command.ts';

/** What is typed for a link in ordinary text, by clients that show no cards. */
const WEB = ['网页', 'web', '链接', 'link'];

/** A ballot to fill in, or that there is none; the card decides when it is sent. */
export const ballotCommand = defineCommand({
  name: 'ballot',
  zh: ['投票'],
  group: 'member',
  usage: '[web]',
  run: ({ args: [how = ''] }) =>
    Promise.resolve({ card: WEB.includes(how.toLowerCase()) ? 'ballot_link' : 'own_ballot', args: {} }),
});
