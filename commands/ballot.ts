import { defineCommand } from '../src/command.ts';
import { lastVoted, owedBy } from '../src/store/ballot-access.ts';

/** Another, equally valid ballot (design.md 12.5); with several to cast, the choice first. */
export const ballotCommand = defineCommand({
  name: 'ballot',
  zh: ['投票'],
  group: 'member',
  async run({ actor, tx, now }) {
    const owed = await owedBy(tx, actor.employeeNo, now);
    const [first] = owed;
    if (first === undefined) {
      const voted = await lastVoted(tx, actor.employeeNo);
      return voted === null ? { card: 'notice', args: { key: 'no_ballot' } } : { card: 'ballot_done', args: { review: voted.review } };
    }
    return owed.length === 1 ? { card: 'ballot', args: { review: first.review } } : { card: 'ballot_choice', args: {} };
  },
});
