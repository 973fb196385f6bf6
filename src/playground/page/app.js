/** Puts the page together: follows the address, listens to the server, starts. */
import { tell } from './acts.js';
import { api } from './api.js';
import { createConversation } from './conversation.js';
import { buildFrame, WIDE } from './frame.js';
import { loadGuide, noticePerson, startWith } from './guide-model.js';
import { calmly, listen } from './live.js';
import { recall } from './memory.js';
import { onOthers, othersNews } from './others.js';
import { pickPerson } from './people.js';
import { go, readRoute } from './route.js';
import { privateChat, state } from './state.js';
import { lang, setLang, t } from './texts.js';
import { mountToasts } from './toast.js';
import { readClock } from './training/clock.js';

const RETRY_MS = 3_000;
const SIDE_BY_SIDE = matchMedia('(min-width: 768px)');

const root = /** @type {HTMLElement} */ (document.getElementById('app'));
/** @type {() => void} */
let hangUp = () => {};

const chatNow = createConversation(() => ui);
let ui = mount();

function mount() {
  const frame = buildFrame({
    choose,
    language: () => {
      setLang(lang() === 'en' ? 'zh-CN' : 'en');
      rebuild();
    },
    back: () => {
      go({ as: state.as });
      /** @type {HTMLElement | null} */ (ui.chatList.querySelector('button'))?.focus();
    },
    earlier: () => {
      state.limit += 40;
      void chatNow.loadMessages();
    },
    send: chatNow.sendText,
    env: chatNow.env,
    can: {
      be: (id, chat) => go({ as: id, chat: chat ?? null }),
      open: (chat) => {
        if (!WIDE.matches) ui.openDesk(false);
        go({ as: state.as, chat });
      },
      send: (text) => {
        if (!WIDE.matches) ui.openDesk(false);
        void chatNow.sendText(text, true);
      },
      nameOf: (id) => state.byId.get(id)?.name ?? t('somebody'),
    },
  });
  root.replaceChildren(frame.node);
  return frame;
}

/** Everything anew in the page's language; forms keep what was typed. */
function rebuild() {
  ui.list.clear();
  ui.end();
  ui = mount();
  ui.openDesk(state.deskOpen);
  ui.drawMe();
  chatNow.drawChats();
  if (state.chat) chatNow.openChat(true);
  else chatNow.closeChat();
}

function choose() {
  pickPerson(state.people, {
    current: state.as,
    start: startWith(),
    onPick: (id) => go({ as: id }),
    onLanguage: rebuild,
  });
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
    ui.drawMe();
    await chatNow.loadChats();
    if (as !== state.as) return;
    tell({ act: 'as', id: as });
    hangUp = listen(as, { onNews, onLost: () => ui.say(t('reconnecting')), onBack: refreshAll });
  }
  const known = state.chats.some((one) => one.chat_id === chat);
  state.chat = known ? chat : null;
  // A wide screen always shows a chat; a phone starts with the list.
  if (!known && SIDE_BY_SIDE.matches) {
    const first = privateChat() ?? state.chats[0];
    if (first) return go({ as, chat: first.chat_id }, { replace: true });
  }
  if (state.chat) return chatNow.openChat();
  chatNow.closeChat();
  return chatNow.drawChats();
}

const calmChats = calmly(() => void chatNow.loadChats(), 250);
const calmMessages = calmly(() => void chatNow.loadMessages(), 120);
const calmDesk = calmly(() => {
  ui.desk.refreshLog();
  ui.desk.redraw();
}, 800);

/** @param {import('./live.js').News} news */
function onNews(news) {
  if (news.type === 'autoplay') othersNews(news);
  if (news.type === 'clock') void readClock();
  if (news.type === 'guide') void loadGuide();
  if (news.type === 'message' || news.type === 'update' || news.type === 'chats') {
    if (news.chat === undefined || news.chat === state.chat) calmMessages();
    calmChats();
  }
  calmDesk();
}

function refreshAll() {
  ui.say(null);
  void chatNow.loadChats();
  void chatNow.loadMessages();
}

async function start() {
  setLang(lang());
  mountToasts();
  chatNow.closeChat();
  for (;;) {
    try {
      ui.say(t('loading'));
      [state.people] = await Promise.all([api.people(), readClock(), loadGuide()]);
      break;
    } catch {
      ui.say(t('offline'));
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
  ui.say(null);
  state.byId = new Map(state.people.map((one) => [one.id, one]));
  ui.openDesk(WIDE.matches && recall('desk', true));
  ui.coach.draw();
  noticePerson();
  onOthers(({ running }) => {
    if (!running) refreshAll();
  });
  addEventListener('hashchange', () => void follow());
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && state.deskOpen && !WIDE.matches && !document.querySelector('dialog[open]'))
      ui.openDesk(false);
  });
  await follow();
}

void start();
