import { defineCommand } from '../src/command.ts';
import { currentCheck } from '../src/usecases/commit/weekly-check.ts';

/** The weekly check while it is open; else when the next one is, and the own tasks. */
export const checkCommand = defineCommand({
  name: 'check',
  zh: ['自查'],
  group: 'member',
  async run({ actor, tx }) {
    const check = await currentCheck(tx, actor.employeeNo);
    return check === null
      ? { card: 'weekly_check_none', args: {} }
      : { card: 'weekly_check', args: { week: check.round.week, page: 0 } };
  },
});
