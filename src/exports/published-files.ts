/** Published results as data: stars and levels, never a score (A45, F24). */
import type { Results } from '../domain/results-json.ts';
import { translator } from '../i18n.ts';
import { starName } from './names.ts';
import { type PublicMember, publicMembers } from './publicity-sheet.ts';
import type { ResultNames } from './results-files.ts';
import { writeCsvText } from './workbook.ts';

const HEAD = ['period', 'branch', 'branch_name', 'employee_no', 'name', 'level', 'stars', 'outstanding', 'rules_hash'];

const keysOf = ({ stars }: PublicMember, kind: 'won' | 'outstanding'): string[] =>
  stars.filter((star) => star.won && star[kind]).map((star) => star.key);

/** One row per member with a level, in the order of the roster. */
export function publishedCsv({ period, branches }: Results, names: ResultNames): string {
  const t = translator(names.locale);
  const rows = branches.flatMap(({ branch, members }) => {
    const catalogue = names.catalogueOf(branch);
    const said = (keys: readonly string[]) =>
      keys.map((key) => starName({ catalogue, locale: names.locale }, key)).join(t('common.and'));
    return publicMembers(members).map((member) => [
      period,
      branch,
      names.branches.get(branch) ?? '',
      member.employee_no,
      names.people.get(member.employee_no) ?? '',
      member.level,
      said(keysOf(member, 'won')),
      said(keysOf(member, 'outstanding')),
      names.rulesHashOf(branch),
    ]);
  });
  return writeCsvText(HEAD, rows);
}

/** The same for programs, with keys of stars in place of names. */
export function publishedJson({ period, rules_hash, branches }: Results): string {
  const published = branches.map(({ branch, district, state, members }) => ({
    branch,
    district,
    state,
    members: publicMembers(members).map((member) => ({
      employee_no: member.employee_no,
      level: member.level,
      stars: keysOf(member, 'won'),
      outstanding: keysOf(member, 'outstanding'),
    })),
  }));
  return `${JSON.stringify({ period, rules_hash, branches: published })}\n`;
}
