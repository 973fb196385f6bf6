/**
 * The tally of the whole city and its league, in the real bot with nothing else to do; and how both grow to 100,000 members, with
 * what is not measured (making up ballots, filling the database) left out of the times.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Elector, Roll } from '../../../src/ballot/roll.ts';
import { catalogueHash, defaultCatalogue } from '../../../src/domain/catalogue.ts';
import type { Category } from '../../../src/domain/marks.ts';
import { defaultRules, rulesHash } from '../../../src/domain/rules.ts';
import { type Database, openDatabase } from '../../../src/store/db.ts';
import { migrate } from '../../../src/store/migrations.ts';
import { putCatalogueVersion, putRulesVersion } from '../../../src/store/versions.ts';
import { applyImport } from '../../../src/usecases/import-roster.ts';
import { leagueOf } from '../../../src/usecases/league.ts';
import { startBot } from '../bot-client.ts';
import { benchCity, CITY_BRANCHES, ELECTORS_PER_BRANCH, employeeNo, MEMBERS_PER_BRANCH, NO_ACCOUNTS } from '../city.ts';
import { atMost, type Figure, figure } from '../figures.ts';
import { publishedSheets, tallied, tallyInput } from '../made-up.ts';
import { copyStage, databaseUrl, dropStage, makeStage, PUBLISHED_PERIODS, VOTED_PERIOD } from '../stage.ts';
import { cpuTimed, growthExponent, median } from '../stats.ts';
import type { Suite, SuiteContext } from './suite.ts';

const suite = 'tally';
const FULL = { branches: CITY_BRANCHES, repeats: 5, steps: [1, 2, 4, 8, 16, 20] };
const QUICK = { branches: 4, repeats: 1, steps: [1, 2] };
/** Above this the time grows faster than the city; measured times of linear work scatter a little around 1. */
const LINEAR = 1.1;

export const tally: Suite = async (context) => {
  const size = context.quick ? QUICK : FULL;
  return [
    ...(await inTheBot(size, context)),
    ...(await tallyGrowth(size, context)),
    ...(await leagueGrowth(size, context)),
  ];
};
type Size = typeof FULL;

async function inTheBot({ branches, repeats }: Size, { say }: SuiteContext): Promise<Figure[]> {
  say(`a city of ${branches} branches with every ballot cast`);
  const stage = await makeStage({ branches, voted: true, published: true });
  const copy = copyStage(stage);
  const bot = await startBot(copy.dir);
  try {
    const [tallies, leagues]: [number[], number[]] = [[], []];
    for (let i = 0; i < repeats; i++) {
      tallies.push(await bot.order({ do: 'tally', period: VOTED_PERIOD }));
      leagues.push(await bot.order({ do: 'league', period: PUBLISHED_PERIODS[0], districts: false }));
    }
    const closed = await bot.order({ do: 'close', now: stage.windowEnd + 1 });
    say(
      `tally ${median(tallies).toFixed(2)} s, league ${median(leagues).toFixed(3)} s, closing ${closed.toFixed(1)} s`,
    );
    const size = `${branches} branches, ${branches * MEMBERS_PER_BRANCH} members, ${ELECTORS_PER_BRANCH - 1} ballots each`;
    return [
      figure({
        suite,
        name: 'tally of the city',
        figure: median(tallies),
        unit: 's',
        target: atMost('figure', 2),
        note: `${size}: boxes opened and counted, scores, gate and sheets; median of ${repeats}, the first with cold code among them`,
      }),
      figure({
        suite,
        name: 'league of the city',
        figure: median(leagues),
        unit: 's',
        target: atMost('figure', 0.5),
        note: 'with the movement against the quarter before',
      }),
      figure({
        suite,
        name: 'closing all ballots of the city',
        figure: closed,
        unit: 's',
        note: 'the same and everything that is written: sheets, receipts, recount boxes, keys, one commit and more a branch',
      }),
      figure({
        suite,
        name: 'memory of the bot during tally, league and closing',
        figure: bot.peakMb(),
        unit: 'MB',
        target: atMost('figure', 250),
      }),
    ];
  } finally {
    await bot.stop();
    copy.drop();
    dropStage(stage);
  }
}

