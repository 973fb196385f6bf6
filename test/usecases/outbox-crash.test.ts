import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openDatabase } from '../../src/store/db.ts';
import { migrate } from '../../src/store/migrations.ts';
import { enqueueMany } from '../../src/store/outbox.ts';
import { countByState } from '../../src/store/outbox-admin.ts';
import { type HttpFault, type HttpPlatformServer, startHttpPlatform } from '../support/http-platform.ts';
import { tempDatabaseUrl } from '../support/temp-database.ts';

const CHILD = fileURLToPath(new URL('../support/outbox-process.ts', import.meta.url));
const RECIPIENTS = 60;
const EACH = 6;
/** Messages of a round that arrive before its sender is killed. */
const KILLED_AFTER = 40;
const FAULTS: readonly HttpFault[] = ['limited', 'error', 'reset', 'reset_after_storing', 'silence_after_storing'];

async function startSender(databaseUrl: string, platform: HttpPlatformServer): Promise<ChildProcess> {
  const child = spawn(process.execPath, [CHILD, databaseUrl, platform.url], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return child;
}

it('a sender that is killed again and again sends every message once and in order', async () => {
  const url = tempDatabaseUrl();
  const db = await openDatabase({ url });
  await migrate(db, Date.now());
  let requests = 0;
  const platform = await startHttpPlatform(() =>
    requests++ % 12 === 5 ? (FAULTS[((requests / 12) % FAULTS.length) | 0] ?? 'none') : 'none',
  );
  const round = (n: number) =>
    db.write((tx) =>
      enqueueMany(
        tx,
        Array.from({ length: RECIPIENTS }, (_, r) => ({
          uuid: randomUUID(),
          platform: 'lark',
          to: { kind: 'person', employeeNo: `E${r}` },
          card: 'notice',
          args: { n: r + n * RECIPIENTS },
          notBefore: Date.now(),
          createdAt: Date.now(),
        })),
      ),
    );

  let [sending, standingBy] = [await startSender(url, platform), await startSender(url, platform)];
  for (let n = 0; n < EACH; n++) {
    await round(n);
    while (platform.arrived.length < n * RECIPIENTS + KILLED_AFTER) await delay(5);
    sending.kill('SIGKILL');
    await once(sending, 'exit');
    [sending, standingBy] = [standingBy, await startSender(url, platform)]; // the other takes over, and is the next
  }
  while ((await countByState(db.read)).waiting > 0) await delay(50);
  for (const process of [sending, standingBy]) {
    process.kill('SIGTERM');
    await once(process, 'exit');
  }

  expect(await countByState(db.read)).toEqual({ waiting: 0, sent: RECIPIENTS * EACH, dead: 0, dropped: 0 });
  const texts = Map.groupBy(platform.arrived, ({ to }) => to);
  for (let r = 0; r < RECIPIENTS; r++)
    expect(texts.get(`E${r}`)?.map(({ text }) => Number(text))).toEqual(
      Array.from({ length: EACH }, (_, i) => r + i * RECIPIENTS),
    );
  expect(platform.repeats()).toBeGreaterThan(0); // the key did its work
  await platform.close();
}, 120_000);
