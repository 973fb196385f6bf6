/** People who join, move or leave while a review is prepared (A9, A14, R80). */
import { describe, expect, it } from 'vitest';
import { auditOf } from '../../src/store/audit.ts';
import { dueList } from '../../src/store/due.ts';
import { applyImport } from '../../src/usecases/import-roster.ts';
import { keepDueInStep } from '../../src/usecases/review/due-sync.ts';
import { memberSheets } from '../../src/usecases/review/confirm.ts';
import { allText, DAY } from '../support/opinion-world.ts';
import { fileSelf, messages, review, type Stage, stage, toBallot, vote } from '../support/review-stage.ts';

const OPTIONS = (at: Stage) => ({ now: at.clock.now, notBefore: at.clock.now + DAY });
/** What an import does to one person, and then to the lists. */
async function roster(at: Stage, sql: string): Promise<void> {
  await at.use.db.script(sql);
  await at.use.db.write(async (tx) => keepDueInStep(tx, await review(at), 'system', OPTIONS(at)));
}
const JOINS = (no: string, status = 'full') =>
  `INSERT INTO person (employee_no, name, branch, status, position) VALUES ('${no}', '某${no}', 'B001', '${status}', 90);
   INSERT INTO identity (platform, app_id, user_id, person) VALUES ('lark', 'cli_demo0001', 'ou_${no}', '${no}')`;
const moves = (no: string, branch: string) => `UPDATE person SET branch = '${branch}' WHERE employee_no = '${no}'`;
const names = async (at: Stage) => (await dueList(at.use.db.read, at.r)).map(({ person }) => person);
const starsOf = async (at: Stage, person: string) =>
  (await memberSheets(at.use.db.read, at.r)).find((sheet) => sheet.employee_no === person)?.level;
const close = (at: Stage) => at.click('S0', { a: 'close_ballot', r: at.r });

describe('somebody who joins the branch after the review was opened', () => {
  it('gets the form within message hours, may file it, and wins as many stars as anybody with the same ballots', async () => {
    const at = await stage();
    await roster(at, JOINS('N1'));
    const sent = (await messages(at, 'self_review')).filter(({ recipient }) => recipient === 'N1');
    expect(sent).toHaveLength(1);
    expect(sent[0]?.notBefore).toBe(at.clock.now + DAY);
    const form = Object.fromEntries(at.use.catalogue.member.map((star) => [star.key, '9'] satisfies [string, string]));
    const words = { achievements: '完成任务', shortcomings: '学习不够', direction: '多学习' };
    expect((await at.click('N1', { a: 'self_review', r: at.r }, { ...form, ...words })).toast?.type).toBe('success');
    await fileSelf(at, 'M01');
    await toBallot(at);
    await vote(at, undefined, 8);
    expect((await close(at)).toast?.type).toBe('success');
    expect([await starsOf(at, 'N1'), await starsOf(at, 'M01')]).toEqual([10, 10]);
  });

  it('may be excused', async () => {
    const at = await stage();
    await roster(at, JOINS('N1'));
    expect(allText(await at.card('excuse_edit', { review: at.r, page: 0 }, 'S0'))).toContain('某N1');
    expect((await at.click('S0', { a: 'excuse_save', r: at.r, p: 0 }, { excuse_N1: 'posting' })).toast?.type).toBe(
      'success',
    );
    await toBallot(at);
    await vote(at);
    await close(at);
    const sheet = (await memberSheets(at.use.db.read, at.r)).find(({ employee_no }) => employee_no === 'N1');
    expect(sheet?.notes).toContainEqual({ kind: 'self_excused' });
  });

  it('is found when the ballot opens, however the roster changed, and then has to be there for the quorum', async () => {
    const at = await stage();
    await toBallot(at, { until: 'agenda' });
    await at.use.db.script(`${JOINS('N1')}; UPDATE review_due SET present = 0 WHERE person > 'M03'`);
    expect((await at.click('S0', { a: 'start_ballot', r: at.r })).toast?.text).toContain('13');
    expect(await names(at)).toContain('N1');
  });
});

