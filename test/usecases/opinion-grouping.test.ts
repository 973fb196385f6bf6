/** Opinions after the close: read and grouped by the right person only, passed on, raw texts destroyed (A49, F7, F17). */
import { describe, expect, it } from 'vitest';
import { auditOf } from '../../src/store/audit.ts';
import { findOpinionBox, findRound } from '../../src/store/opinions.ts';
import { destroyRawOpinions } from '../../src/usecases/review/opinions.ts';
import { sweepKeys } from '../../src/usecases/urn-lifecycle.ts';
import {
  type OpinionWorld,
  allText,
  buttonNames,
  closeByMeeting,
  gathered,
  GIVERS,
  opinionWorld,
  passed,
} from '../support/opinion-world.ts';

describe('raw texts', () => {
  it('are closed to everybody, the secretary too, while forms are taken', async () => {
    const { world, r } = await gathered();
    const answer = await world.click('S0', { a: 'opinion_group', r, s: 'branch', p: 0 });
    expect(answer.toast?.type).toBe('warning');
    expect(allText(answer.card)).not.toContain('会议太长');
    expect(allText(await world.card('opinion_desk', { review: r, page: 0 }, 'S0'))).toContain('已交 5 份');
  });

  it('are shown to the one who groups, subject by subject, and to nobody else', async () => {
    const { world, r } = await gathered();
    await closeByMeeting(world, r);
    const read = async (person: string, s: string) =>
      allText((await world.click(person, { a: 'opinion_group', r, s, p: 0 })).card);
    expect(await read('S0', 'M04')).toMatch(/回复群众慢|材料写得好|电话常没人接/);
    expect(await read('S0', 'branch')).toContain('会议太长了');
    expect(await read('S0', 'branch')).not.toContain('回复群众慢');
    expect(await read('D0', 'S0')).toContain('布置任务要早');
    for (const [person, subject] of [
      ['S0', 'S0'],
      ['D0', 'branch'],
      ['D0', 'M04'],
      ['K1', 'branch'],
      ['M04', 'M04'],
      ['M01', 'branch'],
      ['X0', 'branch'],
    ] as const) {
      const answer = await world.click(person, { a: 'opinion_group', r, s: subject, p: 0 });
      expect([person, subject, answer.toast?.type, answer.card]).toEqual([person, subject, 'error', undefined]);
      const saved = await world.click(person, { a: 'opinion_save', r, s: subject }, { grouped: '冒写' });
      expect(saved.toast?.type).toBe('error');
    }
    expect(await world.card('opinion_desk', { review: r, page: 0 }, 'M01')).toBeNull();
    expect(await world.card('opinion_desk', { review: r, page: 0 }, 'X0')).toBeNull();
    for (const person of ['S0', 'D0', 'K1'])
      expect(allText(await world.card('opinion_desk', { review: r, page: 0 }, person))).not.toMatch(
        /会议太长|回复群众|布置任务/,
      );
  });
});

