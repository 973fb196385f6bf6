/** Reminders: those who owe and nobody else, once a day, in message hours (design.md section 8, 12.2; F12, F20). */
import { describe, expect, it } from 'vitest';
import { selfReviewRemind } from '../../src/jobs/self-review-remind.ts';
import { putExcuse } from '../../src/store/self-reviews.ts';
import { parseMoment } from '../../src/usecases/scheduler/moment.ts';
import { DAY, runJob, START } from '../support/opinion-world.ts';
import { electors, fileSelf, messages, type Stage, stage, toBallot, vote } from '../support/review-stage.ts';

const MEMBERS = ['S0', 'D0', 'K1', 'M01', 'M02', 'M03', 'M04', 'M05', 'M06'];
const sentTo = async (at: Stage, card: string) => (await messages(at, card)).map(({ recipient }) => recipient);
const without = (all: readonly string[], ...some: string[]) => all.filter((one) => !some.includes(one));

describe('self-review-remind', () => {
  it('reminds members who have neither filed nor a reason, and no representative', async () => {
    const at = await stage();
    await fileSelf(at, 'M01');
    await at.use.db.write((tx) => putExcuse(tx, at.r, 'M02', 'illness', 'S0'));
    expect(await runJob(at, 'self-review-remind')).toEqual({ done: 7, failed: 0, note: '' });
    expect(await sentTo(at, 'self_review_reminder')).toEqual(without(MEMBERS, 'M01', 'M02'));
  });

  it('says it once a day, however often it runs, and goes on until the ballot closes', async () => {
    const at = await stage();
    for (let i = 0; i < 3; i++) await runJob(at, 'self-review-remind');
    expect(await sentTo(at, 'self_review_reminder')).toHaveLength(9);
    at.clock.now += 3 * DAY;
    await toBallot(at);
    await runJob(at, 'self-review-remind');
    expect(await sentTo(at, 'self_review_reminder')).toHaveLength(18);
    await vote(at);
    await at.click('S0', { a: 'close_ballot', r: at.r });
    at.clock.now += DAY;
    expect(await runJob(at, 'self-review-remind')).toMatchObject({ done: 0 });
  });

  it('sends nothing to whoever answers before it leaves', async () => {
    const at = await stage();
    await runJob(at, 'self-review-remind');
    await fileSelf(at, 'M01');
    await at.use.db.write((tx) => putExcuse(tx, at.r, 'M02', 'leave', 'S0'));
    const card = (person: string) => at.card('self_review_reminder', { review: at.r }, person);
    expect([await card('M01'), await card('M02'), await card('R01')]).toEqual([null, null, null]);
    expect(await card('M03')).not.toBeNull();
  });
});

describe('review-remind', () => {
  it('reminds those whose ballot is out, by private message, and leaves their names nowhere else', async () => {
    const at = await stage();
    await toBallot(at);
    const voters = ['S0', 'M01', 'M02', 'R01'];
    await vote(at, voters);
    expect(await runJob(at, 'review-remind')).toEqual({ done: 8, failed: 0, note: '' });
    const reminders = await messages(at, 'ballot_reminder');
    expect(reminders.map(({ recipient }) => recipient)).toEqual(without(await electors(at), ...voters));
    expect(new Set(reminders.map(({ args }) => args))).toEqual(new Set([JSON.stringify({ review: at.r })]));
    expect(at.logged()).not.toMatch(/"M0[3-6]"|某M0/);
  });

  it('is said once a day; whoever voted in between hears no more of it', async () => {
    const at = await stage();
    await toBallot(at);
    await runJob(at, 'review-remind');
    await runJob(at, 'review-remind');
    const all = await electors(at);
    expect(await sentTo(at, 'ballot_reminder')).toEqual(all);
    await vote(at, ['M01']);
    expect(await at.card('ballot_reminder', { review: at.r }, 'M01')).toBeNull();
    expect(await at.card('ballot_reminder', { review: at.r }, 'M02')).not.toBeNull();
    at.clock.now += DAY; // Saturday, worked instead of a day of the holidays
    await runJob(at, 'review-remind');
    expect(await sentTo(at, 'ballot_reminder')).toEqual([...all, ...without(all, 'M01')]);
  });

  it('is silent before the ballot opens and once its window is over', async () => {
    const at = await stage();
    expect(await runJob(at, 'review-remind')).toMatchObject({ done: 0 });
    await toBallot(at);
    at.clock.now += 10 * DAY;
    expect(await runJob(at, 'review-remind')).toMatchObject({ done: 0 });
  });
});

describe('message hours', () => {
  it.each([
    ['in hours it leaves at once', '2026-10-09T10:00+08:00', '2026-10-09T10:00+08:00'],
    ['the last minute counts', '2026-10-09T17:59+08:00', '2026-10-09T17:59+08:00'],
    ['in the evening it waits for the morning', '2026-10-09T18:00+08:00', '2026-10-10T09:00+08:00'],
    ['before nine it waits', '2026-10-12T07:30+08:00', '2026-10-12T09:00+08:00'],
    ['on a Sunday it waits for Monday', '2026-10-11T12:00+08:00', '2026-10-12T09:00+08:00'],
    ['over the holidays it waits for their end', '2026-09-30T20:00+08:00', '2026-10-08T09:00+08:00'],
  ])('%s', async (_name, now, leaves) => {
    const at = await stage();
    at.clock.now = parseMoment(now);
    await runJob(at, 'self-review-remind');
    const [first] = await messages(at, 'self_review_reminder');
    expect(first?.notBefore).toBe(parseMoment(leaves));
    expect(first?.leaveBy).toBe(parseMoment(`${leaves.slice(0, 10)}T18:00+08:00`));
  });

  it.each([
    ['a working morning', '2027-01-05T10:00+08:00', 0],
    ['nine in the evening', '2027-01-05T21:00+08:00', 12 * 3_600_000],
  ])('run by hand as of %s it keeps its distance to the hours of that day', async (_name, asOf, waits) => {
    const at = await stage();
    const now = parseMoment(asOf);
    at.clock.now = START;
    await selfReviewRemind.run(at.use, { now, slot: now });
    expect((await messages(at, 'self_review_reminder'))[0]?.notBefore).toBe(START + waits);
  });
});
