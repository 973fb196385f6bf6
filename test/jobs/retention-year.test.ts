/** Weekly checks end with the annual appraisal, commitments three years after their year (F16). */
import { expect, it } from 'vitest';
import { z } from 'zod';
import { catalogueHash } from '../../src/domain/catalogue.ts';
import { checkRatesOf } from '../../src/store/weekly-checks.ts';
import { type CommitWorld, commitWorld } from '../support/commit-world.ts';
import { runJob } from '../support/opinion-world.ts';

const at = (time: string) => Date.parse(`${time}:00+08:00`);
const count = async ({ use }: CommitWorld, table: string) =>
  (await use.db.read.get(z.object({ n: z.int() }), `SELECT count(*) AS n FROM ${table}`))?.n;

async function checked(): Promise<CommitWorld> {
  const world = await commitWorld();
  await world.committed('M01');
  for (const [name, time] of [
    ['weekly-check-open', '2026-10-16T15:00'],
    ['weekly-check-close', '2026-10-19T10:00'],
  ] as const) {
    world.clock.now = at(time);
    if (name === 'weekly-check-close') await world.click('M01', { a: 'check_all', k: '2026-W42' });
    await runJob(world, name);
  }
  return world;
}
async function annual(world: CommitWorld, period: string, state: string): Promise<void> {
  const { use } = world;
  await use.db.write(async (tx) => {
    await tx.run("INSERT INTO rules_version (hash, body, since) VALUES ('r', '{}', 0) ON CONFLICT DO NOTHING");
    await tx.run(
      `INSERT INTO review (id, branch, period, state, rules, catalogue, opened_by, opened_at, final_at) VALUES (?1, 'B001', ?1, ?2, 'r', ?3, 'S0', 0, ?4)`,
      [period, state, catalogueHash(use.catalogue), world.clock.now],
    );
  });
}

it('weekly checks stay until the annual appraisal of their year is final; the rate of the branch stays longer', async () => {
  const world = await checked();
  await annual(world, '2025-Q4', 'final');
  await annual(world, '2026-Q4', 'notice');
  await runJob(world, 'retention');
  expect([await count(world, 'check_answer'), await count(world, 'check_due')]).toEqual([3, 1]);
  await world.use.db.script("UPDATE review SET state = 'final' WHERE period = '2026-Q4'");
  expect(await runJob(world, 'retention')).toMatchObject({ failed: 0 });
  expect([await count(world, 'check_answer'), await count(world, 'check_due')]).toEqual([0, 0]);
  expect(await checkRatesOf(world.use.db.read, '2026-W42')).toEqual([{ branch: 'B001', due: 1, answered: 1 }]);
});

it('checks that come after an early annual appraisal stay until the next one, and can be answered', async () => {
  const world = await checked();
  await annual(world, '2026-Q4', 'final');
  world.clock.now = at('2026-10-23T15:00');
  await runJob(world, 'weekly-check-open');
  await runJob(world, 'retention');
  expect(await count(world, 'check_due')).toBe(1); // of the open round
  world.clock.now = at('2026-10-26T10:00');
  expect((await world.click('M01', { a: 'check_all', k: '2026-W43' })).toast?.type).toBe('success');
  await runJob(world, 'weekly-check-close');
  await runJob(world, 'retention');
  expect([await count(world, 'check_answer'), await count(world, 'check_due')]).toEqual([3, 1]);
});

it('attendance after an early annual appraisal stays as well', async () => {
  const world = await checked();
  await annual(world, '2026-Q4', 'final'); // on 19 October
  await world.use.db.write(async (tx) => {
    for (const date of ['2026-10-12', '2026-10-20']) {
      await tx.run(
        "INSERT INTO meeting (id, branch, kind, title, on_date, at_time, place, agenda, state, by_person) VALUES (?1, 'B001', 'general', '大会', ?1, '09:00', '', '', 'held', 'S0')",
        [date],
      );
      await tx.run("INSERT INTO meeting_sign_in (meeting, person, leader) VALUES (?, 'M01', 0)", [date]);
      await tx.run(
        "INSERT INTO activity (id, level, scope, kind, title, place, on_date, state, by_person, at) VALUES (?1, 'branch', 'B001', 'seminar', '', '', ?1, 'held', 'S0', 1)",
        [date],
      );
      await tx.run("INSERT INTO activity_sign_in (activity, person, branch) VALUES (?, 'M01', 'B001')", [date]);
    }
  });
  await runJob(world, 'retention');
  expect([await count(world, 'meeting_sign_in'), await count(world, 'activity_sign_in')]).toEqual([1, 1]);
});

it('commitments and tasks stay for three years after their own', async () => {
  const world = await checked();
  world.clock.now = at('2029-12-31T03:30');
  await runJob(world, 'retention');
  expect([await count(world, 'commitment'), await count(world, 'commitment_item'), await count(world, 'task')]).toEqual(
    [1, 3, 3],
  );
  world.clock.now = at('2030-01-01T03:30');
  expect(await runJob(world, 'retention')).toMatchObject({ failed: 0 });
  expect([await count(world, 'commitment'), await count(world, 'commitment_item'), await count(world, 'task')]).toEqual(
    [0, 0, 0],
  );
});
