/** The training desk: a column on a wide screen, a drawer on a narrow one. */
import { el, iconButton } from '../dom.js';
import { forget } from '../memory.js';
import { t } from '../texts.js';
import { toast } from '../toast.js';
import { autoplay } from './autoplay.js';
import { clock } from './clock.js';
import { deliveries, stats } from './deliveries.js';
import { faults } from './faults.js';
import { guide } from './guide.js';
import { section } from './section.js';

/** @param {{ me: () => string | null, noteOf: (id: string) => string, onDone: () => void, onClose: () => void }} how */
export function trainingDesk(how) {
  const play = autoplay(how.me, how.onDone);
  const log = deliveries();
  const wipe = () => {
    forget(['favourites', 'guide']);
    toast('success', t('forgotten'));
  };
  const node = el(
    'div',
    { class: 'desk-inner' },
    el('div', { class: 'desk-head' }, el('h2', {}, t('training')), iconButton('close', t('close_training'), how.onClose)),
    guide(how.noteOf),
    play.node,
    clock(),
    faults(),
    log.node,
    stats(),
    section(t('reset'), t('reset_hint'), [el('button', { type: 'button', class: 'button small', on: { click: wipe } }, t('forget'))]),
  );
  return { node, autoplayNews: play.progress, refreshLog: log.refresh };
}
