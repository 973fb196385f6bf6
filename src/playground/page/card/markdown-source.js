/** Reading the source of markdown: entities, attributes, the partner of a tag. Strings in, strings out. */

/** @type {Record<string, string>} */
const ENTITIES = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: '\u00a0', ensp: '\u2002', emsp: '\u2003' };

/** @param {string} source @param {number} at @returns {{ node: string, next: number } | null} */
export function entity(source, at) {
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
export function decode(text) {
  return text.replace(/&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,6});/gi, (whole) => {
    return entity(whole, 0)?.node ?? whole;
  });
}

/** Where the partner of an opened tag starts, nested tags of the same name skipped. @param {string} source @param {number} from @param {string} name */
export function closing(source, from, name) {
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
export function attributesOf(text) {
  /** @type {Record<string, string>} */
  const out = {};
  for (const [, name = '', quoted, doubled, bare] of text.matchAll(
    /([\w-]+)\s*=\s*(?:'([^']*)'|"([^"]*)"|([^\s'"]+))/g,
  ))
    out[name.toLowerCase()] = decode(quoted ?? doubled ?? bare ?? '');
  return out;
}
