/** The training desk: a column on a wide screen, a drawer on a narrow one. */
import { el, iconButton } from '../dom.js';
import { forget } from '../memory.js';
import { t } from '../texts.js';
import { toast } from '../toast.js';
import { clock } from './clock.js';
import { deliveries, stats } from './deliveries.js';
import { faults } from './faults.js';
import { guide } from './guide.js';
import { others } from './others.js';
import { section } from './section.js';

/** @param {{ can: import('../coach.js').Can, onClose: () => void, until: AbortSignal }} how `until` ends what the desk listens to */
export function trainingDesk(how) {
  const steps = guide(how.can, how.until);
  const play = others(how.until);
  const log = deliveries();
  const wipe = () => {
    forget(['favourites', 'guide', 'coach-away']);
    toast('success', t('forgotten'));
    location.reload();
  };
  const node = el(
    'div',
    { class: 'desk-inner' },
    el(
      'div',
      { class: 'desk-head' },
      el('h2', {}, t('training')),
      iconButton('close', t('close_training'), how.onClose),
    ),
    steps.node,
    play.node,
    clock(how.until),
    faults(),
    log.node,
    stats(),
    section(t('reset'), t('reset_hint'), [
      el('button', { type: 'button', class: 'button small', on: { click: wipe } }, t('forget')),
    ]),
  );
  /** After the person or the chats have changed. */
  const redraw = () => {
    steps.draw();
    play.refresh();
  };
  return { node, redraw, refreshLog: log.refresh };
}
