/**
 * The card's markdown (a subset of CommonMark plus Feishu's own tags) as DOM nodes. There is no HTML in between: what is not
 * recognised stays text, so a script tag in a message is shown as the characters it consists of.
 */
import { el, safeUrl } from '../dom.js';
import { dayAndTime } from '../time.js';
import { t } from '../texts.js';
import { hue, paint } from './text.js';

/** @typedef {import('./context.js').Ctx} Ctx */

const MAX_DEPTH = 8;
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

/** @param {string} source @param {Ctx} ctx @param {number} [depth] @returns {DocumentFragment} */
export function inline(source, ctx, depth = 0) {
  const out = document.createDocumentFragment();
  let plain = '';
  /** Delimiters that have no partner further on: looked for once, not once a character. @type {Set<string>} */
  const absent = new Set();
  const flush = () => {
    if (plain !== '') out.append(plain);
    plain = '';
  };
  let at = 0;
  while (at < source.length) {
    const found = depth < MAX_DEPTH ? spanAt(source, at, ctx, depth, absent) : null;
    if (found) {
      if (typeof found.node === 'string') plain += found.node;
      else {
        flush();
        out.append(found.node);
      }
      at = found.next;
    } else {
      plain += source[at];
      at += 1;
    }
  }
  flush();
  return out;
}

/** @typedef {{ node: Node | string, next: number } | null} Span */

/**
 * @param {string} source @param {number} at @param {Ctx} ctx @param {number} depth @param {Set<string>} absent
 * @returns {Span}
 */
