/** A card of JSON 2.0 as DOM: the head here, each component by its own renderer. */
import { el, safeUrl } from '../dom.js';
import { t } from '../texts.js';
import { renderButton } from './buttons.js';
import { renderChart } from './chart.js';
import { renderChecker, renderDate, renderInput, renderMultiSelect, renderOverflow, renderSelect } from './fields.js';
import { renderForm } from './form.js';
import {
  renderColumns,
  renderContainer,
  renderDiv,
  renderHr,
  renderImage,
  renderMarkdown,
  renderPanel,
  renderPerson,
} from './layout.js';
import { renderTable } from './table.js';
import { hue } from './color.js';
import { words } from './text.js';

/** @typedef {import('./context.js').Ctx} Ctx */
/** @typedef {import('../types.js').ElementJson} ElementJson */

/** @type {Record<string, (json: ElementJson, ctx: Ctx) => HTMLElement>} */
const RENDERERS = {
  markdown: renderMarkdown,
  div: renderDiv,
  plain_text: (json, ctx) => renderDiv({ tag: 'div', text: json }, ctx),
  hr: renderHr,
  img: renderImage,
  column_set: renderColumns,
  collapsible_panel: renderPanel,
  interactive_container: renderContainer,
  person: renderPerson,
  person_list: renderPerson,
  table: renderTable,
  chart: renderChart,
  form: renderForm,
  button: renderButton,
  input: renderInput,
  select_static: renderSelect,
  select_person: renderSelect,
  multi_select_static: renderMultiSelect,
  multi_select_person: renderMultiSelect,
  overflow: renderOverflow,
  checker: renderChecker,
  date_picker: renderDate,
  picker_time: renderDate,
  picker_datetime: renderDate,
};

/** @param {unknown} elements @param {Ctx} ctx @returns {DocumentFragment} */
function renderAll(elements, ctx) {
  const out = document.createDocumentFragment();
  if (!Array.isArray(elements)) return out;
  for (const json of elements) {
    const node = renderOne(json, ctx);
    place(node, json);
    out.append(node);
  }
  return out;
}

/** @param {ElementJson} json @param {Ctx} ctx */
function renderOne(json, ctx) {
  const render = Object.hasOwn(RENDERERS, json?.tag) ? RENDERERS[json.tag] : undefined;
  if (!render) return el('div', { class: 'unsupported' }, t('unsupported', { tag: String(json?.tag) }));
  try {
    return render(json, ctx);
  } catch (error) {
    console.warn('card component', json.tag, error);
    return el('div', { class: 'unsupported' }, t('unsupported', { tag: json.tag }));
  }
}

const SPACE = /^-?\d{1,2}px(?: -?\d{1,2}px){0,3}$/;
/** Margins are the one bit of free style a component has. @param {HTMLElement} node @param {ElementJson} json */
function place(node, json) {
  if (typeof json?.['margin'] === 'string' && SPACE.test(json['margin'])) node.style.margin = json['margin'];
}

/**
 * @param {import('../types.js').CardJson} card
 * @param {import('./context.js').CardEnv} env
 * @returns {HTMLElement}
 */
export function renderCard(card, env) {
  /** @type {Ctx} */
  const ctx = { ...env, form: null, label: { id: null }, render: renderAll };
  const width = card.config?.['width_mode'] ?? 'default';
  const node = el('div', { class: `card width-${width === 'fill' || width === 'compact' ? width : 'default'}` });
  if (card.header) node.append(renderHead(card.header));
  const body = el('div', { class: 'card-body' }, renderAll(card.body?.['elements'], ctx));
  if (card.body?.['direction'] === 'horizontal') body.classList.add('row');
  node.append(body);
  const href = safeUrl(card.card_link?.['url']);
  if (href)
    node.append(el('a', { class: 'card-link', href, target: '_blank', rel: 'noopener noreferrer' }, t('open_link')));
  return node;
}

/** @param {Record<string, any>} header */
function renderHead(header) {
  const tags = Array.isArray(header['text_tag_list']) ? header['text_tag_list'].slice(0, 3) : [];
  return el(
    'div',
    { class: `card-head head-${hue(header['template'], 'default')}` },
    el(
      'h3',
      { class: 'card-title', tabindex: '-1' },
      words(header['title']),
      ...tags.map((tag) => el('span', { class: `tag tag-${hue(tag?.color, 'blue')}` }, words(tag?.text))),
    ),
    words(header['subtitle']) ? el('p', { class: 'card-subtitle' }, words(header['subtitle'])) : null,
  );
}
