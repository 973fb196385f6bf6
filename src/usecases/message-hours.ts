import { Temporal } from 'temporal-polyfill';
import type { Use } from '../use.ts';

/** The hours in which messages leave that nobody waits for (design.md 12.2). Unix ms. */
export interface MessageHours {
  /** The moment asked about when it lies within them, else when the next begin. */
  from: number;
  /** When they end; not part of them. */
  until: number;
}

/** The message hours at `at` (Unix ms), or the next. */
export function messageHours(
  { calendar, config, rules }: Pick<Use, 'calendar' | 'config' | 'rules'>,
  at: number,
): MessageHours {
  const from = calendar.nextAllowedInstant(rules.messages, at);
  const date = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(config.timezone).toPlainDate();
  return { from, until: endOfHours(config.timezone, date, rules.messages.to) };
}

/** When message hours end on a date; `to` is `HH:MM`, midnight is `24:00`. Unix ms. */
export function endOfHours(timeZone: string, date: Temporal.PlainDate, to: string): number {
  const end =
    to === '24:00'
      ? date.add({ days: 1 }).toZonedDateTime({ timeZone })
      : date.toZonedDateTime({ timeZone, plainTime: to });
  return end.epochMilliseconds;
}
