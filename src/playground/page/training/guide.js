/** “Your first five minutes”: steps that tick themselves when the thing has been done. */
import { onAct } from '../acts.js';
import { el, fill, icon } from '../dom.js';
import { recall, remember } from '../memory.js';
import { t } from '../texts.js';
import { section } from './section.js';

/** @typedef {import('../acts.js').Act} Act */

/** @param {Act} act @param {...string} words */
const typed = (act, ...words) => act.act === 'type' && words.some((word) => act.text.replace('／', '/').startsWith(word));
/** @param {Act} act @param {string} name */
const clicked = (act, name) => act.act === 'click' && act.ok && act.name === name;

/** @type {{ key: string, done: (act: Act, noteOf: (id: string) => string) => boolean }[]} */
const STEPS = [
  { key: 'person', done: (act, noteOf) => act.act === 'as' && /(?<!副)书记|(?<!deputy )secretary/i.test(noteOf(act.id)) },
  { key: 'help', done: (act) => typed(act, '/help', '/帮助') },
  { key: 'review', done: (act) => typed(act, '/review', '/评议') },
  { key: 'sign_in', done: (act) => clicked(act, 'sign_in') },
  { key: 'start', done: (act) => clicked(act, 'start_ballot') || typed(act, '/review ballot') },
  { key: 'vote', done: (act) => clicked(act, 'ballot_cast') },
  { key: 'others', done: (act) => act.act === 'autoplay' },
  { key: 'close', done: (act) => clicked(act, 'close_ballot') || typed(act, '/review close') },
  { key: 'results', done: (act) => typed(act, '/results', '/结果', '/league', '/排行') },
];

/** @param {(id: string) => string} noteOf the note of a person */
export function guide(noteOf) {
  const done = new Set(/** @type {string[]} */ (recall('guide', [])));
  const list = el('ol', { class: 'steps' });
  const tally = el('p', { class: 'steps-tally', 'aria-live': 'polite' });
  const bar = el('div', { class: 'progress', 'aria-hidden': 'true' }, el('div'));
  const draw = () => {
    const next = STEPS.find((step) => !done.has(step.key));
    fill(list, ...STEPS.map((step) => stepNode(step.key, done.has(step.key), step === next)));
    fill(tally, next ? t('guide_progress', { done: done.size, all: STEPS.length }) : t('guide_done'));
    /** @type {HTMLElement} */ (bar.firstElementChild).style.width = `${(done.size / STEPS.length) * 100}%`;
  };
  const again = el('button', { type: 'button', class: 'button small', on: { click: () => reset() } }, t('guide_reset'));
  const reset = () => {
    done.clear();
    remember('guide', []);
    draw();
  };
  onAct((act) => {
    for (const step of STEPS) if (step.done(act, noteOf)) done.add(step.key);
    remember('guide', [...done]);
    draw();
  });
  draw();
  return section(t('guide'), t('guide_hint'), [tally, bar, list, again], { open: true, className: 'guide' });
}

/** @param {string} key @param {boolean} done @param {boolean} next */
function stepNode(key, done, next) {
  return el(
    'li',
    { class: `step ${done ? 'done' : ''} ${next ? 'next' : ''}`, data: { step: key }, 'aria-current': next ? 'step' : undefined },
    el('span', { class: 'step-mark' }, done ? icon('check') : null, done ? el('span', { class: 'visually-hidden' }, '✓') : null),
    el('span', { class: 'two-lines' }, el('span', { class: 'name' }, t(`step_${key}`)), done ? null : el('span', { class: 'note' }, t(`step_${key}_more`))),
  );
}
