/**
 * The card's markdown (a subset of CommonMark plus Feishu's own tags) as DOM nodes. There is no HTML in between: what is not
 * recognised stays text, so a script tag in a message is shown as the characters it consists of.
 */
import { el } from '../dom.js';
import { t } from '../texts.js';
import { inline } from './markdown-inline.js';

/** @typedef {import('./context.js').Ctx} Ctx */

const LIST_ITEM = /^(\s*)([-*+]|\d{1,3}[.)])\s+(.*)$/;
const TABLE_RULE = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;
const RULE = /^\s*(?:-{3,}|\*{3,}|<hr\s*\/?>)\s*$/;

/** @param {string} source @param {Ctx} ctx @returns {DocumentFragment} */
export function markdown(source, ctx) {
  const out = document.createDocumentFragment();
  const lines = source.replace(/\r\n?/g, '\n').split('\n');
  /** @type {string[]} */
  let paragraph = [];
  const flush = () => {
    if (paragraph.length > 0) out.append(el('p', {}, inline(paragraph.join('\n'), ctx)));
    paragraph = [];
  };
  let at = 0;
  while (at < lines.length) {
    const block = blockAt(lines, at, ctx);
    if (block) {
      flush();
      if (block.node) out.append(block.node);
      at = block.next;
    } else {
      paragraph.push(lines[at] ?? '');
      at += 1;
    }
  }
  flush();
  return out;
}

/**
 * The block that starts at line `at`, or null when the line belongs to a paragraph.
 * @param {string[]} lines @param {number} at @param {Ctx} ctx
 * @returns {{ node: Node | null, next: number } | null}
 */
function blockAt(lines, at, ctx) {
  const line = lines[at] ?? '';
  if (line.trim() === '') return { node: null, next: at + 1 };
  if (line.startsWith('```')) return fence(lines, at);
  const heading = /^(#{1,6})\s+(.*)$/.exec(line);
  if (heading) {
    const level = heading[1]?.length ?? 1;
    return { node: el('p', { class: `md-h md-h${Math.min(level, 4)}` }, inline(heading[2] ?? '', ctx)), next: at + 1 };
  }
  if (RULE.test(line)) return { node: el('hr'), next: at + 1 };
  if (line.includes('|') && (lines[at + 1] ?? '').includes('|') && TABLE_RULE.test(lines[at + 1] ?? ''))
    return table(lines, at, ctx);
  if (LIST_ITEM.test(line)) return list(lines, at, ctx);
  if (/^\s*>/.test(line)) {
    const quoted = run(lines, at, (text) => /^\s*>/.test(text));
    const inner = quoted.map((text) => text.replace(/^\s*>\s?/, '')).join('\n');
    return { node: el('blockquote', {}, inline(inner, ctx)), next: at + quoted.length };
  }
  return null;
}

/** The lines from `at` on that fit. @param {string[]} lines @param {number} at @param {(line: string) => boolean} fits */
function run(lines, at, fits) {
  let end = at;
  while (end < lines.length && fits(lines[end] ?? '')) end += 1;
  return lines.slice(at, end);
}

/** @param {string[]} lines @param {number} at */
function fence(lines, at) {
  const code = run(lines, at + 1, (line) => !line.startsWith('```'));
  return { node: el('pre', {}, el('code', {}, code.join('\n'))), next: at + code.length + 2 };
}

/** @param {string[]} lines @param {number} at @param {Ctx} ctx */
function list(lines, at, ctx) {
  const items = run(lines, at, (line) => LIST_ITEM.test(line));
  /** @type {{ indent: number, node: HTMLElement }[]} */
  const open = [];
  /** @type {HTMLElement | null} */
  let root = null;
  for (const line of items) {
    const [, space = '', mark = '-', text = ''] = LIST_ITEM.exec(line) ?? [];
    while (open.length > 1 && space.length < (open.at(-1)?.indent ?? 0)) open.pop();
    const top = open.at(-1);
    if (!top || space.length > top.indent + 1) {
      const made = /\d/.test(mark) ? el('ol', { start: Number.parseInt(mark, 10) }) : el('ul');
      if (top) (top.node.lastElementChild ?? top.node).append(made);
      else root = made;
      open.push({ indent: space.length, node: made });
    }
    open.at(-1)?.node.append(el('li', {}, inline(text, ctx)));
  }
  return { node: root, next: at + items.length };
}

/** @param {string} line */
const cells = (line) =>
  line
    .trim()
    .replace(/^\||(?<!\\)\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replace(/\\\|/g, '|'));

/** @param {string[]} lines @param {number} at @param {Ctx} ctx */
function table(lines, at, ctx) {
  const body = run(lines, at + 2, (line) => line.includes('|'));
  const head = cells(lines[at] ?? '');
  const node = el(
    'div',
    { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': t('table') },
    el(
      'table',
      {},
      el('thead', {}, el('tr', {}, ...head.map((cell) => el('th', { scope: 'col' }, inline(cell, ctx))))),
      el(
        'tbody',
        {},
        ...body.map((line) => el('tr', {}, ...head.map((_, i) => el('td', {}, inline(cells(line)[i] ?? '', ctx))))),
      ),
    ),
  );
  return { node, next: at + 2 + body.length };
}
