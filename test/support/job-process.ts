/**
 * A process that does what the clock asks at the moment it is given, with the real jobs, as a second bot on the same database would.
 * Arguments: database URL, folder of the keys, Unix ms. Answers with the jobs it ran.
 */
import { randomUUID } from 'node:crypto';
import { loadConfig } from '../../src/config.ts';
import { jobs } from '../../src/jobs/index.ts';
import { createLog } from '../../src/log.ts';
import { buildUse } from '../../src/main/use.ts';
import { openDatabase } from '../../src/store/db.ts';
import { jobCalendar } from '../../src/usecases/scheduler/slots.ts';
import { createScheduler } from '../../src/usecases/scheduler/scheduler.ts';

const [, , url = '', keysDir = '', moment = ''] = process.argv;
const loaded = loadConfig({ DATABASE_URL: url, KEYS_DIR: keysDir }, 'database');
if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
const { config } = loaded;
const db = await openDatabase(config.database);
const now = () => Number(moment);
const log = createLog('error');
const use = { ...buildUse(config, db, log), now };
const scheduler = createScheduler({
  db,
  jobs,
  use,
  now,
  realNow: Date.now,
  owner: randomUUID(),
  timezone: config.timezone,
  calendar: jobCalendar(use),
  log,
});
const reports = await scheduler.sweep();
process.stdout.write(JSON.stringify(reports.map(({ job, state }) => `${job} ${state}`)));
await db.close();
