/** An upheld objection leads to a correction, upward only, published again, and only then is the result final (A46, F10). */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Action } from '../../src/action.ts';
import { auditOf, verifyAudit } from '../../src/store/audit.ts';
import { branchResult } from '../../src/usecases/results.ts';
import { leagueOf } from '../../src/usecases/league.ts';
import { publishedResult } from '../../src/usecases/published.ts';
import { recount } from '../../src/usecases/review/recount.ts';
import { findActor } from '../../src/store/roster.ts';
import { findSheet } from '../../src/store/sheets.ts';
import {
  barredStage,
  count,
  decide,
  file,
  last,
  nights,
  ok,
  sentTo,
  sheetOf,
  upheld,
} from '../support/objection-stage.ts';
import { allText, buttonNames, fieldNames, runJob } from '../support/opinion-world.ts';
import { messages, review, type Stage } from '../support/review-stage.ts';

const REASON = { reason: '出差有审批，任务已补办' };
const LIFT = { l: 1, s: '' } as const;
const settle = (o: string, over: { l: number; s: string } = LIFT): Action => ({ a: 'settle', o, ...over });
const toast = async (at: Stage, person: string, action: Action, form = {}) =>
  (await at.click(person, action, form)).toast?.text ?? '';

describe('correcting', () => {
  it('goes to the committee in private, with the answer and no word of the objection', async () => {
    const at = await barredStage();
    const { id } = await upheld(at);
    expect(await sentTo(at, 'objection_settle')).toEqual(['K1']);
    const card = await at.card('objection_settle', { objection: id }, 'K1');
    expect(allText(card)).toContain('已核对出差审批单');
    expect(allText(card)).not.toContain('已补办');
    expect(fieldNames(card)).toEqual(['bar', 'star', 'reason']);
    for (const other of ['S0', 'D0', 'M01', 'M02', 'G1', 'O1'])
      expect(await at.card('objection_settle', { objection: id }, other)).toBeNull();
  });

  it('shows what it comes to before it counts, and nothing is written until then', async () => {
    const at = await barredStage();
    const { id } = await upheld(at);
    const before = await sheetOf(at);
    expect(before.level).toBe(8);
    const answer = await at.click('K1', { a: 'settle_preview', o: id }, { bar: 'lift', star: 'none', ...REASON });
    expect(answer.card && 'title' in answer.card ? allText(answer.card) : '').toContain('8★ → 10★');
    expect(answer.card && 'title' in answer.card ? buttonNames(answer.card) : []).toEqual(['settle', 'settle_edit']);
    expect(await sheetOf(at)).toEqual(before);
    expect((await last(at)).settledAt).toBeNull();
  });

  it('is one change everywhere: sheet, decision, trail, person, chats, league; the count still agrees', async () => {
    const at = await barredStage();
    const { read } = at.use.db;
    await ok(at, 'M01', { a: 'acknowledge', r: at.r });
    const one = await upheld(at);
    const league = async () =>
      (await leagueOf(read, at.use.rules, '2026-Q3', 'D1')).rows.find((row) => row.branch === 'B001');
    const mean = (await league())?.mean_stars;
    const chats = async (card: string) => (await sentTo(at, card)).filter((to) => to.startsWith('oc_'));
    expect([await chats('results_branch'), await chats('results_district')]).toEqual([['oc_branch'], ['oc_district']]);

    await ok(at, 'K1', settle(one.id, { l: 1, s: 'political_steadfastness' }), REASON);

    expect(await sheetOf(at)).toMatchObject({ level: 10 });
    expect((await sheetOf(at)).stars.filter((star) => star.outstanding).map((star) => star.key)).toEqual([
      'political_steadfastness',
    ]);
    expect((await findSheet(read, at.r, 'M01'))?.acknowledged).toBe(0);
    expect(await last(at)).toMatchObject({
      settledBy: 'K1',
      settledAt: at.clock.now,
      settledReason: REASON.reason,
      barLifted: 1,
      starNamed: 'political_steadfastness',
    });
    expect(await count(at, "decision WHERE kind = 'barred' AND statement = '当时在出差' AND state = 'dropped'")).toBe(
      1,
    );
    const acts = (await auditOf(read, at.r)).map(({ act }) => act);
    expect(acts.slice(-3)).toEqual(['bar_lifted', 'outstanding_named', 'objection_settled']);
    expect(await verifyAudit(read)).toMatchObject({ ok: true });

    expect(await sentTo(at, 'objection_answer')).toEqual(['M01', 'M01']);
    expect((await sentTo(at, 'my_result')).filter((to) => to === 'M01')).toHaveLength(2);
    expect([await chats('results_branch'), await chats('results_district')]).toEqual([
      ['oc_branch', 'oc_branch'],
      ['oc_district', 'oc_district'],
    ]);
    const answer = await at.card('objection_answer', { objection: one.id }, 'M01');
    expect(allText(answer)).toContain(REASON.reason);
    expect(allText(await at.card('my_result', { review: at.r }, 'M01'))).toContain(REASON.reason);
    expect(allText(await at.card('my_result', { review: at.r }, 'M02'))).not.toContain(REASON.reason);
    for (const card of ['results_branch', 'results_district']) {
      const shown = allText(await at.card(card, { review: at.r }, 'M02'));
      expect(shown).toContain('已于 10月9日 更正');
      expect(shown).not.toContain(REASON.reason);
    }

    const published = await publishedResult(read, at.r);
    expect(published?.members.find(({ name }) => name === '某M01')).toMatchObject({ level: 10 });
    const exported = (await branchResult(read, await review(at))).members;
    expect(exported.find(({ employee_no }) => employee_no === 'M01')).toMatchObject({ level: 10 });
    expect((await league())?.mean_stars).not.toEqual(mean);
    const actor = await findActor(read, 'lark', 'cli_demo0001', 'ou_D0');
    if (actor === null) throw new Error('D0 is gone');
    const again = await at.use.db.write(async (tx) => recount(tx, at.use, actor, await review(at), at.clock.now));
    expect(again).toMatchObject({ ok: true, value: { equal: true } });
  });

  it('without any change is a reason the person reads; nothing is published again', async () => {
    const at = await barredStage();
    const { id } = await upheld(at);
    const before = await sheetOf(at);
    await ok(at, 'K1', settle(id, { l: 0, s: '' }), REASON);
    expect(await sheetOf(at)).toEqual(before);
    expect(allText(await at.card('objection_answer', { objection: id }, 'M01'))).toMatch(/星级不变.*出差有审批/);
    expect(await sentTo(at, 'objection_answer')).toEqual(['M01', 'M01']);
    expect((await sentTo(at, 'results_branch')).filter((to) => to === 'oc_branch')).toHaveLength(1);
    expect(allText(await at.card('results_branch', { review: at.r }, 'M02'))).not.toContain('更正');
  });

  it.each<[string, string, { l: number; s: string }, Record<string, string>, RegExp]>([
    ['somebody else of the branch', 'M02', LIFT, REASON, /不由您办理/],
    ['the person concerned', 'M01', LIFT, REASON, /不由您办理/],
    ['whoever decided, when not of the committee proper', 'D0', LIFT, REASON, /不由您办理/],
    ['no reason', 'K1', LIFT, { reason: '  ' }, /请写明理由/],
    ['a long reason', 'K1', LIFT, { reason: '长'.repeat(301) }, /理由太长/],
    ['a star that stays barred', 'K1', { l: 0, s: 'political_steadfastness' }, REASON, /只有已得的星/],
    ['a star there is not', 'K1', { l: 0, s: 'no_such_star' }, REASON, /没有这颗星/],
  ])('refuses %s, and nothing changes', async (_, person, wish, form, said) => {
    const at = await barredStage();
    const { id } = await upheld(at);
    const before = await sheetOf(at);
    expect(await toast(at, person, settle(id, wish), form)).toMatch(said);
    expect(await sheetOf(at)).toEqual(before);
    expect((await last(at)).settledAt).toBeNull();
  });

  it('happens once, and never before the objection is upheld', async () => {
    const at = await barredStage();
    const one = await file(at);
    expect(await toast(at, 'K1', settle(one.id), REASON)).toMatch(/已办结/);
    await decide(at, 'D0', one, 'uphold');
    await ok(at, 'K1', settle(one.id), REASON);
    expect(await toast(at, 'K1', settle(one.id, { l: 0, s: 'dedication' }), REASON)).toMatch(/已办结/);
    expect((await last(at)).starNamed).toBeNull();
  });

  it('keeps to the branch’s three outstanding stars (A37)', async () => {
    const at = await barredStage();
    const { id } = await upheld(at);
    for (const no of ['M02', 'M03', 'M04'])
      await at.use.db.script(
        `UPDATE sheet SET body = json_set(body, '$.stars[9].outstanding', json('true')) WHERE person = '${no}'`,
      );
    expect(fieldNames(await at.card('objection_settle', { objection: id }, 'K1'))).toEqual(['bar', 'reason']);
    expect(await toast(at, 'K1', settle(id, { l: 0, s: 'dedication' }), REASON)).toMatch(/突出星提名太多/);
  });

  it('in a final result is still made and published, with a new board', async () => {
    const at = await barredStage();
    const { id } = await upheld(at);
    await at.use.db.script("UPDATE review SET state = 'final', final_at = 1");
    await ok(at, 'K1', settle(id), REASON);
    expect(await sheetOf(at)).toMatchObject({ level: 10 });
    expect(await sentTo(at, 'file:board_stars')).toEqual(['oc_branch']);
    expect((await sentTo(at, 'results_branch')).filter((to) => to === 'oc_branch')).toHaveLength(2);
  });
});

