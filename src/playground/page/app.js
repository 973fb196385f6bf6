/** Puts the page together: who is chosen, which chat is open, what has happened. */
import { tell } from './acts.js';
import { api } from './api.js';
import { Drafts } from './card/context.js';
import { showChats } from './chats.js';
import { Composer } from './composer.js';
import { avatar, el, fill, icon, iconButton } from './dom.js';
import { calmly, listen } from './live.js';
import { recall, remember } from './memory.js';
import { MessageList } from './messages.js';
import { pickPerson } from './people.js';
import { go, readRoute } from './route.js';
import { lang, maybe, setLang, t } from './texts.js';
import { mountToasts, toast } from './toast.js';
import { playgroundNow, readClock } from './training/clock.js';
import { trainingDesk } from './training/desk.js';

/** @typedef {import('./types.js').Person} Person */
/** @typedef {import('./types.js').Chat} Chat */

const PAGE_OF_MESSAGES = 40;
const RETRY_MS = 3_000;
const WIDE = matchMedia('(min-width: 1180px)');

const state = {
  /** @type {Person[]} */
  people: [],
  /** @type {Map<string, Person>} */
  byId: new Map(),
  /** @type {string | null} */
  as: null,
  /** @type {string | null} */
  chat: null,
  /** @type {Chat[]} */
  chats: [],
  limit: PAGE_OF_MESSAGES,
  /** Counts openings, so that an answer that comes late does not fill the wrong chat. */
  turn: 0,
  deskOpen: WIDE.matches && recall('desk', true),
};
/** Half-filled forms by person: whoever comes back finds them. @type {Map<string, Drafts>} */
const drafts = new Map();
/** @param {string} as */
function draftsOf(as) {
  const found = drafts.get(as) ?? new Drafts();
  drafts.set(as, found);
  return found;
}
/** @type {() => void} */
let hangUp = () => {};

const root = /** @type {HTMLElement} */ (document.getElementById('app'));
/** @type {ReturnType<typeof build>} */
let ui;

function build() {
  const chatList = el('ul', { class: 'chat-list', 'aria-label': t('chats') });
  const me = el('button', { type: 'button', class: 'me', on: { click: () => choose() } });
  const banner = el('div', { class: 'banner', role: 'status', hidden: true });
  const title = el('h1', { class: 'chat-title', id: 'chat-title', tabindex: '-1' });
  const messages = el('div', { class: 'message-list' });
  const scroller = el('div', { class: 'messages', role: 'log', 'aria-labelledby': 'chat-title', tabindex: '0' }, messages);
  const jump = el('button', { type: 'button', class: 'jump', hidden: true }, icon('down'), t('new_messages'));
  const composerPlace = el('div', { class: 'composer' });
  const desk = trainingDesk({
    me: () => state.as,
    noteOf: (id) => state.byId.get(id)?.note ?? '',
    onDone: () => {
      loadChats();
      loadMessages();
    },
    onClose: () => openDesk(false),
  });
  const deskButton = iconButton('tools', t('open_training'), () => openDesk(!state.deskOpen), { class: 'desk-button', 'aria-expanded': 'false', 'aria-controls': 'desk' });
  const deskPlace = el('aside', { class: 'desk', id: 'desk', 'aria-label': t('training') }, desk.node);
  const shade = el('div', { class: 'shade', on: { click: () => openDesk(false) } });
  const language = el('button', { type: 'button', class: 'button text language', lang: lang() === 'en' ? 'zh-CN' : 'en', on: { click: () => changeLanguage() } }, t('other_language'));
  const node = el(
    'div',
    { class: 'app' },
    el('button', { type: 'button', class: 'skip', on: { click: () => title.focus() } }, t('skip')),
    banner,
    el(
      'nav',
      { class: 'side', 'aria-label': t('chats') },
      el('div', { class: 'side-head' }, el('span', { class: 'brand' }, icon('star'), t('app')), language, iconButton('tools', t('open_training'), () => openDesk(!state.deskOpen), { class: 'desk-button side-desk', 'aria-controls': 'desk' })),
      me,
      chatList,
    ),
    el(
      'main',
      { class: 'chat' },
      el('header', { class: 'chat-head' }, iconButton('back', t('back_to_chats'), () => backToChats(), { class: 'back' }), title, deskButton),
      scroller,
      jump,
      composerPlace,
    ),
    shade,
    deskPlace,
  );
  fill(root, node);
  const list = new MessageList(
    { scroller, list: messages, jump },
    {
      env: (messageId) => ({ personName: (id) => state.byId.get(id)?.name ?? null, drafts: draftsOf(state.as ?? ''), click: (click, control) => sendClick(messageId, click, control) }),
      onEarlier: () => {
        state.limit += PAGE_OF_MESSAGES;
        loadMessages();
      },
    },
  );
  const composer = new Composer(composerPlace, { onSend: sendText });
  return { node, chatList, me, banner, title, list, composer, desk, deskPlace, scroller };
}

