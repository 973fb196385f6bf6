import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, today } from '../../src/domain/period.ts';
import { openDatabase } from '../../src/store/db.ts';
import { auditActs, forge, kindOf, reviewOf, snapshot, step, t, toastOf, told } from '../support/journey.ts';
import type { Pressed, ShownCard } from '../support/playground.ts';
import { castBallot, fileSelfReview, runMeeting } from '../support/review-play.ts';
import { type Member, nameOf, World } from '../support/world.ts';

const MEMBERS: readonly Member[] = [
  { no: 'E01', branch: 'B001', roles: 'secretary' },
  { no: 'E02', branch: 'B001', roles: 'deputy_secretary' },
  { no: 'E03', branch: 'B001', roles: 'committee' },
  { no: 'E04', branch: 'B001', roles: 'leader' },
  ...['E05', 'E06', 'E07', 'E08'].map((no) => ({ no, branch: 'B001' })),
  { no: 'E09', branch: 'B001', status: 'probationary' },
  { no: 'C01', branch: 'B001', status: 'colleague' },
  { no: 'F01', branch: 'B002', roles: 'secretary' },
  { no: 'F02', branch: 'B002', roles: 'liaison:D1' },
  { no: 'F03', branch: 'B002', roles: 'office' },
  { no: 'F04', branch: 'B002', roles: 'leading_group' },
  { no: 'G01', branch: 'B003', roles: 'secretary' },
  { no: 'G02', branch: 'B003', roles: 'liaison:D2' },
];
const MEMBERS_OF_B001 = MEMBERS.filter((member) => member.branch === 'B001');
const nameBy = (no: string) => nameOf(MEMBERS.find((member) => member.no === no) ?? { no, branch: '' });
const STAR = 'dedication';
const BARRED = ['political_steadfastness', 'organizational_responsibility'];

let world: World;
let review: string;

beforeAll(async () => {
  world = await World.start({
    branches: [
      { code: 'B001', unit: 'U1' },
      { code: 'B002', unit: 'U1' },
      { code: 'B003', unit: 'U3', district: 'D2', group: 'G02' },
    ],
    members: MEMBERS,
  });
  review = reviewOf(await world.as('E01').ask('/评议 开启', { button: 'start_meeting' }));
  await Promise.all(MEMBERS_OF_B001.filter((member) => member.status !== 'colleague').map(({ no }) => fileSelfReview(world, no, 9)));
  const present = MEMBERS_OF_B001.map((member) => member.no);
  await runMeeting(world, 'E01', 'B001', present);
  // Some do very well, E07 wins stars without standing out, E08 wins none.
  await Promise.all(present.map((no) => castBallot(world, no, (subject) => ({ E05: 10, E06: 10, E01: 10, E02: 10, E07: 8, E08: 6 })[subject] ?? 9)));
  await step(world, 'E01', 'close_ballot');
}, 60_000);
afterAll(() => world?.stop());

const confirmation = (no: string): Promise<ShownCard> => world.as(no).ask('/评议 确认', { form: 'confirmation' });
/** Fills in the form page by page as far as the fields go, and confirms. */
async function decide(no: string, fields: Readonly<Record<string, string>>, first?: ShownCard): Promise<Pressed> {
  let card = first ?? (await confirmation(no));
  let left = Object.entries(fields);
  for (;;) {
    const names = card.fields('confirmation');
    const here = Object.fromEntries(left.filter(([name]) => names.includes(name)));
    left = left.filter(([name]) => !names.includes(name));
    const pressed = await card.press(left.length === 0 ? 'confirm_results' : 'confirm_next', here);
    if (left.length === 0 || kindOf(pressed) === 'warning') return pressed;
    card = pressed.card;
  }
}
const problem = (no: string, key: 'reason_missing' | 'recused' | 'score_too_low' | 'reason_long' | 'bad_ground' | 'star_not_won' | 'unknown_star' | 'not_graded') =>
  `warning: ${t('result.confirm_about', { name: nameBy(no), problem: t(`result.confirm_problem.${key}`) })}`;

async function sql(text: string, args: readonly (string | number)[]): Promise<void> {
  const db = await openDatabase({ url: String(world.env['DATABASE_URL']), authToken: undefined });
  await db.write((tx) => tx.run(text, args));
  await db.close();
}

