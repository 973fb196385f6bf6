/** Post groups and individual stars from the secretary's first click to the review that is held under them (A39, A40, A41). */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Action } from '../../src/action.ts';
import type { Card } from '../../src/card.ts';
import { findPostPlan, postPlanInForce } from '../../src/store/post-plans.ts';
import { findReview } from '../../src/store/reviews.ts';
import { commitmentBoard } from '../../src/usecases/commit/publish.ts';
import { starsInReview } from '../../src/usecases/stars/person-stars.ts';
import { type CommitWorld, commitWorld } from '../support/commit-world.ts';
import { allText, buttonNames, fieldNames, runJob } from '../support/opinion-world.ts';

const YEAR = 2026;
const STAR = 'warm_service';
const INDICATOR = '窗口来人十分钟内接待';
const star = (indicator = INDICATOR, over: Record<string, string> = {}) => ({
  star: STAR,
  indicator_1: indicator,
  ...over,
});

const groupIds = async ({ use }: CommitWorld, year = YEAR): Promise<string[]> =>
  ((await findPostPlan(use.db.read, 'B001', year))?.draft.groups ?? []).map(({ id }) => id);
/** A group of these people with one star of its own, still a draft. */
async function drafted(
  world: CommitWorld,
  people: readonly string[],
  indicator = INDICATOR,
  name = '服务窗口',
): Promise<string> {
  await world.click('S0', { a: 'post_add', y: YEAR }, { name });
  const g = (await groupIds(world)).at(-1) ?? '';
  await world.click(
    'S0',
    { a: 'post_pick', y: YEAR, g, p: 0 },
    Object.fromEntries(people.map((no) => [`member_${no}`, 'in'])),
  );
  await world.click('S0', { a: 'post_star_save', y: YEAR, g }, star(indicator));
  return g;
}
const submit = (world: CommitWorld, person = 'S0', year = YEAR) => world.click(person, { a: 'post_submit', y: year });
async function decide(
  world: CommitWorld,
  person: string,
  how: 'post_approve' | 'post_return',
  comment = '',
  year = YEAR,
) {
  const v = (await findPostPlan(world.use.db.read, 'B001', year))?.version ?? 0;
  return world.click(person, { a: how, b: 'B001', y: year, v }, { comment });
}
async function approved(world: CommitWorld, people: readonly string[], indicator = INDICATOR): Promise<string> {
  const g = await drafted(world, people, indicator);
  await submit(world);
  const { toast } = await decide(world, 'G1', 'post_approve');
  if (toast?.type !== 'success') throw new Error(`not approved: ${toast?.text ?? ''}`);
  return g;
}
const audit = async ({ use }: CommitWorld) =>
  (
    await use.db.read.all(
      z.object({ act: z.string() }),
      "SELECT act FROM audit WHERE act LIKE 'post_plan%' ORDER BY seq",
    )
  ).map(({ act }) => act);
const cardOf = (answer: { card?: Card }): Card | null => answer.card ?? null;

