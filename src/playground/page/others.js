/** Lets everybody but the chosen person do what is due, or the chair take the next step. One run at a time. */
import { tell } from './acts.js';
import { api } from './api.js';
import { chair } from './guide-model.js';
import { state } from './state.js';
import { maybe, t } from './texts.js';
import { toast } from './toast.js';

/** How many steps a review has at most, from the first to the published result. */
const ALL_STEPS = 30;

/** @typedef {'others' | 'step' | 'through'} Kind what the others do; one step of the chair; all steps to the result */
/** @typedef {{ running: boolean, percent: number | null, said: string }} Progress `percent` is null while it is not known */

/** @type {Progress} */
let progress = { running: false, percent: null, said: '' };
/** @type {Set<(progress: Progress) => void>} */
const watchers = new Set();

/** @param {(progress: Progress) => void} watcher is told at once, and again after each change @param {AbortSignal} [until] */
export function onOthers(watcher, until) {
  watchers.add(watcher);
  until?.addEventListener('abort', () => watchers.delete(watcher));
  watcher(progress);
}
/** @param {Partial<Progress>} change */
function show(change) {
  progress = { ...progress, ...change };
  for (const watcher of watchers) watcher(progress);
}

/** The chair can be asked to go on only when somebody else sits at the page. */
export const chairIsOther = () => chair() !== null && chair() !== state.as;

/** @param {Kind} kind */
export async function letOthers(kind) {
  if (progress.running) return;
  show({ running: true, percent: null, said: t('others_running') });
  const leader = kind === 'others' ? null : chair();
  try {
    const result = await api.autoplay({
      except: state.as ? [state.as] : [],
      until: 'idle',
      ...(leader ? { chair: leader, steps: kind === 'step' ? 1 : ALL_STEPS } : {}),
    });
    show({ said: summaryOf(result) });
    if (result.yours.includes('ballot') && kind !== 'others') toast('info', t('others_wait_for_you'));
    tell({ act: 'others' });
  } catch {
    show({ said: t('others_failed') });
    toast('error', t('others_failed'));
  }
  show({ running: false, percent: null });
}

/** @param {import('./live.js').News} news the server counts as it goes */
export function othersNews(news) {
  const played = Number(news['played']);
  const total = played + Number(news['waiting']);
  if (!progress.running || !(total > 0)) return;
  show({ percent: Math.round((played / total) * 100), said: t('others_progress', { done: played, total }) });
}

/** Numbers by kind of work, in words. @param {Record<string, number>} work */
export const workWords = (work) =>
  Object.entries(work)
    .map(([kind, count]) => `${maybe(`work_${kind}`) ?? t('work_other')} ${count}`)
    .join(t('dot'));

/** @param {{ work: Record<string, number>, steps: string[], problems: Record<string, number> }} result */
function summaryOf({ work, steps, problems }) {
  const parts = [...steps.map((step) => maybe(`chair_${step}`) ?? step), workWords(work)].filter(Boolean);
  const wrong = Object.values(problems).reduce((sum, count) => sum + count, 0);
  if (wrong > 0) parts.push(t('others_problems', { count: wrong }));
  return parts.length > 0 ? t('others_done', { summary: parts.join(t('dot')) }) : t('others_nothing');
}
