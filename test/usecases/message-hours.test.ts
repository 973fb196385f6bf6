import { fc, it } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { defaultRules, mergeRules } from '../../src/domain/rules.ts';
import { workCalendar } from '../../src/domain/work-calendar.ts';
import { messageHours } from '../../src/usecases/message-hours.ts';
import type { Use } from '../../src/use.ts';

const calendar = workCalendar({ zone: 'Asia/Shanghai' });
const using = (messages: object) =>
  ({ calendar, config: { timezone: 'Asia/Shanghai' }, rules: mergeRules({ messages }) }) as Pick<
    Use,
    'calendar' | 'config' | 'rules'
  >;
const at = (text: string) => Date.parse(`${text}+08:00`);

describe('message hours (design.md 12.2)', () => {
  it.each([
    ['within them', {}, '2026-10-09T10:00', '2026-10-09T10:00', '2026-10-09T18:00'],
    ['at their end', {}, '2026-10-09T18:00', '2026-10-10T09:00', '2026-10-10T18:00'],
    ['over the holidays', {}, '2026-10-01T10:00', '2026-10-08T09:00', '2026-10-08T18:00'],
    ['to midnight', { to: '24:00' }, '2026-10-09T23:30', '2026-10-09T23:30', '2026-10-10T00:00'],
    ['on every day', { working_days_only: false }, '2026-10-04T10:00', '2026-10-04T10:00', '2026-10-04T18:00'],
  ])('%s', (_name, messages, now, from, until) => {
    expect(messageHours(using(messages), at(now))).toEqual({ from: at(from), until: at(until) });
  });

  it.prop([fc.integer({ min: at('2026-01-01T00:00'), max: at('2026-12-31T00:00') })])(
    'never end before they begin, and hold the moment they give',
    (now) => {
      const use = using({});
      const { from, until } = messageHours(use, now);
      expect(from).toBeGreaterThanOrEqual(now);
      expect(until).toBeGreaterThan(from);
      expect(use.calendar.withinHours(defaultRules.messages, from)).toBe(true);
      expect(use.calendar.withinHours(defaultRules.messages, until)).toBe(false);
      expect(messageHours(use, from)).toEqual({ from, until });
    },
  );
});