describe('who corrects', () => {
  it.each([
    ['secretary and deputy where there is nobody else', "person = 'K1'", ['S0', 'D0']],
    ['the leading group without a committee', "person IN ('K1', 'S0', 'D0')", ['G1']],
    ['else the office', "person IN ('K1', 'S0', 'D0', 'G1')", ['O1']],
  ])('%s', async (_, gone, want) => {
    const at = await barredStage();
    const one = await file(at);
    await at.use.db.script(
      `UPDATE objection SET state = 'upheld', decided_by = 'X0', decided_at = ${at.clock.now}, answer = '成立'; DELETE FROM person_role WHERE ${gone}`,
    );
    nights(at, 11);
    await runJob(at, 'objection-clock');
    expect(await sentTo(at, 'objection_settle')).toEqual(want);
    for (const no of want) expect(await at.card('objection_settle', { objection: one.id }, no)).not.toBeNull();
  });

  it('nobody: the office hears that, and nothing about the person', async () => {
    const at = await barredStage();
    await at.use.db.script("DELETE FROM identity WHERE person = 'K1'");
    await upheld(at);
    const [told] = (await messages(at, 'notice')).filter(({ args }) => args.includes('objection_nobody'));
    expect(told?.recipient).toBe('O1');
    expect(told?.args).not.toMatch(/M01/);
  });
});

