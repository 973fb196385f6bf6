/** Every kind of record ends after its own term, leaves a note in the trail, and nothing ends before (F16, F23, J38). */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { auditOf, verifyAudit } from '../../src/store/audit.ts';
import { putBindCode } from '../../src/store/bind-code.ts';
import { findRun, hasScheduledRun, skipRun } from '../../src/store/job-run.ts';
import { enqueueMany, finishRows } from '../../src/store/outbox.ts';
import { BOXES, ofReview, WITH_REVIEW } from '../../src/store/retention.ts';
import { countByState } from '../../src/store/outbox-admin.ts';
import { findRecount } from '../../src/store/urn.ts';
import { branchResult } from '../../src/usecases/results.ts';
import { DAY, runJob } from '../support/opinion-world.ts';
import { fileSelf, review, type Stage, stage, toNotice } from '../support/review-stage.ts';

const count = async ({ use }: Stage, table: string, where = '1 = 1') =>
  (await use.db.read.get(z.object({ n: z.int() }), `SELECT count(*) AS n FROM ${table} WHERE ${where}`))?.n;
const acts = async (at: Stage) =>
  (await auditOf(at.use.db.read, at.r))
    .filter(({ act }) => act === 'key_destroyed' || act === 'deleted')
    .map(({ act, detail }) => `${act} ${JSON.stringify(detail)}`);

/** Final since 00:10 on 16 October 2026. */
async function final(): Promise<Stage> {
  const at = await stage();
  await fileSelf(at, 'M01');
  await toNotice(at);
  at.clock.now = Date.parse('2026-10-16T00:10:00+08:00');
  await runJob(at, 'notice-close');
  expect((await review(at)).state).toBe('final');
  return at;
}
/** What `final` leaves empty. `?1` is the review. */
const BY_HAND = [
  "INSERT INTO self_review_excuse (review, person, reason, by_person) VALUES (?1, 'R01', 'leave', 'S0')",
  "INSERT INTO decision (review, person, kind, value, reason, state, by_person, at) VALUES (?1, 'M01', 'outstanding', 'teamwork', '多次支援', 'decided', 'S0', 1)",
  "INSERT INTO objection (id, review, person, body, level, state, filed_at, decide_by) VALUES ('ob1', ?1, 'M01', '请复核', 1, 'rejected', 2, '2026-11-01')",
  "INSERT INTO recusal (objection, person) SELECT id, 'K1' FROM objection WHERE review = ?1",
  "INSERT INTO elector_excuse (review, person, reason, by_person) VALUES (?1, 'K1', 'illness', 'S0')",
  "INSERT INTO review_rating (review, person, ground, by_person) VALUES (?1, 'M02', 'new', 'S0')",
  "INSERT INTO sheet_view (review, person, viewer, at) VALUES (?1, 'M01', 'S0', 3)",
  "INSERT INTO opinion_digest (review, subject, body) VALUES (?1, 'M01', '沟通可以更早')",
  "INSERT INTO review_meeting (review, on_date, at_time, place) VALUES (?1, '2026-10-12', '09:00', '三楼')",
  "INSERT INTO review_guest (review, branch, comes) VALUES (?1, 'B002', 1)",
  "INSERT INTO review_guest_sign_in (review, person) VALUES (?1, 'X0')",
  "INSERT INTO review_post_plan (review, plan) VALUES (?1, 'pp1')",
];
const on = (at: Stage, date: string) => {
  at.clock.now = Date.parse(`${date}T03:30:00+08:00`);
};

