/**
 * A process that sweeps the jobs at the moment it is given, for tests with several processes.
 * Arguments: database URL, Unix ms, `run` or `hang` (never end, so that the test can kill it), name to write into the table `ran`.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { defineJob } from '../../src/job.ts';
import { openDatabase } from '../../src/store/db.ts';
import { createScheduler } from '../../src/usecases/scheduler/scheduler.ts';

const [, , url = '', moment = '', mode = '', name = ''] = process.argv;
const db = await openDatabase({ url });
const job = defineJob<null>({
  name: 'weekly-check-open',
  schedule: '0 15 * * 5',
  summary: 'job.what.league',
  workdayRule: 'any',
  missed: 'catch_up',
  async run() {
    await db.write((tx) => tx.run('INSERT INTO ran (who) VALUES (?)', [name]));
    process.stdout.write('running\n');
    await delay(mode === 'hang' ? 600_000 : 50);
    return { done: 1, failed: 0, note: '' };
  },
});
const scheduler = createScheduler({
  db,
  jobs: [job],
  use: null,
  now: () => Number(moment),
  realNow: Date.now,
  owner: randomUUID(),
  timezone: 'Asia/Shanghai',
  calendar: { isWorkday: () => true, nextWorkday: (date) => date },
  log: { info: () => {}, warn: () => {}, error: (...what: unknown[]) => console.error(...what) },
  leaseMs: 1_500,
});
const reports = await scheduler.sweep();
process.stdout.write(`${JSON.stringify(reports.map(({ state }) => state))}\n`);
await scheduler.stop(0);
process.exit(0);
