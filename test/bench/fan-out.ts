/** What the fan-outs of both platforms share: the bot sends what waits, is killed in the middle and started again; all must arrive, and once. */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { PlaygroundClient } from '../../src/playground/client/http.ts';
import type { PlaygroundProcess } from '../../src/playground/client/spawn.ts';
import type { Faults } from '../../src/playground/faults.ts';
import { startBotProcess } from '../support/bot-process.ts';
import { peakMbOf, START_FLAGS } from './bot-client.ts';
import { atLeast, atMost, type Figure, figure } from './figures.ts';
import { inDatabase, type Stage } from './stage.ts';
import type { SuiteContext } from './suites/suite.ts';

/** Of a thousand calls five are refused by rate, and as many lost before or after the platform stored the message. */
export const FAULTS: Partial<Faults> = {
  seed: 7,
  rate_429: 0.005,
  rate_5xx: 0.002,
  timeout_before: 0.001,
  timeout_after: 0.001,
  reset_before: 0.001,
  reset_after: 0.001,
  timeout_ms: 15_000,
};
/** Without the faults that take their time. */
export const QUICK_FAULTS: Partial<Faults> = { ...FAULTS, timeout_before: 0, timeout_after: 0 };
const POLL_MS = 200;

/** Runs the bot until nothing waits any more, killing it once half of the messages are out. @returns its largest memory, MB */
export async function sendAll(
  stage: Stage,
  client: PlaygroundClient,
  run: { env: NodeJS.ProcessEnv; messages: number; deadlineMs: number },
  say: SuiteContext['say'],
): Promise<number> {
  let bot = await startBotProcess(run.env, [], START_FLAGS);
  let peakMb = 0;
  let killed = false;
  let told = 0;
  const until = Date.now() + run.deadlineMs;
  try {
    for (;;) {
      const { messages } = await client.stats();
      if (messages >= told + run.messages / 10) say(`${(told = messages)} of ${run.messages} messages are there`);
      if (!killed && messages >= run.messages / 2) {
        killed = true;
        peakMb = peakMbOf(bot.pid);
        await bot.kill();
        say(`killed at ${messages}, and started again`);
        bot = await startBotProcess(run.env, [], START_FLAGS);
      }
      if (messages >= run.messages && (await waiting(stage)) === 0) break;
      if (Date.now() > until)
        throw new Error(
          `after ${run.deadlineMs / 1000} s only ${messages} messages are there and ${await waiting(stage)} wait`,
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

export interface Expected {
  suite: string;
  /** `fan-out of 5000 private cards`. */
  name: string;
  /** Those who must get one card each. */
  people: ReadonlySet<string>;
  /** Groups that must get one. */
  chats: ReadonlySet<string>;
  /** Messages a minute, and who permits them. */
  permitted: { name: string; perMinute: number };
  /** The call that sends, as statistics name it, and the codes of its successes. */
  call: string;
  success: string;
  /** Said behind the note. */
  more?: (perMinute: number) => string;
}

export async function received({ client }: PlaygroundProcess, expected: Expected, peakMb: number): Promise<Figure[]> {
  const { suite, people, chats, permitted } = expected;
  const sent = await client.sent({ brief: true });
  const times = sent.map(({ created }) => created).toSorted((a, b) => a - b);
  const minutes = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 60_000;
  const silence = Math.max(...times.map((at, i) => at - (times[i - 1] ?? at)));
  const got = new Map<string, number>();
  for (const { recipients, chat_id: chat, chat_type: type } of sent)
    for (const id of type === 'group' ? [chat] : recipients) got.set(id, (got.get(id) ?? 0) + 1);
  const lost = [...people, ...chats].filter((id) => !got.has(id)).length;
  const doubled = sent.length - got.size;
  const refused = Object.entries((await client.stats()).calls[expected.call] ?? {}).filter(
    ([code]) => code !== expected.success,
  );
  const perMinute = (sent.length - 1) / minutes;
  return [
    figure({
      suite,
      name: expected.name,
      figure: perMinute,
      unit: '/min',
      against: { name: permitted.name, figure: permitted.perMinute },
      ratio: perMinute / permitted.perMinute,
      target: atLeast('ratio', 0.95),
      note: `from the first to the last in ${(minutes * 60).toFixed(0)} s, one kill -9 and restart in it (nothing arrived for ${(silence / 1000).toFixed(1)} s at the longest); answers other than success: ${refused.map(([code, count]) => `${code} ${count}×`).join(', ') || 'none'}${expected.more?.(perMinute) ?? ''}`,
    }),
    figure({ suite, name: 'messages lost', figure: lost, unit: '', target: atMost('figure', 0) }),
    figure({ suite, name: 'messages doubled', figure: doubled, unit: '', target: atMost('figure', 0) }),
    figure({
      suite,
      name: 'memory of the bot during the fan-out',
      figure: peakMb,
      unit: 'MB',
      target: atMost('figure', 250),
    }),
  ];
}