/** Categories in the proportions of the regular city. */
function aRoll(branch: number): Roll {
  const categories: readonly Category[] = [
    'committee',
    'committee',
    'committee',
    'committee',
    'leadership',
    'leadership',
  ];
  const electors = Array.from(
    { length: ELECTORS_PER_BRANCH },
    (_, i): Elector => ({ person: employeeNo(branch, i), category: categories[i] ?? 'members_and_colleagues' }),
  );
  return {
    electors,
    subjects: electors.slice(0, MEMBERS_PER_BRANCH).map(({ person }) => ({ person, graded: true, partyGroup: 0 })),
  };
}

async function tallyGrowth({ branches, steps }: Size, { say }: SuiteContext): Promise<Figure[]> {
  for (let n = 0; n < branches; n++) tallied(tallyInput(aRoll(n))); // compiles the code
  const points: { size: number; value: number }[] = [];
  for (const step of steps) {
    let seconds = 0;
    for (let n = 0; n < branches * step; n++) {
      const input = tallyInput(aRoll(n)); // a branch at a time, as the bot does: a city's ballots are never in memory together
      seconds += await cpuTimed(() => tallied(input));
    }
    points.push({ size: branches * step * MEMBERS_PER_BRANCH, value: seconds });
    say(`tally of ${points.at(-1)?.size} members: ${seconds.toFixed(2)} s of CPU`);
  }
  return [growth('tally', points)];
}

async function leagueGrowth({ branches, steps, repeats }: Size, { say }: SuiteContext): Promise<Figure[]> {
  const dir = mkdtempSync(join(tmpdir(), 'tenstar-bench-'));
  const db = await openDatabase({ url: databaseUrl(dir) });
  try {
    await prepare(db);
    const points: { size: number; value: number }[] = [];
    let have = 0;
    for (const step of steps) {
      have = await grow(db, have, branches * step);
      const seconds: number[] = [];
      for (let i = 0; i < repeats; i++)
        seconds.push(await cpuTimed(() => leagueOf(db.read, defaultRules, PUBLISHED_PERIODS[0], null)));
      points.push({ size: have * MEMBERS_PER_BRANCH, value: median(seconds) });
      say(`league of ${have} branches, ${have * MEMBERS_PER_BRANCH} members: ${median(seconds).toFixed(3)} s of CPU`);
    }
    return [growth('league', points)];
  } finally {
    await db.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function prepare(db: Database): Promise<void> {
  await migrate(db, Date.now());
  await db.write(async (tx) => {
    await putRulesVersion(tx, rulesHash(defaultRules), JSON.stringify(defaultRules), 0);
    await putCatalogueVersion(tx, catalogueHash(defaultCatalogue), JSON.stringify(defaultCatalogue), 0);
  });
}

/** Adds branches with two published quarters. @returns how many there are now */
async function grow(db: Database, from: number, to: number): Promise<number> {
  const how = { at: 0, date: '2026-01-01', actor: 'system', appIds: { lark: null, dingtalk: null } };
  await applyImport(db, benchCity(to, NO_ACCOUNTS), how);
  for (let n = from; n < to; n += 40) {
    await db.write(async (tx) => {
      for (let branch = n; branch < Math.min(to, n + 40); branch++)
        for (const period of PUBLISHED_PERIODS) await publishedSheets(tx, branch, period, aRoll(branch), 0);
    });
    await new Promise((resolve) => setImmediate(resolve));
  }
  return to;
}

function growth(what: string, points: readonly { size: number; value: number }[]): Figure {
  const last = points.at(-1);
  return figure({
    suite,
    name: `growth of the ${what}, as an exponent`,
    figure: growthExponent(points),
    unit: '(1 linear)',
    target: atMost('figure', LINEAR),
    note: `CPU time, ${points.map(({ size, value }) => `${size}: ${value.toFixed(3)} s`).join(', ')}${last === undefined ? '' : ` (${((last.value / last.size) * 1e6).toFixed(1)} µs a member)`}`,
  });
}
