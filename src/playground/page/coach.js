/** The next step of the guide in one line above the chat, for when the desk is closed; and the button that takes a step. */
import { el, fill, icon, iconButton } from './dom.js';
import { doneCount, nextStep, onGuide, said, skip, steps } from './guide-model.js';
import { recall, remember } from './memory.js';
import { letOthers } from './others.js';
import { privateChat, state } from './state.js';
import { t } from './texts.js';

/**
 * @typedef {{
 *   be: (person: string, chat?: string) => void,
 *   open: (chat: string) => void,
 *   send: (text: string) => void,
 *   nameOf: (person: string) => string,
 * }} Can what a step may do to the page
 * @typedef {import('./types.js').StepJson} StepJson
 */

/** @param {StepJson} step */
const chatOf = (step) => (step.chat === 'private' ? privateChat()?.chat_id : step.chat);

/** The button that does the next thing the step needs; null when only the person can. @param {StepJson} step @param {Can} can */
export function stepAction(step, can) {
  const [label, act] = whatToDo(step, can);
  return act
    ? el('button', { type: 'button', class: 'button primary-filled small step-go', on: { click: act } }, label)
    : null;
}

/** @param {StepJson} step @param {Can} can @returns {[label: string, act: (() => void) | null]} */
function whatToDo(step, can) {
  const { as, type } = step;
  if (as !== undefined && as !== state.as)
    return [t('step_be', { name: can.nameOf(as) }), () => can.be(as, step.chat === 'private' ? undefined : step.chat)];
  const chat = chatOf(step);
  if (chat !== undefined && chat !== state.chat) {
    const name = state.chats.find((one) => one.chat_id === chat)?.name ?? '';
    return [t('step_open', { name }), () => can.open(chat)];
  }
  if (type !== undefined) return [t('step_send', { text: type }), () => can.send(type)];
  if (step.done.some((how) => how.on === 'others')) return [t('others_go_others'), () => void letOthers('others')];
  return ['', null];
}

/** @param {Can} can @param {AbortSignal} until */
export function coach(can, until) {
  const node = el('section', { class: 'coach', 'aria-label': t('guide'), hidden: true });
  const draw = () => {
    const step = nextStep();
    const away = recall('coach-away', false);
    node.hidden = !step || away || state.people.length === 0;
    if (!step) return;
    fill(
      node,
      el('span', { class: 'coach-count', 'aria-hidden': 'true' }, icon('star'), `${doneCount() + 1}/${steps().length}`),
      el(
        'p',
        { class: 'coach-text', 'aria-live': 'polite' },
        el('strong', {}, said(step.title)),
        step.more ? el('span', {}, said(step.more)) : null,
      ),
      el(
        'span',
        { class: 'coach-buttons' },
        stepAction(step, can),
        iconButton('next', t('step_skip'), () => skip(step.key)),
        iconButton('close', t('coach_close'), () => {
          remember('coach-away', true);
          draw();
        }),
      ),
    );
  };
  onGuide(draw, until);
  draw();
  return { node, draw };
}
