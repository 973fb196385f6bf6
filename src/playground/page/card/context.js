/**
 * What a card's components need from outside: who people are, how to send a click, where half-typed forms are kept.
 *
 * @typedef {{ name: string, required: boolean, read: () => unknown, write: (value: unknown) => void, initial: unknown, focus: () => void, complain: (sentence: string | null) => void }} Field
 * @typedef {{ name: string, fields: Field[], keep: () => void }} FormState
 * @typedef {{
 *   messageId: string,
 *   personName: (id: string) => string | null,
 *   click: (click: import('../types.js').Click, control: HTMLElement) => Promise<string[]>,
 *   drafts: Drafts,
 *   onRemove: (undo: () => void) => void,
 * }} CardEnv `click` sends a click and gives back the names of fields the server found empty
 * @typedef {CardEnv & {
 *   form: FormState | null,
 *   label: { id: string | null },
 *   render: (elements: unknown, ctx: Ctx) => DocumentFragment,
 * }} Ctx `label` is the text just before a control: it names the control for a screen reader
 */

/**
 * Half-filled forms, kept while the page is open and nowhere else (marks never reach the browser's storage). A toast-only
 * answer, a change of chat and a re-drawn list leave them alone; a form that comes back changed starts from what it says.
 */
export class Drafts {
  /** @type {Map<string, { form: string, values: Record<string, unknown> }>} */
  #kept = new Map();

  /** @param {string} messageId @param {string} name @param {string} formJson @returns {Record<string, unknown>} */
  find(messageId, name, formJson) {
    const found = this.#kept.get(`${messageId}\n${name}`);
    return found?.form === formJson ? found.values : {};
  }

  /** @param {string} messageId @param {string} name @param {string} formJson @param {Record<string, unknown>} values */
  keep(messageId, name, formJson, values) {
    this.#kept.set(`${messageId}\n${name}`, { form: formJson, values });
  }
}
