import { defineCommand } from '../src/command.ts';
import { readPeriod } from '../src/domain/period-text.ts';
import { today } from '../src/domain/period.ts';
import { runsBranch } from '../src/usecases/access.ts';
import { monthMeant } from '../src/usecases/month/summary.ts';

/** The monthly summary of the month named, else of the one that is owed. */
export const summaryCommand = defineCommand({
  name: 'summary',
  zh: ['总结'],
  group: 'secretary',
  for: ['runner'],
  usage: '[month]',
  async run({ actor, args, now, use, tx }) {
    if (!runsBranch(actor, actor.branch)) return { card: 'notice', args: { key: 'not_secretary' } };
    const typed = args.join(' ');
    const period = typed === '' ? null : readPeriod(typed, today(now, use.config.timezone));
    const month = await monthMeant(
      tx,
      use,
      actor.branch,
      period === null ? null : period.ok ? period.value : typed,
      now,
    );
    return month.ok
      ? { card: 'monthly_summary', args: { month: month.value } }
      : { card: 'notice', args: { key: `month_${month.reason}` } };
  },
});
