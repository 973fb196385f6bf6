/** Colours of cards: names become classes, so that both themes can show them; nothing else gets through but `rgba(…)`. */

const NAMED =
  /^(default|white|neutral|blue|wathet|turquoise|green|lime|yellow|orange|red|carmine|violet|purple|indigo|grey|gray)(?:-\d{2,3})?$/;
const RGBA = /^rgba?\(\s*\d{1,3}\s*,\s*\d{1,3}\s*,\s*\d{1,3}\s*(?:,\s*(?:0|1|0?\.\d+)\s*)?\)$/;

/**
 * A class for a named colour; `rgba(…)` is allowed as it stands, anything else is ignored.
 * @param {HTMLElement} node @param {unknown} color
 */
export function paint(node, color) {
  if (typeof color !== 'string') return;
  const named = NAMED.exec(color);
  if (named) node.classList.add(`ink-${named[1] === 'gray' ? 'grey' : named[1]}`);
  else if (RGBA.test(color)) node.style.color = color;
}

/** The base name of a colour, for class names. @param {unknown} color @param {string} otherwise */
export function hue(color, otherwise) {
  const named = typeof color === 'string' ? NAMED.exec(color) : null;
  return named?.[1] === 'gray' ? 'grey' : (named?.[1] ?? otherwise);
}
