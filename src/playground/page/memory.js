/** Small choices kept in the browser: favourites, guide progress. Never anything a person typed or voted. */

/** @param {string} key @param {unknown} otherwise @returns {any} */
export function recall(key, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(`tenstar.${key}`) ?? 'null') ?? otherwise;
  } catch {
    return otherwise;
  }
}

/** @param {string} key @param {unknown} value */
export function remember(key, value) {
  try {
    localStorage.setItem(`tenstar.${key}`, JSON.stringify(value));
  } catch {
    // Storage may be full or switched off; the page works without.
  }
}

/** @param {readonly string[]} keys */
export function forget(keys) {
  for (const key of keys) remember(key, null);
}
