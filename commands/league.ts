import { defineCommand } from '../src/command.ts';
import { latestEndedQuarter, today } from '../src/domain/period.ts';
import { readPeriod } from '../src/domain/period-text.ts';
import { findChat } from '../src/store/chat.ts';
import { askedDistrict } from '../src/usecases/scope.ts';

/** Branches compared, never persons. Typed in a district's own chat it is posted there, for everybody in it. */
export const leagueCommand = defineCommand({
  name: 'league',
  zh: ['排行'],
  group: 'office',
  usage: '[period] [district]',
  groupAnswer: 'here',
  async run({ actor, args, chat, platform, now, use, tx }) {
    const date = today(now, use.config.timezone);
    const typed = args.map((arg) => ({ arg, period: readPeriod(arg, date) }));
    const period = typed.find(({ period }) => period.ok)?.period;
    const other = typed.find(({ period }) => !period.ok)?.arg;
    const here = chat.type === 'group' ? await findChat(tx, platform, chat.id) : null;
    const scope = await askedDistrict(tx, use, actor, other ?? (here?.scope === 'district' ? (here.code ?? undefined) : undefined));
    if (!scope.ok) return { card: 'notice', args: { key: 'not_allowed_league' } };
    const value = period?.ok ? period.value : latestEndedQuarter(date);
    return { card: 'league', args: { period: value, ...(scope.district === null ? {} : { district: scope.district }) } };
  },
});
