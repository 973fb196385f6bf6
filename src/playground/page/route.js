/** Who and where, kept in the address: `#as=<person>&chat=<chat>`. Back and forward, reload and a shared link all work. */

/** @returns {{ as: string | null, chat: string | null }} */
export function readRoute() {
  const values = new URLSearchParams(location.hash.slice(1));
  return { as: values.get('as'), chat: values.get('chat') };
}

/**
 * @param {{ as?: string | null, chat?: string | null }} to
 * @param {{ replace?: boolean }} [how] `replace` leaves no step in the history
 */
export function go(to, how = {}) {
  const values = new URLSearchParams();
  if (to.as) values.set('as', to.as);
  if (to.as && to.chat) values.set('chat', to.chat);
  const hash = `#${values.toString()}`;
  if (hash === (location.hash || '#')) return;
  if (how.replace) {
    history.replaceState(null, '', hash);
    dispatchEvent(new HashChangeEvent('hashchange'));
  } else location.hash = hash;
}
