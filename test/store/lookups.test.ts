/** What is asked at every message and every card is found by an index, not by reading a table to its end. */
import { expect, it } from 'vitest';
import { z } from 'zod';
import { tempDatabase } from '../support/temp-database.ts';

it.each([
  ["SELECT platform FROM identity WHERE person = 'E0001' AND reachable = 1", 'identity'],
  ["SELECT review FROM review_due WHERE person = 'E0001'", 'review_due'],
  ["SELECT activity FROM activity_sign_in WHERE person = 'E0001'", 'activity_sign_in'],
  ["SELECT code FROM branch WHERE mutual_group = 'G01'", 'branch'],
  ["SELECT review FROM sheet WHERE person = 'E0001'", 'sheet'],
])('%s', async (sql, table) => {
  const db = await tempDatabase();
  const plan = await db.read.all(z.object({ detail: z.string() }), `EXPLAIN QUERY PLAN ${sql}`);
  expect(plan.map(({ detail }) => detail).join('\n')).toMatch(new RegExp(`SEARCH ${table} USING (COVERING )?INDEX`));
});