describe('until it is settled', () => {
  it('the notice does not end, the console says why without a name, and those who settle are reminded', async () => {
    const at = await barredStage();
    const { id } = await upheld(at);
    nights(at, 7); // the notice is over
    expect(await runJob(at, 'notice-close')).toMatchObject({ note: '0 final, 0 hearings over' });
    expect(await review(at)).toMatchObject({ state: 'notice' });
    const console = allText(await at.card('console', { review: at.r }, 'S0'));
    expect(console).toContain('结果尚未更正：1 件');
    expect(console).not.toContain('M01');
    const asked = async () => (await sentTo(at, 'objection_settle')).length;
    expect(await asked()).toBe(1);
    const rounds: number[] = [];
    for (const days of [0, 3, 1, 7]) {
      nights(at, days);
      for (let twice = 0; twice < 2; twice++) expect(await runJob(at, 'objection-clock')).toMatchObject({ failed: 0 });
      rounds.push(await asked());
    }
    expect(rounds).toEqual([2, 3, 4, 5]); // three days before, on the day, late, a week later
    const [late] = (await messages(at, 'notice')).filter(({ args }) => args.includes('correction_late'));
    expect(late).toMatchObject({ recipient: 'O1' });
    expect(late?.args).not.toMatch(/M01/);
    await ok(at, 'K1', settle(id), REASON);
    expect(await runJob(at, 'notice-close')).toMatchObject({ note: '1 final, 0 hearings over' });
    expect(await review(at)).toMatchObject({ state: 'final' });
  });
});

describe('the term of an appeal', () => {
  it('keeps the result open after a rejected objection, and the console says until when', async () => {
    const at = await barredStage();
    await decide(at, 'D0', await file(at), 'reject'); // on the 9th
    nights(at, 10);
    expect(await runJob(at, 'notice-close')).toMatchObject({ note: '0 final, 0 hearings over' });
    expect(allText(await at.card('console', { review: at.r }, 'S0'))).toContain('申诉期到 10月19日');
    nights(at, 1);
    expect(await runJob(at, 'notice-close')).toMatchObject({ note: '1 final, 0 hearings over' });
  });

  it('ends with the answer to the appeal, and an upheld appeal is settled first', async () => {
    const at = await barredStage();
    await decide(at, 'D0', await file(at), 'reject');
    const appeal = await file(at);
    nights(at, 12);
    expect(await runJob(at, 'notice-close')).toMatchObject({ note: '0 final, 0 hearings over' });
    await decide(at, 'G1', appeal, 'uphold');
    expect(await runJob(at, 'notice-close')).toMatchObject({ note: '0 final, 0 hearings over' });
    await ok(at, 'K1', settle(appeal.id), REASON);
    expect(await runJob(at, 'notice-close')).toMatchObject({ note: '1 final, 0 hearings over' });
  });
});

it('no row of the outbox holds what is written in a case', async () => {
  const at = await barredStage();
  const { id } = await upheld(at);
  await ok(at, 'K1', settle(id), REASON);
  const rows = await at.use.db.read.all(z.object({ args: z.string() }), 'SELECT args FROM outbox');
  expect(JSON.stringify(rows)).not.toMatch(/出差|审批/);
});
