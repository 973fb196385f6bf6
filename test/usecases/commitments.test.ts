/** Writing commitments and handing them in: states, people who may and may not, wrong input (R49–R54, A40, F2, F20). */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { NEUTRAL_WORDING } from '../../src/domain/criterion.ts';
import { itemsOf } from '../../src/store/commitments.ts';
import { type CommitWorld, commitWorld } from '../support/commit-world.ts';
import { allText, buttonNames } from '../support/opinion-world.ts';

const items = async (world: CommitWorld, person: string | null) =>
  itemsOf(world.use.db.read, (await world.sheet(person)).id);
const acts = async (world: CommitWorld) =>
  (
    await world.use.db.read.all(
      z.object({ act: z.string() }),
      "SELECT act FROM audit WHERE act LIKE 'commit%' ORDER BY seq",
    )
  ).map(({ act }) => act);
const sent = async (world: CommitWorld, card: string) =>
  (await world.outbox()).filter((row) => row.card === card).map((row) => row.recipient);
const initials = (answer: { card?: unknown }) =>
  Object.fromEntries(
    (
      (answer.card as { blocks: { kind: string; fields?: { name: string; initial?: string }[] }[] } | undefined)
        ?.blocks ?? []
    )
      .flatMap((block) => (block.kind === 'form' ? (block.fields ?? []) : []))
      .map(({ name, initial }) => [name, initial]),
  );

describe('writing', () => {
  it('goes star by star, keeps a draft, changes, removes and puts back', async () => {
    const world = await commitWorld();
    await world.type('M01', '/承诺');
    expect((await world.outbox()).at(-1)).toMatchObject({
      card: 'commitment',
      recipient: 'M01',
      args: '{"year":2026,"whose":"own","star":0}',
    });
    const first = await world.card('commitment', { year: 2026, whose: 'own', star: 0 }, 'M01');
    expect(allText(first)).toContain('政治坚定星');
    expect(allText(first)).toContain(world.use.catalogue.member[0]!.indicators[0]!.zh);
    const next = await world.click('M01', { a: 'commit_show', y: 2026, w: 'own', n: 1 });
    expect(allText(next.card)).toContain(world.use.catalogue.member[1]!.indicators[0]!.zh);

    const added = await world.add('M01', 'own', 3);
    expect(added.toast).toMatchObject({ type: 'success', text: '已添加，共 1 项。' });
    expect(allText(added.card)).toContain('第 4 颗星');
    const [item] = await items(world, 'M01');
    const editing = await world.click('M01', { a: 'commit_edit', i: item!.id });
    expect(initials(editing)).toMatchObject({ text: item!.text, due: '2026-12-18' });
    const saved = await world.click(
      'M01',
      { a: 'commit_put', y: 2026, w: 'own', n: 3, i: item!.id },
      world.item(3, { text: '改过的承诺' }),
    );
    expect(saved.toast?.text).toBe('已保存。');
    expect((await items(world, 'M01')).map(({ text }) => text)).toEqual(['改过的承诺']);

    const removed = await world.click('M01', { a: 'commit_remove', i: item!.id });
    expect(removed.toast?.type).toBe('success');
    expect(await items(world, 'M01')).toEqual([]);
    expect(initials(removed)).toMatchObject({ text: '改过的承诺' });
    expect(
      (
        await world.click(
          'M01',
          { a: 'commit_put', y: 2026, w: 'own', n: 3 },
          initials(removed) as Record<string, string>,
        )
      ).toast?.type,
    ).toBe('success');
    expect(await items(world, 'M01')).toHaveLength(1);
  });

  it.each([
    ['a text about a private matter', { text: '每月家访两户群众' }, '入户走访'],
    ['no result', { result: ' ' }, '做成什么样'],
    ['no star', { star: 'charm' }, '请选择一颗星'],
    ['a day that is over', { due: '2026-10-08' }, '已经过去'],
    ['another year', { due: '2027-01-08' }, '2026 年以内'],
    ['words for a date', { due: '年底' }, '请选择完成日期'],
    ['a text that is too long', { text: '长'.repeat(101) }, '不超过 100 字'],
  ])('refuses %s and gives back what was typed', async (_name, over, says) => {
    const world = await commitWorld();
    for (const press of ['commit_put', 'commit_submit'] as const) {
      const form = world.item(1, over);
      const answer = await world.click('M01', { a: press, y: 2026, w: 'own', n: 0 }, form);
      expect(answer.toast?.type).toBe('warning');
      expect(answer.toast?.text).toContain(says);
      expect(initials(answer)).toMatchObject(form.text === '' ? {} : { text: form.text });
      await expect(world.sheet('M01')).rejects.toThrow('no sheet');
    }
  });
  it('names the topic and a neutral wording in the reader’s language (F2)', async () => {
    const world = await commitWorld();
    await world.type('M01', '/lang en');
    const { toast } = await world.add('M01', 'own', 1, { text: 'Home visits to two households' });
    expect(toast?.text).toContain(NEUTRAL_WORDING.home_visits.topic.en);
    expect(toast?.text).toContain(NEUTRAL_WORDING.home_visits.suggestion.en);
  });
  it('takes no item twice and not more than ten', async () => {
    const world = await commitWorld();
    for (let n = 0; n < 10; n++) await world.add('M01', 'own', n);
    expect((await world.add('M01', 'own', 3)).toast?.text).toContain('已经写过');
    const over = await world.add('M01', 'own', 3, { text: '第十一项' });
    expect(over.toast).toMatchObject({ type: 'warning' });
    expect(initials(over).text).toBe('第十一项');
    expect(await items(world, 'M01')).toHaveLength(10);
  });
  it('is a member’s own: no colleague, nobody for somebody else, no click from a group', async () => {
    const world = await commitWorld();
    expect((await world.add('R01', 'own', 1)).toast?.type).toBe('error');
    expect((await world.add('M01', 'branch', 1)).toast?.type).toBe('error');
    await world.add('M01', 'own', 1);
    const [item] = await items(world, 'M01');
    for (const thief of ['S0', 'M02', 'X0']) {
      expect((await world.click(thief, { a: 'commit_edit', i: item!.id })).card).toBeUndefined();
      expect((await world.click(thief, { a: 'commit_remove', i: item!.id })).toast?.type).toBe('warning');
      expect(
        (await world.click(thief, { a: 'commit_put', y: 2026, w: 'own', n: 0, i: item!.id }, world.item(2))).toast
          ?.type,
      ).toBe('warning');
    }
    expect((await items(world, 'M01'))[0]?.text).toBe(item!.text);
    const inGroup = await world.click('M01', { a: 'commit_show', y: 2026, w: 'own', n: 0 }, {}, { chat: 'oc_branch' });
    expect(inGroup.card).toBeUndefined();
    expect(await world.card('commitment', { year: 2026, whose: 'own', star: 0 }, 'R01')).toBeNull();
  });
  it('of another year: next year’s from December, last year’s only to read', async () => {
    const world = await commitWorld();
    await world.type('M01', '/承诺 2027');
    expect((await world.outbox()).at(-1)?.args).toContain('commit_year');
    const early = await world.click(
      'M01',
      { a: 'commit_put', y: 2027, w: 'own', n: 0 },
      world.item(1, { due: '2027-05-01' }),
    );
    expect(early.toast?.type).toBe('warning');
    world.clock.now = Date.parse('2026-12-02T10:00+08:00');
    await world.type('M01', '/承诺 2027');
    expect((await world.outbox()).at(-1)).toMatchObject({
      card: 'commitment',
      args: '{"year":2027,"whose":"own","star":0}',
    });
    expect(
      (await world.click('M01', { a: 'commit_put', y: 2027, w: 'own', n: 0 }, world.item(1, { due: '2027-05-01' })))
        .toast?.type,
    ).toBe('success');
    world.clock.now = Date.parse('2027-02-02T10:00+08:00');
    const card = await world.card('commitment', { year: 2026, whose: 'own', star: 0 }, 'M01');
    expect(buttonNames(card)).not.toContain('add_item');
    await world.type('M01', '/承诺 明年吧');
    expect((await world.outbox()).at(-1)?.args).toContain('commit_word');
  });
});

