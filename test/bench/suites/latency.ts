/**
 * How long a cast takes to be answered at 200 casts a second, while the same process closes and tallies all ballots of the quarter
 * before and makes the leagues of city and districts one after the other.
 */
import { createKeyStore } from '../../../src/ballot/keys.ts';
import { type Measured, startBot } from '../bot-client.ts';
import { CITY_BRANCHES } from '../city.ts';
import { signedClick } from '../clicks.ts';
import { atMost, figure } from '../figures.ts';
import { hammer, type Steady, steady } from '../load.ts';
import { copyStage, dropStage, keysDir, makeStage, PUBLISHED_PERIODS } from '../stage.ts';
import { median, quantile } from '../stats.ts';
import type { Suite } from './suite.ts';

const PER_SECOND = 200;
const FULL = { branches: CITY_BRANCHES, warmUp: 512, casts: 4_000, rounds: 3 };
const QUICK = { branches: 4, warmUp: 8, casts: 60, rounds: 1 };
const read = (text: string): string => (text.includes('"type":"success"') ? 'cast' : 'other');

export const latency: Suite = async ({ quick, say }) => {
  const size = quick ? QUICK : FULL;
  say(`a city of ${size.branches} branches: two quarters published, one voted, one open`);
  const stage = await makeStage({ branches: size.branches, voted: true, published: true });
  const keys = createKeyStore(keysDir(stage.dir));
  const rounds: { p50: number; p99: number; most: number; closed: number; idleP99: number; peakMb: number }[] = [];
  try {
    for (let round = 0; round < size.rounds; round++) {
      const copy = copyStage(stage);
      const bot = await startBot(copy.dir);
      try {
        const clicks = stage.voters
          .slice(0, size.warmUp + size.casts)
          .map((voter) => signedClick(keys, stage, voter, 'ballot_cast'));
        await hammer(bot.url, clicks.slice(0, size.warmUp), 4, read);
        const half = size.warmUp + size.casts / 2;
        const alone = checked(await steady(bot.url, clicks.slice(size.warmUp, half), PER_SECOND, read));
        const { busy, closed } = await whileBusy(bot, stage.windowEnd, () =>
          steady(bot.url, clicks.slice(half), PER_SECOND, read),
        );
        const sorted = checked(busy);
        rounds.push({
          p50: median(sorted),
          p99: quantile(sorted, 0.99),
          most: Math.max(...sorted),
          closed,
          idleP99: quantile(alone, 0.99),
          peakMb: bot.peakMb(),
        });
        say(
          `round ${round + 1}: p99 ${rounds[round]?.p99.toFixed(1)} ms (${rounds[round]?.idleP99.toFixed(1)} ms with nothing else to do); all ballots closed in ${closed.toFixed(1)} s`,
        );
      } finally {
        await bot.stop();
        copy.drop();
      }
    }
  } finally {
    dropStage(stage);
  }
  const of = (key: keyof (typeof rounds)[number]) => median(rounds.map((round) => round[key]));
  const suite = 'latency';
  return [
    figure({
      suite,
      name: `p99 of a cast at ${PER_SECOND}/s during city tally and leagues`,
      figure: of('p99'),
      unit: 'ms',
      against: { name: 'nothing else', figure: of('idleP99') },
      target: atMost('figure', 150),
      note: `median of ${size.rounds} rounds of ${size.casts / 2} casts, from when each was due; p50 ${of('p50').toFixed(1)} ms, longest ${of('most').toFixed(0)} ms`,
    }),
    figure({
      suite,
      name: 'closing all ballots of the city meanwhile',
      figure: of('closed'),
      unit: 's',
      note: 'box opened, tallied, sealed again for a recount, keys destroyed, a commit for each',
    }),
    figure({
      suite,
      name: 'memory of the bot during casts, tally and leagues',
      figure: of('peakMb'),
      unit: 'MB',
      target: atMost('figure', 250),
    }),
  ];
};

/** Runs `load` while the bot first closes every ballot whose window is over and then makes leagues until the load is through. */
async function whileBusy(
  bot: Measured,
  windowEnd: number,
  load: () => Promise<Steady>,
): Promise<{ busy: Steady; closed: number }> {
  const loading = load();
  const closed = await bot.order({ do: 'close', now: windowEnd + 1 });
  await bot.order({ do: 'keep running leagues', period: PUBLISHED_PERIODS[0] });
  const busy = await loading;
  await bot.order({ do: 'stop running leagues' });
  return { busy, closed };
}

/** @throws Error unless every cast was accepted */
function checked({ latencies, answers }: Steady): number[] {
  if (answers.size !== 1 || !answers.has('cast'))
    throw new Error(`not every click was cast: ${JSON.stringify([...answers])}`);
  return latencies;
}
