/** Reading a card as the client app does: which button, which form around it, what the inputs hold. */
import { isInput } from '../../platform/lark/lint-form.ts';
import { isRecord, type Node, records, walk } from '../../platform/lark/lint-walk.ts';
import type { Json } from '../world.ts';

export interface Found {
  tag: string;
  element: Json;
  /** The form around it; null outside. */
  form: Json | null;
}

/** The component with a name, and the form it stands in. */
export function findNamed(card: Json, name: string): Found | null {
  for (const { element, tag } of walk(card)) {
    if (tag !== 'form') continue;
    const inside = [...walk(element['elements'])].find((node) => node.element['name'] === name);
    if (inside) return { tag: inside.tag, element: inside.element, form: element };
  }
  const outside = [...walk(card)].find((node) => node.element['name'] === name && node.tag !== 'form');
  return outside ? { tag: outside.tag, element: outside.element, form: null } : null;
}

/** Inputs of a form with a name, in order. */
export const inputsOf = (form: Json): Node[] =>
  [...walk(form['elements'])].filter(({ tag, element }) => isInput(tag) && typeof element['name'] === 'string');

export const optionValues = (element: Json): string[] =>
  records(element['options']).map((option) => String(option['value']));

/** What an input shows before anybody touches it; undefined for nothing. */
export function initialValue({ tag, element }: Pick<Node, 'tag' | 'element'>): unknown {
  switch (tag) {
    case 'input':
      return element['default_value'];
    case 'select_static': {
      const index = element['initial_index'];
      return (
        element['initial_option'] ??
        (typeof index === 'number' && index > 0 ? optionValues(element)[index - 1] : undefined)
      );
    }
    case 'select_person':
      return element['initial_option'];
    case 'multi_select_static':
    case 'multi_select_person':
      return element['selected_values'];
    case 'date_picker':
      return element['initial_date'];
    case 'picker_time':
      return element['initial_time'];
    case 'picker_datetime':
      return element['initial_datetime'];
    case 'checker':
      return element['checked'] ?? false;
    default:
      return undefined;
  }
}

/** What the callback carries: the value of the component's callback behaviour; null when it has none. */
export function callbackValue(element: Json): unknown {
  const behaviour = records(element['behaviors']).find((item) => item['type'] === 'callback');
  return behaviour ? (behaviour['value'] ?? {}) : null;
}

/** The address a component opens; null when it opens none. */
export function linkOf(element: Json): string | null {
  const behaviour = records(element['behaviors']).find((item) => item['type'] === 'open_url');
  return behaviour && typeof behaviour['default_url'] === 'string' ? behaviour['default_url'] : null;
}

/** One line for the chat list: the summary, else the title. */
export function cardLine(card: Json): string {
  const config = card['config'];
  const summary = isRecord(config) && isRecord(config['summary']) ? config['summary']['content'] : undefined;
  if (typeof summary === 'string' && summary !== '') return summary;
  const header = card['header'];
  const title = isRecord(header) && isRecord(header['title']) ? header['title']['content'] : undefined;
  return typeof title === 'string' ? title : '';
}