describe('the confirmation', () => {
  test('what is wrong with the form is said with a name, comes back as typed, and nothing of it is kept', async () => {
    const before = await snapshot(world);
    const cases: [Record<string, string>, string][] = [
      [{ outstanding_E05: STAR }, problem('E05', 'reason_missing')],
      [{ barred_E08: 'carries_no_task' }, problem('E08', 'reason_missing')],
      [{ outstanding_E03: STAR, reason_E03: '自荐' }, problem('E03', 'recused')],
      // A good wish beside a bad one is not kept either, and nobody is asked for a statement.
      [{ barred_E07: 'carries_no_task', reason_E07: '三月任务未领', barred_E08: 'task_not_serious' }, problem('E08', 'reason_missing')],
    ];
    for (const [form, said] of cases) {
      const pressed = await decide('E03', form);
      expect(toastOf(pressed)).toBe(said);
      const fields = pressed.card.view.forms[0]?.fields ?? [];
      for (const [name, value] of Object.entries(form)) expect(fields.find((field) => field.name === name)?.initial, name).toBe(value);
    }
    const forged: [Record<string, string>, string][] = [
      [{ outstanding_E08: STAR, reason_E08: 'x' }, problem('E08', 'star_not_won')],
      [{ outstanding_E07: STAR, reason_E07: 'x' }, problem('E07', 'score_too_low')],
      [{ outstanding_E05: 'no_such_star', reason_E05: 'x' }, problem('E05', 'unknown_star')],
      [{ outstanding_E09: STAR, reason_E09: 'x' }, problem('E09', 'not_graded')],
      [{ barred_E05: 'dislikes_tea', reason_E05: 'x' }, problem('E05', 'bad_ground')],
      [{ outstanding_E05: STAR, reason_E05: '长'.repeat(301) }, problem('E05', 'reason_long')],
    ];
    const card = await confirmation('E03');
    for (const [form, said] of forged) expect(toastOf(await forge(world, 'E03', { a: 'confirm_results', r: review, p: 0 }, { card, form }))).toBe(said);
    expect(await world.as('E07').findCard({ title: t('result.hearing_title') })).toBeNull();
    expect(await snapshot(world)).toEqual(before);
  });

  test('three outstanding stars a branch, not four (A37)', async () => {
    const four = Object.fromEntries(['E01', 'E02', 'E05', 'E06'].flatMap((no) => [[`outstanding_${no}`, STAR], [`reason_${no}`, '成绩突出']]));
    const pressed = await decide('E03', four);
    expect(toastOf(pressed)).toBe(`warning: ${t('result.confirm_problem.too_many_outstanding')}`);
    const fewer = await decide('E03', { outstanding_E01: 'none', outstanding_E02: 'none', barred_E08: 'carries_no_task', reason_E08: '三月任务未领取，提醒两次' });
    expect(toastOf(fewer)).toBe(`info: ${t('result.confirm_hearing', { names: nameBy('E08') })}`);
    expect(fewer.card.has('confirm_results')).toBe(false);
    expect(fewer.card.text).toContain(nameBy('E08'));
  });

  test('nobody takes back or changes what others decided about them', async () => {
    await decide('E02', { barred_E03: 'task_not_serious', reason_E03: '两项任务逾期' });
    for (const form of [{ barred_E03: 'none' }, { barred_E03: 'carries_no_task' }, { reason_E03: '并无此事' }]) expect(toastOf(await decide('E03', form))).toBe(problem('E03', 'recused'));
    // The form as it is changes nothing about oneself.
    expect(kindOf(await decide('E03', {}))).toBe('info');
    const dropped = await decide('E02', { barred_E03: 'none' });
    expect(toastOf(dropped)).toBe(`info: ${t('result.confirm_hearing', { names: nameBy('E08') })}`);
    expect(await auditActs(world)).toContain('bar_dropped E02');
  });
});

describe('the hearing (R121, F9)', () => {
  test('until the member has answered or the days are over nothing can be confirmed', async () => {
    const console = await world.as('E01').ask('/评议', { button: 'refresh' });
    expect(console.has('confirm_results')).toBe(false);
    expect(console.text).toContain(t('review.state.tallied'));
    expect(toastOf(await forge(world, 'E01', { a: 'confirm_results', r: review, p: 0 }))).toBe(`info: ${t('result.confirm_hearing', { names: nameBy('E08') })}`);
    expect((await world.as('E08').ask('/我的', { title: t('result.me_title') })).buttons()).toContain('hearing_1');
  });

  test('the statement is the member’s own: not too long, not somebody else’s', async () => {
    const card = await world.as('E08').card({ form: 'hearing' });
    expect(card.text).toContain(t('result.ground.carries_no_task'));
    expect(card.text).toContain('三月任务未领取，提醒两次');
    const long = await forge(world, 'E08', { a: 'hearing_statement', r: review }, { card, form: { statement: '话'.repeat(1_001) } });
    expect(toastOf(long)).toBe(`warning: ${t('review.self.too_long', { field: t('result.hearing_text'), max: 1_000 })}`);
    for (const no of ['E03', 'E05', 'G01']) expect(toastOf(await forge(world, no, { a: 'hearing_statement', r: review }, { form: { statement: '代说' } }))).toBe(`warning: ${t('result.hearing_over')}`);
    for (const no of ['E05', 'G01']) expect(toastOf(await forge(world, no, { a: 'hearing_open', r: review }))).toBe(`warning: ${t('notice.old_card')}`);
    const said = await card.press('submit', { statement: '当时在出差，已补办' });
    expect(toastOf(said)).toBe(`success: ${t('result.hearing_ok')}`);
    const told = await world.as('E01').nextCard({ button: 'confirm_results' });
    expect(told.text).not.toContain('当时在出差');
    expect((await (await confirmation('E02')).press('confirm_next', {})).card.text).toContain('当时在出差，已补办');
  });

  test('a new ground or new evidence is a new case: the member is heard again', async () => {
    const reworded = await decide('E02', { reason_E08: '三月、四月任务均未领取' });
    expect(toastOf(reworded)).toBe(`info: ${t('result.confirm_hearing', { names: nameBy('E08') })}`);
    const card = await world.as('E08').nextCard({ form: 'hearing', text: '三月、四月任务均未领取' });
    expect(toastOf(await card.press('submit', {}))).toBe(`success: ${t('result.hearing_ok')}`);
    await decide('E02', { barred_E08: 'none' });
    // The form that lets the bar go confirms as well: nothing is left to wait for.
    expect((await world.as('E01').ask('/评议', { button: 'refresh' })).has('publish_results')).toBe(true);
  });
});
