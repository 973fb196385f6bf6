/** Lets everybody but the chosen person do what is due. */
import { tell } from '../acts.js';
import { api } from '../api.js';
import { el, fill } from '../dom.js';
import { t } from '../texts.js';
import { toast } from '../toast.js';
import { section } from './section.js';

/** @param {() => string | null} me @param {() => void} onDone */
export function autoplay(me, onDone) {
  const button = el('button', { type: 'button', class: 'button primary-filled wide', on: { click: () => void run() } }, t('autoplay_go'));
  const bar = el('div', { class: 'progress', role: 'progressbar', 'aria-label': t('autoplay'), 'aria-valuemin': 0, 'aria-valuemax': 100, hidden: true }, el('div'));
  const said = el('p', { class: 'desk-said', 'aria-live': 'polite' });
  let running = false;

  const run = async () => {
    if (running) return;
    running = true;
    button.setAttribute('aria-disabled', 'true');
    bar.hidden = false;
    bar.classList.add('unknown');
    fill(said, t('autoplay_running'));
    try {
      const except = me();
      const counts = await api.autoplay(except ? [except] : []);
      const summary = summaryOf(counts);
      fill(said, summary ? t('autoplay_done', { summary }) : t('autoplay_nothing'));
      tell({ act: 'autoplay' });
    } catch {
      fill(said, t('autoplay_failed'));
      toast('error', t('autoplay_failed'));
    }
    running = false;
    button.removeAttribute('aria-disabled');
    bar.hidden = true;
    bar.classList.remove('unknown');
    onDone();
  };

  /** @param {Record<string, unknown>} news */
  const progress = (news) => {
    const done = Number(news['done'] ?? news['played']);
    const total = Number(news['total'] ?? done + Number(news['waiting']));
    if (!running || !(total > 0)) return;
    const percent = Math.round((done / total) * 100);
    bar.classList.remove('unknown');
    bar.setAttribute('aria-valuenow', String(percent));
    /** @type {HTMLElement} */ (bar.firstElementChild).style.width = `${percent}%`;
    fill(said, t('autoplay_progress', { done, total }));
  };
  return { node: section(t('autoplay'), t('autoplay_hint'), [button, bar, said], { open: true }), progress };
}

/** The server's counts, those above zero. @param {unknown} counts */
function summaryOf(counts) {
  if (typeof counts !== 'object' || counts === null) return '';
  return Object.entries(counts)
    .filter(([, count]) => typeof count === 'number' && count > 0)
    .map(([name, count]) => `${name} ${count}`)
    .join(t('comma'));
}
