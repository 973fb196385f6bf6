import { expect, test } from 'vitest';
import { readPlan } from '../../src/domain/activity.ts';
import { cleanLine, readDate } from '../../src/domain/form.ts';

test.each([
  { typed: '2026-10-09', date: '2026-10-09' },
  { typed: ' 2026-10-09 +0800', date: '2026-10-09' },
  { typed: '2026-02-31', date: null },
  { typed: '2026-13-01', date: null },
  { typed: '9 October', date: null },
  { typed: '', date: null },
  { typed: undefined, date: null },
])('$typed is read as $date', ({ typed, date }) => {
  expect(readDate(typed)).toBe(date);
});

test('a line has single blanks, of every width, and none around it', () => {
  expect(cleanLine('\n a \u3000 b\t')).toBe('a b');
  expect(cleanLine(undefined)).toBe('');
});

test('nothing is planned for a day that does not exist', () => {
  const form = { kind: 'seminar', title: 'T', place: 'P', date: '2027-02-29' };
  expect(readPlan(form, '2027-01-01')).toEqual({ ok: false, reason: 'date_missing' });
});
