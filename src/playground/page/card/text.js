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
