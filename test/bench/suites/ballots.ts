/**
 * Casts and page turns per second over HTTP: the bot, the same bot with every commit left out, and a stock bot, turn and turn about
 * on copies of one city, so that each round of the three meets the same noise.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { createKeyStore, type KeyStore } from '../../../src/ballot/keys.ts';
import { type Measured, startBot, startStockBot } from '../bot-client.ts';
import { CITY_BRANCHES } from '../city.ts';
import { type SignedClick, signedClick } from '../clicks.ts';
import { atLeast, atMost, type Figure, figure } from '../figures.ts';
import { ask, type Burst, hammer } from '../load.ts';
import { slowDisk, syncMs } from '../slow-disk.ts';
import { copyStage, dropStage, inDatabase, keysDir, makeStage, type Stage } from '../stage.ts';
import { median, medianRatio } from '../stats.ts';
import type { Suite, SuiteContext } from './suite.ts';

interface Size {
  branches: number;
  rounds: number;
  /** Rounds with a slow disk, each of which takes long. */
  slowRounds: number;
  connections: number;
  /** Sent first and not counted, so that the code is compiled. */
  warmUp: number;
  casts: number;
  turns: number;
}
const FULL: Size = {
  branches: CITY_BRANCHES,
  rounds: 5,
  slowRounds: 2,
  connections: 64,
  warmUp: 512,
  casts: 3_072,
  turns: 2_048,
};
const QUICK: Size = { branches: 4, rounds: 1, slowRounds: 0, connections: 4, warmUp: 0, casts: 80, turns: 40 };

/** One fsync on the network disk of an ordinary cloud server. */
const SLOW_SYNC_MS = 4;

const castCount = (text: string): string => (text.includes('"type":"success"') ? 'cast' : 'other');
const turnCount = (text: string): string => (text.includes('"ballot_back"') ? 'turned' : 'other');

/** Per second, and CPU milliseconds of the server for one of them: other work on the machine moves the first far more than the second. */
interface Round {
  casts: number;
  turns: number;
  castCpu: number;
  turnCpu: number;
}
interface Stand {
  size: Size;
  stage: Stage;
  keys: KeyStore;
  answers: { cast: string; page: string };
}

export const ballots: Suite = async (context) => {
  const size = context.quick ? QUICK : FULL;
  context.say(`a city of ${size.branches} branches with open ballots`);
  const stage = await makeStage({ branches: size.branches });
  const dir = mkdtempSync(join(tmpdir(), 'tenstar-bench-'));
  const stand: Stand = {
    size,
    stage,
    keys: createKeyStore(keysDir(stage.dir)),
    answers: { cast: join(dir, 'cast.json'), page: join(dir, 'page.json') },
  };
  try {
    await sampleAnswers(stand);
    const fast = await compare(stand, context, size.rounds, {}, dir);
    const found = figures(fast, `fsync ${syncMs().toFixed(2)} ms`, size, size.rounds);
    found.push(memory(fast.peakMb));
    const slow = size.slowRounds === 0 ? null : await slowDisk(dir, SLOW_SYNC_MS);
    if (slow === null) return found;
    context.say(`the same with an fsync of ${SLOW_SYNC_MS} ms more`);
    return [
      ...found,
      ...figures(
        await compare(stand, context, size.slowRounds, slow, dir),
        `fsync +${SLOW_SYNC_MS} ms`,
        size,
        size.slowRounds,
      ),
    ];
  } finally {
    dropStage(stage);
    rmSync(dir, { recursive: true, force: true });
  }
};

type Rounds = Record<'bot' | 'uncommitted' | 'stock', Round[]>;

/** The three of them in turn, on the disk that `disk` (an environment) stands for. */
async function compare(
  stand: Stand,
  context: SuiteContext,
  count: number,
  disk: NodeJS.ProcessEnv,
  dir: string,
): Promise<Rounds & { peakMb: number }> {
  const rounds = { bot: [] as Round[], uncommitted: [] as Round[], stock: [] as Round[], peakMb: 0 };
  for (let round = 0; round < count; round++) {
    const measured = await botRound(stand, disk, true);
    rounds.bot.push(measured);
    rounds.peakMb = Math.max(rounds.peakMb, measured.peakMb);
    rounds.uncommitted.push(await botRound(stand, disk, false));
    rounds.stock.push(await stockRound(stand, disk, mkdtempSync(join(dir, 'stock-'))));
    tell(context, round, rounds);
  }
  return rounds;
}

/** The stock bot answers with these, byte for byte. */
async function sampleAnswers({ stage, keys, answers }: Stand): Promise<void> {
  const [voter] = stage.voters;
  if (voter === undefined) throw new Error('nobody may vote');
  const copy = copyStage(stage);
  const bot = await startBot(copy.dir);
  writeFileSync(answers.page, await ask(bot.url, signedClick(keys, stage, voter, 'ballot_next')));
  writeFileSync(answers.cast, await ask(bot.url, signedClick(keys, stage, voter, 'ballot_cast')));
  await bot.stop();
  copy.drop();
}

