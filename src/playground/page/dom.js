/**
 * The only way this page makes elements. Text goes in as text nodes; there is no way to pass markup, so nothing that a chat
 * message or a card says can become HTML.
 */

/** @typedef {Node | string | number | null | undefined | false} Child */
/**
 * @typedef {{
 *   class?: string,
 *   on?: Record<string, (event: any) => void>,
 *   style?: Record<string, string>,
 *   data?: Record<string, string>,
 *   [attribute: string]: unknown,
 * }} Props
 */

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Props} [props] attributes; `on` holds listeners, `style` CSS properties (set one by one), `data` dataset entries
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) setProp(node, key, value);
  append(node, children);
  return node;
}

/** What a value of unknown kind says; an object says nothing. @param {unknown} value @returns {string} */
export const textOf = (value) =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

/** @param {HTMLElement} node @param {string} key @param {unknown} value */
function setProp(node, key, value) {
  if (value === undefined || value === null || value === false) return;
  if (key === 'class') node.className = textOf(value);
  else if (key === 'on')
    for (const [name, listener] of Object.entries(/** @type {any} */ (value))) node.addEventListener(name, listener);
  else if (key === 'style')
    for (const [name, css] of Object.entries(/** @type {any} */ (value))) node.style.setProperty(name, css);
  else if (key === 'data') Object.assign(node.dataset, value);
  else node.setAttribute(key, value === true ? '' : textOf(value));
}

/** @param {Element | DocumentFragment} parent @param {readonly Child[]} children */
export function append(parent, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    parent.append(child instanceof Node ? child : String(child));
  }
}

/** Empties `parent` and fills it again. @param {Element} parent @param {...Child} children */
export function fill(parent, ...children) {
  parent.replaceChildren();
  append(parent, children);
}

const SVG = 'http://www.w3.org/2000/svg';
/** Outline icons, 24×24, drawn here so that the page needs no icon font. */
const ICONS = {
  back: 'M15 5l-7 7 7 7',
  next: 'M9 5l7 7-7 7',
  down: 'M5 9l7 7 7-7',
  close: 'M6 6l12 12M18 6L6 18',
  send: 'M4 12l16-8-6 16-3-7z',
  search: 'M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM16 16l5 5',
  star: 'M12 4l2.5 5.2 5.5.7-4 4 1 5.6-5-2.7-5 2.7 1-5.6-4-4 5.5-.7z',
  group:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c0-4 3-6 6.5-6s6.5 2 6.5 6M16 4.5a3.3 3.3 0 0 1 0 6.3M18.5 14.5c2 .7 3 2.5 3 5.5',
  tools: 'M4 7h10M18 7h2M4 17h2M10 17h10M16 4.5v5M8 14.5v5',
  swap: 'M4 8h14l-4-4M20 16H6l4 4',
  file: 'M6 3h8l5 5v13H6zM14 3v5h5',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  at: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM16 8v5.5c0 3 4 3 4-1.5a8 8 0 1 0-3 6.3',
};

/** @param {keyof typeof ICONS} name @param {string} [className] */
export function icon(name, className = 'icon') {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', className);
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}

/** A square button with an icon; the name is what a screen reader says and the tooltip shows. @param {keyof typeof ICONS} name @param {string} label @param {(event: Event) => void} onClick @param {Props} [props] */
export function iconButton(name, label, onClick, props = {}) {
  return el(
    'button',
    {
      type: 'button',
      'aria-label': label,
      title: label,
      ...props,
      class: `icon-button ${props.class ?? ''}`,
      on: { click: onClick },
    },
    icon(name),
  );
}

/** Only web addresses become links. @param {unknown} url @returns {string | null} */
export function safeUrl(url) {
  if (typeof url !== 'string' || url.trim() === '') return null;
  try {
    const parsed = new URL(url, location.href);
    return parsed.protocol === 'https:' || parsed.protocol === 'http:' ? parsed.href : null;
  } catch {
    return null;
  }
}

let ids = 0;
/** An id that is unique on the page. @param {string} prefix */
export const nextId = (prefix) => `${prefix}-${++ids}`;

const HUES = ['blue', 'green', 'orange', 'violet', 'turquoise', 'carmine'];
/** A round picture with the last characters of the name; the colour follows the name. @param {string} name @param {'bot' | 'user' | 'group'} [kind] */
export function avatar(name, kind = 'user') {
  let sum = 0;
  for (const char of name) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 9973;
  const hue = kind === 'bot' ? 'bot' : kind === 'group' ? 'group' : HUES[sum % HUES.length];
  const short = /[\u4e00-\u9fff]/.test(name)
    ? Array.from(name).slice(-2).join('')
    : Array.from(name).slice(0, 2).join('').toUpperCase();
  const inside = kind === 'bot' ? icon('star') : kind === 'group' ? icon('group') : short;
  return el('span', { class: `avatar avatar-${hue}`, 'aria-hidden': 'true' }, inside);
}
