/** Buttons, alone and in forms. */
import type { Button } from '../../card.ts';
import { type LarkElement, plain } from './element.ts';

/** Up to this many ordinary buttons share a row; more stand below each other, which costs a third less. */
const MAX_IN_ROW = 4;

/**
 * One button costs 2 elements (and 2 with a dialog). A row adds 1 and 1 a button; compact buttons add 2 to 4 for all of them.
 * @param inForm a click submits the form
 */
export function renderButtons(buttons: readonly Button[], compact: boolean, inForm = false): LarkElement[] {
  const rendered = buttons.map((button) => renderButton(button, inForm));
  if (compact) return columns(rendered.map(small), columnCount(buttons));
  if (rendered.length < 2 || rendered.length > MAX_IN_ROW) return rendered;
  return [
    {
      tag: 'column_set',
      flex_mode: 'flow', // on a phone the rest goes to the next line
      columns: rendered.map((button) => ({ tag: 'column', width: 'auto', elements: [button] })),
    },
  ];
}

function renderButton(button: Button, inForm: boolean): LarkElement {
  const { name, label, style, action, link, confirm } = button;
  const behaviors = [
    ...(link === undefined ? [] : [{ type: 'open_url', default_url: link }]),
    ...(action === undefined ? [] : [{ type: 'callback', value: action }]),
  ];
  return {
    tag: 'button',
    name,
    text: plain(label),
    ...(style === 'default' ? {} : { type: style }),
    ...(inForm && action !== undefined ? { form_action_type: 'submit' } : {}),
    ...(confirm === undefined ? {} : { confirm: { title: plain(confirm.title), text: plain(confirm.text) } }),
    ...(behaviors.length === 0 ? {} : { behaviors }),
  };
}

const small = (button: LarkElement): LarkElement => ({ ...button, size: 'small', width: 'fill' });

/** Side by side, read line by line: equal columns of a fixed number fit a phone for sure, wrapping rows may not. */
function columns(buttons: readonly LarkElement[], count: number): LarkElement[] {
  if (count === 1 || buttons.length < 2) return [...buttons];
  return [
    {
      tag: 'column_set',
      columns: Array.from({ length: Math.min(count, buttons.length) }, (_, column) => ({
        tag: 'column',
        width: 'weighted',
        weight: 1,
        elements: buttons.filter((_button, index) => index % count === column),
      })),
    },
  ];
}

const WIDE_CHARS = /[\u2e80-\uffff]/g;

/** By the longest label; a Chinese character is two wide. About 30 fit across a phone. */
function columnCount(buttons: readonly Button[]): number {
  const widths = buttons.map(({ label }) => label.length + (label.match(WIDE_CHARS)?.length ?? 0));
  const widest = Math.max(0, ...widths);
  return widest <= 8 ? 3 : widest <= 14 ? 2 : 1;
}
