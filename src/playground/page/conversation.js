/** The open chat: reading it, writing into it, pressing what is in it. */
import { tell } from './acts.js';
import { api } from './api.js';
import { showChats } from './chats.js';
import { fill } from './dom.js';
import { platformOfChat } from './platform.js';
import { go } from './route.js';
import { currentChat, draftsOf, me, PAGE_OF_MESSAGES, privateChat, state } from './state.js';
import { lang, maybe, t } from './texts.js';
import { toast } from './toast.js';
import { playgroundNow } from './training/clock.js';

/** @typedef {import('./frame.js').Frame} Frame */
/** @typedef {import('./types.js').ClickAnswer} ClickAnswer */

const RETRY_MS = 3_000;

/** @param {() => Frame} ui the frame as it is now: it is built anew when the language changes */
export function createConversation(ui) {
  const drawChats = () =>
    showChats(ui().chatList, state.chats, {
      current: state.chat,
      now: playgroundNow(),
      onOpen: (id) => go({ as: state.as, chat: id }),
    });

  async function loadChats() {
    const { as } = state;
    if (!as) return;
    try {
      const chats = await api.chats(as);
      if (as !== state.as) return;
      state.chats = chats;
      drawChats();
      const chat = currentChat();
      if (chat && chat.name !== ui().title.textContent) name(chat);
    } catch {
      ui().say(t('offline'));
    }
  }

  async function loadMessages(first = false) {
    const { as, chat, turn, limit } = state;
    if (!as || !chat) return;
    try {
      const messages = await api.messages(as, chat, limit);
      if (turn !== state.turn) return;
      const how = {
        me: `${as}\n${me()?.name ?? ''}`,
        group: currentChat()?.type === 'group',
        mayHaveEarlier: messages.length >= limit,
        first,
      };
      ui().list.show(messages, how);
      ui().say(null);
      const open = state.chats.find((one) => one.chat_id === chat);
      if (open?.unread) {
        open.unread = 0;
        drawChats();
      }
    } catch {
      ui().say(t('offline'));
      setTimeout(() => void loadMessages(first), RETRY_MS);
    }
  }

  /** The name of the chat, with a badge that says on which platform it is. @param {import('./types.js').Chat} chat */
  function name(chat) {
    fill(ui().title, chat.name);
    const platform = platformOfChat(chat);
    if (platform !== null) ui().title.dataset['platform'] = platform;
    else delete ui().title.dataset['platform'];
  }

  /** @param {boolean} [keepLimit] */
  function openChat(keepLimit) {
    state.turn += 1;
    if (!keepLimit) state.limit = PAGE_OF_MESSAGES;
    ui().list.clear();
    const chat = currentChat();
    if (!chat) return closeChat();
    ui().node.classList.add('in-chat');
    name(chat);
    ui().composer.open({ group: chat.type === 'group', botName: privateChat()?.name ?? t('bot') });
    drawChats();
    tell({ act: 'chat', id: chat.chat_id, type: chat.type === 'p2p' ? 'private' : 'group' });
    ui().coach.draw();
    ui().desk.redraw();
    return void loadMessages(true);
  }

  function closeChat() {
    ui().node.classList.remove('in-chat');
    fill(ui().title, t('pick_chat'));
    delete ui().title.dataset['platform'];
    ui().list.clear();
    ui().composer.place.replaceChildren();
    ui().coach.draw();
  }

  /** @param {string} text @param {boolean} mention */
  async function sendText(text, mention) {
    const { as, chat } = state;
    if (!as || !chat) return false;
    const group = currentChat()?.type === 'group';
    try {
      const answer = await api.type({ as, chat, text, ...(group ? { mention_bot: mention } : {}) });
      tell({ act: 'type', text });
      if (answer.delivered === false) toast('warning', undelivered(answer));
      ui().list.toBottom();
      void loadMessages();
      void loadChats();
      return true;
    } catch {
      toast('error', t('send_failed'));
      return false;
    }
  }

  /**
   * Sends what was pressed and shows the answer as the chat client does.
   * @param {string} messageId @param {import('./types.js').Click} click @param {HTMLElement} control
   * @returns {Promise<string[]>} names of fields the platform found empty
   */
  async function sendClick(messageId, click, control) {
    const { as } = state;
    const card = control.closest('.card');
    if (!as || card?.getAttribute('aria-busy') === 'true') return [];
    card?.setAttribute('aria-busy', 'true');
    control.classList.add('pending');
    try {
      const answer = await api.click({ as, message_id: messageId, ...click });
      showAnswer(answer);
      tell({ act: 'click', name: click.name, ok: worked(answer) });
      if (as === state.as) await loadMessages();
      if (answer.card) comeIntoView(messageId);
      void loadChats();
      return answer.blocked ?? [];
    } catch {
      toast('error', t('click_failed'));
      return [];
    } finally {
      card?.removeAttribute('aria-busy');
      control.classList.remove('pending');
    }
  }

  /** After turning a page of a form the new page starts at its top. @param {string} messageId */
  function comeIntoView(messageId) {
    const { scroller } = ui();
    const node = scroller.querySelector(`[data-id="${CSS.escape(messageId)}"]`);
    if (!node) return;
    if (node.getBoundingClientRect().top < scroller.getBoundingClientRect().top)
      node.scrollIntoView({ block: 'start' });
    if (document.activeElement === document.body)
      /** @type {HTMLElement | null} */ (node.querySelector('.card-title'))?.focus({ preventScroll: true });
  }

  /** What the components of a message's card may do. @param {string} messageId @returns {import('./messages.js').MessageEnv} */
  const env = (messageId) => ({
    personName: (id) => state.byId.get(id)?.name ?? null,
    drafts: draftsOf(state.as ?? ''),
    click: (click, control) => sendClick(messageId, click, control),
  });

  return { drawChats, loadChats, loadMessages, openChat, closeChat, sendText, env };
}

/** @param {import('./types.js').TypeAnswer} answer */
function undelivered(answer) {
  if (answer.reason === 'not_mentioned') return t('not_delivered_group');
  return t('not_delivered', { status: answer.reason ?? String(answer.status ?? '') });
}

/** @param {ClickAnswer} answer */
const worked = (answer) =>
  !answer.code &&
  !answer.refused &&
  !answer.blocked?.length &&
  answer.toast?.type !== 'error' &&
  answer.toast?.type !== 'warning';

/** @param {ClickAnswer} answer */
function showAnswer(answer) {
  if (answer.refused) toast('warning', maybe(`refused_${answer.refused}`) ?? t('refused'));
  if (answer.code) {
    const why = maybe(`code_${answer.code}`);
    toast('error', t('click_code', { code: answer.code }), [why, answer.detail].filter(Boolean).join(t('dot')));
  }
  if (answer.toast) {
    const own = answer.toast.i18n?.[lang() === 'en' ? 'en_us' : 'zh_cn'];
    toast(answer.toast.type, own ?? answer.toast.content);
  }
  if (answer.blocked?.length) toast('warning', t('required_toast', { count: answer.blocked.length }));
}
