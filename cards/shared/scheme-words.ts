/** Versions of a scheme in words: what a change is, what was the reason, when things are due. */
import { type Dates, QUARTERS } from '../../src/domain/dates.ts';
import { ownReason, schemeCode } from '../../src/domain/scheme.ts';
import { holdsAtOnce, type SchemeChange } from '../../src/domain/scheme-diff.ts';
import { type Locale, say, type TextKey, type Translate } from '../../src/i18n.ts';
import { periodName } from '../../src/period-name.ts';
import type { SchemeVersion } from '../../src/store/schemes.ts';
import { day } from './when.ts';

interface Words {
  t: Translate;
  locale: Locale;
}

/** The short name of a version, as printed everywhere. */
export const codeOf = ({ rules, catalogue, projects }: SchemeVersion): string =>
  schemeCode({ rules, catalogue, projects });

const named = (it: { zh: string; en: string }, { locale }: Words): string => it[locale === 'en' ? 'en' : 'zh'];

function value(it: unknown, words: Words): string {
  if (it === undefined || it === null || it === '') return words.t('rules.nothing');
  if (typeof it === 'boolean') return words.t(it ? 'rules.yes' : 'rules.no');
  if (!Array.isArray(it)) return typeof it === 'string' ? it : JSON.stringify(it);
  return it.length === 0 ? words.t('rules.nothing') : it.map((part) => value(part, words)).join(words.t('common.and'));
}
function settingText(change: Extract<SchemeChange, { kind: 'setting' }>, words: Words): string {
  const { t } = words;
  const { path, from, to } = change;
  const section = say(t, `rules.section.${path.split('.')[0]}` as TextKey);
  const line = t('rules.change.setting', { section, path, from: value(from, words), to: value(to, words) });
  return holdsAtOnce(change) ? line + t('rules.at_once') : line;
}
function starText(change: Extract<SchemeChange, { side: 'branch' | 'member' }>, words: Words): string {
  const { t } = words;
  const side = t(`rules.side.${change.side}`);
  switch (change.kind) {
    case 'star_added':
    case 'star_removed':
    case 'indicators_reordered':
      return t(`rules.change.${change.kind}`, { side, star: named(change.star, words) });
    case 'star_renamed':
      return t('rules.change.star_renamed', { side, from: named(change.from, words), to: named(change.to, words) });
    case 'star_moved':
      return t('rules.change.star_moved', {
        side,
        star: named(change.star, words),
        from: change.from,
        to: change.to,
      });
    case 'indicator_added':
    case 'indicator_removed':
      return t(`rules.change.${change.kind}`, {
        side,
        star: named(change.star, words),
        text: named(change.text, words),
      });
    case 'indicator_changed':
      return t('rules.change.indicator_changed', {
        side,
        star: named(change.star, words),
        from: named(change.from, words),
        to: named(change.to, words),
      });
  }
}

/** One change as a secretary reads it. */
export function changeText(change: SchemeChange, words: Words): string {
  if ('side' in change) return starText(change, words);
  const { t } = words;
  switch (change.kind) {
    case 'setting':
      return settingText(change, words);
    case 'catalogue_number':
      return t('rules.change.catalogue_number', { from: change.from, to: change.to });
    case 'project_added':
    case 'project_removed':
    case 'project_changed':
      return t(`rules.change.${change.kind}`, { project: named(change.project, words) });
    case 'projects_reordered':
      return t('rules.change.projects_reordered');
  }
}

/** Why a version was adopted. */
export function reasonText(reason: string, { t }: Words): string {
  const own = ownReason(reason);
  return own === null ? reason : t(`rules.own_reason.${own}`);
}

/** The dates of a year, a line each. */
export function dateLines(year: number, dates: Dates, { t, locale }: Words): string[] {
  const on = (monthDay: string): string => day(`${year}-${monthDay}`, locale);
  const span = ([from, to]: readonly [string, string]): string => t('rules.date_span', { from: on(from), to: on(to) });
  const line = (label: string, text: string): string => `${label}${t('common.colon')}${text}`;
  return [
    line(
      t('rules.date.drafting'),
      t('rules.date_drafting', { span: span(dates.commitment.drafting), by: on(dates.commitment.approved_by) }),
    ),
    line(t('rules.date.meeting'), span(dates.commitment.meeting)),
    line(
      t('rules.date.summary'),
      t('rules.date_summary', { opens: dates.summary.opens_on, due: dates.summary.due_on }),
    ),
    line(t('rules.date.half_year'), span(dates.half_year)),
    line(t('rules.date.leading'), dates.leading_group.map(on).join(t('common.and'))),
    ...QUARTERS.map((key, i) => {
      const { guidance, opinions, self_review, review } = dates[key];
      const text = t('rules.date_quarter', {
        guidance: on(guidance),
        opinions: span(opinions),
        self: on(self_review),
        review: span(review),
      });
      return line(t('rules.date.quarter', { period: periodName(t, `${year}-Q${i + 1}`) }), text);
    }),
  ];
}
