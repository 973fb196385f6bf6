/** 测评汇总表: every member and star with the means the publication gate let through. For those entitled to scores only. */
import { CATEGORIES } from '../domain/marks.ts';
import type { BranchResult, MemberResult, StarResult } from '../domain/results-json.ts';
import { periodName } from '../period-name.ts';
import { versionName } from '../version-name.ts';
import { cell, line, mark, signatures } from './layout.ts';
import { type SheetNames, starName } from './names.ts';
import type { PrintSheet, SheetCell } from './workbook.ts';

const WIDTHS = [6, 12, 26, 9, 13, 11, 11, 9, 9, 10, 10];
const COLUMNS = WIDTHS.length;
/** Means are printed in the order people know from the ballot: own mark, members, committee, leadership. */
const MEANS = ['self', ...CATEGORIES.toReversed()] as const;

/** One branch's sheet, ready to print on A4 landscape. */
export function countSheet(result: BranchResult, period: string, names: SheetNames): PrintSheet {
  const { t } = names;
  const head = (text: string, span?: SheetCell['span']) => cell(text, 'head', span);
  const counted = result.counts === null ? t('sheets.sub_no_counts') : t('sheets.sub_counts', result.counts);
  const place = t('sheets.sub_branch', { branch: names.branchName, district: names.districtName });
  const tall = { rows: 2 };
  const headRows: (SheetCell | null)[][] = [
    [
      head(t('sheets.number'), tall),
      head(t('sheets.name'), tall),
      head(t('sheets.star'), tall),
      head(t('sheets.means'), { columns: MEANS.length }),
      ...MEANS.slice(1).map(() => null),
      head(t('sheets.score'), tall),
      head(t('sheets.won'), tall),
      head(t('sheets.total'), tall),
      head(t('sheets.level'), tall),
    ],
    [null, null, null, ...MEANS.map((key) => head(t(`sheets.mean_${key}`)))],
  ];
  return {
    name: t('sheets.count_sheet', { branch: names.branchName }),
    widths: WIDTHS,
    landscape: true,
    // With the title, so that a sheet that gets loose still says whose it is.
    repeat: { from: 1, to: 5 },
    footer: t('sheets.footer_count'),
    rows: [
      line(t('sheets.count_title', { branch: names.branchName }), 'title', COLUMNS),
      line(`${place}    ${t('sheets.sub_period', { period: periodName(t, period) })}`, 'subtitle', COLUMNS),
      line(counted, 'subtitle', COLUMNS),
      ...headRows,
      ...result.members.flatMap((member, index) => memberRows(member, index + 1, names)),
      line(t('sheets.note_hidden'), 'note', COLUMNS),
      line(versionName(t, names.version), 'note', COLUMNS),
      signatures([t('sheets.scrutineer'), t('sheets.teller'), t('sheets.secretary'), t('sheets.date')], WIDTHS),
    ],
  };
}

function memberRows(member: MemberResult, number: number, names: SheetNames): (SheetCell | null)[][] {
  const { t } = names;
  const hidden = t('sheets.hidden');
  const tall = { rows: member.stars.length };
  const level = member.level === null ? t('sheets.no_level') : t('sheets.level_value', { level: member.level });
  return member.stars.map((star, index) => {
    const first = index === 0;
    return [
      first ? cell(number, 'body', tall) : null,
      first ? cell(names.people.get(member.employee_no) ?? member.employee_no, 'body', tall) : null,
      cell(starName(names, star.key), 'text'),
      ...MEANS.map((key) => mark(star.means?.[key], hidden)),
      mark(star.score, hidden),
      cell(wonText(star, names)),
      first ? { ...mark(member.total, hidden), span: tall } : null,
      first ? cell(level, 'body', tall) : null,
    ];
  });
}

const wonText = (star: StarResult, { t }: SheetNames): string =>
  star.barred ? t('sheets.barred') : star.won ? '★' : '';

const FEEDBACK_WIDTHS = [6, 30, 14, 18];

/** What the branch hears of itself, star by star (R95, A25). */
export function feedbackSheet(result: BranchResult, period: string, names: SheetNames): PrintSheet {
  const { t } = names;
  const columns = FEEDBACK_WIDTHS.length;
  const heads = [t('sheets.number'), t('sheets.star'), t('sheets.mean_self'), t('sheets.mean_members_and_colleagues')];
  return {
    name: t('sheets.feedback_sheet', { branch: names.branchName }),
    widths: FEEDBACK_WIDTHS,
    landscape: false,
    footer: t('sheets.footer_count'),
    rows: [
      line(t('sheets.feedback_title', { branch: names.branchName }), 'title', columns),
      line(t('sheets.sub_period', { period: periodName(t, period) }), 'subtitle', columns),
      heads.map((text) => cell(text, 'head')),
      ...result.branch_feedback.map((star, index) => [
        cell(index + 1),
        cell(starName(names, star.key), 'text'),
        mark(star.self, t('sheets.hidden')),
        mark(star.members_and_colleagues, t('sheets.hidden')),
      ]),
      line(t('sheets.note_hidden'), 'note', columns),
      line(versionName(t, names.version), 'note', columns),
    ],
  };
}
