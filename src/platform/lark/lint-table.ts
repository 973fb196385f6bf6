/** Rules of tables (platform/lark.md §3.6). */
import { TABLE_SHOWN_COLUMNS } from './limits.ts';
import { isRecord, type Node, type Problem, problem, records, warning } from './lint-walk.ts';

const isText = (value: unknown) => typeof value === 'string';
const CELLS: Readonly<Record<string, (value: unknown) => boolean>> = {
  text: isText,
  lark_md: isText,
  markdown: isText,
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  date: (value) => typeof value === 'number' && Number.isInteger(value),
  options: (value) =>
    isText(value) || (Array.isArray(value) && value.every((o) => isRecord(o) && typeof o['text'] === 'string')),
  persons: (value) => isText(value) || (Array.isArray(value) && value.every(isText)),
};

/** Declared columns, distinct names, cells of the declared type. */
export function tableProblems({ tag, element, path }: Node): Problem[] {
  if (tag !== 'table') return [];
  const columns = records(element['columns']);
  const types = new Map(columns.map((column) => [String(column['name']), String(column['data_type'])]));
  const found: Problem[] = [];
  if (types.size < columns.length) found.push(problem(200915, `${path}.columns`, 'two columns have the same name'));
  if (columns.length > TABLE_SHOWN_COLUMNS) {
    found.push(warning(`${path}.columns`, `${columns.length} columns, only ${TABLE_SHOWN_COLUMNS} are shown`));
  }
  for (const [index, row] of records(element['rows']).entries()) {
    for (const [key, value] of Object.entries(row)) {
      const cell = `${path}.rows[${index}].${key}`;
      const type = types.get(key);
      if (type === undefined) found.push(problem(200915, cell, `column "${key}" is not declared`));
      else if (CELLS[type]?.(value) === false) found.push(problem(200914, cell, `the cell is not of type ${type}`));
    }
  }
  return found;
}