describe('terms of a review', () => {
  it('raw ballots and their key are destroyed thirty days after the result is final, not a day earlier', async () => {
    const at = await final();
    on(at, '2026-11-14');
    await runJob(at, 'retention');
    expect(at.use.keys.has(at.r, 'recount')).toBe(true);
    on(at, '2026-11-15');
    expect(await runJob(at, 'retention')).toMatchObject({ failed: 0 });
    expect(at.use.keys.has(at.r, 'recount')).toBe(false);
    expect(await findRecount(at.use.db.read, at.r)).toBeNull();
    const notes = await acts(at);
    expect(notes).toHaveLength(2);
    expect(notes.join()).toContain('raw_ballots');
    await runJob(at, 'retention');
    expect(await acts(at)).toEqual(notes);
    expect(await count(at, 'sheet')).toBeGreaterThan(0);
    expect(await count(at, 'self_review')).toBe(1);
  });

  it('nothing of a review goes while an objection is open, or upheld and not corrected', async () => {
    const at = await final();
    await at.use.db.script(`INSERT INTO objection (id, review, person, body, level, state, filed_at, decide_by)
      VALUES ('o1', '${at.r}', 'M01', '请复核', 2, 'open', 0, '2026-10-20')`);
    on(at, '2026-12-30');
    await runJob(at, 'retention');
    expect(at.use.keys.has(at.r, 'recount')).toBe(true);
    await at.use.db.script("UPDATE objection SET state = 'upheld'");
    await runJob(at, 'retention');
    expect(at.use.keys.has(at.r, 'recount')).toBe(true);
    await at.use.db.script('UPDATE objection SET settled_at = 1');
    await runJob(at, 'retention');
    expect(at.use.keys.has(at.r, 'recount')).toBe(false);
  });

  it('after three years only stars and levels are left, after ten nothing', async () => {
    const at = await final();
    await at.use.db.script(
      `INSERT INTO review_meeting (review, on_date, at_time, place) VALUES ('${at.r}', '2026-10-09', '09:30', '会议室')`,
    );
    on(at, '2029-10-15');
    await runJob(at, 'retention');
    expect(await count(at, 'self_review')).toBe(1);
    on(at, '2029-10-16');
    expect(await runJob(at, 'retention')).toMatchObject({ failed: 0 });
    for (const table of [
      'self_review',
      'decision',
      'objection',
      'sheet_view',
      'review_due',
      'elector',
      'receipt',
      'opinion_roll',
      'opinion_digest',
    ])
      expect([table, await count(at, table)]).toEqual([table, 0]);
    const result = await branchResult(at.use.db.read, await review(at));
    expect(result.members.map(({ level }) => level)).toEqual(Array.from({ length: 9 }, () => 10));
    expect(JSON.stringify(result)).not.toMatch(/\d\.\d\d/);
    expect(result.branch_feedback).toEqual([]);

    on(at, '2036-10-16');
    expect(await runJob(at, 'retention')).toMatchObject({ failed: 0 });
    for (const table of ['review', 'sheet', 'review_subject', 'opinion_round', 'retired'])
      expect([table, await count(at, table)]).toEqual([table, 0]);
    expect((await acts(at)).at(-1)).toContain('results');
    expect(await verifyAudit(at.use.db.read)).toMatchObject({ ok: true });
  });

  it('of a review of which every table holds something, nothing is left after ten years', async () => {
    const at = await final();
    const { db } = at.use;
    await db.write(async (tx) => {
      await tx.run("INSERT INTO post_plan_version (hash, body) VALUES ('pp1', '{}')");
      for (const sql of BY_HAND) await tx.run(sql, [at.r]);
    });
    on(at, '2026-11-15'); // boxes go by their own term
    await runJob(at, 'retention');
    for (const table of WITH_REVIEW)
      expect([table, await count(at, table, ofReview(table).replace('?', `'${at.r}'`))]).not.toEqual([table, 0]);
    on(at, '2029-10-16');
    expect(await runJob(at, 'retention')).toMatchObject({ failed: 0 });
    on(at, '2036-10-16');
    expect(await runJob(at, 'retention')).toMatchObject({ failed: 0 });
    for (const table of [...WITH_REVIEW, ...BOXES])
      expect([table, await count(at, table, ofReview(table).replace('?', `'${at.r}'`))]).toEqual([table, 0]);
    expect(await count(at, 'review')).toBe(0);
  });

  it('every table that refers to a review, itself or through another, goes with it', async () => {
    const { use } = await stage();
    const referring = await use.db.read.all(
      z.object({ name: z.string() }),
      `WITH refers (child, parent) AS (SELECT m.name, f."table" FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'),
         hangs (name) AS (SELECT 'review' UNION SELECT child FROM refers JOIN hangs ON parent = name)
       SELECT name FROM hangs WHERE name <> 'review' ORDER BY name`,
    );
    expect(referring.map(({ name }) => name)).toEqual([...WITH_REVIEW, ...BOXES].toSorted());
  });

  it('attendance ends with the next annual appraisal of the branch', async () => {
    const at = await final();
    on(at, '2027-02-20');
    await runJob(at, 'retention');
    expect(await count(at, 'review_due')).toBeGreaterThan(0);
    await at.use.db.script(`INSERT INTO review (id, branch, period, state, rules, catalogue, opened_by, opened_at, final_at)
      SELECT 'annual', 'B001', '2026-Q4', 'final', rules, catalogue, 'S0', 0, ${at.clock.now} FROM review WHERE id = '${at.r}'`);
    await runJob(at, 'retention');
    expect(await count(at, 'review_due')).toBe(0);
  });
});

