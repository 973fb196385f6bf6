/** 公示表: names, stars won, outstanding stars and level. No score can get in: it is not in the input (A45). */
import type { MemberResult, StarResult } from '../domain/results-json.ts';
import { periodName } from '../period-name.ts';
import { versionName } from '../version-name.ts';
import { cell, line, signatures } from './layout.ts';
import { type SheetNames, starName } from './names.ts';
import type { PrintSheet } from './workbook.ts';

/** What may be hung up on a wall. */
export interface PublicMember {
  employee_no: string;
  level: number;
  stars: readonly Pick<StarResult, 'key' | 'won' | 'outstanding'>[];
}

/** Takes the public part out of results: people without a level (probationary, no tally) are not listed. */
export const publicMembers = (members: readonly MemberResult[]): PublicMember[] =>
  members.flatMap(({ employee_no, level, stars }) =>
    level === null
      ? []
      : [{ employee_no, level, stars: stars.map(({ key, won, outstanding }) => ({ key, won, outstanding })) }],
  );

/**
 * One branch's list, ready to print on A4 landscape, in the order of the roster. A star not won is simply absent (A45).
 * @param days working days of publicity (A46).
 */
export function publicitySheet(
  members: readonly PublicMember[],
  { period, days }: { period: string; days: number },
  names: SheetNames,
): PrintSheet {
  const { t, catalogue } = names;
  const stars = catalogue.member.map((star) => star.key);
  const widths = [6, 12, ...stars.map(() => 9), 18, 10];
  const columns = widths.length;
  const head = (text: string) => cell(text, 'head');
  const place = t('sheets.sub_branch', { branch: names.branchName, district: names.districtName });
  return {
    name: t('sheets.publicity_sheet', { branch: names.branchName }),
    widths,
    landscape: true,
    repeat: { from: 1, to: 4 },
    footer: t('sheets.footer_publicity'),
    rows: [
      line(t('sheets.publicity_title', { branch: names.branchName }), 'title', columns),
      line(`${place}    ${t('sheets.sub_period', { period: periodName(t, period) })}`, 'subtitle', columns),
      [
        cell(t('sheets.number'), 'head', { rows: 2 }),
        cell(t('sheets.name'), 'head', { rows: 2 }),
        cell(t('sheets.stars'), 'head', { columns: stars.length }),
        ...stars.slice(1).map(() => null),
        cell(t('sheets.outstanding'), 'head', { rows: 2 }),
        cell(t('sheets.level'), 'head', { rows: 2 }),
      ],
      [null, null, ...stars.map((key) => head(starName(names, key)))],
      ...members.map((member, index) => [
        cell(index + 1),
        cell(names.people.get(member.employee_no) ?? member.employee_no),
        ...stars.map((key) => cell(member.stars.some((star) => star.key === key && star.won) ? '★' : null)),
        cell(outstandingOf(member, names)),
        cell(t('sheets.level_value', { level: member.level })),
      ]),
      line(t('sheets.note_publicity', { days }), 'note', columns),
      line(t('sheets.note_order'), 'note', columns),
      line(versionName(t, names.version), 'note', columns),
      signatures([t('sheets.secretary'), t('sheets.date')], widths),
    ],
  };
}

const outstandingOf = (member: PublicMember, names: SheetNames): string | null =>
  member.stars
    .filter((star) => star.won && star.outstanding)
    .map((star) => starName(names, star.key))
    .join(names.t('common.and')) || null;
