import { z } from 'zod';
import { openDatabase } from '../../src/store/db.ts';

/** Every row of every table, as text; boxes as their hexadecimal digits. */
export async function dump(file: string): Promise<Map<string, string[]>> {
  const db = await openDatabase({ url: `file:${file}` });
  const tables = await db.read.all(
    z.object({ name: z.string() }),
    `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`,
  );
  const rows = new Map<string, string[]>();
  for (const { name } of tables) {
    const content = await db.read.all(z.record(z.string(), z.unknown()), `SELECT * FROM ${name}`);
    const text = (value: unknown) =>
      value instanceof ArrayBuffer ? Buffer.from(value).toString('hex') : String(value);
    rows.set(
      name,
      content.map((row) =>
        Object.entries(row)
          .map(([key, value]) => `${key}=${text(value)}`)
          .join('|'),
      ),
    );
  }
  await db.close();
  return rows;
}
