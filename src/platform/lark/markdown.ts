/**
 * Plain text inside card markdown. The platform asks for HTML entities, not backslashes, and its markdown knows more than
 * CommonMark (`<at>`, `:OK:`, bare addresses), so every sign that could start anything is written as an entity.
 */

const ACTIVE = /[!"#$&'()*+\-/:<=>[\\\]^_`{|}~]/g;
/** `1.` or `1)` at the start of a line would become a list. */
const NUMBERED = /^(\d{1,9})\./gm;
/** Spaces at the start of a line would become a code block from the fourth on. */
const INDENT = /^[^\S\n]+/gm;

/** Any text, so that card markdown shows exactly this text (without spaces at the start of lines). */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(INDENT, '')
    .replace(ACTIVE, (sign) => `&#${sign.charCodeAt(0)};`)
    .replace(NUMBERED, '$1&#46;');
}

/** The same, on one line. */
export const escapeLine = (text: string): string => escapeMarkdown(text.replace(/\s+/g, ' ').trim());
export const bold = (text: string): string => {
  const line = escapeLine(text);
  return line === '' ? '' : `**${line}**`;
};
export const muted = (text: string): string => `<font color='grey'>${escapeLine(text)}</font>`;
