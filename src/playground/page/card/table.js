/** The table component: typed cells, at most ten rows at a time, paged in the client. */
import { el, textOf } from '../dom.js';
import { t } from '../texts.js';
import { patterned } from '../time.js';
import { personChip } from './layout.js';
import { markdown } from './markdown.js';
import { hue } from './color.js';

/** @typedef {import('./context.js').Ctx} Ctx */
/** @typedef {import('../types.js').ElementJson} ElementJson */

const MAX_COLUMNS = 50;

/** @param {ElementJson} json @param {Ctx} ctx */
export function renderTable(json, ctx) {
  /** @type {Record<string, any>[]} */
  const columns = (Array.isArray(json['columns']) ? json['columns'] : []).slice(0, MAX_COLUMNS);
  /** @type {Record<string, unknown>[]} */
  const rows = Array.isArray(json['rows']) ? json['rows'] : [];
  const pageSize = Math.min(10, Math.max(1, Number(json['page_size']) || 5));
  const pages = Math.max(1, Math.ceil(rows.length / pageSize));
  const body = el('tbody');
  const where = el('span', { class: 'page-number', 'aria-live': 'polite' });
  const head = el(
    'tr',
    {},
    ...columns.map((column) =>
      el('th', { scope: 'col', class: alignOf(column) }, String(column['display_name'] ?? column['name'] ?? '')),
    ),
  );
  const header = json['header_style'] ?? {};
  const table = el(
    'table',
    { class: `rows-${json['row_height'] ?? 'low'}` },
    el('thead', { class: header.background_style === 'none' ? 'bare' : '' }, head),
    body,
  );
  if (json['freeze_first_column']) table.classList.add('frozen');
  let page = 0;
  const back = el(
    'button',
    { type: 'button', class: 'button text', 'aria-label': t('page_back'), on: { click: () => turn(-1) } },
    '‹',
  );
  const next = el(
    'button',
    { type: 'button', class: 'button text', 'aria-label': t('page_next'), on: { click: () => turn(1) } },
    '›',
  );
  /** @param {number} by */
  function turn(by) {
    page = Math.min(pages - 1, Math.max(0, page + by));
    const shown = rows.slice(page * pageSize, (page + 1) * pageSize);
    body.replaceChildren(
      ...shown.map((row) => el('tr', {}, ...columns.map((column) => cellOf(row[column['name']], column, ctx)))),
    );
    // Short last pages keep the height, so that the pager does not jump away under the finger.
    for (let i = shown.length; pages > 1 && i < pageSize; i += 1)
      body.append(
        el('tr', { class: 'filler', 'aria-hidden': 'true' }, el('td', { colspan: columns.length }, '\u00a0')),
      );
    where.textContent = t('page_of', { page: page + 1, pages });
    back.disabled = page === 0;
    next.disabled = page === pages - 1;
  }
  turn(0);
  return el(
    'div',
    { class: 'table-block' },
    el(
      'div',
      { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': t('table_of', { count: rows.length }) },
      table,
    ),
    pages > 1 ? el('div', { class: 'pager' }, back, where, next) : null,
  );
}

/** @param {Record<string, any>} column */
const alignOf = (column) => {
  const align = column['horizontal_align'];
  return align === 'right' || align === 'center' ? `align-${align}` : '';
};

/** @param {unknown} value @param {Record<string, any>} column @param {Ctx} ctx */
function cellOf(value, column, ctx) {
  const cell = el('td', { class: alignOf(column) });
  if (value === null || value === undefined) return cell;
  switch (column['data_type']) {
    case 'number':
      cell.classList.add('number');
      cell.append(numberText(value, column['format'] ?? {}));
      break;
    case 'lark_md':
    case 'markdown':
      cell.append(el('div', { class: 'md' }, markdown(textOf(value), ctx)));
      break;
    case 'options':
      for (const one of Array.isArray(value) ? value : [value])
        cell.append(el('span', { class: `tag tag-${hue(one?.color, 'grey')}` }, String(one?.text ?? one)));
      break;
    case 'persons':
      for (const id of Array.isArray(value) ? value : [value]) cell.append(personChip(String(id), ctx));
      break;
    case 'date':
      cell.append(patterned(Number(value), String(column['date_format'] ?? 'YYYY/MM/DD')));
      break;
    default:
      cell.append(textOf(value));
  }
  return cell;
}

/** @param {unknown} value @param {Record<string, any>} format */
function numberText(value, format) {
  const number = Number(value);
  if (!Number.isFinite(number)) return String(value);
  const precision = format['precision'];
  const digits = Number.isInteger(precision)
    ? { minimumFractionDigits: precision, maximumFractionDigits: precision }
    : { maximumFractionDigits: 10 };
  return `${format['symbol'] ?? ''}${new Intl.NumberFormat('en-US', { ...digits, useGrouping: format['separator'] === true }).format(number)}`;
}
