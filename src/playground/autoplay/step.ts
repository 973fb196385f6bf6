/** What a card waits for, as a colleague would see it: which form to fill in or which button to press. */
import { isInput } from '../../platform/lark/lint-form.ts';
import { isRecord, type Node, walk } from '../../platform/lark/lint-walk.ts';
import { callbackValue } from '../app/card-view.ts';
import type { Json, Message } from '../world.ts';

export interface Step {
  /** The button to press. */
  button: string;
  /** The form it sends; null for a button that stands alone. */
  form: Json | null;
  /** What kind of work it is: every page of a ballot is `ballot`. */
  work: string;
  /** The review it belongs to; null when the button does not say. */
  review: string | null;
}

/** Forms that colleagues fill in, and the buttons that send them, best first. */
const FORMS =
  /^(ballot_.+|self_review|branch_review|weekly_check|monthly_summary|opinion|guidance|guest_answer|guest_checklist)$/;
const SUBMITS = ['ballot_review', 'ballot_next', 'submit', 'guest_come'];
/** Pressed before the form on the same card is filled in: a guest signs in first. */
const FIRST = [/^guest_sign_in$/];
/** Buttons outside a form that colleagues press, best first. */
const BUTTONS = [
  /^ballot_cast$/,
  /^sign_in$/,
  /^meeting_sign_in$/,
  /^activity_sign_in$/,
  /^activity_yes$/,
  /^guidance_read$/,
  /^acknowledge$/,
  /^ballot_open(_\d+)?$/,
];

/** A card does not change in place: a new one replaces it. So what was found once stays true. */
const known = new WeakMap<Json, Step | null>();

/** What a message waits for; null when it waits for nothing that a colleague would do. */
export function stepOf({ card, recalled }: Message): Step | null {
  if (card === null || recalled) return null;
  const found = known.get(card);
  if (found !== undefined) return found;
  const made = findStep(card);
  known.set(card, made);
  return made;
}

function findStep(card: Json): Step | null {
  const nodes = [...walk(card)];
  const first = standing(nodes, FIRST);
  if (first) return step(first.element, null, String(first.element['name']));
  for (const { tag, element: form } of nodes) {
    const name = String(form['name']);
    if (tag !== 'form' || !FORMS.test(name)) continue;
    const inside = [...walk(form['elements'])];
    const buttons = inside.filter((node) => node.tag === 'button').map(({ element }) => element);
    const button = SUBMITS.map((wanted) => buttons.find((one) => one['name'] === wanted)).find(Boolean);
    if (button && inside.some((node) => isInput(node.tag))) return step(button, form, name);
  }
  const press = standing(nodes, BUTTONS);
  return press ? step(press.element, null, String(press.element['name'])) : null;
}

/** The best of the buttons that stand outside a form. */
function standing(nodes: readonly Node[], wanted: readonly RegExp[]): Node | undefined {
  const free = nodes.filter(
    ({ tag, element, containers }) =>
      tag === 'button' &&
      element['disabled'] !== true &&
      !containers.includes('form') &&
      typeof element['name'] === 'string',
  );
  return wanted.map((name) => free.find(({ element }) => name.test(String(element['name'])))).find(Boolean);
}

function step(button: Json, form: Json | null, what: string): Step {
  const value = callbackValue(button);
  const review = isRecord(value) && typeof value['r'] === 'string' ? value['r'] : null;
  return { button: String(button['name']), form, work: what.startsWith('ballot_') ? 'ballot' : what, review };
}
