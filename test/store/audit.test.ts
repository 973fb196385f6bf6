import { beforeEach, describe, expect, it } from 'vitest';
import { type Act, appendAudit, auditOf, verifyAudit } from '../../src/store/audit.ts';
import { type BallotWorld, ballotWorld, NOON } from '../support/ballot-world.ts';

let world: BallotWorld;
beforeEach(async () => {
  world = await ballotWorld();
});

const append = (count: number, act: Act = 'ballot_opened') =>
  world.db.write(async (tx) => {
    for (let i = 0; i < count; i++)
      await appendAudit(tx, {
        at: NOON + i,
        actor: 'E0001',
        act,
        object: `review-${i}`,
        detail: { electors: i, city: '城', b: null },
      });
  });
const tamper = (sql: string) =>
  world.db.script(`DROP TRIGGER audit_is_append_only_update; DROP TRIGGER audit_is_append_only_delete; ${sql}`);

describe('the audit trail', () => {
  it('is whole when nobody touched it, also over several pages', async () => {
    expect(await verifyAudit(world.db.read)).toEqual({ ok: true, entries: 0, head: '0'.repeat(64) });
    await append(1);
    const one = await verifyAudit(world.db.read);
    await append(1_200);
    const many = await verifyAudit(world.db.read);
    expect(one).toMatchObject({ ok: true, entries: 1 });
    expect(many).toMatchObject({ ok: true, entries: 1_201 });
    expect(one.ok && many.ok && one.head !== many.head).toBe(true);
  });

  it('refuses changes in the database itself', async () => {
    await append(2);
    await expect(world.db.write((tx) => tx.run('UPDATE audit SET at = 1 WHERE seq = 1'))).rejects.toThrow(
      /append-only/,
    );
    await expect(world.db.write((tx) => tx.run('DELETE FROM audit WHERE seq = 1'))).rejects.toThrow(/append-only/);
  });

  it.each([
    {
      name: 'an actor changed',
      sql: `UPDATE audit SET actor = 'E0002' WHERE seq = 2`,
      want: { seq: 2, why: 'changed_entry' },
    },
    {
      name: 'a time changed',
      sql: 'UPDATE audit SET at = at + 1 WHERE seq = 3',
      want: { seq: 3, why: 'changed_entry' },
    },
    {
      name: 'a detail changed',
      sql: `UPDATE audit SET detail = '{}' WHERE seq = 1`,
      want: { seq: 1, why: 'changed_entry' },
    },
    {
      name: 'an act changed',
      sql: `UPDATE audit SET act = 'ballot_closed' WHERE seq = 1`,
      want: { seq: 1, why: 'changed_entry' },
    },
    { name: 'an entry removed', sql: 'DELETE FROM audit WHERE seq = 2', want: { seq: 2, why: 'missing_entry' } },
    { name: 'the first removed', sql: 'DELETE FROM audit WHERE seq = 1', want: { seq: 1, why: 'missing_entry' } },
    {
      name: 'a link changed',
      sql: `UPDATE audit SET prev_hash = hash WHERE seq = 3`,
      want: { seq: 3, why: 'broken_link' },
    },
    {
      name: 'an entry removed and the rest renumbered',
      sql: 'DELETE FROM audit WHERE seq = 2; UPDATE audit SET seq = seq - 1 WHERE seq > 2',
      want: { seq: 2, why: 'broken_link' },
    },
  ])('finds $name', async ({ sql, want }) => {
    await append(4);
    await tamper(sql);
    expect(await verifyAudit(world.db.read)).toEqual({ ok: false, ...want });
  });

  it('hashes the same detail alike whatever the order of its keys', async () => {
    await world.db.write(async (tx) => {
      await appendAudit(tx, { at: NOON, actor: 'system', act: 'tally_made', object: 'r1', detail: { b: 1, a: 2 } });
      await appendAudit(tx, { at: NOON, actor: 'system', act: 'tally_made', object: 'r1', detail: { a: 2, b: 1 } });
    });
    expect((await auditOf(world.db.read, 'r1')).map(({ detail }) => detail)).toEqual([
      '{"a":2,"b":1}',
      '{"a":2,"b":1}',
    ]);
  });

  it('leaves no entry when what it records did not happen', async () => {
    const failing = world.db.write(async (tx) => {
      await appendAudit(tx, { at: NOON, actor: 'system', act: 'ballot_closed', object: 'r1' });
      throw new Error('not after all');
    });
    await expect(failing).rejects.toThrow('not after all');
    expect(await verifyAudit(world.db.read)).toMatchObject({ ok: true, entries: 0 });
  });
});
