import { formatPeriod, type PeriodKind, parsePeriod, periodOf, periodRange, previousPeriod } from './period.ts';
import { no, type Verdict, yes } from './verdict.ts';

const NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'];
const CHINESE = new RegExp(`${NUMERALS.toReversed().join('|')}`, 'g');
const THIS = /^(本|这个|这|今|this|current)/;
const LAST = ['上1个', '上个', '上1', '上', 'last', 'previous']; // numerals are digits by then
const KIND_WORDS: readonly (readonly [PeriodKind, RegExp])[] = [
  ['quarter', /^(季|季度|quarter)$/],
  ['month', /^(月|月份|month)$/],
  ['week', /^(周|星期|week)$/],
  ['year', /^(年|年度|year)$/],
];
/** Year first or last, and the letter or word that names the kind. */
const SHAPES: readonly (readonly [PeriodKind, RegExp])[] = [
  ['quarter', /^(?:(\d{4})年?[-/.]?)?(?:q([1-4])|第?([1-4])季度?)$/],
  ['quarter', /^(?:q([1-4])|第?([1-4])季度?)[-/.]?(\d{4})年?$/],
  ['week', /^(?:(\d{4})年?[-/.]?)?(?:w(\d{1,2})|第?(\d{1,2})周)$/],
  ['month', /^(?:(\d{4})年?[-/.]?)?(\d{1,2})月份?$/],
  ['month', /^(\d{4})[-/.](\d{1,2})$/],
  ['month', /^(\d{4})(0[1-9]|1[0-2])$/],
  ['year', /^(\d{4})年?度?$/],
];

/** Full-width letters and digits, capitals, blanks and Chinese numerals made plain. */
function plain(typed: string): string {
  return typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s，,_]+/g, '')
    .replace(/[—–−]/g, '-')
    .replace(CHINESE, (numeral) => String(NUMERALS.indexOf(numeral) + 1));
}

/** 本季度, 上月, 去年, "last quarter": relative to today. */
function relative(text: string, date: string): string | null {
  if (/^(去年|昨年)$/.test(text)) return previousPeriod(periodOf('year', date));
  for (const [kind, word] of KIND_WORDS) {
    const now = periodOf(kind, date);
    if (THIS.test(text) && word.test(text.replace(THIS, ''))) return now;
    if (LAST.some((it) => text.startsWith(it) && word.test(text.slice(it.length)))) return previousPeriod(now);
  }
  return null;
}

/** Without a year: the latest such period that has begun, so Q4 typed in January is last year's. */
function withYear(kind: PeriodKind, year: number | null, index: number, date: string): string | null {
  const build = (of: number): string | null => {
    const period = formatPeriod({ kind, year: of, index: kind === 'year' ? 1 : index });
    return parsePeriod(period) === null ? null : period;
  };
  if (year !== null) return build(year);
  const current = Number(periodOf('week', date).slice(0, 4));
  for (const of of kind === 'week'
    ? [current, current - 1]
    : [Number(date.slice(0, 4)), Number(date.slice(0, 4)) - 1]) {
    const period = build(of);
    if (period !== null && periodRange(period).from <= date) return period;
  }
  return null;
}

/**
 * The period somebody typed, in canonical form: `2026Q3`, `2026-q3`, `Q3`, `2026年三季度`, `第三季度`, `10月`, `上月`, `last quarter`,
 * full-width letters too.
 * @param date today, for what is typed without a year
 */
export function readPeriod(typed: string, date: string): Verdict<string, 'not_a_period'> {
  const text = plain(typed);
  const said = relative(text, date);
  if (said !== null) return yes(said);
  for (const [kind, shape] of SHAPES) {
    const match = shape.exec(text);
    if (match === null) continue;
    const numbers = match.slice(1).filter((part) => part !== undefined);
    const year = numbers.find((part) => part.length === 4) ?? null;
    const index = numbers.find((part) => part.length < 4) ?? '1';
    const period = withYear(kind, year === null ? null : Number(year), Number(index), date);
    if (period !== null) return yes(period);
  }
  return no('not_a_period');
}
