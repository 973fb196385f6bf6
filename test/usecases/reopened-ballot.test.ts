/** A ballot that cannot be counted yet, and who may still help it (A7, A14, A16, A17, A53). */
import { describe, expect, it } from 'vitest';
import { dueCounts } from '../../src/store/due.ts';
import { memberSheets } from '../../src/usecases/review/confirm.ts';
import { electors, messages, review, type Stage, stage, toBallot, vote } from '../support/review-stage.ts';

const close = async (at: Stage) => (await at.click('S0', { a: 'close_ballot', r: at.r })).toast?.type;
const sheetOf = async (at: Stage, person: string) =>
  (await memberSheets(at.use.db.read, at.r)).find(({ employee_no }) => employee_no === person);

describe('somebody who cannot attend', () => {
  /** Secretary and deputy are the committee; the deputy is ill. */
  async function deputyIll(): Promise<Stage> {
    const at = await stage({ committee: 0 });
    expect((await at.click('S0', { a: 'due_save', r: at.r, p: 0 }, { due_D0: 'illness' })).toast?.type).toBe('success');
    await at.click('S0', { a: 'start_meeting', r: at.r });
    for (const person of ['S0', 'M01', 'M02', 'M03', 'M04', 'M05', 'M06', 'R01', 'R02', 'R03'])
      await at.click(person, { a: 'sign_in', r: at.r });
    for (let n = 0; n < 5; n++) await at.click('S0', { a: 'agenda_next', r: at.r, n });
    expect((await at.click('S0', { a: 'start_ballot', r: at.r })).toast?.type).toBe('success');
    return at;
  }

  it('has a ballot, and it counts', async () => {
    const at = await deputyIll();
    expect((await messages(at, 'ballot')).map(({ recipient }) => recipient)).toContain('D0');
    await vote(at);
    expect(await close(at)).toBe('success');
    expect(await review(at)).toMatchObject({ counts: { due: 10, present: 10, electors: 11, cast: 11 } });
    expect((await sheetOf(at, 'S0'))?.notes).not.toContainEqual({
      kind: 'category_without_raters',
      category: 'committee',
    });
  });

  it('holds nobody up by not voting: the category of one counts as empty for whom only that person could rate', async () => {
    const at = await deputyIll();
    await vote(
      at,
      (await electors(at)).filter((person) => person !== 'D0'),
    );
    expect(await close(at)).toBe('success');
    expect(await review(at)).toMatchObject({ state: 'tallied', counts: { electors: 11, cast: 10 } });
    expect((await sheetOf(at, 'S0'))?.notes).toContainEqual({ kind: 'category_without_raters', category: 'committee' });
    expect((await sheetOf(at, 'M01'))?.notes).not.toContainEqual({
      kind: 'category_without_raters',
      category: 'committee',
    });
    expect((await at.click('S0', { a: 'objection_form', r: at.r })).toast?.type).not.toBe('error');
  });

  it('but somebody who is due does', async () => {
    const at = await stage({ committee: 0 });
    await toBallot(at);
    await vote(
      at,
      (await electors(at)).filter((person) => person !== 'D0'),
    );
    expect(await close(at)).toBe('warning');
    expect(await review(at)).toMatchObject({ state: 'closed', refused: 'category_without_ballot' });
  });
});

describe('too few ballots', () => {
  /** Four members and three colleagues, two of them taken off the list: nobody is rated by five. */
  async function tooFew(): Promise<Stage> {
    const at = await stage({ members: 2, committee: 0 });
    await at.click('S0', { a: 'due_save', r: at.r, p: 0 }, { due_R02: 'off', due_R03: 'off' });
    await at.click('S0', { a: 'start_meeting', r: at.r });
    for (const person of ['S0', 'D0', 'M01', 'M02', 'R01']) await at.click(person, { a: 'sign_in', r: at.r });
    for (let n = 0; n < 5; n++) await at.click('S0', { a: 'agenda_next', r: at.r, n });
    await at.click('S0', { a: 'start_ballot', r: at.r });
    await vote(at);
    expect(await close(at)).toBe('warning');
    expect(await review(at)).toMatchObject({ state: 'closed', refused: 'too_few_valid' });
    return at;
  }
  const save = async (at: Stage, form: Record<string, string>) =>
    (await at.click('S0', { a: 'due_save', r: at.r, p: 0 }, form)).toast?.type;
  const reopen = async (at: Stage) => (await at.click('S0', { a: 'reopen_ballot', r: at.r })).toast?.type;

  it('representatives may be invited before the ballot is opened again; nobody else is added or taken off', async () => {
    const at = await tooFew();
    const before = await dueCounts(at.use.db.read, at.r);
    for (const other of [{ due_R01: 'off' }, { due_M01: 'leave' }, { due_R02: 'leave' }])
      expect(await save(at, { due_R03: 'due', ...other })).toBe('warning');
    expect(await dueCounts(at.use.db.read, at.r)).toEqual(before);
    expect(await save(at, { due_R01: 'due', due_M01: 'due', due_R02: 'due', due_R03: 'off' })).toBe('success');
    expect(await dueCounts(at.use.db.read, at.r)).toEqual({ due: before.due + 1, present: before.present });
    expect(await reopen(at)).toBe('success');
    expect(await electors(at)).toEqual(['D0', 'M01', 'M02', 'R01', 'R02', 'S0']);
    expect((await messages(at, 'ballot')).filter(({ recipient }) => recipient === 'R02')).toHaveLength(1);
    expect(await save(at, { due_R03: 'due' })).toBe('warning');
    await vote(at, ['R02']);
    expect(await close(at)).toBe('success');
    expect(await review(at)).toMatchObject({ state: 'tallied', counts: { electors: 6, cast: 6 } });
  });

  it('colleagues who came to the branch since then are representatives too; members wait for the next quarter', async () => {
    const at = await tooFew();
    await at.use.db.script(
      `INSERT INTO person (employee_no, name, branch, status, position) VALUES ('R09', '某R09', 'B001', 'colleague', 90), ('M09', '某M09', 'B001', 'full', 91)`,
    );
    expect(await reopen(at)).toBe('success');
    expect(await electors(at)).toEqual(['D0', 'M01', 'M02', 'R01', 'R09', 'S0']);
    await vote(at, ['R09']);
    expect(await close(at)).toBe('success');
  });

  it('the console shows the way to the list only then', async () => {
    const at = await tooFew();
    const buttons = async () => JSON.stringify(await at.card('console', { review: at.r }, 'S0'));
    expect(await buttons()).toContain('due_list');
    await reopen(at);
    expect(await buttons()).not.toContain('due_list');
  });
});
