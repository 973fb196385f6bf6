/**
 * The page of the playground with something on it: a playground, people and chats with the fixture cards in them, and a bot that
 * answers clicks by the button's name. The server is the real one; only the bot is scripted.
 */
import type { Browser, Page } from 'playwright-core';
import type { GuideOrder } from '../../src/playground/guide.ts';
import type { Message } from '../../src/playground/world.ts';
import { openBrowser, watchErrors } from './browser.ts';
import type { Push, Script } from './echo-bot.ts';
import { aCard, PEOPLE, setStage, type Stage } from './feishu-calls.ts';
import {
  answersCard,
  ballotPage,
  castCard,
  consoleCard,
  EVIL,
  everythingCard,
  leagueCard,
  resultsCard,
  reviewPage,
  selfReviewCard,
  signInCard,
} from './page-fixture-cards.ts';

export const BRANCH = '第一支部工作群';
export const DISTRICT = '第一片区“双十星”联络与成果交流工作群';
const LONG_NAME = '演示欧阳名字特别特别特别长的一位老同志';

export interface PageStage extends AsyncDisposable {
  stage: Stage;
  /** By name: 安小示 is the secretary, 贝小示 a member, 陈小示 a colleague. */
  ids: Stage['ids'];
  chats: { branch: string; district: string; privateOf(person: string): string };
  browser: Browser;
  /** Adds a message without asking the platform's rules, for cards the lint would refuse. */
  post(chat: string, message: Partial<Message>): Message;
  /** A page of the given size; `errors` collects everything that went wrong in it. */
  open(where: { width: number; height?: number; as?: string; chat?: string; lang?: 'en'; dark?: boolean }): Promise<{
    page: Page;
    errors: string[];
  }>;
}

const GUIDE: GuideOrder = {
  people: [
    { mobile: '13900000001', why: { zh: '支部书记：开评议会', en: 'Secretary: holds the review' } },
    { mobile: '13900000002', why: { zh: '党员：评别人，也被评', en: 'Member: rates and is rated' } },
  ],
  chair: '13900000001',
  commands: [
    ['help', '帮助', '能用的命令', 'commands you may use'],
    ['me', '我的', '我要做什么', 'what I owe'],
    ['ballot', '投票', '再要一张测评票', 'another ballot'],
    ['review', '评议', '评议控制台', 'the review console'],
    ['results', '结果', '看结果', 'results'],
    ['league', '排行', '争星排行', 'league table'],
    ['remind', '催办', '提醒未完成的人', 'remind'],
  ].map(([name, zh, about = '', en = '']) => ({ name: `/${name}`, zh: `/${zh}`, about: { zh: about, en } })),
  steps: [
    {
      key: 'secretary',
      title: { zh: '先当一回支部书记', en: 'Be the secretary first' },
      more: { zh: '书记开评议会、发测评票、公布结果。', en: 'The secretary holds the meeting and publishes.' },
      as: '13900000001',
      done: [{ on: 'person' }],
    },
    {
      key: 'help',
      title: { zh: '看看有哪些命令', en: 'See the commands' },
      chat: 'private',
      type: '/help',
      done: [{ on: 'typed', words: ['/help', '/帮助'] }],
    },
    {
      key: 'sign_in',
      title: { zh: '到支部群签到', en: 'Sign in in the branch group' },
      chat: 'branch',
      done: [{ on: 'pressed', button: 'sign_in' }],
    },
    {
      key: 'others',
      title: { zh: '让其他人签到、投票', en: 'Let the others act' },
      done: [{ on: 'others' }],
    },
    { key: 'others_again', title: { zh: '再让其他人行动', en: 'Let them act again' }, done: [{ on: 'others' }] },
    {
      key: 'league',
      title: { zh: '看片区群的排行', en: 'Read the league table' },
      chat: 'district',
      done: [{ on: 'opened' }],
    },
  ],
};

