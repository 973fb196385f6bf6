/** What time ends by itself: ballot windows, hearings, notices (A46, A52, A53, F9). */
import { describe, expect, it } from 'vitest';
import { auditOf } from '../../src/store/audit.ts';
import { putDecision } from '../../src/store/decisions.ts';
import { findUrn } from '../../src/store/urn.ts';
import { DAY, runJob, START } from '../support/opinion-world.ts';
import { messages, review, type Stage, stage, toBallot, toNotice, vote } from '../support/review-stage.ts';

const consoles = async (at: Stage) => (await messages(at, 'console')).map(({ recipient }) => recipient);

describe('review-auto-close', () => {
  it('closes and counts when the window is over, not before, and only once', async () => {
    const at = await stage();
    await toBallot(at);
    await vote(at);
    const before = (await consoles(at)).length;
    const until = (await review(at)).ballotUntil ?? 0;
    at.clock.now = until - 1;
    expect(await runJob(at, 'review-auto-close')).toMatchObject({ done: 0 });
    at.clock.now = until;
    expect(await runJob(at, 'review-auto-close')).toEqual({ done: 1, failed: 0, note: '' });
    expect(await review(at)).toMatchObject({ state: 'tallied', closedBy: 'system', closedAt: until });
    expect(at.use.keys.has(at.r, 'working')).toBe(false);
    expect((await consoles(at)).slice(before)).toEqual(['S0', 'D0']);
    expect(await runJob(at, 'review-auto-close')).toMatchObject({ done: 0 });
    expect((await consoles(at)).length).toBe(before + 2);
  });

  it('leaves a ballot alone that was extended', async () => {
    const at = await stage();
    await toBallot(at);
    const until = (await review(at)).ballotUntil ?? 0;
    at.clock.now = until - DAY;
    await at.click('S0', { a: 'extend_ballot', r: at.r });
    at.clock.now = until;
    expect(await runJob(at, 'review-auto-close')).toMatchObject({ done: 0 });
    expect(await review(at)).toMatchObject({ state: 'balloting' });
  });

  it('keeps the box and its key when too few have voted, so that the ballot can be opened again', async () => {
    const at = await stage();
    await toBallot(at);
    await vote(at, ['S0', 'M01']);
    at.clock.now += 10 * DAY;
    expect(await runJob(at, 'review-auto-close')).toMatchObject({ done: 1, failed: 0 });
    expect((await review(at)).refused).not.toBeNull();
    expect(at.use.keys.has(at.r, 'working')).toBe(true);
    expect(await findUrn(at.use.db.read, at.r)).not.toBeNull();
    expect(await runJob(at, 'review-auto-close')).toMatchObject({ done: 0, failed: 0 });
    expect((await at.click('S0', { a: 'reopen_ballot', r: at.r })).toast?.type).toBe('success');
  });

  it('says that it failed when a box cannot be opened, and goes on with the others', async () => {
    const at = await stage();
    await toBallot(at);
    at.use.keys.destroy(at.r, 'working');
    at.clock.now += 10 * DAY;
    expect(await runJob(at, 'review-auto-close')).toMatchObject({ done: 0, failed: 1 });
    expect(await review(at)).toMatchObject({ state: 'balloting' });
    expect(at.logged()).toContain('key_missing');
  });
});

describe('notice-close', () => {
  it('makes a result final on the night after the last day of its notice', async () => {
    const at = await stage();
    await toNotice(at);
    expect((await review(at)).noticeUntil).toBe('2026-10-15'); // Saturday the 10th is worked, so the fifth working day is a Thursday
    at.clock.now = Date.parse('2026-10-15T23:59:00+08:00');
    expect(await runJob(at, 'notice-close')).toMatchObject({ done: 0 });
    at.clock.now = Date.parse('2026-10-16T00:10:00+08:00');
    expect(await runJob(at, 'notice-close')).toMatchObject({ done: 1, failed: 0 });
    expect(await review(at)).toMatchObject({ state: 'final', finalAt: at.clock.now });
    const told = await messages(at, 'console');
    expect(told.at(-1)).toMatchObject({ recipient: 'D0', notBefore: Date.parse('2026-10-16T09:00:00+08:00') });
    expect(await runJob(at, 'notice-close')).toMatchObject({ done: 0 });
    expect(await messages(at, 'console')).toHaveLength(told.length);
  });

  it('waits for an open objection', async () => {
    const at = await stage();
    await toNotice(at);
    await at.click('M01', { a: 'objection_file', r: at.r }, { text: '请复核' });
    at.clock.now += 9 * DAY;
    expect(await runJob(at, 'notice-close')).toMatchObject({ done: 0, failed: 0 });
    expect(await review(at)).toMatchObject({ state: 'notice' });
  });

  it('tells those who run the review that a hearing is over, once', async () => {
    const at = await stage();
    await toBallot(at);
    await vote(at);
    await at.click('S0', { a: 'close_ballot', r: at.r });
    const decision = {
      person: 'M01',
      kind: 'barred',
      value: 'carries_no_task',
      reason: '未完成',
      state: 'hearing',
      by: 'S0',
    } as const;
    await at.use.db.write((tx) => putDecision(tx, at.r, { ...decision, at: START, hearingUntil: START + 3 * DAY }));
    const before = (await consoles(at)).length;
    expect(await runJob(at, 'notice-close')).toMatchObject({ done: 0 });
    at.clock.now = START + 3 * DAY;
    expect(await runJob(at, 'notice-close')).toMatchObject({ done: 1 });
    await runJob(at, 'notice-close');
    expect((await consoles(at)).slice(before)).toEqual(['S0', 'D0']);
  });
});

it('what happens by the clock is in the trail as done by the system', async () => {
  const at = await stage();
  await toBallot(at);
  await vote(at);
  at.clock.now += 10 * DAY;
  await runJob(at, 'review-auto-close');
  const acts = (await auditOf(at.use.db.read, at.r)).filter(({ actor }) => actor === 'system').map(({ act }) => act);
  expect(acts).toEqual(expect.arrayContaining(['ballot_closed', 'tally_made']));
});