/** The bot is called what its private chat is called. */
const botName = () => state.chats.find((one) => one.type === 'p2p')?.name ?? t('bot');
const currentChat = () => state.chats.find((one) => one.chat_id === state.chat) ?? null;

/** @param {boolean} open */
function openDesk(open) {
  state.deskOpen = open;
  if (WIDE.matches) remember('desk', open);
  ui.node.classList.toggle('desk-open', open);
  ui.deskPlace.inert = !open;
  for (const button of ui.node.querySelectorAll('.desk-button')) button.setAttribute('aria-expanded', String(open));
  if (open && !WIDE.matches) ui.deskPlace.querySelector('button')?.focus();
  else if (!open && ui.deskPlace.contains(document.activeElement)) /** @type {HTMLElement | null} */ (ui.node.querySelector('.chat .desk-button'))?.focus();
}

function changeLanguage() {
  setLang(lang() === 'en' ? 'zh-CN' : 'en');
  rebuild();
}

/** Everything anew in the page's language; forms keep what was typed. */
function rebuild() {
  ui.list.clear();
  ui = build();
  openDesk(state.deskOpen);
  drawMe();
  drawChats();
  if (state.chat) openChat(true);
  else drawNoChat();
}

function choose() {
  pickPerson(state.people, { current: state.as, onPick: (id) => go({ as: id }) });
}

function drawMe() {
  const person = state.as ? state.byId.get(state.as) : undefined;
  if (!person) {
    fill(ui.me, t('choose_person'));
    return;
  }
  ui.me.setAttribute('aria-label', `${t('acting_as', { name: person.name })} ${person.note ?? ''} ${t('switch_person')}`);
  fill(
    ui.me,
    avatar(person.name),
    el('span', { class: 'two-lines' }, el('span', { class: 'name' }, person.name), el('span', { class: 'note' }, person.note ?? '')),
    el('span', { class: 'swap' }, icon('swap'), t('switch_person')),
  );
}

const drawChats = () => showChats(ui.chatList, state.chats, { current: state.chat, now: playgroundNow(), onOpen: (id) => go({ as: state.as, chat: id }) });

function drawNoChat() {
  ui.node.classList.remove('in-chat');
  fill(ui.title, t('pick_chat'));
  ui.list.clear();
  ui.composer.place.replaceChildren();
}

function backToChats() {
  go({ as: state.as });
  /** @type {HTMLElement | null} */ (ui.chatList.querySelector('button'))?.focus();
}

/** @param {string | null} sentence */
function banner(sentence) {
  ui.banner.hidden = sentence === null;
  ui.banner.textContent = sentence ?? '';
}

async function loadChats() {
  const { as } = state;
  if (!as) return;
  try {
    const chats = await api.chats(as);
    if (as !== state.as) return;
    state.chats = chats;
    drawChats();
    const chat = currentChat();
    if (chat && chat.name !== ui.title.textContent) drawTitle(chat);
  } catch {
    banner(t('offline'));
  }
}

/** @param {Chat} chat */
function drawTitle(chat) {
  fill(ui.title, chat.name);
}

/** @param {boolean} [first] */
async function loadMessages(first = false) {
  const { as, chat, turn, limit } = state;
  if (!as || !chat) return;
  try {
    const messages = await api.messages(as, chat, limit);
    if (turn !== state.turn) return;
    const person = state.byId.get(as);
    ui.list.show(messages, { me: `${as}\n${person?.name ?? ''}`, group: currentChat()?.type === 'group', mayHaveEarlier: messages.length >= limit, first });
    banner(null);
    const open = state.chats.find((one) => one.chat_id === chat);
    if (open?.unread) {
      open.unread = 0;
      drawChats();
    }
  } catch {
    banner(t('offline'));
    setTimeout(() => void loadMessages(first), RETRY_MS);
  }
}

