/** Grouped opinions with the people they are about: used, answered, and the clocks (R81, P24, J14, J23). */
import { describe, expect, it } from 'vitest';
import {
  allText,
  closeByMeeting,
  DAY,
  gathered,
  opinionWorld,
  passed,
  runJob,
  START,
} from '../support/opinion-world.ts';

describe('the text passed on', () => {
  it('stands beside the self-review of the person, and the branch’s beside the branch’s (R81)', async () => {
    const { world, r } = await passed();
    expect(allText(await world.card('self_review', { review: r }, 'M04'))).toContain('接听和回复要及时');
    expect(allText(await world.card('self_review', { review: r }, 'M05'))).not.toContain('接听和回复要及时');
    expect(allText(await world.card('branch_review', { review: r }, 'S0'))).toContain('希望精简会议');
  });

  it('is answered by the person; the committee sees text and answer', async () => {
    const { world, r } = await passed();
    expect((await world.click('M05', { a: 'opinion_answer', r, w: 'own' }, { answer: '我来答' })).toast?.type).toBe(
      'warning',
    );
    expect((await world.click('M04', { a: 'opinion_answer', r, w: 'own' }, { answer: ' ' })).toast?.type).toBe(
      'warning',
    );
    expect(
      (await world.click('M04', { a: 'opinion_answer', r, w: 'own' }, { answer: '答'.repeat(401) })).toast?.type,
    ).toBe('warning');
    expect((await world.click('M04', { a: 'opinion_answer', r, w: 'own' }, { answer: '当天回复' })).toast?.type).toBe(
      'success',
    );
    const desk = allText(await world.card('opinion_desk', { review: r, page: 0 }, 'K1'));
    expect(desk).toMatch(/某M04[\s\S]*接听和回复要及时[\s\S]*答复：当天回复/);
    expect(desk).toContain('尚未答复');
    expect(allText(await world.card('console', { review: r }, 'S0'))).toContain('已交 5 / 12，转达 3 份，已答复 1 份');
  });

  it('about the branch is answered by those who run it, and everybody who was asked is told the answer only', async () => {
    const { world, r } = await passed();
    expect((await world.click('K1', { a: 'opinion_answer', r, w: 'branch' }, { answer: '冒答' })).toast?.type).toBe(
      'warning',
    );
    await world.click('S0', { a: 'opinion_answer', r, w: 'branch' }, { answer: '下月起会议不超过一小时' });
    await world.click(
      'S0',
      { a: 'opinion_answer', r, w: 'branch' },
      { answer: '下月起会议不超过一小时，提前三天通知' },
    );
    expect((await world.outbox()).filter(({ card }) => card === 'opinion_reply')).toHaveLength(12);
    const reply = allText(await world.card('opinion_reply', { review: r }, 'R03'));
    expect(reply).toContain('提前三天通知');
    expect(reply).not.toContain('希望精简会议');
  });
});

describe('the clocks of P24', () => {
  it('remind whoever still groups after three days, once', async () => {
    const { world, r } = await gathered();
    await closeByMeeting(world, r);
    await world.click('D0', { a: 'opinion_save', r, s: 'S0' }, { grouped: '提前布置' });
    await world.click('D0', { a: 'opinion_pass_on', r });
    const desks = async () =>
      (await world.outbox()).filter(({ card }) => card === 'opinion_desk').map(({ recipient }) => recipient);
    const before = (await desks()).length;
    world.clock.now = START + 2 * DAY;
    await runJob(world, 'opinion-close');
    expect(await desks()).toHaveLength(before);
    for (const days of [3, 4]) {
      world.clock.now = START + days * DAY;
      await runJob(world, 'opinion-close');
    }
    expect((await desks()).slice(before)).toEqual(['S0']);
  });

  it('remind of a missing answer the day before it is due, once, and not those who answered', async () => {
    const { world, r } = await passed();
    await world.click('M04', { a: 'opinion_answer', r, w: 'own' }, { answer: '当天回复' });
    const reminders = async () =>
      (await world.outbox()).filter(({ card, args }) => card === 'opinion_mine' && args.includes('reminder'));
    world.clock.now = START + 5 * DAY;
    await runJob(world, 'opinion-close');
    expect(await reminders()).toEqual([]);
    for (const days of [6, 7, 8]) {
      world.clock.now = START + days * DAY;
      await runJob(world, 'opinion-close');
    }
    expect((await reminders()).map(({ recipient }) => recipient)).toEqual(['S0', 'S0']); // for the branch, and about the secretary
    expect(await world.card('opinion_mine', { review: r, about: 'own', reminder: 1 }, 'M04')).toBeNull();
    expect(allText(await world.card('opinion_mine', { review: r, about: 'own', reminder: 1 }, 'S0'))).toContain(
      '没有答复',
    );
  });
});

describe('opinion-open', () => {
  it('calls secretaries of branches without a review of the quarter, in its days and once', async () => {
    const world = await opinionWorld();
    world.clock.now = Date.parse('2026-09-18T09:00:00+08:00');
    expect(await runJob(world, 'opinion-open')).toMatchObject({ done: 2, failed: 0 });
    await runJob(world, 'opinion-open');
    expect((await world.outbox()).map(({ card, recipient }) => `${card} ${recipient}`)).toEqual([
      'opinion_call S0',
      'opinion_call X0',
    ]);
    expect(allText(await world.card('opinion_call', { period: '2026-Q3', until: '2026-09-25' }, 'S0'))).toMatch(
      /9月25日[\s\S]*2026-Q3/,
    );
    world.clock.now = Date.parse('2026-09-01T09:00:00+08:00');
    expect(await runJob(world, 'opinion-open')).toMatchObject({ done: 0 });
  });

  it('sends the forms of a review that has none yet', async () => {
    const world = await opinionWorld();
    const r = await world.open();
    await world.use.db.write(async (tx) => {
      await tx.run('DELETE FROM opinion_box');
      await tx.run('DELETE FROM opinion_roll');
      await tx.run('DELETE FROM opinion_round');
      await tx.run("DELETE FROM outbox WHERE card = 'opinion'");
    });
    expect(await runJob(world, 'opinion-open')).toMatchObject({ done: 1, failed: 0 });
    expect((await world.outbox()).filter(({ card }) => card === 'opinion')).toHaveLength(12);
    expect((await world.click('M01', { a: 'opinion', r }, { branch: '好' })).toast?.type).toBe('success');
  });
});
