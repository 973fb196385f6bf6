/** Opinions while they come in: the form, one a person, the close (R79, J14, F6, F7, F20). */
import { describe, expect, it } from 'vitest';
import { auditOf } from '../../src/store/audit.ts';
import { countOpinions, findOpinionBox, findRound } from '../../src/store/opinions.ts';
import {
  allText,
  closeByMeeting,
  fieldNames,
  gathered,
  GIVERS,
  opinionWorld,
  runJob,
} from '../support/opinion-world.ts';

describe('opening', () => {
  it('sends a form to every member and colleague of the branch, and to nobody else', async () => {
    const world = await opinionWorld();
    const r = await world.open();
    const sent = (await world.outbox()).filter(({ card }) => card === 'opinion');
    expect(sent.map(({ recipient }) => recipient).toSorted()).toEqual([
      'D0',
      'K1',
      'M01',
      'M02',
      'M03',
      'M04',
      'M05',
      'M06',
      'R01',
      'R02',
      'R03',
      'S0',
    ]);
    expect(sent.every(({ args }) => args === JSON.stringify({ review: r }))).toBe(true);
    expect(await countOpinions(world.use.db.read, r)).toEqual({ asked: 12, given: 0 });
    expect((await auditOf(world.use.db.read, r)).map(({ act }) => act)).toContain('opinions_opened');
  });

  it('says in the first two sentences what is asked, who sees what and how long it is kept (F6)', async () => {
    const world = await opinionWorld();
    const r = await world.open();
    const zh = allText(await world.card('opinion', { review: r }, 'M01'));
    for (const said of ['不记名', '支部书记', '销毁', '30 天', '3 年', '不到 5 份']) expect(zh).toContain(said);
    const en = allText(await world.card('opinion', { review: r }, 'M01', 'en'));
    for (const said of ['Anonymous', 'branch secretary', 'destroyed', '30 days', '3 years', 'fewer than 5'])
      expect(en).toContain(said);
  });
});

describe('the form', () => {
  it('lists members but not oneself and not colleagues, and asks for nothing', async () => {
    const world = await opinionWorld();
    const r = await world.open();
    const card = await world.card('opinion', { review: r }, 'M01');
    expect(fieldNames(card)).toEqual(['branch', 'who', 'about']);
    const select = card?.blocks
      .flatMap((block) => (block.kind === 'form' ? block.fields : []))
      .find((field) => field.kind === 'select');
    expect(select?.kind === 'select' && select.options.map(({ value }) => value)).toEqual([
      'S0',
      'D0',
      'K1',
      'M02',
      'M03',
      'M04',
      'M05',
      'M06',
    ]);
    expect(JSON.stringify(card)).not.toContain('"required":true');
    expect((await world.click('M01', { a: 'opinion', r })).toast?.type).toBe('success');
  });

  it('grows by a colleague a click, keeps what was typed and writes nothing', async () => {
    const world = await opinionWorld();
    const r = await world.open();
    await world.use.db.checkpoint();
    const before = world.files();
    const one = await world.click(
      'M01',
      { a: 'opinion_add', r, p: 0 },
      { branch: '甲甲甲', who: 'M02', about: '乙乙乙' },
    );
    expect(fieldNames(one.card)).toEqual(['branch', 'about_M02', 'who', 'about']);
    expect(allText(one.card)).toMatch(/甲甲甲[\s\S]*乙乙乙/);
    const two = await world.click(
      'M01',
      { a: 'opinion_add', r, p: 0 },
      { branch: '甲甲甲', about_M02: '乙乙乙', who: 'M03', about: '丙丙丙' },
    );
    expect(fieldNames(two.card)).toEqual(['branch', 'about_M02', 'about_M03', 'who', 'about']);
    expect(world.files().equals(before)).toBe(true);
    expect(await countOpinions(world.use.db.read, r)).toMatchObject({ given: 0 });
  });

  it.each([
    { name: 'a remark without a name', form: { about: '丙丙丙' }, said: '哪位' },
    { name: 'a remark about oneself', form: { about_M01: '丙丙丙', branch: '丙丙丙' }, said: '名单变了' },
    {
      name: 'a remark about somebody from elsewhere',
      form: { about_X0: '丙丙丙', branch: '丙丙丙' },
      said: '名单变了',
    },
    { name: 'a long remark', form: { branch: '丙'.repeat(201) }, said: '200' },
  ])('comes back as it was typed after $name, and can still be handed in', async ({ form, said }) => {
    const world = await opinionWorld();
    const r = await world.open();
    const answer = await world.click('M01', { a: 'opinion', r }, form);
    expect(answer.toast).toMatchObject({ type: 'warning', text: expect.stringContaining(said) });
    expect(allText(answer.card)).toContain('丙丙丙');
    expect((await world.click('M01', { a: 'opinion', r }, { branch: '好' })).toast?.type).toBe('success');
  });

  it('does not offer a secretary whose texts nobody else could group (F17)', async () => {
    const world = await opinionWorld({ deputy: false, committee: 0 });
    const r = await world.open();
    expect((await world.click('M01', { a: 'opinion', r }, { about_S0: '早一点' })).toast?.type).toBe('warning');
  });

  it.each([
    { name: 'somebody of another branch', person: 'X0' },
    { name: 'a stranger', person: 'nobody' },
  ])('is refused from $name', async ({ person }) => {
    const world = await opinionWorld();
    const r = await world.open();
    const answer = await world.click(person, { a: 'opinion', r }, { branch: '好' });
    expect(answer.toast?.type).not.toBe('success');
    expect(allText(await world.card('opinion', { review: r }, person))).not.toContain('对支部工作的意见和建议');
    expect(await countOpinions(world.use.db.read, r)).toMatchObject({ given: 0 });
  });

  it.each([
    { a: 'opinion' as const },
    { a: 'opinion_add' as const, p: 0 },
    { a: 'opinion_open' as const },
    { a: 'opinion_desk' as const, p: 0 },
  ])('is not filled in or shown in a group chat (F20): $a', async (action) => {
    const world = await opinionWorld();
    const r = await world.open();
    const answer = await world.click('S0', { ...action, r }, { branch: '秘密' }, { chat: 'oc_branch' });
    expect(answer).toMatchObject({ toast: { type: 'warning' } });
    expect(answer.card).toBeUndefined();
    expect(await countOpinions(world.use.db.read, r)).toMatchObject({ given: 0 });
  });
});

