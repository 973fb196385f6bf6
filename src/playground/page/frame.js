/** The frame of the page: who is played and their chats on the left, the chat, the training desk on the right. */
import { coach } from './coach.js';
import { Composer } from './composer.js';
import { avatar, el, fill, icon, iconButton } from './dom.js';
import { remember } from './memory.js';
import { MessageList } from './messages.js';
import { me, state } from './state.js';
import { lang, t } from './texts.js';
import { trainingDesk } from './training/desk.js';

export const WIDE = matchMedia('(min-width: 1180px)');

/**
 * @typedef {{
 *   choose: () => void,
 *   language: () => void,
 *   back: () => void,
 *   earlier: () => void,
 *   send: (text: string, mention: boolean) => Promise<boolean>,
 *   env: (messageId: string) => import('./messages.js').MessageEnv,
 *   can: import('./coach.js').Can,
 * }} Handlers
 * @typedef {ReturnType<typeof buildFrame>} Frame
 */

/** @param {Handlers} on */
export function buildFrame(on) {
  const chatList = el('ul', { class: 'chat-list', 'aria-label': t('chats') });
  const person = el('button', { type: 'button', class: 'me', on: { click: on.choose } });
  const banner = el('div', { class: 'banner', role: 'status', hidden: true });
  const title = el('h1', { class: 'chat-title', id: 'chat-title', tabindex: '-1' });
  const messages = el('div', { class: 'message-list' });
  const scroller = el(
    'div',
    { class: 'messages', role: 'log', 'aria-labelledby': 'chat-title', tabindex: '0' },
    messages,
  );
  const jump = el('button', { type: 'button', class: 'jump', hidden: true }, icon('down'), t('new_messages'));
  const composerPlace = el('div', { class: 'composer' });
  const life = new AbortController();
  const desk = trainingDesk({ can: on.can, onClose: () => openDesk(false), until: life.signal });
  const strip = coach(on.can, life.signal);
  const deskPlace = el('aside', { class: 'desk', id: 'desk', 'aria-label': t('training') }, desk.node);
  const other = lang() === 'en' ? 'zh-CN' : 'en';
  /** @param {string} className */
  const deskButton = (className) =>
    iconButton('tools', t('open_training'), () => openDesk(!state.deskOpen), {
      class: `desk-button ${className}`,
      'aria-controls': 'desk',
    });
  const node = el(
    'div',
    { class: 'app' },
    el('button', { type: 'button', class: 'skip', on: { click: () => title.focus() } }, t('skip')),
    banner,
    strip.node,
    el(
      'nav',
      { class: 'side', 'aria-label': t('chats') },
      el(
        'div',
        { class: 'side-head' },
        el('span', { class: 'emblem', 'aria-hidden': 'true' }, icon('star')),
        el('span', { class: 'brand' }, t('app')),
        el(
          'button',
          { type: 'button', class: 'button text language', lang: other, on: { click: on.language } },
          t('other_language'),
        ),
        deskButton('side-desk'),
      ),
      person,
      chatList,
    ),
    el(
      'main',
      { class: 'chat' },
      el(
        'header',
        { class: 'chat-head' },
        iconButton('back', t('back_to_chats'), on.back, { class: 'back' }),
        title,
        deskButton('chat-desk'),
      ),
      scroller,
      jump,
      composerPlace,
    ),
    el('div', { class: 'shade', on: { click: () => openDesk(false) } }),
    deskPlace,
  );
  const list = new MessageList({ scroller, list: messages, jump }, { env: on.env, onEarlier: on.earlier });
  const composer = new Composer(composerPlace, { onSend: on.send }, life.signal);

  /** @param {boolean} open */
  function openDesk(open) {
    state.deskOpen = open;
    if (WIDE.matches) remember('desk', open);
    node.classList.toggle('desk-open', open);
    deskPlace.inert = !open;
    for (const button of node.querySelectorAll('.desk-button')) button.setAttribute('aria-expanded', String(open));
    if (open) desk.redraw();
    if (open && !WIDE.matches) deskPlace.querySelector('button')?.focus();
    else if (!open && deskPlace.contains(document.activeElement)) {
      const buttons = /** @type {NodeListOf<HTMLElement>} */ (node.querySelectorAll('.desk-button'));
      Array.from(buttons)
        .find((button) => button.offsetParent !== null)
        ?.focus();
    }
  }

  function drawMe() {
    const played = me();
    if (!played) {
      fill(person, t('choose_person'));
      return;
    }
    person.setAttribute(
      'aria-label',
      `${t('acting_as', { name: played.name })} ${played.note ?? ''} ${t('switch_person')}`,
    );
    fill(
      person,
      avatar(played.name),
      el(
        'span',
        { class: 'two-lines' },
        el('span', { class: 'name' }, played.name),
        el('span', { class: 'note' }, played.note ?? ''),
      ),
      el('span', { class: 'swap' }, icon('swap'), t('switch_person')),
    );
  }

  /** @param {string | null} sentence */
  function say(sentence) {
    banner.hidden = sentence === null;
    banner.textContent = sentence ?? '';
  }

  return {
    node,
    chatList,
    title,
    scroller,
    list,
    composer,
    desk,
    coach: strip,
    openDesk,
    drawMe,
    say,
    end: () => life.abort(),
  };
}
