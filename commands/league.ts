import { defineCommand } from '../src/command.ts';
import { latestEndedQuarter, today } from '../src/domain/period.ts';
import { findChat } from '../src/store/chat.ts';
import { askedDistrict, periodAndPlace } from '../src/usecases/scope.ts';

/** Branches compared, never persons. Typed in the chat of a district or the city it is posted there (F12); anywhere else it comes privately. */
export const leagueCommand = defineCommand({
  name: 'league',
  zh: ['排行'],
  group: 'office',
  usage: '[period] [district]',
  async run({ actor, args, chat, platform, now, use, tx }) {
    const date = today(now, use.config.timezone);
    const { period, place } = periodAndPlace(args, date);
    const here = chat.type === 'group' ? await findChat(tx, platform, chat.id) : null;
    const scope = await askedDistrict(
      tx,
      use,
      actor,
      place ?? (here?.scope === 'district' ? (here.code ?? undefined) : undefined),
    );
    if (!scope.ok)
      return { card: 'notice', args: { key: scope.reason === 'not_allowed' ? 'not_allowed_league' : 'bad_scope' } };
    return {
      here: here?.scope === 'district' || here?.scope === 'city',
      card: 'league',
      args: {
        period: period ?? latestEndedQuarter(date),
        ...(scope.district === null ? {} : { district: scope.district }),
      },
    };
  },
});
