/** News from the server as it happens. The browser reconnects by itself; after a gap everything is read anew. */
import { api } from './api.js';

/** @typedef {{ type: string, chat?: string, message_id?: string, [more: string]: unknown }} News */

/**
 * @param {string} as
 * @param {{ onNews: (news: News) => void, onLost: () => void, onBack: () => void }} how
 * @returns {() => void} ends it
 */
export function listen(as, how) {
  const source = new EventSource(api.streamUrl(as));
  let lost = false;
  /** @param {string} name @param {MessageEvent} event */
  const take = (name, event) => {
    /** @type {any} */
    let data = {};
    try {
      data = JSON.parse(event.data);
    } catch {
      return; // keep-alive lines carry no data
    }
    how.onNews({ type: name, ...data });
  };
  // The kind may stand in the event's name or in its data.
  source.onmessage = (event) => take('message', event);
  for (const name of ['update', 'autoplay', 'clock', 'delivery'])
    source.addEventListener(name, (event) => take(name, /** @type {MessageEvent} */ (event)));
  source.onerror = () => {
    lost = true;
    how.onLost();
  };
  source.onopen = () => {
    if (lost) how.onBack();
    lost = false;
  };
  return () => source.close();
}

/**
 * Many calls close together become one, a little later; the first of a quiet time goes through soon.
 * @param {() => void} run @param {number} waitMs
 */
export function calmly(run, waitMs) {
  /** @type {ReturnType<typeof setTimeout> | null} */
  let timer = null;
  return () => {
    timer ??= setTimeout(() => {
      timer = null;
      run();
    }, waitMs);
  };
}