it('from the first group to the person who is judged by it', async () => {
  const world = await commitWorld();
  const empty = await world.card('post_groups', { year: YEAR }, 'S0');
  expect(allText(empty)).toContain('还没有岗位组');
  expect(buttonNames(empty)).not.toContain('submit_all');
  await drafted(world, ['M01', 'M02']);
  const list = await world.card('post_groups', { year: YEAR }, 'S0');
  expect(allText(list)).toContain('服务窗口：2 人；热情服务星');
  const sent = await submit(world);
  expect(sent.toast).toMatchObject({ type: 'success', text: expect.stringContaining('10月15日') });
  expect(buttonNames(cardOf(sent))).toContain('withdraw');

  const queue = await world.card('commitment_queue', {}, 'G1');
  expect(buttonNames(queue)).toContain('posts_1');
  expect(buttonNames(await world.card('me', {}, 'G1'))).toContain('open_queue');
  const review = await world.click('G1', { a: 'post_review', b: 'B001', y: YEAR, p: 0 });
  for (const part of ['服务窗口', '某M01', INDICATOR]) expect(allText(cardOf(review))).toContain(part);
  // Nothing is in force before it is approved.
  expect(allText(await world.card('commitment', { year: YEAR, whose: 'own', star: 6 }, 'M01'))).not.toContain(
    INDICATOR,
  );
  expect((await decide(world, 'G1', 'post_approve')).toast?.type).toBe('success');

  const told = (await world.outbox()).filter(({ card }) => card === 'my_post').map(({ recipient }) => recipient);
  expect(told.toSorted()).toEqual(['M01', 'M02']);
  expect(allText(await world.card('my_post', { year: YEAR }, 'M01'))).toContain(INDICATOR);
  expect(await world.card('my_post', { year: YEAR }, 'M03')).toBeNull();
  const own = await world.card('commitment', { year: YEAR, whose: 'own', star: 6 }, 'M01');
  expect(allText(own)).toContain('热情服务星（个性星');
  expect(allText(own)).toContain(INDICATOR);
  expect(allText(await world.card('commitment', { year: YEAR, whose: 'own', star: 6 }, 'M03'))).not.toContain(
    INDICATOR,
  );
  expect(allText(await world.card('me', {}, 'M01'))).toContain(`热情服务星（个性星）：${INDICATOR}`);
  expect(allText(await world.card('me', {}, 'M01', 'en'))).toContain(`(individual): ${INDICATOR}`);
  expect(allText(await world.card('star', { star: STAR }, 'M01'))).toContain('您的岗位标准');
  expect(allText(await world.card('star', { star: STAR }, 'M03'))).not.toContain(INDICATOR);
  expect(await audit(world)).toEqual(['post_plan_submitted', 'post_plan_approved']);
});

it('a member with an individual star needs an item for it, others do not (A40)', async () => {
  const world = await commitWorld();
  await approved(world, ['M01']);
  for (const person of ['M01', 'M03']) for (const n of [1, 2, 3]) await world.add(person, 'own', n);
  expect((await world.submit('M03', 'own')).toast?.type).toBe('success');
  const refused = await world.submit('M01', 'own');
  expect(refused.toast).toMatchObject({ type: 'warning', text: expect.stringContaining('热情服务星') });
  expect((await world.submit('M01', 'own', world.item(4, { star: STAR }))).toast?.type).toBe('success');
});

it('the board shows the standard of the post, and the branch the same names and order of stars', async () => {
  const world = await commitWorld();
  await approved(world, ['M01']);
  for (const person of ['M01', 'M03']) {
    for (const n of [1, 2]) await world.add(person, 'own', n);
    await world.submit(person, 'own', world.item(3, { star: STAR }));
    await world.decide('S0', person, 'commit_approve');
  }
  await world.click('S0', { a: 'commit_publish', y: YEAR });
  const board = await commitmentBoard(world.use.db.read, 'B001', YEAR);
  const posts = new Map(board?.sheets.map(({ name, post }) => [name, post]));
  expect(posts.get('某M01')).toMatchObject({
    name: '服务窗口',
    stars: [{ key: STAR, indicators: [{ zh: INDICATOR }] }],
  });
  expect(posts.get('某M03')).toBeNull();
});

it('a review keeps what was approved when it was opened, whatever is approved later', async () => {
  const world = await commitWorld();
  const g = await approved(world, ['M01']);
  const r = await world.open();
  const review = await findReview(world.use.db.read, r);
  if (review === null) throw new Error('no review');
  await world.click('S0', { a: 'post_star_save', y: YEAR, g, k: STAR }, star('窗口来人五分钟内接待'));
  await world.click('S0', { a: 'post_pick', y: YEAR, g, p: 0 }, { member_M03: 'in' });
  await submit(world);
  await decide(world, 'G1', 'post_approve');
  const meaning = async (person: string) =>
    (await starsInReview(world.use.db.read, review, person)).find(({ key }) => key === STAR);
  expect(await meaning('M01')).toMatchObject({ individual: true, indicators: [{ zh: INDICATOR }] });
  expect(await meaning('M03')).toMatchObject({ individual: false });
  expect(allText(await world.card('self_review', { review: r }, 'M01'))).toContain(INDICATOR);
  expect(allText(await world.card('self_review', { review: r }, 'M03'))).not.toContain('岗位标准');
  const self = await world.card('self_review', { review: r }, 'M01');
  expect(fieldNames(self)).toEqual(fieldNames(await world.card('self_review', { review: r }, 'M03')));
  expect(allText(await world.card('commitment', { year: YEAR, whose: 'own', star: 6 }, 'M03'))).toContain('五分钟');
});
it('a review opened before anything was approved stays with the common stars', async () => {
  const world = await commitWorld();
  const r = await world.open();
  await approved(world, ['M01']);
  expect(allText(await world.card('self_review', { review: r }, 'M01'))).not.toContain(INDICATOR);
});