describe('grouping', () => {
  it('is owed by who has to do it, with the way there, until it is passed on', async () => {
    const { world, r } = await gathered();
    const owes = async (person: string) =>
      allText(await world.card('me', {}, person)).includes('归纳2026年第3季度的意见');
    expect(await owes('S0')).toBe(false);
    await closeByMeeting(world, r);
    expect([await owes('S0'), await owes('D0'), await owes('M04')]).toEqual([true, true, false]);
    expect(buttonNames(await world.card('me', {}, 'S0'))).toContain('opinions_2');
  });

  it('leads from one subject to the next and back to the desk', async () => {
    const { world, r } = await gathered();
    await closeByMeeting(world, r);
    const desk = (await world.click('S0', { a: 'opinion_desk', r, p: 0 })).card;
    expect(allText(desk)).toMatch(/☐ 支部工作：2 条[\s\S]*☐ 某M04：3 条/);
    expect(buttonNames(desk)).toContain('opinion_group');
    expect(buttonNames(desk)).not.toContain('opinion_pass_on');
    expect((await world.click('S0', { a: 'opinion_pass_on', r })).toast?.text).toContain('还有没归纳的');
    const next = await world.click('S0', { a: 'opinion_save', r, s: 'branch' }, { grouped: '精简会议' });
    expect(next.card?.title).toContain('某M04');
    const done = await world.click('S0', { a: 'opinion_save', r, s: 'M04' }, {});
    expect(allText(done.card)).toMatch(/☑ 支部工作[\s\S]*☑ 某M04/);
    expect(buttonNames(done.card)).toEqual(expect.arrayContaining(['opinion_pass_on', 'opinion_pick']));
    const again = await world.click('S0', { a: 'opinion_pick', r }, { subject: 'branch' });
    expect(allText(again.card)).toContain('精简会议');
  });

  it('keeps what was typed when the raw texts are turned or the text is too long', async () => {
    const { world, r } = await gathered();
    await closeByMeeting(world, r);
    const turned = await world.click(
      'S0',
      { a: 'opinion_group', r, s: 'branch', p: 0 },
      { grouped: '打了一半' },
      { button: 'opinion_later' },
    );
    expect(allText(turned.card)).toContain('打了一半');
    const long = await world.click('S0', { a: 'opinion_save', r, s: 'branch' }, { grouped: '长'.repeat(801) });
    expect(long.toast?.type).toBe('warning');
    expect(allText(long.card)).toContain('长长长');
  });

  it('passes each text to the person concerned only, with a day to answer by, and destroys the raw ones with the last', async () => {
    const { world, r } = await gathered();
    await closeByMeeting(world, r);
    await world.click('S0', { a: 'opinion_save', r, s: 'branch' }, { grouped: '精简会议' });
    await world.click('S0', { a: 'opinion_save', r, s: 'M04' }, { grouped: '接听要及时' });
    expect(await world.card('opinion_mine', { review: r, about: 'own' }, 'M04')).toBeNull(); // not before it is passed on
    expect((await world.click('S0', { a: 'opinion_pass_on', r })).toast?.text).toContain('2');
    expect(world.use.keys.has(r, 'opinions')).toBe(true); // the deputy's part is open
    expect((await world.click('S0', { a: 'opinion_save', r, s: 'M04' }, { grouped: '改口' })).toast?.type).toBe(
      'warning',
    );
    await world.click('D0', { a: 'opinion_save', r, s: 'S0' }, { grouped: '提前布置' });
    expect((await world.click('D0', { a: 'opinion_pass_on', r })).toast?.text).toContain('销毁');
    expect(await findOpinionBox(world.use.db.read, r)).toBeNull();
    expect(world.use.keys.has(r, 'opinions')).toBe(false);
    expect(await findRound(world.use.db.read, r)).toMatchObject({ state: 'passed_on' });
    const sent = (await world.outbox()).filter(({ card }) => card === 'opinion_mine');
    expect(
      sent.map(({ recipient, args }) => `${recipient} ${(JSON.parse(args) as { about: string }).about}`).toSorted(),
    ).toEqual(['M04 own', 'S0 branch', 'S0 own']);
    const card = allText(await world.card('opinion_mine', { review: r, about: 'own' }, 'M04'));
    expect(card).toContain('接听要及时');
    expect(card).toContain('10月16日');
    expect(card).not.toContain('电话常没人接');
    for (const [person, about] of [
      ['M05', 'own'],
      ['M04', 'branch'],
      ['K1', 'branch'],
      ['X0', 'branch'],
    ] as const)
      expect(await world.card('opinion_mine', { review: r, about }, person)).toBeNull();
  });

  it('passes nothing on where the text was left empty', async () => {
    const { world, r } = await gathered();
    await closeByMeeting(world, r);
    for (const s of ['branch', 'M04']) await world.click('S0', { a: 'opinion_save', r, s }, {});
    await world.click('D0', { a: 'opinion_save', r, s: 'S0' }, {});
    for (const person of ['S0', 'D0']) await world.click(person, { a: 'opinion_pass_on', r });
    expect(await findRound(world.use.db.read, r)).toMatchObject({ state: 'passed_on' });
    expect((await world.outbox()).filter(({ card }) => card === 'opinion_mine')).toEqual([]);
  });

  it('of forms that say nothing is over at once', async () => {
    const world = await opinionWorld();
    const r = await world.open();
    for (const person of GIVERS) await world.click(person, { a: 'opinion', r });
    await closeByMeeting(world, r);
    expect(allText(await world.card('opinion_desk', { review: r, page: 0 }, 'S0'))).toContain('没有写内容');
    expect((await world.click('S0', { a: 'opinion_pass_on', r })).toast?.type).toBe('success');
    expect(world.use.keys.has(r, 'opinions')).toBe(false);
  });

  it('may be passed on once', async () => {
    const { world, r } = await passed();
    expect((await world.click('S0', { a: 'opinion_pass_on', r })).toast?.type).toBe('warning');
    expect((await world.click('M01', { a: 'opinion_pass_on', r })).toast?.type).toBe('error');
    expect((await auditOf(world.use.db.read, r)).filter(({ act }) => act === 'opinions_passed_on')).toHaveLength(2);
  });
});

describe('the command', () => {
  const last = async (world: OpinionWorld) => (await world.outbox()).at(-1)?.card;
  it('opens what there is to do', async () => {
    const { world, r } = await gathered();
    await world.type('M06', '/意见');
    expect(await last(world)).toBe('opinion');
    await closeByMeeting(world, r);
    await world.type('S0', '/opinion');
    expect(await last(world)).toBe('opinion_desk');
    await world.type('X0', '/意见');
    expect(await last(world)).toBe('notice');
  });
});

describe('keys', () => {
  it('left by a crash are swept, those still needed stay', async () => {
    const { world, r } = await gathered();
    world.use.keys.create(r, 'recount', Buffer.alloc(32, 1));
    expect(await sweepKeys(world.use.db, world.use.keys)).toEqual([{ review: r, purpose: 'recount' }]);
    await closeByMeeting(world, r);
    expect(await sweepKeys(world.use.db, world.use.keys)).toEqual([]);
    expect(await destroyRawOpinions(world.use.db, world.use.keys, r)).toBe(true);
    expect(await destroyRawOpinions(world.use.db, world.use.keys, r)).toBe(false);
    expect(world.use.keys.has(r, 'opinions')).toBe(false);
    expect(allText(await world.card('opinion_desk', { review: r, page: 0 }, 'S0'))).toContain('没有转达任何意见');
  });
});
