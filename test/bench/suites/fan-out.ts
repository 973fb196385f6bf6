/**
 * A ballot card for each of 5,000 people, sent by the real bot to the real playground at the platform's own pace, while calls are
 * refused, lost and cut off, and the bot is killed in the middle and started again. Every message must arrive, and once.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Faults } from '../../../src/playground/faults.ts';
import { type PlaygroundProcess, spawnPlayground } from '../../../src/playground/client/spawn.ts';
import type { PlaygroundClient } from '../../../src/playground/client/http.ts';
import { GATEWAY_PER_MINUTE } from '../../../src/platform/lark/limits.ts';
import { sendToPeople } from '../../../src/usecases/notify.ts';
import { startBotProcess } from '../../support/bot-process.ts';
import { botEnv, peakMbOf, START_FLAGS } from '../bot-client.ts';
import { benchCity, mobileOf } from '../city.ts';
import { atLeast, atMost, type Figure, figure } from '../figures.ts';
import { APP, dropStage, inDatabase, makeStage, type Stage } from '../stage.ts';
import type { Suite, SuiteContext } from './suite.ts';

const FULL = { branches: 162, messages: 5_000, deadlineMs: 8 * 60_000 };
const QUICK = { branches: 2, messages: 60, deadlineMs: 60_000 };
/** Of a thousand calls five are refused by rate, and as many lost before or after the platform stored the message. */
const FAULTS: Partial<Faults> = {
  seed: 7,
  rate_429: 0.005,
  rate_5xx: 0.002,
  timeout_before: 0.001,
  timeout_after: 0.001,
  reset_before: 0.001,
  reset_after: 0.001,
  timeout_ms: 15_000,
};
const POLL_MS = 200;

export const fanOut: Suite = async (context) => {
  const size = context.quick ? QUICK : FULL;
  const playground = await spawnPlayground({ botUrl: 'http://127.0.0.1:9', ...APP });
  try {
    context.say(`the playground gets the people of ${size.branches} branches`);
    const stage = await seededStage(playground, size.branches);
    try {
      const wanted = await enqueue(stage, size.messages);
      await playground.client.faults({ ...FAULTS, ...(context.quick ? { timeout_before: 0, timeout_after: 0 } : {}) });
      const peakMb = await send(stage, playground, size, context);
      return [...(await received(playground.client, wanted)), memory(peakMb)];
    } finally {
      dropStage(stage);
    }
  } finally {
    await playground.stop();
  }
};

async function seededStage({ client }: PlaygroundProcess, branches: number): Promise<Stage> {
  const { people } = benchCity(branches, () => '');
  const seeded = await client.seed({ people: people.map(({ name, mobile }) => ({ name, mobile: mobile ?? '' })) });
  const ids = new Map(seeded.people.map(({ mobile, id }) => [mobile, id]));
  return makeStage({ branches, openIdOf: (no) => ids.get(mobileOf(no)) ?? '' });
}

/** As the opening of all ballots does it. @returns open_ids of those who must get one card each */
async function enqueue(stage: Stage, messages: number): Promise<Set<string>> {
  const voters = stage.voters.slice(0, messages);
  const now = Date.now();
  await inDatabase(stage.dir, (db) =>
    db.write(async (tx) => {
      for (const [review, mine] of Map.groupBy(voters, (voter) => voter.review)) {
        const people = mine.map(({ person }) => person);
        await sendToPeople(tx, people, { card: 'ballot', args: { review } }, { now, once: `ballot:${review}` });
      }
    }),
  );
  return new Set(voters.map(({ openId }) => openId));
}

/** Runs the bot until nothing waits any more, killing it once half of the messages are out. @returns its largest memory */
async function send(
  stage: Stage,
  { url, client }: PlaygroundProcess,
  size: typeof FULL,
  { say }: SuiteContext,
): Promise<number> {
  const env = botEnv(stage.dir, url);
  let bot = await startBotProcess(env, [], START_FLAGS);
  let peakMb = 0;
  let killed = false;
  let told = 0;
  const until = Date.now() + size.deadlineMs;
  try {
    for (;;) {
      const { messages } = await client.stats();
      if (messages >= told + size.messages / 10) say(`${(told = messages)} of ${size.messages} messages are there`);
      if (!killed && messages >= size.messages / 2) {
        killed = true;
        peakMb = peakMbOf(bot.pid);
        await bot.kill();
        say(`killed at ${messages}, and started again`);
        bot = await startBotProcess(env, [], START_FLAGS);
      }
      if (messages >= size.messages && (await waiting(stage)) === 0) break;
      if (Date.now() > until)
        throw new Error(
          `after ${size.deadlineMs / 1000} s only ${messages} messages are there and ${await waiting(stage)} wait`,
        );
      await sleep(POLL_MS);
    }
    return Math.max(peakMb, peakMbOf(bot.pid));
  } finally {
    await bot.stop();
  }
}

const waiting = (stage: Stage): Promise<number> =>
  inDatabase(
    stage.dir,
    async (db) =>
      (await db.read.get(z.object({ n: z.int() }), "SELECT count(*) AS n FROM outbox WHERE state = 'waiting'"))?.n ?? 0,
  );

async function received(client: PlaygroundClient, wanted: ReadonlySet<string>): Promise<Figure[]> {
  const sent = await client.sent({ brief: true });
  const times = sent.map(({ created }) => created);
  const minutes = (Math.max(...times) - Math.min(...times)) / 60_000;
  const got = new Map<string, number>();
  for (const { recipients } of sent) for (const id of recipients) got.set(id, (got.get(id) ?? 0) + 1);
  const lost = [...wanted].filter((id) => !got.has(id)).length;
  const doubled = sent.length - got.size;
  const refused = Object.entries((await client.stats()).calls['POST /open-apis/im/v1/messages'] ?? {}).filter(
    ([code]) => code !== '0',
  );
  const suite = 'fan-out';
  const perMinute = (sent.length - 1) / minutes;
  return [
    figure({
      suite,
      name: `fan-out of ${wanted.size} private cards`,
      figure: perMinute,
      unit: '/min',
      against: { name: 'permitted', figure: GATEWAY_PER_MINUTE },
      ratio: perMinute / GATEWAY_PER_MINUTE,
      target: atLeast('ratio', 0.95),
      note: `from the first to the last in ${(minutes * 60).toFixed(0)} s, one kill -9 and restart in it; answers other than success: ${refused.map(([code, count]) => `${code} ${count}×`).join(', ') || 'none'}`,
    }),
    figure({ suite, name: 'messages lost', figure: lost, unit: '', target: atMost('figure', 0) }),
    figure({ suite, name: 'messages doubled', figure: doubled, unit: '', target: atMost('figure', 0) }),
  ];
}

const memory = (peakMb: number): Figure =>
  figure({
    suite: 'fan-out',
    name: 'memory of the bot during the fan-out',
    figure: peakMb,
    unit: 'MB',
    target: atMost('figure', 250),
  });
