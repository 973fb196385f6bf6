import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSameAnswer } from '../../src/usecases/ballot/same-answer.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Work that answers `cast 1`, `cast 2`, … after so long. */
function worker(ms: number, word = 'cast') {
  let times = 0;
  return async () => {
    const answer = `${word} ${++times}`;
    await vi.advanceTimersByTimeAsync(ms);
    return answer;
  };
}
const BUTTON = ['E001', 'rv', 'draft'];
const memory = (most?: number) => createSameAnswer<string>((answer) => answer.startsWith('cast'), most);

describe('a button pressed again', () => {
  it('while the first press is worked on: one work, one answer', async () => {
    const answers = memory();
    const work = worker(50);
    expect(await Promise.all([answers.of(BUTTON, work), answers.of(BUTTON, work)])).toEqual(['cast 1', 'cast 1']);
  });
  it('is answered alike for ten seconds', async () => {
    const answers = memory();
    const work = worker(0);
    await answers.of(BUTTON, work);
    await vi.advanceTimersByTimeAsync(9_900);
    expect(await answers.of(BUTTON, work)).toBe('cast 1');
    await vi.advanceTimersByTimeAsync(200);
    expect(await answers.of(BUTTON, work)).toBe('cast 2');
  });
  it('for a minute when the first answer came too late to be shown', async () => {
    const answers = memory();
    const work = worker(1_600);
    await answers.of(BUTTON, work, 1_500);
    await vi.advanceTimersByTimeAsync(59_000);
    expect(await answers.of(BUTTON, work, 1_500)).toBe('cast 1');
    await vi.advanceTimersByTimeAsync(1_100);
    expect(await answers.of(BUTTON, work, 1_500)).toBe('cast 2');
  });
  it('by somebody else, of another review or with another draft is another button', async () => {
    const answers = memory();
    const work = worker(0);
    const all = [
      BUTTON,
      ['E002', 'rv', 'draft'],
      ['E001', 'rw', 'draft'],
      ['E001', 'rv', 'other'],
      ['E001rv', 'draft'],
    ];
    const given: string[] = [];
    for (const button of all) given.push(await answers.of(button, work));
    expect(new Set(given).size).toBe(all.length);
  });
});

describe('what is not kept', () => {
  it('an answer that cast nothing', async () => {
    const answers = memory();
    await answers.of(BUTTON, worker(0, 'busy'));
    expect(await answers.of(BUTTON, worker(0))).toBe('cast 1');
  });
  it('a failure, which everybody who waited hears of', async () => {
    const answers = memory();
    const fail = () => Promise.reject(new Error('disk'));
    const both = await Promise.allSettled([answers.of(BUTTON, fail), answers.of(BUTTON, fail)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await answers.of(BUTTON, worker(0))).toBe('cast 1');
  });
  it('more than so many: the oldest goes first', async () => {
    const answers = memory(2);
    for (const draft of ['a', 'b', 'c']) await answers.of(['E001', 'rv', draft], () => Promise.resolve('cast before'));
    const now = () => Promise.resolve('cast now');
    expect(await answers.of(['E001', 'rv', 'b'], now)).toBe('cast before');
    expect(await answers.of(['E001', 'rv', 'a'], now)).toBe('cast now');
  });
});