async function botRound(
  stand: Stand,
  disk: NodeJS.ProcessEnv,
  committing: boolean,
): Promise<Round & { peakMb: number }> {
  const copy = copyStage(stand.stage);
  const bot = await startBot(copy.dir, disk);
  try {
    if (!committing) await bot.order({ do: 'leave out commits' });
    const round = await run(stand, bot);
    const peakMb = bot.peakMb();
    await bot.stop();
    // What was acknowledged is there, and nothing else.
    const voted = await inDatabase(copy.dir, (db) =>
      db.read.get(z.object({ n: z.int() }), 'SELECT count(*) AS n FROM elector WHERE voted = 1'),
    );
    const expected = committing ? stand.size.warmUp + stand.size.casts : 0;
    if (voted?.n !== expected) throw new Error(`${voted?.n} people have voted instead of ${expected}`);
    return { ...round, peakMb };
  } finally {
    await bot.stop();
    copy.drop();
  }
}

async function stockRound(stand: Stand, disk: NodeJS.ProcessEnv, folder: string): Promise<Round> {
  const bot = await startStockBot([join(folder, 'stock.db'), stand.answers.cast, stand.answers.page], disk);
  try {
    return await run(stand, bot);
  } finally {
    await bot.stop();
  }
}

async function run({ size, stage, keys }: Stand, bot: Measured): Promise<Round> {
  const cast = stage.voters
    .slice(0, size.warmUp + size.casts)
    .map((voter) => signedClick(keys, stage, voter, 'ballot_cast'));
  const some = stage.voters.slice(-size.turns);
  const turn = some.map((voter) => signedClick(keys, stage, voter, 'ballot_next'));
  const go = (clicks: readonly SignedClick[], read: (text: string) => string) =>
    hammer(bot.url, clicks, size.connections, read);
  if (size.warmUp > 0) expectAll(await go(turn.slice(0, size.warmUp), turnCount), 'turned');
  let before = bot.cpuSeconds();
  const turns = expectAll(await go(turn, turnCount), 'turned');
  const turnCpu = ((bot.cpuSeconds() - before) * 1000) / turn.length;
  if (size.warmUp > 0) expectAll(await go(cast.slice(0, size.warmUp), castCount), 'cast');
  before = bot.cpuSeconds();
  const casts = expectAll(await go(cast.slice(size.warmUp), castCount), 'cast');
  const castCpu = ((bot.cpuSeconds() - before) * 1000) / size.casts;
  return { casts, turns, castCpu, turnCpu };
}

/** @throws Error unless everything was answered as it should; else a fast "no" would count as speed */
function expectAll({ perSecond, answers }: Burst, wanted: string): number {
  if (answers.size !== 1 || !answers.has(wanted))
    throw new Error(`not every click was ${wanted}: ${JSON.stringify([...answers])}`);
  return perSecond;
}

function tell(context: SuiteContext, round: number, rounds: Rounds): void {
  const of = (kind: keyof Rounds) =>
    `${Math.round(rounds[kind][round]?.casts ?? 0)} casts/s, ${Math.round(rounds[kind][round]?.turns ?? 0)} pages/s (${rounds[kind][round]?.castCpu.toFixed(2)}, ${rounds[kind][round]?.turnCpu.toFixed(2)} ms CPU)`;
  context.say(`round ${round + 1}: bot ${of('bot')}; without commits ${of('uncommitted')}; stock ${of('stock')}`);
}

function figures(rounds: Rounds, disk: string, size: Size, count: number): Figure[] {
  const of = (kind: keyof Rounds, what: keyof Round) => rounds[kind].map((round) => round[what]);
  const row = (name: string, what: 'casts' | 'turns', against: 'uncommitted' | 'stock', target: number) => {
    const [mine, other] = [of('bot', what), of(against, what)];
    const cpu = (kind: keyof Rounds) => median(of(kind, what === 'casts' ? 'castCpu' : 'turnCpu')).toFixed(2);
    return figure({
      suite: 'ballots',
      name: `${name}, ${disk}`,
      figure: median(mine),
      unit: '/s',
      against: { name: against === 'stock' ? 'stock bot' : 'no commit', figure: median(other) },
      ratio: medianRatio(mine, other),
      target: atLeast('ratio', target),
      note: `${size.connections} connections, ${count} rounds of ${size[what]}; CPU for one ${cpu('bot')} ms against ${cpu(against)} ms`,
    });
  };
  return [
    row('ballots cast', 'casts', 'uncommitted', 0.75),
    row('ballots cast', 'casts', 'stock', 3),
    row('ballot pages turned', 'turns', 'stock', 4),
  ];
}

const memory = (peakMb: number): Figure =>
  figure({
    suite: 'ballots',
    name: 'memory of the bot while casting',
    figure: peakMb,
    unit: 'MB',
    target: atMost('figure', 250),
  });
