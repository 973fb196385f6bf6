/** The desk's part for the others: what waits for them, and the buttons that let them do it. */
import { api } from '../api.js';
import { el, fill } from '../dom.js';
import { chairIsOther, letOthers, onOthers, workWords } from '../others.js';
import { state } from '../state.js';
import { t } from '../texts.js';
import { section } from './section.js';

/** @param {AbortSignal} until */
export function others(until) {
  const waiting = el('p', { class: 'desk-waiting', 'aria-live': 'polite' });
  const bar = el(
    'div',
    {
      class: 'progress',
      role: 'progressbar',
      'aria-label': t('others'),
      'aria-valuemin': 0,
      'aria-valuemax': 100,
      hidden: true,
    },
    el('div'),
  );
  const said = el('p', { class: 'desk-said', 'aria-live': 'polite' });
  /** @param {import('../others.js').Kind} kind @param {string} className */
  const button = (kind, className) =>
    el(
      'button',
      {
        type: 'button',
        class: `button ${className}`,
        data: { others: kind },
        on: { click: () => void letOthers(kind) },
      },
      t(`others_go_${kind}`),
    );
  const chair = el('div', { class: 'button-row' }, button('step', 'small'), button('through', 'small'));
  const main = button('others', 'primary-filled wide');

  const node = section(t('others'), t('others_hint'), [waiting, main, chair, bar, said], {
    open: true,
    onOpen: refresh,
  });
  onOthers(({ running, percent, said: sentence }) => {
    for (const one of [main, ...chair.children]) {
      if (running) one.setAttribute('aria-disabled', 'true');
      else one.removeAttribute('aria-disabled');
    }
    bar.hidden = !running;
    bar.classList.toggle('unknown', percent === null);
    if (percent === null) bar.removeAttribute('aria-valuenow');
    else bar.setAttribute('aria-valuenow', String(percent));
    /** @type {HTMLElement} */ (bar.firstElementChild).style.width = percent === null ? '' : `${percent}%`;
    fill(said, sentence);
    if (!running) refresh();
  }, until);
  return { node, refresh };

  /** Reads anew what waits. */
  function refresh() {
    chair.hidden = !chairIsOther();
    if (!node.open) return;
    api.waiting(state.as).then(
      (all) => {
        const lines = all.map((one) => t('others_waiting', { people: one.people, work: workWords(one.work) }));
        fill(waiting, lines.length > 0 ? lines.join('\n') : t('others_idle'));
      },
      () => fill(waiting, ''),
    );
  }
}