describe('one form a person', () => {
  it('under fifty clicks at once and repeated deliveries', async () => {
    const world = await opinionWorld();
    const r = await world.open();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        world.click('M01', { a: 'opinion', r }, { branch: `第${i}次` }, { key: `same:${i % 5}` }),
      ),
    );
    expect(answers.filter(({ toast }) => toast?.type === 'success')).toHaveLength(1);
    expect(answers.filter(({ toast }) => toast?.text.includes('已经交过'))).toHaveLength(49);
    for (const person of ['M02', 'M03', 'R01', 'R02']) await world.click(person, { a: 'opinion', r });
    await closeByMeeting(world, r);
    const page = await world.click('S0', { a: 'opinion_group', r, s: 'branch', p: 0 });
    expect(allText(page.card).match(/第\d+次/g)).toHaveLength(1);
  });

  it('from the whole branch at once, nothing lost', async () => {
    const world = await opinionWorld({ members: 12, colleagues: 6 });
    const r = await world.open();
    const people = (await world.outbox()).filter(({ card }) => card === 'opinion').map(({ recipient }) => recipient);
    await Promise.all(people.map((person) => world.click(person, { a: 'opinion', r }, { branch: `说${person}完` })));
    await closeByMeeting(world, r);
    const page = await world.click('S0', { a: 'opinion_group', r, s: 'branch', p: 0 });
    const later = await world.click(
      'S0',
      { a: 'opinion_group', r, s: 'branch', p: 1 },
      {},
      { button: 'opinion_later' },
    );
    const seen = new Set(
      [...allText(page.card).matchAll(/说(\w+)完/g), ...allText(later.card).matchAll(/说(\w+)完/g)].map(
        ([, person]) => person,
      ),
    );
    expect(seen).toEqual(new Set(people));
  });
});

describe('closing', () => {
  it('happens when the meeting starts; later forms are refused', async () => {
    const { world, r } = await gathered();
    await closeByMeeting(world, r);
    expect(await findRound(world.use.db.read, r)).toMatchObject({ state: 'grouping', forwardBy: '2026-10-12' });
    const late = await world.click('M06', { a: 'opinion', r }, { branch: '晚了' });
    expect(late.toast?.text).toContain('截止');
    expect(await countOpinions(world.use.db.read, r)).toMatchObject({ given: 5 });
    const desks = (await world.outbox())
      .filter(({ card }) => card === 'opinion_desk')
      .map(({ recipient }) => recipient);
    expect(desks.toSorted()).toEqual(['D0', 'S0']); // the deputy groups what is about the secretary
  });

  it('happens by the job at the end of its days, by the clock even before the job', async () => {
    const { world, r } = await gathered();
    world.clock.now = Date.parse('2026-10-16T17:59:00+08:00');
    expect(await runJob(world, 'opinion-close')).toMatchObject({ done: 0 });
    world.clock.now = Date.parse('2026-10-16T18:00:00+08:00');
    expect((await world.click('M06', { a: 'opinion', r }, { branch: '晚了' })).toast?.text).toContain('截止');
    expect(await runJob(world, 'opinion-close')).toMatchObject({ done: 1, failed: 0 });
    expect(await runJob(world, 'opinion-close')).toMatchObject({ done: 0, failed: 0 });
    const desks = (await world.outbox()).filter(({ card }) => card === 'opinion_desk');
    expect(desks).toHaveLength(2);
    // Friday evening: the word waits for Monday morning.
    expect(desks.every(({ notBefore }) => notBefore === Date.parse('2026-10-19T09:00:00+08:00'))).toBe(true);
  });

  it('destroys fewer than five forms unread', async () => {
    const world = await opinionWorld();
    const r = await world.open();
    for (const person of GIVERS.slice(1)) await world.click(person, { a: 'opinion', r }, { branch: '少数' });
    // Whoever is about to start the meeting is told before it is done.
    expect(JSON.stringify(await world.card('console', { review: r }, 'S0'))).toContain('只收到 4 份');
    await closeByMeeting(world, r);
    expect(await findRound(world.use.db.read, r)).toMatchObject({ state: 'unopened' });
    expect(await findOpinionBox(world.use.db.read, r)).toBeNull();
    expect(world.use.keys.has(r, 'opinions')).toBe(false);
    expect((await world.click('S0', { a: 'opinion_group', r, s: 'branch', p: 0 })).card).not.toBeNull();
    expect(allText((await world.click('S0', { a: 'opinion_desk', r, p: 0 })).card)).toContain('不到 5 份');
  });
});