function spanAt(source, at, ctx, depth, absent) {
  switch (source[at]) {
    case '\\':
      return /[!-/:-@[-`{-~]/.test(source[at + 1] ?? '') ? { node: source[at + 1] ?? '', next: at + 2 } : null;
    case '\n':
      return { node: el('br'), next: at + 1 };
    case '&':
      return entity(source, at);
    case '`':
      return wrapped(source, at, '`', absent, (inner) => el('code', {}, inner));
    case '~':
      return wrapped(source, at, '~~', absent, (inner) => el('s', {}, inline(inner, ctx, depth + 1)));
    case '*':
      return (
        wrapped(source, at, '**', absent, (inner) => el('strong', {}, inline(inner, ctx, depth + 1))) ??
        wrapped(source, at, '*', absent, (inner) => el('em', {}, inline(inner, ctx, depth + 1)))
      );
    case '_':
      // Underscores inside a word (task_17) are not emphasis.
      return /\w/.test(source[at - 1] ?? '')
        ? null
        : (wrapped(source, at, '__', absent, (inner) => el('strong', {}, inline(inner, ctx, depth + 1))) ??
            wrapped(source, at, '_', absent, (inner) => el('em', {}, inline(inner, ctx, depth + 1))));
    case '[':
      return link(source, at, ctx, depth);
    case '<':
      return tag(source, at, ctx, depth);
    default:
      return null;
  }
}

/**
 * @param {string} source @param {number} at @param {string} mark @param {Set<string>} absent
 * @param {(inner: string) => Node} make
 * @returns {Span}
 */
function wrapped(source, at, mark, absent, make) {
  if (absent.has(mark) || !source.startsWith(mark, at)) return null;
  const start = at + mark.length;
  if (mark !== '`' && /\s|^$/.test(source[start] ?? '')) return null;
  let end = source.indexOf(mark, start);
  while (end > 0 && mark !== '`' && source[end - 1] === '\\') end = source.indexOf(mark, end + 1);
  if (end < 0) {
    absent.add(mark);
    return null;
  }
  return end === start ? null : { node: make(source.slice(start, end)), next: end + mark.length };
}

/** @param {string} source @param {number} at @param {Ctx} ctx @param {number} depth @returns {Span} */
function link(source, at, ctx, depth) {
  const sticky = /\[((?:\\.|[^\]\\\n]){1,500})\]\(([^()\s]{1,2000})\)/y;
  sticky.lastIndex = at;
  const found = sticky.exec(source);
  if (!found) return null;
  return { node: anchor(found[2] ?? '', inline(found[1] ?? '', ctx, depth + 1)), next: sticky.lastIndex };
}

/** @param {string} url @param {Node | string} content */
function anchor(url, content) {
  const href = safeUrl(decode(url));
  return href
    ? el('a', { href, target: '_blank', rel: 'noopener noreferrer' }, content)
    : el('span', { class: 'dead-link' }, content);
}

const TAG = /<([a-z_]+)((?:\s+[\w-]+\s*=\s*(?:'[^'<>]*'|"[^"<>]*"|[^\s'"<>/]+))*)\s*(\/?)>/iy;
const SINGLE = new Set(['br', 'hr']);
const PAIRED = new Set(['font', 'at', 'person', 'text_tag', 'link', 'a', 'number_tag', 'local_datetime']);

/** @param {string} source @param {number} at @param {Ctx} ctx @param {number} depth @returns {Span} */
function tag(source, at, ctx, depth) {
  TAG.lastIndex = at;
  const found = TAG.exec(source);
  const name = found?.[1]?.toLowerCase() ?? '';
  if (!found) return null;
  const start = TAG.lastIndex;
  if (SINGLE.has(name)) return { node: el(/** @type {'br'} */ (name)), next: start };
  if (!PAIRED.has(name)) return null;
  const attributes = attributesOf(found[2] ?? '');
  if (found[3] === '/') return { node: feishuTag(name, attributes, '', ctx, depth), next: start };
  const end = closing(source, start, name);
  if (end < 0) return null;
  const inner = source.slice(start, end);
  return { node: feishuTag(name, attributes, inner, ctx, depth), next: source.indexOf('>', end) + 1 };
}

/** Where the partner of an opened tag starts, nested tags of the same name skipped. @param {string} source @param {number} from @param {string} name */
function closing(source, from, name) {
  const either = new RegExp(`<(/?)${name}(?=[\\s>/])[^<>]*>`, 'gi');
  either.lastIndex = from;
  let depth = 1;
  for (let found = either.exec(source); found; found = either.exec(source)) {
    depth += found[1] === '/' ? -1 : 1;
    if (depth === 0) return found.index;
  }
  return -1;
}

/** @param {string} text @returns {Record<string, string>} */
function attributesOf(text) {
  /** @type {Record<string, string>} */
  const out = {};
  for (const [, name = '', quoted, doubled, bare] of text.matchAll(/([\w-]+)\s*=\s*(?:'([^']*)'|"([^"]*)"|([^\s'"]+))/g))
    out[name.toLowerCase()] = decode(quoted ?? doubled ?? bare ?? '');
  return out;
}

/** @param {string} name @param {Record<string, string>} attributes @param {string} inner @param {Ctx} ctx @param {number} depth @returns {Node} */
function feishuTag(name, attributes, inner, ctx, depth) {
  const content = () => inline(inner, ctx, depth + 1);
  switch (name) {
    case 'font': {
      const node = el('span', {}, content());
      paint(node, attributes['color']);
      return node;
    }
    case 'text_tag':
      return el('span', { class: `tag tag-${hue(attributes['color'], 'blue')}` }, content());
    case 'number_tag':
      return el('span', { class: 'number-tag' }, content());
    case 'at':
    case 'person':
      return mention(attributes['id'] ?? attributes['ids'] ?? '', inner, ctx);
    case 'local_datetime': {
      const ms = Number(attributes['millisecond']);
      return Number.isFinite(ms) && ms > 0 ? el('span', {}, dayAndTime(ms)) : el('span', {}, content());
    }
    default:
      return anchor(attributes['href'] ?? attributes['url'] ?? '', content());
  }
}

/** @param {string} id @param {string} inner @param {Ctx} ctx */
function mention(id, inner, ctx) {
  if (id === 'all') return el('span', { class: 'mention' }, `@${t('everyone')}`);
  return el('span', { class: 'mention' }, `@${ctx.personName(id) ?? (decode(inner) || t('somebody'))}`);
}

/** @type {Record<string, string>} */
const ENTITIES = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: '\u00a0', ensp: '\u2002', emsp: '\u2003' };

/** @param {string} source @param {number} at @returns {Span} */
function entity(source, at) {
  const sticky = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/iy;
  sticky.lastIndex = at;
  const found = sticky.exec(source);
  if (!found) return null;
  const [, decimal, hex, named] = found;
  const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : Number.NaN;
  const char = named ? ENTITIES[named.toLowerCase()] : code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : null;
  return char ? { node: char, next: sticky.lastIndex } : null;
}

/** Entities in an attribute or an address. @param {string} text */
function decode(text) {
  return text.replace(/&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,6});/gi, (whole) => {
    const found = entity(whole, 0);
    return typeof found?.node === 'string' ? found.node : whole;
  });
}
