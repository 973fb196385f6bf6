/** Text objects of a card (`plain_text`, `lark_md`, `markdown`) in the reader's language. */
import { el } from '../dom.js';
import { lang } from '../texts.js';
import { markdown } from './markdown.js';

/** @typedef {import('./context.js').Ctx} Ctx */

/**
 * The words of a text object; `i18n_content` wins when it has the page's language.
 * @param {import('../types.js').TextJson | string | null | undefined} text
 * @returns {string}
 */
export function words(text) {
  if (typeof text === 'string') return text;
  if (!text || typeof text !== 'object') return '';
  const own = text.i18n_content?.[lang() === 'en' ? 'en_us' : 'zh_cn'];
  return String(own ?? text.content ?? '');
}

/**
 * @param {import('../types.js').TextJson | null | undefined} text
 * @param {Ctx} ctx
 * @returns {HTMLElement}
 */
export function textElement(text, ctx) {
  const content = words(text);
  if (text?.tag === 'lark_md' || text?.tag === 'markdown') return el('div', { class: 'md' }, markdown(content, ctx));
  return el('div', { class: 'plain' }, content);
}

const NAMED = /^(default|white|neutral|blue|wathet|turquoise|green|lime|yellow|orange|red|carmine|violet|purple|indigo|grey|gray)(?:-\d{2,3})?$/;
const RGBA = /^rgba?\(\s*\d{1,3}\s*,\s*\d{1,3}\s*,\s*\d{1,3}\s*(?:,\s*(?:0|1|0?\.\d+)\s*)?\)$/;

/**
 * A class for a named colour; `rgba(…)` is allowed as it stands, anything else is ignored.
 * @param {HTMLElement} node @param {unknown} color
 */
export function paint(node, color) {
  if (typeof color !== 'string') return;
  const named = NAMED.exec(color);
  if (named) node.classList.add(`ink-${named[1] === 'gray' ? 'grey' : named[1]}`);
  else if (RGBA.test(color)) node.style.color = color;
}

/** The base name of a colour, for class names. @param {unknown} color @param {string} otherwise */
export function hue(color, otherwise) {
  const named = typeof color === 'string' ? NAMED.exec(color) : null;
  return named?.[1] === 'gray' ? 'grey' : (named?.[1] ?? otherwise);
}
