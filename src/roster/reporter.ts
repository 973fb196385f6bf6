import type { Translate } from '../i18n.ts';
import type { CellContext } from './cells.ts';
import { type Problem, shown } from './problem.ts';
import type { TableRow } from './read-table.ts';

/** Collects the problems of one file and remembers where each value that must be unique was first seen. */
export function reporter<C extends string>(file: string, t: Translate) {
  const problems: Problem[] = [];
  const seen = new Map<string, { row: number; value: string }>();
  const fail = (row: number, column: C, reason: string): null => {
    problems.push({ file, row, column, reason });
    return null;
  };
  return {
    problems,
    fail,
    /** What a cell check needs, for one cell. */
    cell: (row: number, column: C): CellContext => ({ t, fail: (reason) => fail(row, column, reason) }),
    /** Reads a cell that must not be empty. */
    need<T>(row: TableRow<C>, column: C, read: (raw: string, cell: CellContext) => T | null): T | null {
      const raw = row.cells[column];
      const cell = { t, fail: (reason: string) => fail(row.row, column, reason) };
      return raw === '' ? cell.fail(t('roster.required')) : read(raw, cell);
    },
    /** Reports a value that an earlier row has, or has in other capitals. */
    unique(row: number, column: C, value: string | null, capitals: 'matter' | 'ignored' = 'ignored'): void {
      if (value === null || value === '') return;
      const key = `${column}\n${capitals === 'matter' ? value : value.toLowerCase()}`;
      const before = seen.get(key);
      if (!before) seen.set(key, { row, value });
      else if (before.value === value) fail(row, column, t('roster.twice', { value: shown(value), row: before.row }));
      else
        fail(
          row,
          column,
          t('roster.twice_but_case', { value: shown(value), other: shown(before.value), row: before.row }),
        );
    },
  };
}
