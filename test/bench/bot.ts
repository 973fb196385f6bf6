/**
 * The real bot in a process that takes orders, for measurements only: it can leave out commits, and run jobs when told. Settings
 * come from the environment as always.
 */
import { loadConfig } from '../../src/config.ts';
import { reviewAutoClose } from '../../src/jobs/review-auto-close.ts';
import { createLog } from '../../src/log.ts';
import { startBot } from '../../src/main/bot.ts';
import { type Database, openDatabase } from '../../src/store/db.ts';
import type { Order } from './bot-client.ts';
import { leagues, readAll } from './city-work.ts';
import { timed } from './stats.ts';

/** Undoes a transaction that did all its work. */
class Undone extends Error {}

let committing = true;
async function open(config: Parameters<typeof openDatabase>[0]): Promise<Database> {
  const db = await openDatabase(config);
  const writeAndUndo: Database['write'] = async (fn) => {
    const result: { value?: Awaited<ReturnType<typeof fn>> } = {};
    const work = db.write(async (tx) => {
      result.value = await fn(tx);
      throw new Undone();
    });
    await work.catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error;
    });
    return result.value as Awaited<ReturnType<typeof fn>>;
  };
  return { ...db, write: (fn) => (committing ? db.write(fn) : writeAndUndo(fn)) };
}

const loaded = loadConfig(process.env, 'platform');
if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
const bot = await startBot(loaded.config, createLog(loaded.config.logLevel), { open });
const { use } = bot;
let busy = false;

/** @returns seconds, where the order is a piece of work */
async function obey(order: Order): Promise<number> {
  switch (order.do) {
    case 'leave out commits':
      committing = false;
      return 0;
    case 'tally':
      return timed(() => readAll(use, order.period));
    case 'close':
      return timed(() => reviewAutoClose.run(use, { now: order.now, slot: order.now }));
    case 'league':
      return timed(() => leagues(use, order.period, order.districts));
    case 'keep running leagues':
      busy = true;
      void (async () => {
        while (busy) {
          await leagues(use, order.period, true);
        }
      })();
      return 0;
    case 'stop running leagues':
      busy = false;
      return 0;
  }
}

process.on('message', (order: Order) => {
  obey(order).then(
    (seconds) => process.send?.({ done: order.do, seconds }),
    (error: unknown) => process.send?.({ done: order.do, error: String(error) }),
  );
});
process.once('SIGTERM', () => void bot.stop().then(() => process.exit(0)));
process.send?.({ port: bot.port });
