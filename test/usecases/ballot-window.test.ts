/** The window of a ballot: its end, what is answered after it, and how it is made longer (A52, A53). */
import { describe, expect, it } from 'vitest';
import { translator } from '../../src/i18n.ts';
import { auditOf } from '../../src/store/audit.ts';
import { allText, DAY } from '../support/opinion-world.ts';
import { messages, review, type Stage, stage, toBallot } from '../support/review-stage.ts';

const t = translator('zh-CN');
const shanghai = (text: string): number => Date.parse(`${text}+08:00`);
const extend = (at: Stage, n?: number) =>
  at.click('S0', { a: 'extend_ballot', r: at.r, ...(n === undefined ? {} : { n }) });

async function opened(on: string): Promise<Stage> {
  const at = await stage();
  at.clock.now = shanghai(on);
  await toBallot(at);
  return at;
}

describe('the end of the window', () => {
  it('is the close of message hours on the third working day', async () => {
    const at = await opened('2026-10-14T15:00:00');
    expect((await review(at)).ballotUntil).toBe(shanghai('2026-10-19T18:00:00')); // Thursday, Friday, Monday
  });

  it('from then on no ballot is given out or opened, though the review is not closed yet', async () => {
    const at = await opened('2026-10-14T15:00:00');
    at.clock.now = shanghai('2026-10-19T17:59:59');
    expect((await at.click('M01', { a: 'ballot_open', r: at.r })).card).toBeDefined();
    at.clock.now = shanghai('2026-10-19T18:00:00');
    expect((await at.click('M01', { a: 'ballot_open', r: at.r })).toast?.text).toBe(t('ballot.window_over'));
    await at.type('M01', '/投票');
    expect((await messages(at, 'own_ballot')).map(({ args }) => args)).toEqual(['{}']);
    expect(allText(await at.card('own_ballot', {}, 'M01'))).toContain(t('notice.no_ballot'));
    expect(allText(await at.card('me', {}, 'M01'))).not.toContain(t('result.open_ballot'));
  });
});

describe('an extension', () => {
  it('adds three working days to the end there is', async () => {
    const at = await opened('2026-10-14T15:00:00');
    expect((await extend(at, 0)).toast?.text).toContain('10月22日 18:00');
    expect(await review(at)).toMatchObject({ ballotUntil: shanghai('2026-10-22T18:00:00'), extensions: 1 });
  });

  it('counts from today when the window is over already', async () => {
    const at = await opened('2026-10-14T15:00:00');
    at.clock.now = shanghai('2026-10-21T10:00:00');
    await extend(at, 0);
    expect((await review(at)).ballotUntil).toBe(shanghai('2026-10-26T18:00:00'));
    expect((await at.click('M01', { a: 'ballot_open', r: at.r })).card).toBeDefined();
  });

  it('is made once a card: a second tap, or an older card, moves nothing', async () => {
    const at = await opened('2026-10-14T15:00:00');
    await extend(at, 0);
    at.clock.now += DAY;
    const late = await extend(at, 0);
    expect(late.toast).toEqual({ type: 'warning', text: t('notice.extended_already') });
    expect(late.card).toBeDefined();
    expect((await review(at)).extensions).toBe(1);
    expect((await extend(at, 1)).toast?.type).toBe('success');
    const traces = (await auditOf(at.use.db.read, at.r)).filter(({ act }) => act === 'ballot_extended');
    expect(traces.map(({ actor }) => actor)).toEqual(['S0', 'S0']);
  });
});