describe('wrong people', () => {
  it.each([
    ['M01', 'a member'],
    ['K1', 'the committee'],
    ['G1', 'the leading group'],
    ['R01', 'a colleague'],
  ])('%s, %s, sets nothing up', async (person) => {
    const world = await commitWorld();
    const g = await drafted(world, ['M01']);
    const before = await findPostPlan(world.use.db.read, 'B001', YEAR);
    const actions: Action[] = [
      { a: 'post_list', y: YEAR },
      { a: 'post_add', y: YEAR },
      { a: 'post_show', y: YEAR, g },
      { a: 'post_rename', y: YEAR, g },
      { a: 'post_remove', y: YEAR, g },
      { a: 'post_members', y: YEAR, g, p: 0 },
      { a: 'post_pick', y: YEAR, g, p: 0 },
      { a: 'post_star', y: YEAR, g },
      { a: 'post_star_save', y: YEAR, g },
      { a: 'post_star_remove', y: YEAR, g, k: STAR },
      { a: 'post_submit', y: YEAR },
      { a: 'post_withdraw', y: YEAR },
    ];
    for (const action of actions) {
      const { toast, card } = await world.click(person, action, { name: '别的', ...star() });
      expect(toast).toMatchObject({ type: 'error', text: expect.stringContaining('书记、副书记') });
      expect(card).toBeUndefined();
    }
    expect(await findPostPlan(world.use.db.read, 'B001', YEAR)).toEqual(before);
    expect(await world.card('post_groups', { year: YEAR }, person)).toBeNull();
  });
  it('the secretary of another branch works on that branch’s plan alone', async () => {
    const world = await commitWorld();
    const g = await drafted(world, ['M01']);
    await world.click('X0', { a: 'post_remove', y: YEAR, g });
    await world.click('X0', { a: 'post_add', y: YEAR }, { name: '别的支部' });
    expect(await groupIds(world)).toEqual([g]);
    expect((await findPostPlan(world.use.db.read, 'B002', YEAR))?.draft.groups).toHaveLength(1);
    const others = (await findPostPlan(world.use.db.read, 'B002', YEAR))?.draft.groups[0]?.id ?? '';
    await world.click('X0', { a: 'post_pick', y: YEAR, g: others, p: 0 }, { member_M01: 'in', member_X0: 'in' });
    expect((await findPostPlan(world.use.db.read, 'B002', YEAR))?.draft.groups[0]?.members).toEqual(['X0']);
  });
  it('only the leading group examines, never who set it up', async () => {
    const world = await commitWorld();
    await drafted(world, ['M01']);
    await submit(world);
    for (const person of ['S0', 'D0', 'K1', 'M01', 'X0', 'O1', 'P1'])
      for (const how of ['post_approve', 'post_return'] as const)
        expect((await decide(world, person, how, '不行')).toast?.type).toBe('error');
    expect((await world.click('O1', { a: 'post_review', b: 'B001', y: YEAR, p: 0 })).toast?.type).toBe('error');
    expect((await findPostPlan(world.use.db.read, 'B001', YEAR))?.state).toBe('submitted');
    expect(
      (await world.click('G1', { a: 'post_approve', b: 'B001', y: YEAR, v: 2 }, {}, { chat: 'oc_branch' })).card,
    ).toBeUndefined();
  });
  it('where a unit has no leading group the office decides', async () => {
    const world = await commitWorld({ leadingGroup: false });
    await drafted(world, ['M01']);
    await submit(world);
    expect(buttonNames(await world.card('commitment_queue', {}, 'O1'))).toContain('posts_1');
    expect((await decide(world, 'O1', 'post_approve')).toast?.type).toBe('success');
  });
  it('the deputy does what the secretary does', async () => {
    const world = await commitWorld();
    expect((await world.click('D0', { a: 'post_add', y: YEAR }, { name: '综合文秘' })).toast?.type).toBe('success');
  });
});

