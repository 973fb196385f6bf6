/** The page's own sentences, Chinese first, in the language that was chosen last. */
import { en } from './texts/en.js';
import { zh } from './texts/zh.js';

/** @typedef {'zh-CN' | 'en'} Lang */

const KEY = 'tenstar.lang';
/** @type {Lang} */
let current = stored();

/** @returns {Lang} */
function stored() {
  try {
    return localStorage.getItem(KEY) === 'en' ? 'en' : 'zh-CN';
  } catch {
    return 'zh-CN';
  }
}

export const lang = () => current;

/** @param {Lang} to */
export function setLang(to) {
  current = to;
  document.documentElement.lang = to;
  document.title = t('app');
  try {
    localStorage.setItem(KEY, to);
  } catch {
    // Storage may be switched off; the choice then lasts as long as the page.
  }
}

/**
 * @param {string} key a key of the dictionary; an unknown one is shown as it stands
 * @param {Record<string, string | number>} [values]
 */
export function t(key, values = {}) {
  const sentence = /** @type {Record<string, string>} */ (current === 'en' ? en : zh)[key] ?? key;
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** The sentence for a key that may not exist, else null. @param {string} key */
export const maybe = (key) => (Object.hasOwn(zh, key) ? t(key) : null);
