/** All rules for both roster files at once: either a roster, or every problem found in either file. Pure. */
import type { Roster } from '../domain/roster.ts';
import type { Translate } from '../i18n.ts';
import { checkBranches } from './check-branches.ts';
import { checkPeople } from './check-people.ts';
import type { BranchColumn, PeopleColumn } from './columns.ts';
import { NO_COLUMN, type Problem } from './problem.ts';
import type { Sheet } from './sheet.ts';

export type RosterResult = { ok: true; roster: Roster } | { ok: false; problems: Problem[] };

/** Checks both files against each other. Problems come in the order of the rows, branches first. */
export function checkRoster(branches: Sheet<BranchColumn>, people: Sheet<PeopleColumn>, t: Translate): RosterResult {
  const problems: Problem[] = [];
  for (const { file, rows } of [branches, people]) {
    if (rows.length === 0) problems.push({ file, row: 2, column: NO_COLUMN, reason: t('roster.no_rows') });
  }
  const network = checkBranches(branches, t);
  const persons = checkPeople(people, network.codes, t);
  problems.push(...network.problems, ...persons.problems);
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, roster: { branches: network.branches, people: persons.people } };
}