describe('somebody who moves away or leaves', () => {
  it('is not due in the old branch any more, writes no self-review there, and is due again after coming back', async () => {
    const at = await stage();
    await at.click('S0', { a: 'due_save', r: at.r, p: 0 }, { due_M01: 'posting' });
    await roster(at, `${moves('M01', 'B002')}; UPDATE person SET left_on = '2026-10-09' WHERE employee_no = 'M02'`);
    expect(await names(at)).not.toContain('M01');
    expect(await names(at)).not.toContain('M02');
    expect((await at.click('M01', { a: 'self_review_open', r: at.r })).toast?.type).toBe('error');
    await roster(at, moves('M01', 'B001'));
    expect((await dueList(at.use.db.read, at.r)).find(({ person }) => person === 'M01')?.exempt).toBe('posting');
    expect((await messages(at, 'self_review')).filter(({ recipient }) => recipient === 'M01')).toHaveLength(1);
  });

  it('cannot be excused: the form is refused in a sentence, and nothing of it is kept', async () => {
    const at = await stage();
    await roster(at, moves('M01', 'B002'));
    const form = { excuse_M02: 'leave', excuse_M01: 'leave' };
    const { toast } = await at.click('S0', { a: 'excuse_save', r: at.r, p: 0 }, form);
    expect(toast).toMatchObject({ type: 'warning', text: expect.stringContaining('不在本次自评名单中') });
    expect(allText(await at.card('excuse_edit', { review: at.r, page: 0 }, 'S0'))).toContain('某M02 none');
    expect((await at.click('S0', { a: 'excuse_save', r: at.r, p: 0 }, { excuse_R01: 'leave' })).toast?.type).toBe(
      'warning',
    );
  });

  it('counts no longer once the ballot is open only if gone before: the list is frozen then', async () => {
    const at = await stage();
    await toBallot(at);
    await at.use.db.script(moves('M01', 'B002'));
    expect(await names(at)).toContain('M01');
  });
});

it('a name the secretary took off the representatives stays off, unless the colleague becomes a member', async () => {
  const at = await stage();
  await at.click('S0', { a: 'due_save', r: at.r, p: 0 }, { due_R01: 'off', due_R02: 'off' });
  await roster(at, `${JOINS('N1')}; UPDATE person SET status = 'probationary' WHERE employee_no = 'R02'`);
  const entries = await dueList(at.use.db.read, at.r);
  expect(entries.find(({ person }) => person === 'R01')).toMatchObject({ kind: 'representative', removed: 1 });
  expect(entries.find(({ person }) => person === 'R02')).toMatchObject({ kind: 'probationary', removed: 0 });
});

it('what changed is published again and audited; nothing is when nothing changed', async () => {
  const at = await stage();
  const published = (await messages(at, 'due_list')).length;
  await roster(at, '');
  expect(await messages(at, 'due_list')).toHaveLength(published);
  await roster(at, `${JOINS('N1')}; ${moves('M01', 'B002')}`);
  expect(await messages(at, 'due_list')).toHaveLength(published + 1);
  expect((await auditOf(at.use.db.read, at.r)).filter(({ act }) => act === 'due_list_followed_roster')).toMatchObject([
    { actor: 'system', detail: JSON.stringify({ changed: '', gone: 'M01', joined: 'N1' }) },
  ]);
});

it('an import brings every open list into step, and no list that is frozen', async () => {
  const at = await stage();
  const people = (await names(at)).map((employeeNo) => ({
    employeeNo,
    name: `某${employeeNo}`,
    mobile: null,
    branch: 'B001',
    status: employeeNo.startsWith('R') ? ('colleague' as const) : ('full' as const),
    roles: employeeNo === 'S0' ? [{ role: 'secretary' as const, scope: '' }] : [],
    larkOpenId: null,
    dingtalkUserId: null,
    locale: null,
  }));
  const branch = {
    code: 'B001',
    name: '示例第一支部',
    districtCode: 'D1',
    districtName: '示例片区',
    groupCode: null,
    groupName: null,
    unitCode: 'U1',
    unitName: '示例单位',
  };
  const load = (gone: string) =>
    applyImport(
      at.use.db,
      { branches: [branch], people: people.filter(({ employeeNo }) => employeeNo !== gone) },
      { at: at.clock.now, date: '2026-10-09', actor: 'system', appIds: { lark: 'cli_demo0001', dingtalk: null } },
    );
  await load('M01');
  expect(await names(at)).not.toContain('M01');
  await load('');
  await toBallot(at);
  await load('M02');
  expect(await names(at)).toContain('M02');
});