describe('handing in', () => {
  it('wants three items, adds the one still in the form, and asks the committee', async () => {
    const world = await commitWorld();
    await world.add('M01', 'own', 1);
    const few = await world.submit('M01', 'own', world.item(2));
    expect(few.toast?.text).toContain('至少要写 3 项，现在有 2 项');
    expect((await items(world, 'M01')).length).toBe(2);
    // An item that is there already, sent once more, neither doubles nor stands in the way.
    expect((await world.submit('M01', 'own', world.item(2))).toast?.text).toContain('现在有 2 项');
    const done = await world.submit('M01', 'own', world.item(3));
    expect(done.toast?.type).toBe('success');
    expect(await world.sheet('M01')).toMatchObject({ state: 'submitted', replyBy: '2026-10-15', submittedBy: 'M01' }); // Saturday the 10th is worked
    expect(await sent(world, 'commitment_queue')).toEqual(['S0', 'D0', 'K1']);
    expect((await world.add('M01', 'own', 4)).toast?.text).toContain('撤回');
    expect(await acts(world)).toEqual(['commitment_submitted']);
  });
  it('calls an approver once a day, however many hand in', async () => {
    const world = await commitWorld();
    for (const person of ['M01', 'M02']) {
      for (const n of [1, 2, 3]) await world.add(person, 'own', n);
      await world.submit(person, 'own');
    }
    expect(await sent(world, 'commitment_queue')).toHaveLength(3);
    expect(buttonNames(await world.card('commitment_queue', {}, 'S0'))).toEqual(['review_1', 'review_2']);
    expect(buttonNames(await world.card('commitment_queue', {}, 'M03'))).toEqual([]);
  });
  it('can be taken back until it is decided on', async () => {
    const world = await commitWorld();
    for (const n of [1, 2, 3]) await world.add('M01', 'own', n);
    await world.submit('M01', 'own');
    const seen = await world.sheet('M01');
    expect((await world.click('M01', { a: 'commit_withdraw', y: 2026, w: 'own' })).toast?.type).toBe('success');
    // What an approver had open is not what the sheet says now.
    expect((await world.click('S0', { a: 'commit_approve', c: seen.id, v: seen.version })).toast?.type).toBe('warning');
    await world.add('M01', 'own', 4);
    await world.submit('M01', 'own');
    expect((await world.click('S0', { a: 'commit_approve', c: seen.id, v: seen.version })).toast?.type).toBe('warning');
    expect(await world.sheet('M01')).toMatchObject({ state: 'submitted' });
    await world.decide('S0', 'M01', 'commit_approve');
    const late = await world.click('M01', { a: 'commit_withdraw', y: 2026, w: 'own' });
    expect(late.toast?.type).toBe('warning');
  });
});
