/** Who decides an objection and its appeal, who must not, and how somebody steps aside (A46, F10, F17). */
import { describe, expect, it } from 'vitest';
import { auditOf } from '../../src/store/audit.ts';
import { barredStage, count, decide, file, last, nights, ok, sentTo, upheld } from '../support/objection-stage.ts';
import { allText, buttonNames, runJob } from '../support/opinion-world.ts';
import { messages, type Stage } from '../support/review-stage.ts';

const nobody = async (at: Stage) =>
  (await messages(at, 'notice')).filter(({ args }) => args.includes('objection_nobody'));
const decided = (at: Stage, person: string, o: string) =>
  at.click(person, { a: 'objection_decide', o }, { answer: '维持' }, { button: 'reject' });

describe('who decides', () => {
  it('the committee without who ran the tally; then its leading group, not the one who decided', async () => {
    const at = await barredStage();
    await at.use.db.script("INSERT INTO person_role (person, role) VALUES ('K1', 'leading_group')");
    const one = await file(at);
    expect(await sentTo(at, 'objection_case')).toEqual(['D0', 'K1']);
    await decide(at, 'K1', one, 'reject');
    expect(await last(at)).toMatchObject({ decidedBy: 'K1', decidedAs: 'committee' });
    await file(at);
    expect((await sentTo(at, 'objection_case')).slice(2)).toEqual(['G1']);
  });

  it('an appeal against the leading group goes to the office, not back', async () => {
    const at = await barredStage();
    await at.use.db.script("DELETE FROM person_role WHERE person IN ('D0', 'K1')");
    const one = await file(at);
    expect(await sentTo(at, 'objection_case')).toEqual(['G1']);
    await decide(at, 'G1', one, 'reject');
    expect(await last(at)).toMatchObject({ decidedAs: 'leading_group' });
    const appeal = await file(at);
    expect((await sentTo(at, 'objection_case')).slice(1)).toEqual(['O1']);
    expect((await decided(at, 'G1', appeal.id)).toast?.text).toMatch(/不由您处理/);
  });

  it('a case decided before the body was kept: the body its decider belongs to', async () => {
    const at = await barredStage();
    const one = await file(at);
    await decide(at, 'D0', one, 'reject');
    await at.use.db.script("UPDATE objection SET decided_by = 'G1', decided_as = NULL");
    await file(at);
    expect((await sentTo(at, 'objection_case')).slice(2)).toEqual(['O1']);
  });

  it('whoever of the office ran the tally does not step in, others of it do', async () => {
    const at = await barredStage();
    await at.use.db.script("INSERT INTO person_role (person, role) VALUES ('S0', 'office'), ('X0', 'office')");
    const { id } = await file(at);
    expect((await decided(at, 'S0', id)).toast?.text).toMatch(/不由您处理/);
    expect((await at.click('S0', { a: 'recount', o: id })).toast?.text).toMatch(/不由您处理/);
    expect((await decided(at, 'X0', id)).toast?.type).toBe('success');
    expect(await last(at)).toMatchObject({ decidedAs: 'office' });
    const appeal = await file(at); // not the office again: the leading group
    expect((await decided(at, 'O1', appeal.id)).toast?.text).toMatch(/不由您处理/);
    expect((await sentTo(at, 'objection_case')).at(-1)).toBe('G1');
  });

  it('nobody: the office hears that and not whose it is, again with each reminder, until the roster helps', async () => {
    const at = await barredStage();
    await at.use.db.script("DELETE FROM person_role WHERE person IN ('D0', 'K1', 'G1')");
    await at.use.db.script("UPDATE review SET opened_by = 'O1'");
    const { id } = await file(at);
    expect(await sentTo(at, 'objection_case')).toEqual([]);
    expect((await nobody(at)).map(({ recipient }) => recipient)).toEqual(['O1']);
    expect((await nobody(at))[0]?.args).not.toMatch(/M01/);
    nights(at, 7);
    await runJob(at, 'objection-clock');
    expect(await nobody(at)).toHaveLength(2);
    await at.use.db.script("INSERT INTO person_role (person, role) VALUES ('G1', 'leading_group')");
    nights(at, 3);
    await runJob(at, 'objection-clock');
    expect(await sentTo(at, 'objection_case')).toEqual(['G1']);
    expect(await at.card('objection_case', { objection: id }, 'G1')).not.toBeNull();
  });
});

