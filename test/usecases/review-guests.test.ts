/** Guests of the four-mutual group at a review: invited, signed in, a checklist in totals; no ballot and not due (R70, R71, A18). */
import { describe, expect, it } from 'vitest';
import { checklistTotals, REVIEW_GUEST_ITEMS } from '../../src/domain/review-guest.ts';
import { dueCounts } from '../../src/store/due.ts';
import { electorsOf } from '../../src/store/elector.ts';
import { deleteReview } from '../../src/store/retention.ts';
import { findReviewGuest, reviewGuests } from '../../src/store/review-guests.ts';
import { allText, buttonNames, fieldNames } from '../support/opinion-world.ts';
import { type MeetingWorld, meetingWorld } from '../support/meeting-world.ts';
import { fileSelf, review, type Stage, toBallot } from '../support/review-stage.ts';

const ALL_YES = Object.fromEntries(REVIEW_GUEST_ITEMS.map((item) => [`item_${item}`, 'yes']));
const WHEN = { date: '2026-10-15 +0800', time: '9:30', place: '三楼会议室' };

type World = MeetingWorld & Stage;
async function opened(): Promise<World> {
  const world = await meetingWorld();
  return { ...world, r: await world.open() };
}
async function noticed(): Promise<World> {
  const world = await opened();
  await world.click('S0', { a: 'meeting_notice', r: world.r }, WHEN);
  return world;
}
const invitations = async (world: World) =>
  (await world.messages('review_invitation')).map(({ recipient }) => recipient);
const card = (world: World, person: string) => world.card('review_invitation', { review: world.r }, person);
const answer = (world: World, person: string, c: 0 | 1, who = '') =>
  world.click(person, { a: 'review_guest_answer', r: world.r, c }, { who });
const start = (world: World) => world.click('S0', { a: 'start_meeting', r: world.r });
const signIn = (world: World, person: string, chat?: string) =>
  world.click(
    person,
    { a: 'review_guest_sign_in', r: world.r },
    {},
    { button: 'guest_sign_in', ...(chat === undefined ? {} : { chat }) },
  );
const check = (world: World, person: string, over: Record<string, string> = {}) =>
  world.click(person, { a: 'review_guest_check', r: world.r }, { ...ALL_YES, ...over });

describe('the invitation', () => {
  it('goes to those who run the other branches of the group, with the notice and with every change of it', async () => {
    const world = await noticed();
    expect(await invitations(world)).toEqual(['X0', 'Y0']);
    expect((await world.messages('meeting_notice')).map(({ recipient }) => recipient)).not.toContain('X0');
    const shown = await card(world, 'X0');
    expect(allText(shown)).toContain('三楼会议室');
    expect(fieldNames(shown)).toEqual(['who']);
    await world.click('S0', { a: 'meeting_notice', r: world.r }, { ...WHEN, time: '14:30' });
    expect(await invitations(world)).toEqual(['X0', 'Y0', 'X0', 'Y0']);
    expect(allText(await card(world, 'Y0'))).toContain('14:30');
  });

  it('is answered, and the host reads it: who comes in the console and on the list', async () => {
    const world = await noticed();
    expect((await answer(world, 'X0', 1, '书记和两名党员')).toast?.type).toBe('success');
    expect((await answer(world, 'Y0', 0)).toast?.type).toBe('success');
    const console = await world.card('console', { review: world.r }, 'S0');
    expect(allText(console)).toContain('1 / 2 个支部参加，清单 0 份');
    expect(buttonNames(console)).toContain('guests');
    const host = allText((await world.click('S0', { a: 'review_guests', r: world.r })).card);
    expect(host).toContain('示例第二支部：参加（书记和两名党员）');
    expect(host).toContain('示例第三支部：不参加');
  });

  it.each([
    ['who is not said', '', '谁来'],
    ['too much is said', '长'.repeat(81), '80'],
  ])('%s: the answer comes back as it was typed', async (_what, who, said) => {
    const world = await noticed();
    const { toast, card: again } = await answer(world, 'X0', 1, who);
    expect(toast).toMatchObject({ type: 'warning', text: expect.stringContaining(said) });
    expect(allText(again)).toContain(who);
    expect((await findReviewGuest(world.use.db.read, world.r, 'B002'))?.comes).toBeNull();
  });

  it('comes when the meeting begins where no notice was given; who declined is left in peace', async () => {
    const late = await opened();
    await start(late);
    expect(await invitations(late)).toEqual(['X0', 'Y0']);
    const world = await noticed();
    await answer(world, 'Y0', 0);
    await start(world);
    await start(world);
    expect(await invitations(world)).toEqual(['X0', 'Y0', 'X0']);
    expect((await answer(world, 'X0', 0)).toast?.type).toBe('warning'); // too late to answer
  });

  it('a branch without a group has no guests', async () => {
    const world = await opened();
    await world.use.db.script('UPDATE branch SET mutual_group = NULL');
    await world.click('S0', { a: 'meeting_notice', r: world.r }, WHEN);
    await start(world);
    expect(await invitations(world)).toEqual([]);
    expect(buttonNames(await world.card('console', { review: world.r }, 'S0'))).not.toContain('guests');
  });
});

