/** Electors who cannot vote: those who left, and those the secretary excuses after a refused tally (A6, A7, F3). */
import { describe, expect, it } from 'vitest';
import { auditOf } from '../../src/store/audit.ts';
import { findElector } from '../../src/store/elector.ts';
import { findPerson, type Actor } from '../../src/store/roster.ts';
import { memberSheets } from '../../src/usecases/review/confirm.ts';
import { recount } from '../../src/usecases/review/recount.ts';
import { allText, buttonNames, fieldNames } from '../support/opinion-world.ts';
import { electors, messages, review, type Stage, stage, toBallot, vote } from '../support/review-stage.ts';

const NO_LEADERSHIP = { kind: 'category_without_raters', category: 'leadership' };
const left = (no: string) => `UPDATE person SET left_on = '2026-10-10' WHERE employee_no = '${no}'`;
const back = (no: string) => `UPDATE person SET left_on = NULL WHERE employee_no = '${no}'`;
const close = async (at: Stage) => (await at.click('S0', { a: 'close_ballot', r: at.r })).toast?.type;
const reopen = async (at: Stage) => (await at.click('S0', { a: 'reopen_ballot', r: at.r })).toast?.type;
const excuse = (at: Stage, form: Record<string, string>, by = 'S0') =>
  at.click(by, { a: 'elector_excuse_save', r: at.r, p: 0 }, form);
const notes = async (at: Stage) => (await memberSheets(at.use.db.read, at.r))[0]?.notes;
const all = async (at: Stage, ...but: string[]) => (await electors(at)).filter((person) => !but.includes(person));

/** The only leader belongs to the unit's other branch, and the ballot is open. */
async function guestLeader(): Promise<Stage> {
  const at = await stage();
  await at.use.db.script("INSERT INTO person_role (person, role) VALUES ('X0', 'leader')");
  await toBallot(at);
  expect(await electors(at)).toContain('X0');
  return at;
}

describe('an elector who leaves during the ballot', () => {
  it('holds nobody up: the only leader gone, there is no such category, and the sheet says so', async () => {
    const at = await guestLeader();
    await vote(at, await all(at, 'X0'));
    await at.use.db.script(left('X0'));
    expect(await close(at)).toBe('success');
    expect(await review(at)).toMatchObject({ state: 'tallied', counts: { electors: 13, cast: 12 } });
    expect(await notes(at)).toContainEqual(NO_LEADERSHIP);
  });

  it('counts with the ballot they cast before', async () => {
    const at = await guestLeader();
    await vote(at);
    await at.use.db.script(left('X0'));
    expect(await close(at)).toBe('success');
    expect(await notes(at)).not.toContainEqual(NO_LEADERSHIP);
  });

  it('is not counted among the members whose ballots A13 waits for, nor reminded', async () => {
    const at = await stage({ members: 4, colleagues: 0 });
    await toBallot(at);
    await vote(at, ['S0', 'D0', 'K1', 'M01', 'M02']);
    await at.use.db.script(left('M04'));
    await at.click('S0', { a: 'remind', r: at.r });
    expect((await messages(at, 'ballot_reminder')).map(({ recipient }) => recipient)).toEqual(['M03']);
    expect(await close(at)).toBe('success');
  });

  it('changes no recount by coming back', async () => {
    const at = await guestLeader();
    await vote(at, await all(at, 'X0'));
    await at.use.db.script(left('X0'));
    await close(at);
    await at.use.db.script(back('X0'));
    const person = await findPerson(at.use.db.read, 'D0');
    const actor: Actor = { ...person!, leftOn: null };
    const again = await at.use.db.write(async (tx) => recount(tx, at.use, actor, await review(at), at.clock.now));
    expect(again).toMatchObject({ ok: true, value: { equal: true } });
  });
});