describe('wrong input', () => {
  it('comes back as it was typed, with what is wrong', async () => {
    const world = await commitWorld();
    const noName = await world.click('S0', { a: 'post_add', y: YEAR }, { name: ' ' });
    expect(noName.toast).toMatchObject({ type: 'warning', text: '请写岗位名称。' });
    const g = await drafted(world, ['M01']);
    const twice = await world.click('S0', { a: 'post_add', y: YEAR }, { name: '服务窗口' });
    expect(twice.toast?.text).toBe('已有同名的岗位组。');
    const tries: [Record<string, string>, RegExp][] = [
      [{ star: '', indicator_1: '按时办结' }, /选择一颗星/],
      [{ star: STAR }, /至少写一条/],
      [star('件'.repeat(51)), /太长/],
      [star('每月家访两户'), /入户走访.*例如/],
      [star('按时办结', { indicator_2: '按时办结' }), /相同/],
    ];
    for (const [form, want] of tries) {
      const { toast, card } = await world.click('S0', { a: 'post_star_save', y: YEAR, g }, form);
      expect(toast).toMatchObject({ type: 'warning', text: expect.stringMatching(want) });
      expect(fieldNames(card)).toEqual(['star', 'indicator_1', 'indicator_2', 'indicator_3', 'indicator_4']);
      if (form.indicator_1) expect(allText(card)).toContain(form.indicator_1);
    }
    for (const key of ['teamwork', 'integrity'])
      await world.click('S0', { a: 'post_star_save', y: YEAR, g }, star('按时办结', { star: key }));
    const fourth = await world.click(
      'S0',
      { a: 'post_star_save', y: YEAR, g },
      star('按时办结', { star: 'dedication' }),
    );
    expect(fourth.toast?.text).toBe('每个岗位组最多 3 颗个性星。');
    const gone = await world.click('S0', { a: 'post_star_save', y: YEAR, g: 'gone' }, star());
    expect(gone.toast).toMatchObject({ type: 'warning', text: expect.stringContaining('不在了') });
  });
  it('a plan with gaps, a plan that is handed in, and a year that is over are refused', async () => {
    const world = await commitWorld();
    expect((await submit(world)).toast?.text).toBe('请先新建岗位组。');
    const g = await drafted(world, []);
    expect((await submit(world)).toast?.text).toContain('“服务窗口”还没有成员');
    await world.click(
      'S0',
      { a: 'post_pick', y: YEAR, g, p: 0 },
      { member_M01: 'in', member_R01: 'in', member_X0: 'in' },
    );
    await world.click('S0', { a: 'post_star_remove', y: YEAR, g, k: STAR });
    expect((await submit(world)).toast?.text).toContain('还没有个性星');
    await world.click('S0', { a: 'post_star_save', y: YEAR, g }, star());
    expect((await submit(world)).toast?.type).toBe('success');
    expect((await findPostPlan(world.use.db.read, 'B001', YEAR))?.draft.groups[0]?.members).toEqual(['M01']);
    for (const action of [
      { a: 'post_add', y: YEAR },
      { a: 'post_remove', y: YEAR, g },
    ] satisfies Action[])
      expect((await world.click('S0', action, { name: '又一个' })).toast?.text).toContain('已提交');
    expect((await submit(world)).toast?.text).toContain('已提交');
    expect((await world.click('S0', { a: 'post_add', y: 2025 }, { name: '去年' })).toast?.text).toContain('这一年');
  });
  it('is off where the rules allow none', async () => {
    const world = await commitWorld();
    const files = world.use.years.of(YEAR);
    const rules = { ...files.rules, individual_stars: { max_per_post_group: 0 } };
    world.use.years.of = () => ({ ...files, rules });
    expect((await world.click('S0', { a: 'post_add', y: YEAR }, { name: '窗口' })).toast?.text).toBe(
      '规则里没有开放个性星。',
    );
  });
  it('returning needs a comment; the secretary reads it and hands in again', async () => {
    const world = await commitWorld();
    const g = await drafted(world, ['M01']);
    await submit(world);
    expect((await decide(world, 'G1', 'post_return')).toast?.text).toBe('退回请写明意见。');
    expect((await decide(world, 'G1', 'post_return', '意'.repeat(301))).toast?.text).toContain('300');
    expect((await decide(world, 'G1', 'post_return', '请写得能核对')).toast?.type).toBe('success');
    const back = await world.card('post_groups', { year: YEAR }, 'S0');
    expect(allText(back)).toContain('退回意见：请写得能核对');
    await world.click('S0', { a: 'post_star_save', y: YEAR, g, k: STAR }, star('窗口来人五分钟内接待'));
    expect((await submit(world)).toast?.type).toBe('success');
    expect(await audit(world)).toEqual(['post_plan_submitted', 'post_plan_returned', 'post_plan_submitted']);
  });
  it('nobody approves what they have not read', async () => {
    const world = await commitWorld();
    const g = await drafted(world, ['M01']);
    await submit(world);
    const read = (await findPostPlan(world.use.db.read, 'B001', YEAR))?.version ?? 0;
    await world.click('S0', { a: 'post_withdraw', y: YEAR });
    await world.click('S0', { a: 'post_star_save', y: YEAR, g, k: STAR }, star('窗口来人五分钟内接待'));
    await submit(world);
    const late = await world.click('G1', { a: 'post_approve', b: 'B001', y: YEAR, v: read });
    expect(late.toast).toMatchObject({ type: 'warning', text: expect.stringContaining('变化') });
    expect(allText(cardOf(late))).toContain('五分钟');
    expect(await postPlanInForce(world.use.db.read, 'B001', YEAR)).toBeNull();
    await decide(world, 'G1', 'post_approve');
    expect((await world.click('S0', { a: 'post_withdraw', y: YEAR })).toast?.text).toContain('已经审定');
  });
});

