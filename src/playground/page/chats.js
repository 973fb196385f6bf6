/** The list of conversations: the private chat with the bot first, then groups, the newest on top. */
import { avatar, el, fill } from './dom.js';
import { chatTag } from './platform.js';
import { t } from './texts.js';
import { shortTime } from './time.js';

/** @typedef {import('./types.js').Chat} Chat */

/** @param {readonly Chat[]} chats @returns {Chat[]} */
export const inOrder = (chats) =>
  chats.toSorted(
    (a, b) =>
      Number(b.type === 'p2p') - Number(a.type === 'p2p') ||
      (b.last?.at ?? 0) - (a.last?.at ?? 0) ||
      a.name.localeCompare(b.name),
  );

/**
 * @param {HTMLElement} place
 * @param {readonly Chat[]} chats
 * @param {{ current: string | null, now: number, onOpen: (id: string) => void }} how
 */
export function showChats(place, chats, how) {
  const focused = place.contains(document.activeElement)
    ? /** @type {HTMLElement} */ (document.activeElement).dataset['chat']
    : undefined;
  if (chats.length === 0) {
    fill(place, el('li', { class: 'empty' }, t('no_chats')));
    return;
  }
  fill(place, ...inOrder(chats).map((chat) => el('li', {}, chatButton(chat, how))));
  if (focused) /** @type {HTMLElement | null} */ (place.querySelector(`[data-chat="${CSS.escape(focused)}"]`))?.focus();
}

/** @param {Chat} chat @param {{ current: string | null, now: number, onOpen: (id: string) => void }} how */
function chatButton(chat, how) {
  const unread = chat.chat_id === how.current ? 0 : (chat.unread ?? 0);
  return el(
    'button',
    {
      type: 'button',
      class: 'chat-button',
      data: { chat: chat.chat_id, type: chat.type },
      'aria-current': chat.chat_id === how.current ? 'true' : undefined,
      on: { click: () => how.onOpen(chat.chat_id) },
    },
    avatar(chat.name, chat.type === 'p2p' ? 'bot' : 'group'),
    el(
      'span',
      { class: 'two-lines' },
      el(
        'span',
        { class: 'name' },
        chatTag(chat), // before a name that may be too long for the row
        chat.name,
        el('span', { class: 'kind' }, t(chat.type === 'p2p' ? 'private_chat' : 'group_chat')),
      ),
      el('span', { class: 'note' }, chat.last?.text ?? ''),
    ),
    el(
      'span',
      { class: 'chat-side' },
      chat.last?.at ? el('time', {}, shortTime(chat.last.at, how.now)) : null,
      unread > 0
        ? el(
            'span',
            { class: 'badge' },
            el('span', { 'aria-hidden': 'true' }, unread > 99 ? '99+' : unread),
            el('span', { class: 'visually-hidden' }, t('unread', { count: unread })),
          )
        : null,
    ),
  );
}
