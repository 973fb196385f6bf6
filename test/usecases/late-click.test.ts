/** Clicks that take longer than a platform waits, and taps that come twice: the dispatcher with a real database. */
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { sealDraft } from '../../src/ballot/draft.ts';
import { translator } from '../../src/i18n.ts';
import type { ClickAnswer } from '../../src/platform/platform.ts';
import { createBallotCaster } from '../../src/usecases/cast-ballot.ts';
import { closeByMeeting, allText, type OpinionWorld, opinionWorld } from '../support/opinion-world.ts';
import { until } from '../support/lark-gateway.ts';
import { receiptIn } from '../support/review-play.ts';

const t = translator('zh-CN');
const WITHIN_MS = 60;
const SLOW_MS = 200;
let world: OpinionWorld;
let r: string;
beforeEach(async () => {
  world = await opinionWorld({ members: 5, colleagues: 0 });
  r = await world.open();
});

/** From now on a click has this long. */
function hurry(): void {
  const lark = world.use.platforms.get('lark');
  if (lark !== undefined) world.use.platforms = new Map([['lark', { ...lark, answerWithinMs: WITHIN_MS }]]);
}
const SAID_LATE = { toast: { type: 'info', text: t('notice.still_working') } };
const SAID_TAP = { toast: { type: 'info', text: t('notice.still_working_tap') } };
const failures = () =>
  world
    .logged()
    .split('\n')
    .filter((line) => line.includes('could not handle an event'));
/** Writing takes this long from now on, and then fails if it is to. */
function slowDown(fails: boolean): void {
  const { db } = world.use;
  world.use.db = {
    ...db,
    write: async (fn) => {
      await sleep(SLOW_MS);
      world.use.db = db;
      if (fails) throw new Error('the disk is full');
      return db.write(fn);
    },
  };
}

describe('a click that fails after "still working" was said', () => {
  it('is logged, and whoever made it is told in private', async () => {
    hurry();
    slowDown(true);
    expect(await world.click('S0', { a: 'start_meeting', r })).toEqual(SAID_LATE);
    await until(() => failures().length > 0);
    expect(failures()).toHaveLength(1);
    expect(JSON.parse(failures()[0] ?? '')).toMatchObject({
      err: { name: 'Error' },
      event: 'click',
      button: 'start_meeting',
    });
    expect(failures()[0]).not.toMatch(/S0|某/);
    await vi.waitFor(async () =>
      expect((await world.outbox()).filter(({ args }) => args.includes('failed_late'))).toMatchObject([
        { card: 'notice', recipient: 'S0' },
      ]),
    );
    expect((await world.click('S0', { a: 'start_meeting', r })).toast?.type).toBe('success'); // the tap was not used up
  });
  it('an opinion: only logged, no row names who gave it', async () => {
    hurry();
    slowDown(true);
    const before = await world.outbox();
    expect(await world.click('M01', { a: 'opinion', r }, { branch: '独一无二的原话' })).toEqual(SAID_TAP);
    await until(() => failures().length > 0);
    await sleep(50);
    expect(JSON.parse(failures()[0] ?? '')).toMatchObject({ event: 'click', button: 'opinion' });
    expect(failures().join()).not.toMatch(/M01|独一无二/);
    expect(await world.outbox()).toEqual(before);
  });
  it('in time: the answer says so, and nothing follows', async () => {
    const before = await world.outbox();
    slowDown(true);
    expect((await world.click('S0', { a: 'start_meeting', r })).toast?.text).toBe(t('notice.failed'));
    expect(failures()).toHaveLength(1);
    await sleep(50);
    expect(await world.outbox()).toEqual(before);
  });
});

describe('casting', () => {
  const VOTERS = ['S0', 'D0', 'K1', 'M01', 'M02', 'M03', 'M04', 'M05'];
  beforeEach(async () => {
    const { db, keys, now } = world.use;
    world.use.caster = createBallotCaster({ db, keys, now });
    await closeByMeeting(world, r);
    for (const no of VOTERS) await world.click(no, { a: 'sign_in', r }, {}, { chat: 'oc_branch' });
    for (let n = 0; n < 5; n++) await world.click('S0', { a: 'agenda_next', r, n });
    expect((await world.click('S0', { a: 'start_ballot', r })).toast?.type).toBe('success');
  });
  /** A ballot of this person with one mark everywhere, ready to be cast: all members but the voter, then the branch. */
  const filled = (person: string, mark: 0 | 7 | 8 = 8): string =>
    sealDraft(
      world.use.keys,
      { review: r, rollNo: 1, person },
      { page: 0, marks: VOTERS.map((_, i) => Array.from({ length: 10 }, (__, star) => (star === i ? 9 : mark))) },
    );
  const cast = (person: string, d: string) => world.click(person, { a: 'ballot_cast', r, d });
  const receiptOf = ({ card }: ClickAnswer) => receiptIn(allText(card));

  it('two taps at once, and one right after: the same card with the same receipt', async () => {
    const d = filled('M01');
    const answers = [...(await Promise.all([cast('M01', d), cast('M01', d)])), await cast('M01', d)];
    expect(answers[0]?.toast).toEqual({ type: 'success', text: t('ballot.cast_ok') });
    expect(receiptOf(answers[0] ?? {})).not.toBe('');
    const again = { ...answers[0], toast: { type: 'warning', text: t('ballot.already') } };
    expect(answers).toEqual([answers[0], again, again]);
  });
  it('another ballot of the same person is told that they have voted, and so is the draft of somebody else', async () => {
    const d = filled('M01');
    const receipt = receiptOf(await cast('M01', d));
    const again = await cast('M01', filled('M01', 7));
    expect(again.toast).toEqual({ type: 'warning', text: t('ballot.already') });
    const stolen = await cast('M02', d);
    expect(stolen.toast?.type).toBe('warning');
    expect([receiptOf(again), receiptOf(stolen)]).not.toContain(receipt);
  });
  it('an answer that came too late is there at the next tap, before and after the work is done', async () => {
    hurry();
    const { caster } = world.use;
    world.use.caster = { ...caster, cast: (request) => sleep(SLOW_MS).then(() => caster.cast(request)) };
    const d = filled('M01');
    expect(await cast('M01', d)).toEqual(SAID_TAP);
    expect(await cast('M01', d)).toEqual(SAID_TAP); // still under way
    await sleep(SLOW_MS);
    const answer = await cast('M01', d);
    expect(answer.toast?.type).toBe('success');
    expect(receiptOf(answer)).not.toBe('');
    expect(world.files().includes(receiptOf(answer).replace('-', ''))).toBe(false);
    expect(world.files().includes(receiptOf(answer))).toBe(false);
    expect(world.logged()).not.toContain(receiptOf(answer));
  });
  it('one that fails late leaves the log line alone, and the next tap casts', async () => {
    hurry();
    const { caster } = world.use;
    const broken = () => sleep(SLOW_MS).then(() => Promise.reject(new Error('the disk is full')));
    world.use.caster = { ...caster, cast: broken };
    const before = await world.outbox();
    const d = filled('M01');
    expect(await cast('M01', d)).toEqual(SAID_TAP);
    await until(() => failures().length > 0);
    await sleep(50);
    expect(JSON.parse(failures()[0] ?? '')).toMatchObject({ event: 'click', button: 'ballot_cast' });
    expect(failures().join()).not.toMatch(/M01|某/);
    expect(await world.outbox()).toEqual(before);
    world.use.caster = caster;
    expect((await cast('M01', d)).toast?.type).toBe('success');
  });
});
