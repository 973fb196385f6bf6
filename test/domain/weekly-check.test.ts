import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CHECK_STATES,
  closesAt,
  nextOpening,
  NOTE_MAX,
  raiseMissed,
  readCheck,
  readTask,
  TASK_TEXT_MAX,
  weekOf,
} from '../../src/domain/weekly-check.ts';
import { workCalendar } from '../../src/domain/work-calendar.ts';

const ZONE = 'Asia/Shanghai';
const calendar = workCalendar({ zone: ZONE });
const at = (text: string) => Date.parse(`${text}:00+08:00`);

describe('the clock of a check (J8)', () => {
  it.each([
    ['an ordinary Friday', '2026-10-16T15:00', '2026-W42', '2026-10-19T10:00'],
    ['a Friday before a make-up Saturday', '2026-10-09T15:00', '2026-W41', '2026-10-12T10:00'],
    ['a Friday before the Spring Festival', '2026-02-13T15:00', '2026-W07', '2026-02-24T10:00'],
    ['the Friday before the May holidays of a Friday', '2026-04-24T15:00', '2026-W17', '2026-04-27T10:00'],
    ['the last Friday of a year', '2026-12-25T15:00', '2026-W52', '2026-12-28T10:00'],
  ])('%s', (_name, opens, week, closes) => {
    expect(weekOf(at(opens), ZONE)).toBe(week);
    expect(closesAt(week, ZONE, calendar)).toBe(at(closes));
  });

  it.each([
    ['before Friday afternoon', '2026-10-14T09:00', '2026-10-16T15:00'],
    ['at the opening itself the next one', '2026-10-16T15:00', '2026-10-23T15:00'],
    ['a Friday off is passed over', '2026-09-24T09:00', '2026-10-09T15:00'],
    ['over the Spring Festival', '2026-02-13T16:00', '2026-02-27T15:00'],
  ])('the next opening: %s', (_name, now, next) => expect(nextOpening(at(now), ZONE, calendar)).toBe(at(next)));

  it('every check is closed before the next one opens, all through two years', () => {
    for (let now = at('2025-01-01T00:00'), i = 0; i < 100; i++) {
      const opens = nextOpening(now, ZONE, calendar)!;
      const closes = closesAt(weekOf(opens, ZONE), ZONE, calendar);
      expect(closes).toBeGreaterThan(opens);
      expect(nextOpening(opens, ZONE, calendar)).toBeGreaterThan(closes);
      now = opens;
    }
  });
});

describe('readCheck', () => {
  it('reads a state and a note for every task', () => {
    const form = { task_a: 'done', note_a: ' 已\n报送 ', task_b: 'needs_help', other: 'x' };
    expect(readCheck(form, ['a', 'b'])).toEqual({
      ok: true,
      value: [
        { task: 'a', state: 'done', note: '已 报送' },
        { task: 'b', state: 'needs_help', note: '' },
      ],
    });
  });
  it('names what is missing or unknown, and a note that is too long', () => {
    expect(readCheck({ task_a: 'done', task_b: 'fine' }, ['a', 'b', 'c'])).toEqual({
      ok: false,
      reason: 'state_missing',
      tasks: ['b', 'c'],
    });
    expect(readCheck({ task_a: 'done', note_a: '长'.repeat(NOTE_MAX + 1) }, ['a'])).toEqual({
      ok: false,
      reason: 'note_long',
      task: 'a',
    });
  });
  it('takes exactly the tasks that were asked for', () => {
    const tasks = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,5}$/), { maxLength: 8 });
    fc.assert(
      fc.property(
        tasks,
        fc.dictionary(fc.string(), fc.string()),
        fc.constantFrom(...CHECK_STATES),
        (ids, junk, state) => {
          const form = {
            ...junk,
            ...Object.fromEntries(
              ids.flatMap((id) => [
                [`task_${id}`, state],
                [`note_${id}`, ''],
              ]),
            ),
          };
          const read = readCheck(form, ids);
          return read.ok && read.value.length === ids.length && read.value.every((answer, i) => answer.task === ids[i]);
        },
      ),
    );
  });
});

describe('missed weeks are raised at two in a row, at four, and so on', () => {
  it.each([
    [[], false],
    [[true], false],
    [[false], false],
    [[false, false], true],
    [[false, true, false], false],
    [[false, false, true], true],
    [[false, false, false, true], false],
    [[false, false, false, false], true],
    [[true, false, false], false],
  ])('%j: %s', (answered, raise) => expect(raiseMissed(answered)).toBe(raise));
});

describe('readTask', () => {
  const owners = new Set(['M01']);
  const good = { owner: 'M01', text: '整理台账', due: '2026-10-30 +0800' };
  it.each([
    [{}, { ok: true, value: { owner: 'M01', text: '整理台账', due: '2026-10-30' } }],
    [{ owner: 'X0' }, { ok: false, reason: 'owner_missing' }],
    [{ owner: '' }, { ok: false, reason: 'owner_missing' }],
    [{ text: '' }, { ok: false, reason: 'task_missing' }],
    [{ text: '长'.repeat(TASK_TEXT_MAX + 1) }, { ok: false, reason: 'task_long' }],
    [{ text: '检查聊天记录' }, { ok: false, reason: 'topic', topic: 'private_communications' }],
    [{ due: '' }, { ok: false, reason: 'due_missing' }],
    [{ due: '2026-10-08' }, { ok: false, reason: 'due_past' }],
  ])('%j', (over, want) => expect(readTask({ ...good, ...over }, owners, '2026-10-09')).toEqual(want));
});