describe('beside the branch’s commitments', () => {
  it('is handed in with them, and the approver is shown the way', async () => {
    const world = await commitWorld();
    await drafted(world, ['M01']);
    for (const n of [1, 2, 3, 4, 5]) await world.add('S0', 'branch', n);
    expect((await world.submit('S0', 'branch')).toast?.type).toBe('success');
    expect((await findPostPlan(world.use.db.read, 'B001', YEAR))?.state).toBe('submitted');
    const sheet = await world.sheet(null);
    const review = await world.click('G1', { a: 'commit_review', c: sheet.id });
    expect(buttonNames(cardOf(review))).toContain('open_posts');
  });
  it('a plan with gaps does not hold the commitments up', async () => {
    const world = await commitWorld();
    await world.click('S0', { a: 'post_add', y: YEAR }, { name: '服务窗口' });
    for (const n of [1, 2, 3, 4, 5]) await world.add('S0', 'branch', n);
    expect((await world.submit('S0', 'branch')).toast?.type).toBe('success');
    expect((await findPostPlan(world.use.db.read, 'B001', YEAR))?.state).toBe('draft');
  });
  it('is opened by a word of the command', async () => {
    const world = await commitWorld();
    for (const words of ['/承诺 岗位', '/commit posts 2026']) await world.type('S0', words);
    await world.type('M01', '/承诺 岗位');
    const cards = (await world.outbox()).map(({ card, recipient }) => `${recipient} ${card}`);
    expect(cards).toEqual(['S0 post_groups', 'S0 post_groups', 'M01 notice']);
  });
  it('approvers are reminded when the reply is due', async () => {
    const world = await commitWorld();
    await drafted(world, ['M01']);
    await submit(world);
    const before = (await world.outbox()).length;
    world.clock.now = Date.parse('2026-10-15T09:00:00+08:00');
    await runJob(world, 'commitment-clock');
    expect((await world.outbox()).slice(before).map(({ card, recipient }) => [card, recipient])).toEqual([
      ['commitment_queue', 'G1'],
    ]);
  });
});

