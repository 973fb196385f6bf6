/** A statement of a hearing is heard by those who run the branch now, within message hours (F9, design.md 12.2). */
import { expect, it } from 'vitest';
import { fileSelf, messages, stage, toBallot, vote } from '../support/review-stage.ts';
import { ok } from '../support/objection-stage.ts';

it('reaches secretary and deputy in the morning, also when who closed the ballot has left', async () => {
  const at = await stage();
  await fileSelf(at, 'M01');
  await toBallot(at);
  await vote(at);
  await ok(at, 'S0', { a: 'close_ballot', r: at.r });
  await ok(
    at,
    'S0',
    { a: 'confirm_results', r: at.r, p: 0 },
    { barred_M01: 'carries_no_task', reason_M01: '未领任务' },
  );
  await at.use.db.script("UPDATE person SET left_on = '2026-10-10' WHERE employee_no = 'S0'");
  const before = (await messages(at, 'console')).length;
  at.clock.now = Date.parse('2026-10-12T22:00:00+08:00');
  await ok(at, 'M01', { a: 'hearing_statement', r: at.r }, { statement: '当时在出差' });
  expect((await messages(at, 'console')).slice(before)).toMatchObject([
    { recipient: 'D0', notBefore: Date.parse('2026-10-13T09:00:00+08:00') },
  ]);
});
