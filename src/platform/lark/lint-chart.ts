/** Basics of chart specifications (platform/lark.md §3.7): enough that the platform does not refuse the card with 200550. */
import { CHART_TYPES } from './card-schema/data.ts';
import { isRecord, type Json, type Node, type Problem, problem, records } from './lint-walk.ts';

/** The fields that say what is drawn, by chart type. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  line: ['xField', 'yField'],
  area: ['xField', 'yField'],
  bar: ['xField', 'yField'],
  scatter: ['xField', 'yField'],
  pie: ['categoryField', 'valueField'],
  radar: ['categoryField', 'valueField'],
  funnel: ['categoryField', 'valueField'],
  linearProgress: ['xField', 'yField'],
  circularProgress: ['categoryField', 'valueField'],
  wordCloud: ['nameField', 'valueField'],
  common: ['series'],
};

/** Known type, no nulls, data present, and every field named exists in the data. */
export function chartProblems({ tag, element, path }: Node): Problem[] {
  const spec = element['chart_spec'];
  if (tag !== 'chart' || !isRecord(spec)) return [];
  const here = `${path}.chart_spec`;
  const found = nulls(spec, here).map((where) => problem(200550, where, 'null is not allowed'));
  const type = String(spec['type']);
  if (!CHART_TYPES.some((known) => known === type)) {
    return [...found, problem(200550, `${here}.type`, `unknown chart type "${type}"`)];
  }
  const values = dataValues(spec['data']);
  if (values === null) return [...found, problem(200550, `${here}.data`, 'needs {values: [...]}')];
  for (const field of FIELDS[type] ?? []) {
    const named = spec[field];
    if (named === undefined) found.push(problem(200550, `${here}.${field}`, 'is missing'));
    for (const key of [named].flat()) {
      if (typeof key === 'string' && values.some((row) => !(key in row))) {
        found.push(problem(200550, `${here}.${field}`, `"${key}" is not in every value`));
      }
    }
  }
  return found;
}

function dataValues(data: unknown): Json[] | null {
  const sets = Array.isArray(data) ? records(data) : isRecord(data) ? [data] : [];
  if (sets.length === 0 || sets.some((set) => !Array.isArray(set['values']))) return null;
  return sets.length === 1 ? records(sets[0]?.['values']) : []; // several sets: which series reads which is not followed here
}

function nulls(value: unknown, path: string): string[] {
  if (value === null) return [path];
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, child]) => nulls(child, `${path}.${key}`));
}
