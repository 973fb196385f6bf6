/** Rules of forms and inputs (platform/lark.md §3.3, §3.4). */
import { INPUT_MAX_CHARS, PLACEHOLDER_MAX_CHARS } from './limits.ts';
import { isRecord, type Node, type Problem, problem, records, walk } from './lint-walk.ts';

const INPUTS = new Set([
  'input',
  'select_static',
  'multi_select_static',
  'select_person',
  'multi_select_person',
  'date_picker',
  'picker_time',
  'picker_datetime',
  'checker',
]);
const INTERACTIVE = new Set([...INPUTS, 'button', 'overflow']);

/** Whether a tag is an input whose value a form submits. */
export const isInput = (tag: string): boolean => INPUTS.has(tag);

const named = (value: unknown): boolean => typeof value === 'string' && value !== '';

/** A form has a name and a submit button, and everything interactive in it has a name. */
export function formProblems({ tag, element, path }: Node): Problem[] {
  if (tag !== 'form') return [];
  const inside = [...walk(element['elements'], `${path}.elements`)];
  const found = inside
    .filter((node) => INTERACTIVE.has(node.tag) && !named(node.element['name']))
    .map((node) => problem(200530, `${node.path}.name`, `${node.tag} inside a form needs a name`));
  if (!named(element['name'])) found.push(problem(200530, `${path}.name`, 'a form needs a name'));
  if (!inside.some((node) => node.tag === 'button' && node.element['form_action_type'] === 'submit')) {
    found.push(problem(200621, path, 'a form needs a submit button'));
  }
  return found;
}

/** Rules of one interactive element, by itself and by where it stands. */
export function inputProblems(node: Node): Problem[] {
  const { tag, element, path, containers } = node;
  const inForm = containers.includes('form');
  const found: Problem[] = [];
  if (tag === 'button' && !inForm && element['form_action_type'] !== undefined) {
    found.push(problem(200621, `${path}.form_action_type`, 'only allowed inside a form'));
  }
  if (tag === 'button' && element['form_action_type'] === undefined && !Array.isArray(element['behaviors'])) {
    found.push(problem(200621, `${path}.behaviors`, 'a button needs behaviors or a form action'));
  }
  if (tag === 'button' && element['text'] === undefined && element['icon'] === undefined) {
    found.push(problem(200621, `${path}.text`, 'a button needs a text or an icon'));
  }
  if (!isInput(tag)) return found;
  if (element['required'] === true && !inForm) {
    found.push(problem(200621, `${path}.required`, 'only allowed inside a form'));
  }
  if (tag.startsWith('multi_') && !inForm) found.push(problem(200621, path, `${tag} is only allowed inside a form`));
  const placeholder = element['placeholder'];
  if (isRecord(placeholder) && String(placeholder['content']).length > PLACEHOLDER_MAX_CHARS) {
    found.push(problem(200621, `${path}.placeholder`, `longer than ${PLACEHOLDER_MAX_CHARS} characters`));
  }
  return [...found, ...textProblems(node), ...optionProblems(node)];
}

function textProblems({ tag, element, path }: Node): Problem[] {
  const value = element['default_value'];
  if (tag !== 'input' || typeof value !== 'string') return [];
  const most = typeof element['max_length'] === 'number' ? element['max_length'] : INPUT_MAX_CHARS;
  return value.length > most ? [problem(200621, `${path}.default_value`, `longer than ${most} characters`)] : [];
}

function optionProblems({ tag, element, path }: Node): Problem[] {
  if (!tag.includes('select_') || !Array.isArray(element['options'])) return [];
  const values = records(element['options']).map((option) => option['value']);
  const found: Problem[] = [];
  const twice = values.find((value, i) => values.indexOf(value) !== i);
  if (twice !== undefined)
    found.push(problem(200621, `${path}.options`, `option ${JSON.stringify(twice)} is listed twice`));
  const initial = element['initial_option'];
  if (initial !== undefined && !values.includes(initial)) {
    found.push(problem(200621, `${path}.initial_option`, 'not one of the options'));
  }
  const index = element['initial_index'];
  if (typeof index === 'number' && index > values.length) {
    found.push(problem(200621, `${path}.initial_index`, 'beyond the last option'));
  }
  const selected = element['selected_values'];
  if (Array.isArray(selected) && selected.some((value) => !values.includes(value))) {
    found.push(problem(200621, `${path}.selected_values`, 'not all are options'));
  }
  return found;
}
