import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { localFile, openDatabase } from '../../src/store/db.ts';
import { tempDatabaseUrl } from '../support/temp-database.ts';

test('what is deleted is nowhere in the files once the log is emptied (F16)', async () => {
  const url = tempDatabaseUrl();
  const db = await openDatabase({ url });
  await db.script('CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT');
  const words = (n: number): string => `只给本人看的话-${n}-${'·'.repeat(40)}`;
  await db.write(async (tx) => {
    for (let n = 0; n < 300; n++) await tx.run('INSERT INTO note (body) VALUES (?)', [words(n)]);
  });
  await db.checkpoint();
  const file = localFile(url) ?? '';
  const found = (): boolean =>
    [file, `${file}-wal`].some((path) => readFileSync(path).includes(Buffer.from('只给本人看的话')));
  expect(found()).toBe(true);
  await db.write((tx) => tx.run('DELETE FROM note WHERE id > 0'));
  await db.checkpoint();
  expect(found()).toBe(false);
  await db.close();
});