describe('machinery', () => {
  it('keeps what is young and deletes what is old', async () => {
    const at = await stage();
    const { db } = at.use;
    const now = at.clock.now;
    await db.write(async (tx) => {
      await tx.run('DELETE FROM outbox');
      await putBindCode(tx, { person: 'M01', code: 'AAAA', expiresAt: now - 1, issuedBy: 'S0' });
      await putBindCode(tx, { person: 'M02', code: 'BBBB', expiresAt: now + 60_000, issuedBy: 'S0' });
      await tx.run(
        `INSERT INTO inbox (platform, key, day) VALUES ('lark', 'old', '2026-10-05'), ('lark', 'young', '2026-10-06')`,
      );
      await tx.run(
        `UPDATE person SET mobile = '16000000001', left_on = CASE employee_no WHEN 'M03' THEN '2026-09-08' WHEN 'M04' THEN '2026-09-09' END`,
      );
    });
    const message = (uuid: string, card: string, onceKey?: string) => ({
      uuid,
      platform: 'lark' as const,
      to: { kind: 'person' as const, employeeNo: 'M01' },
      card,
      args: {},
      notBefore: now,
      createdAt: now,
      ...(onceKey === undefined ? {} : { onceKey }),
    });
    const rows = [
      message('a', 'help'),
      message('b', 'help', 'greeting:M01'),
      message('c', 'ballot_reminder', 'r:1'),
      message('d', 'ballot_reminder', 'r:2'),
      message('e', 'help'),
    ];
    await db.write(async (tx) => {
      await enqueueMany(tx, rows);
      const sent = (id: number) => ({
        id,
        state: 'sent' as const,
        counted: true,
        notBefore: null,
        lastError: null,
        messageId: 'om',
        clearFirstTry: false,
      });
      await finishRows(tx, [1, 2, 3].map(sent), now);
    });
    const uuids = async () =>
      (await db.read.all(z.object({ uuid: z.string() }), 'SELECT uuid FROM outbox ORDER BY id')).map(
        ({ uuid }) => uuid,
      );
    await runJob(at, 'retention');
    expect(await uuids()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(await count(at, 'bind_code')).toBe(1);
    expect(await count(at, 'inbox', "key = 'young'")).toBe(1);
    expect(await count(at, 'inbox', "key = 'old'")).toBe(0);
    expect(await count(at, 'person', 'mobile IS NULL')).toBe(1);
    expect(await count(at, 'identity', "person = 'M03'")).toBe(0);
    expect(await count(at, 'identity', "person = 'M04'")).toBe(1);
    at.clock.now += DAY;
    await runJob(at, 'retention');
    expect(await uuids()).toEqual(['a', 'b', 'd', 'e']); // what says who had not voted goes first
    at.clock.now += 8 * DAY;
    await runJob(at, 'retention');
    expect(await uuids()).toEqual(['b', 'd', 'e']); // its once-key still holds; what waits is never deleted
    at.clock.now += 400 * DAY;
    await runJob(at, 'retention');
    expect(await countByState(db.read)).toMatchObject({ sent: 0, waiting: 2 });
  });

  it('keeps the newest run of every job by the clock, whatever was run by hand', async () => {
    const at = await stage();
    const { db } = at.use;
    const slots = ['2026-01-01T09:00:00+08:00', '2026-01-02T09:00:00+08:00', '2030-01-01T09:00:00+08:00 by hand'];
    for (const slot of slots)
      await db.write((tx) =>
        skipRun(tx, { job: 'league', slot, owner: 'me', now: Date.parse(slot.slice(0, 25)) }, 'too_late'),
      );
    await db.write((tx) => tx.run('UPDATE job_run SET finished_at = 0'));
    await runJob(at, 'retention');
    expect(await Promise.all(slots.map(async (slot) => (await findRun(db.read, 'league', slot)) !== null))).toEqual([
      false,
      true,
      false,
    ]);
    expect(await hasScheduledRun(db.read, 'league')).toBe(true);
  });

  it('destroys keys that a crash left without a box', async () => {
    const at = await stage();
    at.use.keys.create(at.r, 'working', new Uint8Array(32));
    at.use.keys.create('elsewhere', 'working', new Uint8Array(32)); // of another database
    await runJob(at, 'retention');
    expect(at.use.keys.has(at.r, 'working')).toBe(false);
    expect(at.use.keys.has('elsewhere', 'working')).toBe(true);
  });
});