describe('on the spot', () => {
  it('guests sign in, from the card or from the chat of their branch; once', async () => {
    const world = await noticed();
    await world.use.db.script(
      `INSERT INTO chat (platform, chat_id, name, scope, code) VALUES ('lark', 'oc_guests', '示例群', 'branch', 'B002')`,
    );
    expect((await signIn(world, 'X0')).toast?.type).toBe('warning'); // not yet
    await answer(world, 'X0', 1, '两人');
    await start(world);
    expect((await world.messages('review_guest_sign_in')).map(({ recipient }) => recipient)).toEqual(['oc_guests']);
    expect(await signIn(world, 'G1', 'oc_guests')).toEqual({ toast: { type: 'success', text: expect.any(String) } });
    expect((await signIn(world, 'G1', 'oc_guests')).toast?.type).toBe('info');
    const { toast, card: after } = await signIn(world, 'X0');
    expect(toast?.type).toBe('success');
    expect(buttonNames(after)).not.toContain('guest_sign_in');
    expect((await signIn(world, 'M01')).toast?.type).toBe('error'); // of the host
    expect((await reviewGuests(world.use.db.read, world.r)).map(({ present }) => present)).toEqual([2, 0]);
    expect(allText(await world.card('me', {}, 'G1'))).toContain('列席示例第一支部');
  });

  it('no moment of a sign-in is kept', async () => {
    const world = await noticed();
    await start(world);
    world.clock.now = 1_791_234_567_891;
    await signIn(world, 'X0');
    expect(world.files().includes(Buffer.from('1791234567891'))).toBe(false);
  });

  it('they are not due, not present for the quorum, and get no ballot', async () => {
    const world = await noticed();
    await start(world);
    const before = await dueCounts(world.use.db.read, world.r);
    for (const person of ['X0', 'G1', 'Y0']) await signIn(world, person);
    expect(await dueCounts(world.use.db.read, world.r)).toEqual(before);
    const ready = await opened();
    for (const person of ['S0', 'M01']) await fileSelf(ready, person);
    await start(ready);
    for (const person of ['X0', 'Y0', 'O1']) await signIn(ready, person);
    const at: Stage = ready;
    await ready.click('S0', { a: 'start_meeting', r: ready.r });
    expect(await review(at)).toMatchObject({ state: 'meeting' });
    expect((await ready.click('S0', { a: 'start_ballot', r: ready.r })).toast?.type).toBe('warning');
    const sat = await stageWithBallot();
    const electors = (await electorsOf(sat.use.db.read, sat.r)).map(({ person }) => person);
    for (const person of ['X0', 'Y0', 'O1', 'P1']) expect(electors).not.toContain(person);
  });
});

/** A review whose guests signed in before the ballots went out. */
async function stageWithBallot(): Promise<World> {
  const world = await noticed();
  await answer(world, 'X0', 1, '书记');
  await toBallot(world);
  await signIn(world, 'X0');
  return world;
}