export async function openPageStage(extraPeople = 0): Promise<PageStage> {
  const stage = await setStage({ speed: 10_000 });
  const { client, ids, playground } = stage;
  const { world, clock } = playground.state;
  const notes = ['支部书记 · 第一支部', '党员 · 第一支部', '群众代表 · 第一支部'];
  const extra = Array.from({ length: extraPeople }, (_, n) => ({
    name: n === 5 ? LONG_NAME : `演示${'甲乙丙丁戊己庚辛'.charAt(n % 8)}${n + 1}`,
    mobile: `1990000${String(n).padStart(4, '0')}`,
    note: `党员 · 第${Math.floor(n / 20) + 2}支部`,
  }));
  const members = PEOPLE.map(({ mobile }) => mobile);
  const seeded = await client.seed({
    people: [...PEOPLE.map((person, i) => ({ ...person, note: notes[i] ?? '' })), ...extra],
    chats: [
      { name: BRANCH, key: 'branch', members },
      { name: DISTRICT, key: 'district', members },
    ],
  });
  await client.guide(GUIDE);
  const chats = {
    branch: seeded.chats[0]?.chat_id ?? '',
    district: seeded.chats[1]?.chat_id ?? '',
    privateOf: (person: string) => world.privateChat(person).chatId,
  };

  const post: PageStage['post'] = (chatId, message) => {
    const now = clock.now();
    return world.post({
      chatId,
      sender: { kind: 'bot', id: playground.state.config.appId, name: world.bot.name },
      msgType: message.card ? 'interactive' : 'text',
      content: '',
      card: null,
      text: null,
      file: null,
      uuid: null,
      parentId: null,
      created: now,
      updated: now,
      ...message,
    });
  };
  const says = (person: string, name: string) => ({ sender: { kind: 'user' as const, id: person, name } });
  const ofAnna = chats.privateOf(ids.anna);
  post(ofAnna, { text: '/review', ...says(ids.anna, '安小示') });
  post(ofAnna, { card: everythingCard(ids.ben) });
  post(ofAnna, { card: answersCard() });
  post(ofAnna, { card: consoleCard() });
  const ofBen = chats.privateOf(ids.ben);
  post(ofBen, { card: selfReviewCard() });
  const file = {
    key: 'f1',
    kind: 'file' as const,
    name: '第三季度评议结果.xlsx',
    type: 'xls',
    bytes: new Uint8Array(18_400),
  };
  world.files.set(file.key, file);
  post(ofBen, { file });
  post(ofBen, { card: ballotPage('E0001', '演示甲1', 1, 3) });
  post(chats.branch, { text: EVIL, ...says(ids.chen, '陈小示') });
  post(chats.branch, {
    text: '大家好，周五下午三点开评议会，请准时到会。\n地点：三楼会议室',
    ...says(ids.anna, '安小示'),
  });
  post(chats.branch, { card: signInCard() });
  post(chats.district, { card: resultsCard(50) });
  post(chats.district, { card: leagueCard() });

  stage.bot.answer = answer;
  const browser = await openBrowser();
  return {
    stage,
    ids,
    chats,
    browser,
    post,
    async open({ width, height = width < 600 ? 844 : 800, as, chat, lang, dark = false }) {
      const context = await browser.newContext({
        viewport: { width, height },
        hasTouch: width < 600,
        colorScheme: dark ? 'dark' : 'light',
      });
      if (lang) await context.addInitScript((value) => localStorage.setItem('tenstar.lang', value), lang);
      const page = await context.newPage();
      page.setDefaultTimeout(8_000);
      const errors = watchErrors(page);
      const hash = new URLSearchParams({ ...(as ? { as } : {}), ...(chat ? { chat } : {}) }).toString();
      await page.goto(`${playground.url}/#${hash}`);
      await page.waitForSelector(as ? '.chat-button' : 'dialog.people', { state: 'attached' });
      return { page, errors };
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await stage[Symbol.asyncDispose]();
    },
  };
}

const raw = (card: object, toast?: { type: string; content: string }): Script => ({
  body: { card: { type: 'raw', data: card }, ...(toast ? { toast } : {}) },
});

/** By button: pages of the ballot turn, `answer_<kind>` gives that kind of answer, anything else a toast with its name. */
function answer({ type, event }: Push): Script {
  if (type !== 'card.action.trigger') return {};
  const { name = '' } = event.action as { name?: string };
  switch (name) {
    case 'ballot_next':
      return raw(ballotPage('E0002', '演示乙2', 2, 3));
    case 'ballot_back':
      return raw(ballotPage('E0001', '演示甲1', 1, 3));
    case 'ballot_review':
      return raw(reviewPage());
    case 'ballot_cast':
      return raw(castCard(), { type: 'success', content: '测评票已投出' });
    case 'answer_code':
      return { status: 500 };
    case 'answer_slow':
      return { delayMs: 800 };
    case 'answer_broken':
      return raw(aCard({ tag: 'note' }));
    default: {
      const kind = /^answer_(success|info|warning|error)$/.exec(name)?.[1];
      return { body: { toast: { type: kind ?? 'success', content: kind ? `应答：${kind}` : `已收到 ${name}` } } };
    }
  }
}