describe('a declared relation (F17)', () => {
  it('is asked about before the case is shown', async () => {
    const at = await barredStage();
    const { id } = await file(at);
    const asks = await at.card('objection_case', { objection: id }, 'D0');
    expect(allText(asks)).toContain('某M01');
    expect(allText(asks)).not.toContain('当时在出差');
    expect(buttonNames(asks)).toEqual(['open_case', 'step_aside']);
    const { card } = await at.click('D0', { a: 'objection_open', o: id });
    expect(card && allText(card)).toContain('当时在出差');
    for (const other of ['S0', 'M01', 'M02', 'G1', 'O1', 'X0'])
      expect((await at.click(other, { a: 'objection_open', o: id })).toast?.type).toBe('error');
  });

  it('leaves only "recused": others are asked, the case is closed to whoever stepped aside, the appeal too', async () => {
    const at = await barredStage();
    await at.use.db.script("INSERT INTO person_role (person, role) VALUES ('K1', 'leading_group')");
    const { id } = await file(at);
    const aside = await at.click('K1', { a: 'step_aside', o: id });
    expect(aside.toast?.type).toBe('success');
    expect(aside.card && allText(aside.card)).not.toContain('M01');
    expect(await sentTo(at, 'objection_case')).toEqual(['D0', 'K1']); // D0 had it already
    expect(await at.card('objection_case', { objection: id, opened: 1 }, 'K1')).toBeNull();
    expect((await decided(at, 'K1', id)).toast?.text).toMatch(/不由您处理/);
    await ok(at, 'D0', { a: 'step_aside', o: id });
    expect(await sentTo(at, 'objection_case')).toEqual(['D0', 'K1', 'G1']);
    expect(await count(at, `recusal WHERE objection = '${id}' AND person IN ('D0', 'K1')`)).toBe(2);
    expect((await auditOf(at.use.db.read, at.r)).filter(({ act }) => act === 'objection_recused')).toHaveLength(2);
    await decide(at, 'G1', await last(at), 'reject');
    await file(at);
    expect((await sentTo(at, 'objection_case')).slice(3)).toEqual(['O1']);
    expect((await at.click('M02', { a: 'step_aside', o: id })).toast?.type).toBe('error');
  });

  it('holds for the correction: secretary and deputy are asked instead', async () => {
    const at = await barredStage();
    const { id } = await upheld(at);
    await ok(at, 'K1', { a: 'step_aside', o: id });
    expect(await sentTo(at, 'objection_settle')).toEqual(['K1', 'S0', 'D0']);
    expect(await at.card('objection_settle', { objection: id }, 'K1')).toBeNull();
  });
});

describe('message hours (design.md 12.2)', () => {
  const NIGHT = Date.parse('2026-10-12T22:00:00+08:00');
  const MORNING = Date.parse('2026-10-13T09:00:00+08:00');
  it('what goes to others waits for the morning: the case, the answer, the correction, the result', async () => {
    const at = await barredStage();
    at.clock.now = NIGHT;
    const { id } = await upheld(at);
    await ok(at, 'K1', { a: 'settle', o: id, l: 1, s: '' }, { reason: '已核' });
    for (const card of ['objection_case', 'objection_settle', 'objection_answer'])
      for (const { notBefore } of await messages(at, card)) expect([card, notBefore]).toEqual([card, MORNING]);
    for (const card of ['my_result', 'results_branch', 'results_district'])
      expect((await messages(at, card)).at(-1)).toMatchObject({ notBefore: MORNING });
  });
});

it('somebody who has moved keeps the objection to what they were rated in', async () => {
  const at = await barredStage();
  await at.use.db.script("UPDATE person SET branch = 'B002' WHERE employee_no = 'M01'");
  const sent = (await at.outbox()).length;
  await at.type('M01', '/object');
  expect((await at.outbox()).slice(sent).map(({ card }) => card)).toEqual(['objection_form']);
  await decide(at, 'D0', await file(at), 'reject');
  await file(at);
  await at.use.db.script("UPDATE review SET state = 'final', final_at = 1");
  await at.type('M01', '/object');
  expect((await at.outbox()).at(-1)?.card).toBe('objection_form');
});
