/** The platform's log of pushes to the bot, and its counts of the bot's calls. Holds no contents, only kinds, times and codes. */
import { api } from '../api.js';
import { el, fill } from '../dom.js';
import { t } from '../texts.js';
import { clockTimeSeconds } from '../time.js';
import { section } from './section.js';

const SHOWN = 50;

export function deliveries() {
  const list = el('ol', { class: 'log' });
  const load = () => {
    api.deliveries(SHOWN).then(
      (all) => fill(list, ...(all.length === 0 ? [el('li', { class: 'muted' }, t('deliveries_none'))] : all.map(line))),
      () => fill(list, el('li', { class: 'muted' }, t('failed_load'))),
    );
  };
  const again = el('button', { type: 'button', class: 'button small', on: { click: load } }, t('refresh'));
  const node = section(t('deliveries'), t('deliveries_hint'), [again, list], { onOpen: load });
  return { node, refresh: () => (node.open ? load() : undefined) };
}

/** @param {Record<string, any>} one */
function line(one) {
  const status = Number(one['status'] ?? 0);
  const good = status >= 200 && status < 300;
  const attempt = Number(one['attempt'] ?? 1);
  return el(
    'li',
    {},
    el('time', {}, clockTimeSeconds(Number(one['at'] ?? 0))),
    el('span', { class: 'log-type' }, String(one['type'] ?? one['kind'] ?? '')),
    attempt > 1 ? el('span', { class: 'tag tag-orange' }, t('attempt', { n: attempt })) : null,
    el('span', { class: `tag tag-${good ? 'green' : 'red'}` }, good ? String(status) : String(one['error'] ?? status)),
    one['ms'] === undefined ? null : el('span', { class: 'muted' }, `${Math.round(Number(one['ms']))} ms`),
  );
}

export function stats() {
  const list = el('dl', { class: 'stats' });
  const load = () => {
    api.stats().then(
      (answer) => fill(list, ...flat(answer).flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)])),
      () => fill(list, el('dt', {}, t('failed_load'))),
    );
  };
  return section(t('stats'), '', [list], { onOpen: load });
}

/** Nested counts as `a · b` lines. @param {unknown} value @param {string} [path] @returns {[string, string][]} */
function flat(value, path = '') {
  if (typeof value !== 'object' || value === null) return [[path, String(value)]];
  return Object.entries(value).flatMap(([key, inner]) => flat(inner, path ? `${path} · ${key}` : key));
}
