/** A process that only sends the outbox, for tests that kill it. Arguments: database URL, platform URL. */
import { randomUUID } from 'node:crypto';
import { openDatabase } from '../../src/store/db.ts';
import { createOutboxDispatcher } from '../../src/usecases/outbox/dispatcher.ts';
import { httpPlatform } from './http-platform.ts';

const [, , databaseUrl = '', platformUrl = ''] = process.argv;
const db = await openDatabase({ url: databaseUrl });
const platform = httpPlatform(platformUrl, { perMinute: 60_000, perSecond: 400, perRecipientPerSecond: 100 }, 400);
const outbox = createOutboxDispatcher(
  {
    db,
    platforms: new Map([['lark', platform]]),
    compose: ({ args }) => Promise.resolve({ kind: 'card', card: { title: String(args.n), tone: 'blue', blocks: [] } }),
    resolveUser: (_, employeeNo) => Promise.resolve(employeeNo),
    now: Date.now,
    owner: randomUUID(),
    log: { info: () => {}, warn: () => {}, error: (...what: unknown[]) => console.error(...what) },
  },
  { leaseMs: 300, pollMs: 50 },
);
outbox.start();
process.on('SIGTERM', () => {
  void outbox.drain(5_000).then(() => process.exit(0));
});
process.stdout.write('started\n');