describe('the checklist', () => {
  it('is taken from the beginning of the meeting on; the committee reads totals, not which branch said what', async () => {
    const world = await noticed();
    expect((await check(world, 'X0')).toast?.type).toBe('warning'); // not yet
    await start(world);
    expect(fieldNames(await card(world, 'X0'))).toEqual([
      ...REVIEW_GUEST_ITEMS.map((item) => `item_${item}`),
      'remark',
    ]);
    expect((await check(world, 'X0', { item_notice: 'no', remark: '会前多联系' })).toast?.type).toBe('success');
    expect((await check(world, 'Y0')).toast?.type).toBe('success');
    for (const person of ['S0', 'D0', 'K1']) {
      const { card: seen } = await world.click(person, { a: 'review_guests', r: world.r });
      expect(allText(seen), person).toContain('提前发了会议通知和应到名单：是 1，否 1');
      expect(allText(seen), person).toContain('会前多联系');
      expect(allText(seen), person).not.toMatch(/示例第二支部.*会前/);
    }
    expect((await check(world, 'X0', { remark: '好' })).toast?.type).toBe('success'); // changed
    expect(allText((await world.click('S0', { a: 'review_guests', r: world.r })).card)).toContain('是 2，否 0');
  });

  it('an item left out is named and the rest comes back; a remark that is too long as well', async () => {
    const world = await noticed();
    await start(world);
    const { item_notice: _left, ...rest } = ALL_YES;
    const filed = await world.click('X0', { a: 'review_guest_check', r: world.r }, { ...rest, remark: '很好' });
    expect(filed.toast).toMatchObject({ type: 'warning', text: expect.stringContaining('应到名单') });
    expect(allText(filed.card)).toContain('很好');
    expect((await check(world, 'X0', { remark: '长'.repeat(301) })).toast?.text).toContain('300');
  });

  it('is closed once the results are published', async () => {
    const world = await noticed();
    await start(world);
    await world.use.db.script(`UPDATE review SET state = 'notice'`);
    expect((await check(world, 'X0')).toast?.type).toBe('warning');
    expect((await signIn(world, 'X0')).toast?.type).toBe('warning');
    expect(fieldNames(await card(world, 'X0'))).toEqual([]);
  });

  it.each([
    ['a member of an invited branch', 'G1'],
    ['the host', 'S0'],
    ['the office', 'O1'],
  ])('%s may neither answer nor file one', async (_who, person) => {
    const world = await noticed();
    expect((await answer(world, person, 1, '我')).toast?.type).toBe('error');
    await start(world);
    expect((await check(world, person)).toast?.type).toBe('error');
    expect(await card(world, person)).toBeNull();
  });

  it('only the committee of the host opens the list; a review that is gone is an old card', async () => {
    const world = await noticed();
    for (const person of ['M01', 'X0', 'O1'])
      expect((await world.click(person, { a: 'review_guests', r: world.r })).toast?.type, person).toBe('error');
    for (const action of ['review_guests', 'review_guest_sign_in', 'review_guest_check'] as const)
      expect((await world.click('X0', { a: action, r: 'gone' })).toast?.type).toBe('warning');
    expect((await world.click('X0', { a: 'review_guest_answer', r: 'gone', c: 1 })).toast?.type).toBe('warning');
  });

  it('goes with the review', async () => {
    const world = await stageWithBallot();
    await check(world, 'X0');
    const { r, use } = world;
    await use.db.script(
      'DELETE FROM urn; DELETE FROM review_meeting; DELETE FROM opinion_box; DELETE FROM opinion_round;',
    );
    await use.db.write((tx) => deleteReview(tx, r));
    expect(await reviewGuests(use.db.read, r)).toEqual([]);
  });
});

it('totals add up, whatever was said', () => {
  const list = (yes: boolean) =>
    Object.fromEntries(REVIEW_GUEST_ITEMS.map((item) => [item, yes])) as Record<
      (typeof REVIEW_GUEST_ITEMS)[number],
      boolean
    >;
  expect(checklistTotals([list(true), list(false), list(true)])).toEqual(
    REVIEW_GUEST_ITEMS.map((item) => ({ item, yes: 2, no: 1 })),
  );
});

describe('signing in by typing', () => {
  const outcomes = async (world: World) =>
    (await world.messages('sign_in_answer')).map(({ args }) => (JSON.parse(args) as { outcome: string }).outcome);
  const present = async (world: World, branch: string) =>
    (await findReviewGuest(world.use.db.read, world.r, branch))?.present;
  it('a guest does, in private and in the host’s group, once', async () => {
    const world = await noticed();
    await world.type('X0', '/签到');
    await start(world);
    await world.type('X0', '/签到');
    await world.type('X0', '/signin', 'oc_branch');
    await world.type('Y0', '/签到', 'oc_branch');
    expect(await outcomes(world)).toEqual(['none', 'ok', 'again', 'ok']);
    expect([await present(world, 'B002'), await present(world, 'B003')]).toEqual([1, 1]);
    expect((await dueCounts(world.use.db.read, world.r)).present).toBe(0);
  });
});