/** @param {boolean} [keepLimit] */
function openChat(keepLimit) {
  state.turn += 1;
  if (!keepLimit) state.limit = PAGE_OF_MESSAGES;
  ui.list.clear();
  const chat = currentChat();
  if (!chat) return drawNoChat();
  ui.node.classList.add('in-chat');
  drawTitle(chat);
  ui.composer.open({ group: chat.type === 'group', botName: botName() });
  drawChats();
  tell({ act: 'chat', type: chat.type });
  void loadMessages(true);
}

/** @param {import('./types.js').TypeAnswer} answer */
function undelivered(answer) {
  if (answer.reason === 'not_mentioned') return t('not_delivered_group');
  return t('not_delivered', { status: answer.reason ?? String(answer.status ?? '') });
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
    ui.list.toBottom();
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

/** @param {import('./types.js').ClickAnswer} answer */
const worked = (answer) => !answer.code && !answer.refused && !answer.blocked?.length && answer.toast?.type !== 'error' && answer.toast?.type !== 'warning';

/** @param {import('./types.js').ClickAnswer} answer */
function showAnswer(answer) {
  if (answer.refused) toast('warning', maybe(`refused_${answer.refused}`) ?? t('refused'));
  if (answer.code) {
    const why = maybe(`code_${answer.code}`);
    toast('error', `${t('click_error')}（${t('click_code', { code: answer.code })}）`, why ?? undefined);
  }
  if (answer.toast) {
    const own = answer.toast.i18n?.[lang() === 'en' ? 'en_us' : 'zh_cn'];
    toast(answer.toast.type, own ?? answer.toast.content);
  }
  if (answer.blocked?.length) toast('warning', t('required_toast', { count: answer.blocked.length }));
}

/** After turning a page of a form the new page starts at its top. @param {string} messageId */
function comeIntoView(messageId) {
  const node = ui.scroller.querySelector(`[data-id="${CSS.escape(messageId)}"]`);
  if (!node) return;
  if (node.getBoundingClientRect().top < ui.scroller.getBoundingClientRect().top) node.scrollIntoView({ block: 'start' });
  if (document.activeElement === document.body) /** @type {HTMLElement | null} */ (node.querySelector('.card-title'))?.focus({ preventScroll: true });
}

/** Follows the address. */
async function follow() {
  const { as, chat } = readRoute();
  if (!as || !state.byId.has(as)) {
    state.as = null;
    choose();
    return;
  }
  const other = as !== state.as;
  state.as = as;
  if (other) {
    hangUp();
    state.chats = [];
    state.chat = null;
    state.turn += 1;
    ui.list.clear();
    drawMe();
    tell({ act: 'as', id: as });
    await loadChats();
    hangUp = listen(as, { onNews, onLost: () => banner(t('reconnecting')), onBack: () => refreshAll() });
  }
  if (as !== state.as) return;
  const known = state.chats.some((one) => one.chat_id === chat);
  state.chat = known ? chat : null;
  // A wide screen always shows a chat; a phone starts with the list.
  if (!known && matchMedia('(min-width: 768px)').matches) {
    const first = state.chats.find((one) => one.type === 'p2p') ?? state.chats[0];
    if (first) return go({ as, chat: first.chat_id }, { replace: true });
  }
  if (state.chat) openChat();
  else {
    drawNoChat();
    drawChats();
  }
}

const calmChats = calmly(() => void loadChats(), 250);
const calmMessages = calmly(() => void loadMessages(), 120);
const calmLog = calmly(() => ui.desk.refreshLog(), 800);

/** @param {import('./live.js').News} news */
function onNews(news) {
  if (news.type === 'autoplay') ui.desk.autoplayNews(news);
  if (news.type === 'clock') void readClock();
  if (news.type === 'message' || news.type === 'update' || news.type === 'chats') {
    if (news.chat === undefined || news.chat === state.chat) calmMessages();
    calmChats();
  }
  calmLog();
}

function refreshAll() {
  banner(null);
  void loadChats();
  void loadMessages();
}

async function start() {
  setLang(lang());
  mountToasts();
  ui = build();
  openDesk(state.deskOpen);
  drawNoChat();
  for (;;) {
    try {
      banner(t('loading'));
      [state.people] = await Promise.all([api.people(), readClock()]);
      break;
    } catch {
      banner(t('offline'));
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
  banner(null);
  state.byId = new Map(state.people.map((one) => [one.id, one]));
  addEventListener('hashchange', () => void follow());
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && state.deskOpen && !WIDE.matches && !document.querySelector('dialog[open]')) openDesk(false);
  });
  await follow();
}

void start();
