/** Components that show or arrange: text, fields, columns, panels, people, pictures. */
import { avatar, el, nextId } from '../dom.js';
import { t } from '../texts.js';
import { perform } from './buttons.js';
import { markdown } from './markdown.js';
import { hue, paint } from './color.js';
import { textElement, words } from './text.js';

/** @typedef {import('./context.js').Ctx} Ctx */
/** @typedef {import('../types.js').ElementJson} ElementJson */

const SIZES = new Set([
  'heading',
  'heading-0',
  'heading-1',
  'heading-2',
  'heading-3',
  'heading-4',
  'normal',
  'notation',
  'xxxx-large',
  'xxx-large',
  'xx-large',
  'x-large',
  'large',
  'medium',
  'small',
  'x-small',
]);

/** Size and alignment of a text; an unknown size is the normal one. @param {HTMLElement} node @param {Record<string, any>} json */
function dress(node, json) {
  if (SIZES.has(json['text_size'])) node.classList.add(`size-${json['text_size']}`);
  if (['left', 'center', 'right'].includes(json['text_align'])) node.classList.add(`align-${json['text_align']}`);
  paint(node, json['text_color']);
}

/** Remembers this text as the name of the control that follows. @param {HTMLElement} node @param {Ctx} ctx */
function nameNext(node, ctx) {
  node.id = nextId('text');
  ctx.label.id = node.id;
}

/** @param {ElementJson} json @param {Ctx} ctx */
export function renderMarkdown(json, ctx) {
  const node = el('div', { class: 'md' }, markdown(words(json), ctx));
  dress(node, json);
  nameNext(node, ctx);
  return node;
}

/** @param {ElementJson} json @param {Ctx} ctx */
export function renderDiv(json, ctx) {
  const node = el('div', { class: 'div' });
  if (json['text']) {
    const text = textElement(json['text'], ctx);
    dress(text, json['text']);
    nameNext(text, ctx);
    node.append(text);
  }
  if (Array.isArray(json['fields']))
    node.append(
      el(
        'div',
        { class: 'fields' },
        ...json['fields'].map((field) =>
          el('div', { class: field?.is_short ? 'short' : 'long' }, textElement(field?.text, ctx)),
        ),
      ),
    );
  return node;
}

export const renderHr = () => el('hr');

/** @param {ElementJson} json */
export function renderImage(json) {
  return el(
    'div',
    { class: 'image', role: 'img', 'aria-label': words(json['alt']) || t('image') },
    words(json['alt']) || t('image'),
  );
}

const FLEX = new Set(['none', 'stretch', 'flow', 'bisect', 'trisect']);
const SHADES = new Set(['default', 'grey', 'gray']);

/** @param {ElementJson} json @param {Ctx} ctx */
export function renderColumns(json, ctx) {
  const node = el('div', { class: `columns flex-${FLEX.has(json['flex_mode']) ? json['flex_mode'] : 'none'}` });
  if (['center', 'right'].includes(json['horizontal_align'])) node.classList.add(`justify-${json['horizontal_align']}`);
  shade(node, json);
  for (const column of Array.isArray(json['columns']) ? json['columns'] : []) node.append(renderColumn(column, ctx));
  return node;
}

/** @param {ElementJson} json @param {Ctx} ctx */
function renderColumn(json, ctx) {
  const node = el('div', { class: 'column' }, ctx.render(json['elements'], ctx));
  const width = json['width'];
  if (width === 'weighted') node.style.flex = `${Math.min(5, Math.max(1, Number(json['weight']) || 1))} 1 0`;
  else if (typeof width === 'string' && /^\d{2,3}px$/.test(width)) node.style.flex = `0 1 ${width}`;
  else node.classList.add('auto');
  if (['center', 'bottom'].includes(json['vertical_align'])) node.classList.add(`valign-${json['vertical_align']}`);
  shade(node, json);
  return node;
}

/** @param {HTMLElement} node @param {Record<string, any>} json */
function shade(node, json) {
  const style = json['background_style'];
  if (typeof style === 'string' && style !== 'default')
    node.classList.add('shaded', `wash-${SHADES.has(style) ? 'grey' : hue(style, 'grey')}`);
}

/** @param {ElementJson} json @param {Ctx} ctx */
export function renderPanel(json, ctx) {
  const header = json['header'] ?? {};
  const summary = el('summary', {}, textElement(header.title, ctx));
  const node = el(
    'details',
    { class: 'panel' },
    summary,
    el('div', { class: 'panel-body' }, ctx.render(json['elements'], ctx)),
  );
  if (json['border']) node.classList.add('bordered');
  node.open = json['expanded'] === true;
  return node;
}

/** @param {ElementJson} json @param {Ctx} ctx */
export function renderContainer(json, ctx) {
  const node = el('div', { class: 'container' }, ctx.render(json['elements'], ctx));
  if (json['has_border'] || json['border']) node.classList.add('bordered');
  shade(node, json);
  if (!Array.isArray(json['behaviors']) || json['behaviors'].length === 0) return node;
  const act = () => void perform(json, ctx, node);
  node.setAttribute('role', 'button');
  node.tabIndex = json['disabled'] ? -1 : 0;
  if (json['disabled']) node.setAttribute('aria-disabled', 'true');
  else {
    node.addEventListener('click', act);
    node.addEventListener('keydown', (event) => {
      if (event.target === node && (event.key === 'Enter' || event.key === ' ')) {
        event.preventDefault();
        act();
      }
    });
  }
  return node;
}

/** @param {ElementJson} json @param {Ctx} ctx */
export function renderPerson(json, ctx) {
  const ids =
    json.tag === 'person' ? [json['user_id']] : (json['persons'] ?? []).map((/** @type {any} */ one) => one?.id);
  return el('div', { class: 'people-line' }, ...ids.map((/** @type {unknown} */ id) => personChip(String(id), ctx)));
}

/** @param {string} id @param {Ctx} ctx */
export function personChip(id, ctx) {
  const name = ctx.personName(id) ?? t('somebody');
  return el('span', { class: 'person' }, avatar(name), name);
}
