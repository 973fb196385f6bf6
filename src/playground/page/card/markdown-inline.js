/** Markdown within a line: emphasis, links, code and Feishu's own tags. */
import { el, safeUrl } from '../dom.js';
import { t } from '../texts.js';
import { dayAndTime } from '../time.js';
import { hue, paint } from './color.js';
import { attributesOf, closing, decode, entity } from './markdown-source.js';

/** @typedef {import('./context.js').Ctx} Ctx */
/** @typedef {{ node: Node | string, next: number } | null} Span what was found, and where the text goes on */

const MAX_DEPTH = 8;

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