describe('an elector who is ill and on no due list', () => {
  /** The leader has not voted, and the tally was refused for it. */
  async function refused(): Promise<Stage> {
    const at = await guestLeader();
    await vote(at, await all(at, 'X0'));
    expect(await close(at)).toBe('warning');
    expect(await review(at)).toMatchObject({ state: 'closed', refused: 'category_without_ballot' });
    return at;
  }

  it('is excused with a reason where the refusal is explained; the ballot is opened again and counts', async () => {
    const at = await refused();
    const console = await at.card('console', { review: at.r }, 'S0');
    expect(allText(console)).toContain('可先登记原因');
    expect(buttonNames(console)).toContain('elector_excuses');
    expect((await at.click('S0', { a: 'elector_excuses', r: at.r, p: 0 })).card?.title).toBe('不能投票登记');
    expect((await excuse(at, { elector_X0: 'illness' })).toast?.type).toBe('success');
    expect((await auditOf(at.use.db.read, at.r)).filter(({ act }) => act === 'elector_excused')).toMatchObject([
      { actor: 'S0', detail: '{"person":"X0","reason":"illness"}' },
    ]);
    expect(await reopen(at)).toBe('success');
    expect(await close(at)).toBe('success');
    expect(await review(at)).toMatchObject({ state: 'tallied', counts: { electors: 13, cast: 12 } });
    expect(await notes(at)).toContainEqual(NO_LEADERSHIP);
  });

  it('may still vote, and then the category counts', async () => {
    const at = await refused();
    await excuse(at, { elector_X0: 'illness' });
    await reopen(at);
    await vote(at, ['X0']);
    expect(await close(at)).toBe('success');
    expect(await notes(at)).not.toContainEqual(NO_LEADERSHIP);
  });

  it('is waited for again when the reason is taken back', async () => {
    const at = await refused();
    await excuse(at, { elector_X0: 'illness' });
    expect((await excuse(at, { elector_X0: 'none' })).toast?.type).toBe('success');
    await reopen(at);
    expect(await close(at)).toBe('warning');
  });

  it('is on a list that is the same whoever has voted, and holds no members, no colleagues and not the reader', async () => {
    const at = await refused();
    const seen = await at.card('elector_excuse', { review: at.r, page: 0 }, 'S0');
    expect(fieldNames(seen)).toEqual(['elector_D0', 'elector_K1', 'elector_X0']);
    expect((await findElector(at.use.db.read, at.r, 'D0'))?.voted).toBe(true);
    expect(allText(seen)).toContain('某D0（支部委员） none');
    expect(allText(seen)).toContain('某X0（领导班子） none');
  });

  it.each([
    {
      who: 'a member',
      form: { elector_X0: 'illness', elector_M01: 'illness' },
      by: 'S0',
      type: 'warning',
      text: '没有保存',
    },
    { who: 'oneself', form: { elector_S0: 'illness' }, by: 'S0', type: 'warning', text: '不能登记自己' },
    { who: 'nobody, by a committee member', form: { elector_X0: 'illness' }, by: 'K1', type: 'error', text: '书记' },
  ])('the form is refused for $who, and nothing of it is kept', async ({ form, by, type, text }) => {
    const at = await refused();
    expect((await excuse(at, form, by)).toast).toMatchObject({ type, text: expect.stringContaining(text) });
    expect((await auditOf(at.use.db.read, at.r)).some(({ act }) => act === 'elector_excused')).toBe(false);
  });

  it('cannot be excused before a refusal, nor to lower the bar of another one', async () => {
    const at = await guestLeader();
    expect((await excuse(at, { elector_X0: 'illness' })).toast?.text).toContain('计票被退回之后');
    await vote(at, ['X0', 'S0', 'D0', 'K1', 'M01', 'M02']);
    await close(at);
    expect(await review(at)).toMatchObject({ refused: 'valid_below_quorum' });
    expect((await excuse(at, { elector_D0: 'illness' })).toast?.type).toBe('warning');
    expect(buttonNames(await at.card('console', { review: at.r }, 'S0'))).not.toContain('elector_excuses');
  });
});
