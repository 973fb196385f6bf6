/** “Your first five minutes” in the desk: all steps, the next one with what it takes. */
import { stepAction } from '../coach.js';
import { el, fill, icon } from '../dom.js';
import { doneCount, isDone, nextStep, onGuide, restart, said, steps } from '../guide-model.js';
import { t } from '../texts.js';
import { section } from './section.js';

/** @param {import('../coach.js').Can} can @param {AbortSignal} until */
export function guide(can, until) {
  const list = el('ol', { class: 'steps' });
  const tally = el('p', { class: 'steps-tally', 'aria-live': 'polite' });
  const bar = el('div', { class: 'progress', 'aria-hidden': 'true' }, el('div'));
  const again = el('button', { type: 'button', class: 'button text small', on: { click: restart } }, t('guide_reset'));
  const draw = () => {
    const next = nextStep();
    fill(list, ...steps().map((step) => stepNode(step, step === next, can)));
    fill(tally, next ? t('guide_progress', { done: doneCount(), all: steps().length }) : t('guide_done'));
    /** @type {HTMLElement} */ (bar.firstElementChild).style.width =
      `${(doneCount() / Math.max(1, steps().length)) * 100}%`;
    again.hidden = doneCount() === 0;
  };
  onGuide(draw, until);
  draw();
  const node = section(t('guide'), t('guide_hint'), [tally, bar, list, again], { open: true, className: 'guide' });
  return { node, draw };
}

/** @param {import('../types.js').StepJson} step @param {boolean} next @param {import('../coach.js').Can} can */
function stepNode(step, next, can) {
  const done = isDone(step.key);
  const action = next ? stepAction(step, can) : null;
  return el(
    'li',
    {
      class: `step ${done ? 'done' : ''} ${next ? 'next' : ''}`,
      data: { step: step.key },
      'aria-current': next ? 'step' : undefined,
    },
    el(
      'span',
      { class: 'step-mark' },
      done ? icon('check') : null,
      done ? el('span', { class: 'visually-hidden' }, t('step_is_done')) : null,
    ),
    el(
      'span',
      { class: 'two-lines' },
      el('span', { class: 'name' }, said(step.title)),
      next && step.more ? el('span', { class: 'note' }, said(step.more)) : null,
      action,
    ),
  );
}
