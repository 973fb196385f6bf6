import { Temporal } from 'temporal-polyfill';
import { day } from '../../src/day-name.ts';
import type { Locale } from '../../src/i18n.ts';

export { day };

/** A moment (Unix ms) as people write it: `10月9日 18:00`, or `9 Oct 18:00`. */
export function when(at: number, timezone: string, locale: Locale): string {
  const key = `${at} ${timezone} ${locale}`;
  const known = said.get(key);
  if (known !== undefined) return known;
  if (said.size >= SAID_IN_MEMORY) said.clear();
  const text = say(at, timezone, locale);
  said.set(key, text);
  return text;
}

/** A few hundred reviews end at the same few moments, and every page of every ballot says when. */
const SAID_IN_MEMORY = 1_000;
const said = new Map<string, string>();

function say(at: number, timezone: string, locale: Locale): string {
  const moment = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone);
  const time = `${String(moment.hour).padStart(2, '0')}:${String(moment.minute).padStart(2, '0')}`;
  return `${day(moment.toPlainDate().toString(), locale)} ${time}`;
}
