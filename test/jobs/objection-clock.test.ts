/** The clock of objections: ten days, reminded in time, and the office hears of late ones without hearing whose (A46, F10). */
import { describe, expect, it } from 'vitest';
import { stageOf } from '../../src/usecases/review/objection-clock.ts';
import { allText, DAY, runJob } from '../support/opinion-world.ts';
import { messages, type Stage, stage, toNotice } from '../support/review-stage.ts';

describe('the stage of a case', () => {
  it.each([
    ['2026-10-15', null],
    ['2026-10-16', 'soon'],
    ['2026-10-18', 'soon'],
    ['2026-10-19', 'due'],
    ['2026-10-20', 'late-0'],
    ['2026-10-26', 'late-0'],
    ['2026-10-27', 'late-1'],
  ])('to be answered by the 19th, on %s: %s', (date, expected) => {
    expect(stageOf('2026-10-19', date)).toBe(expected);
  });
});

async function withObjection(): Promise<Stage> {
  const at = await stage();
  await at.use.db.script(`INSERT INTO person_role (person, role) VALUES ('X0', 'office')`);
  await toNotice(at);
  expect((await at.click('M01', { a: 'objection_file', r: at.r }, { text: '请复核我的政治坚定星' })).toast?.type).toBe(
    'success',
  );
  return at;
}
const asked = async (at: Stage) => (await messages(at, 'objection_case')).map(({ recipient }) => recipient);
const late = async (at: Stage) => (await messages(at, 'notice')).filter(({ args }) => args.includes('objection_late'));

describe('objection-clock', () => {
  it('reminds those who decide three days before, on the day and when it is late', async () => {
    const at = await withObjection();
    const first = await asked(at);
    expect(first).not.toContain('S0'); // ran the tally
    const days: [number, number][] = [
      [6, 0],
      [7, 1],
      [8, 1],
      [10, 2],
      [11, 3],
      [12, 3],
      [18, 4],
    ];
    const start = at.clock.now;
    for (const [after, rounds] of days) {
      at.clock.now = start + after * DAY;
      for (let i = 0; i < 2; i++) expect(await runJob(at, 'objection-clock')).toMatchObject({ failed: 0 });
      expect([after, await asked(at)]).toEqual([
        after,
        [...first, ...Array.from({ length: rounds }, () => first).flat()],
      ]);
    }
  });

  it('tells the office once it is late, and nothing about the person', async () => {
    const at = await withObjection();
    at.clock.now += 10 * DAY;
    await runJob(at, 'objection-clock');
    expect(await late(at)).toEqual([]);
    at.clock.now += DAY;
    await runJob(at, 'objection-clock');
    const [told, ...more] = await late(at);
    expect([told?.recipient, more]).toEqual(['X0', []]);
    const card = allText(await at.card('notice', JSON.parse(told?.args ?? '{}') as Record<string, string>, 'X0'));
    expect(card).toContain('示例第一支部');
    expect(card).not.toMatch(/某M01|M01|政治坚定/);
    expect(
      await at.card(
        'objection_case',
        JSON.parse((await messages(at, 'objection_case'))[0]?.args ?? '{}') as Record<string, string>,
        'X0',
      ),
    ).toBeNull();
  });

  it('is silent once the case is decided; an appeal begins its own ten days', async () => {
    const at = await withObjection();
    const [first] = await messages(at, 'objection_case');
    const { objection } = JSON.parse(first?.args ?? '{}') as { objection: string };
    const decided = await at.click(
      first?.recipient ?? '',
      { a: 'objection_decide', o: objection },
      { answer: '经复核，维持原结果' },
      { button: 'reject' },
    );
    expect(decided.toast?.type).toBe('success');
    at.clock.now += 12 * DAY;
    expect(await runJob(at, 'objection-clock')).toMatchObject({ done: 0 });
  });

  it('an appeal must come within ten days of the decision', async () => {
    for (const [days, taken] of [
      [10, true],
      [11, false],
    ] as const) {
      const at = await withObjection();
      const [first] = await messages(at, 'objection_case');
      const { objection } = JSON.parse(first?.args ?? '{}') as { objection: string };
      await at.click(
        first?.recipient ?? '',
        { a: 'objection_decide', o: objection },
        { answer: '维持' },
        { button: 'reject' },
      );
      at.clock.now += days * DAY;
      const { toast } = await at.click('M01', { a: 'objection_file', r: at.r }, { text: '请上一级复核' });
      expect([days, toast?.type === 'success']).toEqual([days, taken]);
    }
  });
});
