/** Feedback only, and no rating on request (A20, A21): recorded by the secretary, and true of every result. */
import { describe, expect, it } from 'vitest';
import { auditOf } from '../../src/store/audit.ts';
import { publishedResult } from '../../src/usecases/published.ts';
import { branchResult } from '../../src/usecases/results.ts';
import { allText, buttonNames, fieldNames, opinionWorld } from '../support/opinion-world.ts';
import {
  electors,
  fileSelf,
  messages,
  review,
  type Stage,
  stage,
  toBallot,
  toNotice,
} from '../support/review-stage.ts';

const record = (at: Stage, form: Record<string, string>, by = 'S0') =>
  at.click(by, { a: 'rating_save', r: at.r, p: 0 }, form);
const notices = async (at: Stage) =>
  (await messages(at, 'notice')).map(({ recipient, args }) => `${recipient} ${JSON.parse(args).key}`);
const result = async (at: Stage) => branchResult(at.use.db.read, await review(at));

describe('members recorded as rated otherwise', () => {
  it('one gets feedback without a level like a probationary member, the other is on no ballot; both vote', async () => {
    const at = await stage();
    expect((await record(at, { rating_M01: 'new', rating_M02: 'mobile' })).toast?.type).toBe('success');
    await fileSelf(at, 'M01');
    await fileSelf(at, 'M03');
    await toNotice(at);
    const { members, counts } = await result(at);
    expect(members.find(({ employee_no }) => employee_no === 'M01')).toMatchObject({ level: null, total: '90.00' });
    expect(members.find(({ employee_no }) => employee_no === 'M01')?.stars.some(({ won }) => won)).toBe(false);
    expect(members.find(({ employee_no }) => employee_no === 'M02')).toBeUndefined();
    expect(members.find(({ employee_no }) => employee_no === 'M03')?.level).toBe(10);
    expect(await electors(at)).toEqual(expect.arrayContaining(['M01', 'M02']));
    expect(counts?.electors).toBe(12);
    expect((await publishedResult(at.use.db.read, at.r))?.members.map(({ name }) => name)).not.toContain('某M01');
    const board = JSON.stringify(await at.card('results_branch', { review: at.r }, 'S0'));
    expect([board.includes('某M01'), board.includes('某M02'), board.includes('某M03')]).toEqual([false, false, true]);
    expect(allText(await at.card('my_result', { review: at.r }, 'M01'))).toContain('本次只作反馈，不定星级');
  });

  it('the persons are told in private, an audit entry holds the ground, and it can be taken back', async () => {
    const at = await stage();
    await record(at, { rating_M01: 'seconded', rating_M02: 'retired', rating_M03: 'usual' });
    await record(at, { rating_M01: 'usual', rating_M02: 'retired' });
    expect(await notices(at)).toEqual(['M01 rating_feedback', 'M02 rating_none', 'M01 rating_usual']);
    expect(allText(await at.card('notice', { key: 'rating_none', period: '2026-Q3' }, 'M02'))).toContain(
      '2026年第3季度',
    );
    const acts = (await auditOf(at.use.db.read, at.r)).filter(({ act }) => act === 'rating_recorded');
    expect(acts.map(({ detail }) => detail)).toEqual([
      '{"ground":"seconded","person":"M01"}',
      '{"ground":"retired","person":"M02"}',
      '{"ground":null,"person":"M01"}',
    ]);
  });

  it('who is not rated owes no self-review and is asked for none', async () => {
    const at = await stage();
    await record(at, { rating_M02: 'ill' });
    expect((await at.click('M02', { a: 'self_review_open', r: at.r })).toast?.type).toBe('error');
    await at.click('S0', { a: 'remind', r: at.r });
    const reminded = (await messages(at, 'self_review_reminder')).map(({ recipient }) => recipient);
    expect(reminded).toContain('M01');
    expect(reminded).not.toContain('M02');
    expect(fieldNames(await at.card('excuse_edit', { review: at.r, page: 0 }, 'S0'))).not.toContain('excuse_M02');
    expect(allText(await at.card('console', { review: at.r }, 'S0'))).toContain('0 / 8');
  });
});

describe('the form', () => {
  it('lists members with the grounds of the rules, and the console leads to it until the ballot opens', async () => {
    const at = await stage();
    expect(buttonNames(await at.card('console', { review: at.r }, 'S0'))).toContain('rating_list');
    const card = (await at.click('S0', { a: 'rating_list', r: at.r, p: 0 })).card;
    expect(fieldNames(card)).toContain('rating_M01');
    expect(fieldNames(card)).not.toContain('rating_R01');
    expect(allText(card)).toContain('本年在岗不足6个月');
    await toBallot(at);
    expect(buttonNames(await at.card('console', { review: at.r }, 'S0'))).not.toContain('rating_list');
    expect((await record(at, { rating_M01: 'new' })).toast?.text).toContain('测评票已发放');
  });

  it.each([
    { name: 'a member who does not run the review', form: { rating_M02: 'new' }, by: 'M01', text: '书记' },
    { name: 'a colleague', form: { rating_M01: 'new', rating_R01: 'new' }, by: 'S0', text: '不在本次党员名单中' },
    { name: 'a ground there is not', form: { rating_M01: 'tired' }, by: 'S0', text: '规则不允许' },
    { name: 'oneself, where a deputy can do it', form: { rating_S0: 'new' }, by: 'S0', text: '您本人' },
  ])('refuses $name, and keeps nothing', async ({ form, by, text }) => {
    const at = await stage();
    expect((await record(at, form, by)).toast?.text).toContain(text);
    expect(await notices(at)).toEqual([]);
  });

  it('takes what concerns oneself where nobody else could record it, and from the deputy', async () => {
    const alone = await opinionWorld({ deputy: false });
    const at = { ...alone, r: await alone.open() };
    expect((await record(at, { rating_S0: 'new' })).toast?.type).toBe('success');
    const two = await stage();
    expect((await record(two, { rating_S0: 'new' }, 'D0')).toast?.type).toBe('success');
  });
});
