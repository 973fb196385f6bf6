/** Times are Unix ms on the playground's clock and are shown in the city's time zone, wherever the browser is. */
import { lang } from './texts.js';

const ZONE = 'Asia/Shanghai';
const DAY_MS = 86_400_000;

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();
/** @param {string} key @param {Intl.DateTimeFormatOptions} options */
function format(key, options) {
  const id = `${lang()}/${key}`;
  const found = formats.get(id);
  if (found) return found;
  const made = new Intl.DateTimeFormat(lang(), { timeZone: ZONE, hourCycle: 'h23', ...options });
  formats.set(id, made);
  return made;
}

/** @param {number} ms */
export const clockTime = (ms) => format('time', { hour: '2-digit', minute: '2-digit' }).format(ms);
/** @param {number} ms */
export const clockTimeSeconds = (ms) =>
  format('seconds', { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(ms);
/** @param {number} ms */
export const day = (ms) => format('day', { month: 'long', day: 'numeric', weekday: 'short' }).format(ms);
/** @param {number} ms */
export const dayAndTime = (ms) =>
  format('daytime', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(ms);
/** The same day has the same key. @param {number} ms */
export const dayKey = (ms) => Math.floor((ms + 8 * 3_600_000) / DAY_MS);

/** What stands beside a chat in the list: the time today, the date before. @param {number} ms @param {number} now */
export const shortTime = (ms, now) =>
  dayKey(ms) === dayKey(now) ? clockTime(ms) : format('date', { month: 'numeric', day: 'numeric' }).format(ms);

/** For `<input type="datetime-local">`. @param {number} ms */
export const toLocalInput = (ms) => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 16);
/** @param {string} value @returns {number} NaN when it is no time */
export const fromLocalInput = (value) => Date.parse(`${value}:00+08:00`);

/** @param {number} ms @param {string} pattern such as `YYYY/MM/DD HH:mm` */
export function patterned(ms, pattern) {
  const at = new Date(ms + 8 * 3_600_000);
  if (Number.isNaN(at.getTime())) return '';
  const pad = (/** @type {number} */ n) => String(n).padStart(2, '0');
  return pattern
    .replace('YYYY', String(at.getUTCFullYear()))
    .replace('MM', pad(at.getUTCMonth() + 1))
    .replace('DD', pad(at.getUTCDate()))
    .replace('HH', pad(at.getUTCHours()))
    .replace('mm', pad(at.getUTCMinutes()))
    .replace('ss', pad(at.getUTCSeconds()));
}
