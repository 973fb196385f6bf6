/** Run as a process of its own: has a database open, as a bot has, until it is killed or its input ends. */
import { createClient } from '@libsql/client';
import { openDatabase } from '../../src/store/db.ts';
import { leaseUntil, takeLease } from '../../src/store/lease.ts';
import { OUTBOX_LEASE } from '../../src/usecases/outbox/lane.ts';

const [what, file] = process.argv.slice(2);
const url = `file:${file}`;

if (what === 'bot') {
  const db = await openDatabase({ url });
  await db.write(async (tx) => {
    await takeLease(tx, { name: OUTBOX_LEASE, owner: 'test', now: Date.now(), forMs: 60_000 });
    await tx.run("INSERT INTO district VALUES ('X7', '试验片区')");
  });
  setInterval(() => void leaseUntil(db.read, OUTBOX_LEASE, Date.now()), 1_000); // what nobody uses any more is closed
  process.stdout.write('open\n');
} else {
  const client = createClient({ url, concurrency: 1, timeout: 1_000 });
  await client.execute('PRAGMA journal_mode=DELETE');
  const lock = await client.transaction('write');
  process.stdin.once('end', () => {
    lock.close();
    process.exit(0);
  });
  process.stdout.write('locked\n');
}
process.stdin.resume();
