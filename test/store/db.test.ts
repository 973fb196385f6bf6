/** Reading as of one moment, and what busy readers and writers do to each other. */
import { statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { type Database, localFile, openDatabase } from '../../src/store/db.ts';
import { openLocalClient } from '../../src/store/local-client.ts';
import { tempDatabaseUrl } from '../support/temp-database.ts';

const row = z.object({ body: z.string() });
async function notes(): Promise<{ db: Database; file: string; add: (body: string) => Promise<number> }> {
  const url = tempDatabaseUrl();
  const db = await openDatabase({ url });
  await db.script('CREATE TABLE note (body TEXT NOT NULL) STRICT');
  const add = (body: string) => db.write((tx) => tx.run('INSERT INTO note (body) VALUES (?)', [body]));
  return { db, file: localFile(url) ?? '', add };
}
const all = 'SELECT body FROM note ORDER BY rowid';

test('a snapshot sees one moment, while others write', async () => {
  const { db, add } = await notes();
  await add('before');
  await db.snapshot(async (h) => {
    expect(await h.all(row, all)).toEqual([{ body: 'before' }]);
    await add('meanwhile');
    expect(await h.all(row, all)).toEqual([{ body: 'before' }]);
    expect(await db.read.all(row, all)).toHaveLength(2);
  });
  expect(await db.snapshot((h) => h.all(row, all))).toHaveLength(2);
  await db.close();
});

test('a snapshot ends with what fails in it', async () => {
  const { db, add } = await notes();
  await expect(db.snapshot((h) => h.all(row, 'SELECT nonsense'))).rejects.toThrow(/nonsense/);
  await add('after');
  await db.checkpoint();
  await db.close();
});

test('emptying the log does not stand still for a reader, and is made up for when the reader has gone', async () => {
  const { db, file, add } = await notes();
  const logBytes = () => statSync(`${file}-wal`).size;
  await db.snapshot(async (h) => {
    await h.all(row, all);
    await add('one');
    const started = performance.now();
    await db.checkpoint();
    expect(performance.now() - started).toBeLessThan(2_000); // SQLite's own wait is five seconds
    expect(logBytes()).toBeGreaterThan(0);
    await add('two');
  });
  await expect.poll(logBytes, { timeout: 10_000 }).toBe(0);
  await db.close();
});

test('a write that another program held up goes through on a new connection', async () => {
  const { db, file, add } = await notes();
  const other = openLocalClient(file, { timeout: 0 });
  const lock = await other.transaction('write');
  const writing = add('late'); // waits on the thread until its time is over
  await new Promise((resolve) => setTimeout(resolve, 0));
  lock.close();
  expect(await writing).toBe(1);
  expect(await db.read.all(row, all)).toEqual([{ body: 'late' }]);
  other.close();
  await db.close();
}, 30_000);
