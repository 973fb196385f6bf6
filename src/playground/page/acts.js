/** What the person at the keyboard has done, told to whoever cares (the guide ticks its steps by it). */

/**
 * @typedef {{ act: 'as', id: string }
 *   | { act: 'chat', id: string, type: string }
 *   | { act: 'type', text: string }
 *   | { act: 'click', name: string, ok: boolean }
 *   | { act: 'others' }} Act
 * `type` of a chat is `private` or `group`
 */

/** @type {Set<(act: Act) => void>} */
const listeners = new Set();

/** @param {(act: Act) => void} listener */
export const onAct = (listener) => void listeners.add(listener);

/** @param {Act} act */
export const tell = (act) => {
  for (const listener of listeners) listener(act);
};
