/** What of a file stays outside because this installation has a roster and rules of its own. */
import type { Reader } from '../../store/db.ts';
import { type ArchivedRow, hasPeople, hasScheme } from '../../store/year-archive.ts';

export interface OwnStands {
  /** How a row that is not there yet comes in; null: not at all. */
  admit(table: string, row: ArchivedRow): ArchivedRow | null;
}

/**
 * Records of another year refer to people, branches and rules, so these come along; but who works here, who may do what and which
 * rules a year is run by is not theirs to say. An empty installation takes everything as it is.
 * @param on ISO date from which those who are unknown here count as gone
 */
export async function ownStands(h: Reader, { year, on }: { year: string; on: string }): Promise<OwnStands> {
  const roster = await hasPeople(h);
  const rules = await hasScheme(h, Number(year));
  const strangers = new Set<unknown>();
  return {
    admit(table, row) {
      switch (table) {
        case 'branch':
          return roster ? { ...row, closed_on: row['closed_on'] ?? on } : row;
        case 'person':
          strangers.add(row['employee_no']);
          return roster ? { ...row, left_on: row['left_on'] ?? on } : row;
        case 'person_role':
          return strangers.has(row['person']) ? row : null; // else the roster may have taken it away
        case 'scheme_version':
          return rules ? null : row; // else it would be the newest, and in force
        default:
          return row;
      }
    },
  };
}
