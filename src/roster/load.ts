import type { Roster } from '../domain/roster.ts';
import type { Translate } from '../i18n.ts';
import { checkRoster } from './check.ts';
import { checkBranches } from './check-branches.ts';
import { checkPeople } from './check-people.ts';
import { BRANCH_COLUMNS, PEOPLE_COLUMNS } from './columns.ts';
import type { Problem } from './problem.ts';
import { readTable } from './read-table.ts';

export interface RosterFile {
  /** As given on the command line. */
  name: string;
  bytes: Uint8Array;
}

/** Reads and checks both files. All problems of both are listed, also when one of them cannot be read at all. */
export async function loadRoster(
  files: { branches: RosterFile; people: RosterFile },
  t: Translate,
): Promise<{ ok: true; roster: Roster } | { ok: false; problems: Problem[] }> {
  const branches = await readTable(files.branches.name, files.branches.bytes, BRANCH_COLUMNS, t);
  const people = await readTable(files.people.name, files.people.bytes, PEOPLE_COLUMNS, t);
  if (branches.ok && people.ok) {
    return checkRoster(
      { file: files.branches.name, rows: branches.rows },
      { file: files.people.name, rows: people.rows },
      t,
    );
  }
  const problems: Problem[] = [];
  if (!branches.ok) problems.push(...branches.problems);
  else problems.push(...checkBranches({ file: files.branches.name, rows: branches.rows }, t).problems);
  if (!people.ok) problems.push(...people.problems);
  else problems.push(...checkPeople({ file: files.people.name, rows: people.rows }, null, t).problems);
  return { ok: false, problems };
}
