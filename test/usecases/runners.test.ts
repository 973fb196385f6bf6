/** Who runs a branch, and who is told what it has to do (J13; A6 and P3 for branches without a committee). */
import { beforeAll, describe, expect, it } from 'vitest';
import { findPerson } from '../../src/store/roster.ts';
import { createBallotCaster } from '../../src/usecases/cast-ballot.ts';
import { reviewRunnersOf, runnersOf, runsReview } from '../../src/usecases/access.ts';
import { messages, type Stage, toBallot, vote } from '../support/review-stage.ts';
import { buttonNames, type OpinionWorld, opinionWorld } from '../support/opinion-world.ts';

/** `O1` is the office, in another branch. */
const OFFICE = `INSERT INTO person (employee_no, name, branch, status, position) VALUES ('O1', '某O1', 'B002', 'full', 80);
  INSERT INTO identity (platform, app_id, user_id, person) VALUES ('lark', 'cli_demo0001', 'ou_O1', 'O1');
  INSERT INTO person_role (person, role) VALUES ('O1', 'office')`;
const gone = (...people: string[]) =>
  `UPDATE person SET left_on = '2026-10-01' WHERE employee_no IN (${people.map((no) => `'${no}'`).join()})`;

describe('a branch is run by', () => {
  it.each([
    { who: 'its secretary and its deputy', without: [], own: ['S0', 'D0'], told: ['S0', 'D0'] },
    { who: 'its deputy alone, who has no secretary', without: ['S0'], own: ['D0'], told: ['D0'] },
    { who: 'its secretary alone', without: ['D0'], own: ['S0'], told: ['S0'] },
    { who: 'its committee, when there is neither', without: ['S0', 'D0'], own: ['K1', 'K2'], told: ['K1', 'K2'] },
    { who: 'the office, when there is no committee', without: ['S0', 'D0', 'K1', 'K2'], own: [], told: ['O1'] },
  ])('$who', async ({ without, own, told }) => {
    const { use } = await opinionWorld({ committee: 2 });
    await use.db.script(`${OFFICE}; ${gone('', ...without)}`);
    expect(await runnersOf(use.db.read, 'B001')).toEqual(own);
    expect(await reviewRunnersOf(use.db.read, 'B001')).toEqual(told);
    for (const no of ['S0', 'D0', 'K1', 'K2', 'M01', 'R01', 'X0', 'O1']) {
      const person = await findPerson(use.db.read, no);
      const runs = person?.leftOn === null && runsReview({ ...person, leftOn: null }, 'B001');
      expect([no, runs]).toEqual([no, told.includes(no)]);
    }
    const office = await findPerson(use.db.read, 'O1');
    expect(office?.standsIn).not.toContain('B002'); // it has a secretary
  });
});

describe('a branch without secretary and deputy', () => {
  it('gets the guidance and its reminder through its committee, and the others through their deputies too', async () => {
    const world = await opinionWorld({ committee: 2 });
    await world.use.db.script(`${OFFICE}; ${gone('S0', 'D0')}`);
    await world.click('O1', { a: 'guidance_publish' }, { text: '请按时完成季评' });
    const told = (await messages(world, 'guidance')).map(({ recipient }) => recipient);
    expect(told).toEqual(['K1', 'K2', 'X0']);
  });

  it('has its review opened and run by a committee member', async () => {
    const world = await opinionWorld({ committee: 2 });
    await world.use.db.script(gone('S0', 'D0'));
    await world.type('K1', '/review open 2026-Q3');
    expect(buttonNames(await world.card('console', { review: await world.review() }, 'K1'))).toContain('start_meeting');
  });
});

describe('a branch without any committee', () => {
  let at: Stage;
  beforeAll(async () => {
    const world: OpinionWorld = await opinionWorld({ committee: 0, members: 9 });
    await world.use.db.script(`${OFFICE}; ${gone('S0', 'D0')}`);
    await world.type('M01', '/review open 2026-Q3 B001');
    await world.type('O1', '/review open 2026-Q3 B001');
    world.use.caster = createBallotCaster({ db: world.use.db, keys: world.use.keys, now: () => world.clock.now });
    at = { ...world, r: await world.review() };
  });

  it('has its review opened by the office, which names it; nobody else may', async () => {
    expect((await messages(at, 'notice')).map(({ recipient }) => recipient)).toEqual(['M01']);
    expect((await messages(at, 'console')).map(({ recipient }) => recipient)).toEqual(['O1']);
    expect((await messages(at, 'self_review')).map(({ recipient }) => recipient)).toContain('M09');
  });

  it('comes back to the same console by the same words, with or without the quarter', async () => {
    await at.type('O1', '/review open 2026-Q3 b001');
    await at.type('O1', '/review open B001');
    const args = (await messages(at, 'console')).map((message) => message.args);
    expect(args).toEqual(Array.from({ length: 3 }, () => JSON.stringify({ review: at.r })));
  });

  it('is run by it', async () => {
    expect(buttonNames(await at.card('console', { review: at.r }, 'O1'))).toContain('start_meeting');
    await toBallot(at, { by: 'O1' });
    expect((await at.click('O1', { a: 'close_ballot', r: at.r })).toast?.type).toBe('warning'); // nobody has voted
  });

  it('is confirmed and published by it, and by nobody else outside', async () => {
    const press = async (person: string, action: Parameters<Stage['click']>[1]) =>
      (await at.click(person, action)).toast?.type;
    expect(await press('O1', { a: 'reopen_ballot', r: at.r })).toBe('success');
    await vote(at);
    expect(await press('O1', { a: 'close_ballot', r: at.r })).toBe('success');
    expect((await at.click('O1', { a: 'confirm_form', r: at.r, p: 0 })).card?.title).toContain('示例第一支部');
    for (const person of ['X0', 'M01'])
      expect(await press(person, { a: 'confirm_results', r: at.r, p: 0 })).toBe('error');
    expect(await press('O1', { a: 'confirm_results', r: at.r, p: 0 })).toBe('success');
    expect(await press('X0', { a: 'publish_results', r: at.r })).toBe('error');
    expect(await press('O1', { a: 'publish_results', r: at.r })).toBe('success');
    expect((await messages(at, 'results_branch')).length).toBeGreaterThan(0);
  });
});