describe('people who move, and years that pass', () => {
  it('who left or changed the branch has no post there; a new draft is without them', async () => {
    const world = await commitWorld();
    const g = await approved(world, ['M01', 'M02', 'M03']);
    await world.use.db.script(`UPDATE person SET branch = 'B002' WHERE employee_no = 'M01';
      UPDATE person SET left_on = '2026-10-08' WHERE employee_no = 'M02'`);
    expect(allText(await world.card('commitment', { year: YEAR, whose: 'own', star: 6 }, 'M01'))).not.toContain(
      INDICATOR,
    );
    const shown = await world.click('S0', { a: 'post_show', y: YEAR, g });
    expect(allText(cardOf(shown))).not.toMatch(/某M01|某M02/);
    await world.click('S0', { a: 'post_rename', y: YEAR, g }, { name: '服务大厅' });
    await submit(world);
    expect((await findPostPlan(world.use.db.read, 'B001', YEAR))?.draft.groups[0]).toMatchObject({
      name: '服务大厅',
      members: ['M03'],
    });
  });
  it('in December the next year begins with what is in force, and nothing is in force there before it is approved', async () => {
    const world = await commitWorld();
    const g = await approved(world, ['M01', 'M02']);
    await world.use.db.script("UPDATE person SET left_on = '2026-11-30' WHERE employee_no = 'M02'");
    world.clock.now = Date.parse('2026-12-07T10:00:00+08:00');
    const next = await world.card('post_groups', { year: 2027 }, 'S0');
    expect(allText(next)).toContain('服务窗口：1 人');
    expect(await postPlanInForce(world.use.db.read, 'B001', 2027)).toBeNull();
    await world.click('S0', { a: 'post_rename', y: 2027, g }, { name: '服务大厅' });
    await submit(world, 'S0', 2027);
    expect((await decide(world, 'G1', 'post_approve', '', 2027)).toast?.type).toBe('success');
    expect((await postPlanInForce(world.use.db.read, 'B001', YEAR))?.groups[0]?.name).toBe('服务窗口');
    expect((await postPlanInForce(world.use.db.read, 'B001', 2027))?.groups[0]?.name).toBe('服务大厅');
  });
  it('what is in force can be taken back by an empty plan', async () => {
    const world = await commitWorld();
    const g = await approved(world, ['M01']);
    await world.click('S0', { a: 'post_remove', y: YEAR, g });
    expect((await submit(world)).toast?.type).toBe('success');
    const review = await world.click('G1', { a: 'post_review', b: 'B001', y: YEAR, p: 0 });
    expect(allText(cardOf(review))).toContain('不再设个性星');
    await decide(world, 'G1', 'post_approve');
    expect(allText(await world.card('me', {}, 'M01'))).not.toContain('我的岗位');
  });
});

it('plans go three years after their year, and versions that nothing refers to with them (F16)', async () => {
  const world = await commitWorld();
  const g = await approved(world, ['M01']);
  await world.open();
  await world.click('S0', { a: 'post_star_save', y: YEAR, g, k: STAR }, star('窗口来人五分钟内接待'));
  await submit(world);
  await decide(world, 'G1', 'post_approve');
  const count = async (table: string) =>
    (await world.use.db.read.get(z.object({ n: z.int() }), `SELECT count(*) AS n FROM ${table}`))?.n;
  world.clock.now = Date.parse('2029-12-31T03:30:00+08:00');
  await runJob(world, 'retention');
  expect([await count('post_plan'), await count('post_plan_version'), await count('review_post_plan')]).toEqual([
    1, 2, 1,
  ]);
  world.clock.now = Date.parse('2030-01-01T03:30:00+08:00');
  expect(await runJob(world, 'retention')).toMatchObject({ failed: 0 });
  // The review is not final yet, so what it stands under stays.
  expect([await count('post_plan'), await count('post_plan_version'), await count('review_post_plan')]).toEqual([
    0, 1, 1,
  ]);
});
