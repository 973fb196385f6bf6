/**
 * A stand-in for the playground server, for tests of its page alone: the same JSON interface with canned chats, and a record of
 * what the page sent.
 */
import { readFileSync } from 'node:fs';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
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

type Json = Record<string, unknown>;
interface Message {
  message_id: string;
  chat: string;
  sender: { kind: 'user' | 'bot'; id: string; name: string };
  msg_type: string;
  text?: string;
  card?: Json;
  file?: { name: string; url: string; size: number };
  created: number;
  updated: number;
}

export const NOON = Date.UTC(2026, 9, 9, 4);
export const SECRETARY = 'ou_0001';
export const MEMBER = 'ou_0003';
const ROLES = ['支部书记', '副书记', '委员', '党员', '预备党员', '群众代表', '班子成员'];
const BOT = { kind: 'bot' as const, id: 'ou_bot', name: '双十星' };

const people = Array.from({ length: 5000 }, (_, n) => ({
  id: `ou_${String(n + 1).padStart(4, '0')}`,
  name: n === 5 ? '演示欧阳名字特别特别特别长的一位老同志' : `演示${'甲乙丙丁戊己庚辛'[n % 8]}${n + 1}`,
  mobile: `1990000${String(n + 1).padStart(4, '0')}`,
  note: `${ROLES[n % 20] ?? '党员'} · 第${Math.floor(n / 20) + 1}支部`,
}));
const nameOf = (id: string) => people.find((one) => one.id === id)?.name ?? id;

export interface Fixture {
  url: string;
  /** What the page posted, oldest first. */
  posted: { path: string; body: Json }[];
  /** Adds a message from the bot and tells the page. */
  say(chat: string, text: string): void;
  /** Replaces a card and tells the page. */
  patch(messageId: string, card: Json): void;
  close(): Promise<void>;
}

export async function pageFixture(): Promise<Fixture> {
  const posted: Fixture['posted'] = [];
  const messages: Message[] = [];
  const listeners = new Set<(news: Json) => void>();
  const tell = (news: Json) => {
    for (const listener of listeners) listener(news);
  };
  const read = new Map<string, number>();
  let faults: Json = { seed: 1, scope: 'messages', rate_429: 0, timeout_after: 0, latency_ms: 0, dlp: false, missing_scopes: [] };
  let clock = { now: NOON, speed: 1 };

  const put = (chat: string, message: Partial<Message>): Message => {
    const created = NOON - 3_600_000 + messages.length * 60_000;
    const made = { message_id: `om_${messages.length + 1}`, chat, sender: BOT, msg_type: 'interactive', created, updated: created, ...message };
    messages.push(made);
    return made;
  };
  const patch = (id: string, card: Json) => {
    const found = messages.find((one) => one.message_id === id);
    if (!found) return;
    found.card = card;
    found.updated = NOON;
    tell({ type: 'update', chat: found.chat, message_id: id });
  };

  const p2p = (id: string) => `oc_p2p_${id}`;
  put(p2p(SECRETARY), { msg_type: 'text', text: '/review', sender: { kind: 'user', id: SECRETARY, name: nameOf(SECRETARY) } });
  put(p2p(SECRETARY), { card: consoleCard() });
  put(p2p(SECRETARY), { card: everythingCard(MEMBER), message_id: 'om_everything' });
  put(p2p(SECRETARY), { card: answersCard(), message_id: 'om_answers' });
  put(p2p(MEMBER), { card: selfReviewCard(), message_id: 'om_self' });
  put(p2p(MEMBER), { msg_type: 'file', file: { name: '第三季度评议结果.xlsx', url: '/playground/api/files/f1', size: 18_400 } });
  put(p2p(MEMBER), { card: ballotPage('E0001', '演示甲1', 1, 3), message_id: 'om_ballot' });
  put('oc_branch', { card: signInCard(), message_id: 'om_sign_in' });
  put('oc_branch', { msg_type: 'text', text: EVIL, sender: { kind: 'user', id: 'ou_0006', name: nameOf('ou_0006') } });
  put('oc_branch', { msg_type: 'text', text: '大家好，周五下午三点开评议会，请准时到会。\n地点：三楼会议室', sender: { kind: 'user', id: SECRETARY, name: nameOf(SECRETARY) } });
  put('oc_district', { card: resultsCard(50), message_id: 'om_results' });
  put('oc_district', { card: leagueCard(), message_id: 'om_league' });

  const chats = (as: string) => [
    { chat_id: 'oc_branch', name: '第一支部工作群', type: 'group' },
    { chat_id: 'oc_district', name: '第一片区“双十星”联络与成果交流工作群', type: 'group' },
    { chat_id: p2p(as), name: BOT.name, type: 'p2p' },
  ];
  const inChat = (chat: string) => messages.filter((one) => one.chat === chat);

  const click = async (body: Json): Promise<Json> => {
    const id = String(body['message_id']);
    const name = String(body['name']);
    if (name === 'answer_code') return { code: 200341 };
    if (name === 'answer_refused') return { refused: 'expired' };
    if (name === 'answer_slow') await new Promise((resolve) => setTimeout(resolve, 800));
    if (name.startsWith('answer_')) return { toast: { type: name.slice(7), content: `应答：${name.slice(7)}` } };
    const cards: Record<string, () => Json> = {
      ballot_next: () => (id === 'om_ballot' && JSON.stringify(messages.find((one) => one.message_id === id)?.card).includes('第 1 位') ? ballotPage('E0002', '演示乙2', 2, 3) : reviewPage()),
      ballot_back: () => ballotPage('E0001', '演示甲1', 1, 3),
      ballot_cast: castCard,
    };
    const card = cards[name]?.();
    if (card) {
      patch(id, card);
      return { card, ...(name === 'ballot_cast' ? { toast: { type: 'success', content: '选票已投出' } } : {}) };
    }
    return { toast: { type: 'success', content: `已收到 ${name}` } };
  };

  const app = new Hono();
  const page = new URL('../../src/playground/page/', import.meta.url);
  const TYPES: Record<string, string> = { html: 'text/html', js: 'text/javascript', css: 'text/css' };
  const api = new Hono()
    .get('/people', (c) => c.json(people))
    .get('/chats', (c) => {
      const as = c.req.query('as') ?? '';
      return c.json(
        chats(as).map((chat) => {
          const all = inChat(chat.chat_id);
          const last = all.at(-1);
          const seen = read.get(`${as} ${chat.chat_id}`) ?? 0;
          const line = last?.text ?? (last?.file ? `[${last.file.name}]` : last ? '卡片' : '');
          return { ...chat, unread: all.length - seen, last: last ? { text: line, at: last.created } : null };
        }),
      );
    })
    .get('/messages', (c) => {
      const chat = c.req.query('chat') ?? '';
      const all = inChat(chat);
      read.set(`${c.req.query('as')} ${chat}`, all.length);
      return c.json(all.slice(-Number(c.req.query('limit') ?? 50)));
    })
    .post('/type', async (c) => {
      const body = (await c.req.json()) as Json;
      posted.push({ path: '/type', body });
      const chat = String(body['chat']);
      const as = String(body['as']);
      const group = !chat.startsWith('oc_p2p');
      put(chat, { msg_type: 'text', text: `${body['mention_bot'] ? `@${BOT.name} ` : ''}${String(body['text'])}`, sender: { kind: 'user', id: as, name: nameOf(as) } });
      tell({ type: 'message', chat });
      if (group && !body['mention_bot']) return c.json({ delivered: false, status: 0, reason: 'not_mentioned' });
      put(chat, { msg_type: 'text', text: `收到：${String(body['text'])}` });
      tell({ type: 'message', chat });
      return c.json({ delivered: true, status: 200 });
    })
    .post('/click', async (c) => {
      const body = (await c.req.json()) as Json;
      posted.push({ path: '/click', body });
      return c.json(await click(body));
    })
    .get('/faults', (c) => c.json(faults))
    .post('/faults', async (c) => {
      const body = (await c.req.json()) as Json;
      posted.push({ path: '/faults', body });
      faults = { ...faults, ...body };
      return c.json(faults);
    })
    .get('/clock', (c) => c.json(clock))
    .post('/clock', async (c) => {
      const body = (await c.req.json()) as { now?: number; speed?: number };
      posted.push({ path: '/clock', body: body as Json });
      clock = { ...clock, ...body };
      return c.json(clock);
    })
    .get('/deliveries', (c) =>
      c.json([
        { id: 'd2', type: 'card.action.trigger', at: NOON, status: 200, error: null, ms: 41, attempt: 1, nextInMs: null },
        { id: 'd1', type: 'im.message.receive_v1', at: NOON - 5000, status: 0, error: 'timeout', ms: 3000, attempt: 2, nextInMs: 15_000 },
      ]),
    )
    .get('/stats', (c) => c.json({ calls: { 'im.v1.message.create': { '0': 412, '230020': 3 } }, people: people.length }))
    .post('/autoplay', async (c) => {
      posted.push({ path: '/autoplay', body: (await c.req.json()) as Json });
      for (const played of [5, 10, 20]) tell({ type: 'autoplay', played, waiting: 20 - played });
      return c.json({ signed_in: 18, cast: 24, nothing: 0 });
    })
    .get('/stream', (c) =>
      streamSSE(c, async (stream) => {
        const listener = (news: Json) => void stream.writeSSE({ data: JSON.stringify(news) });
        listeners.add(listener);
        await new Promise<void>((resolve) => stream.onAbort(resolve));
        listeners.delete(listener);
      }),
    )
    .get('/files/:key', (c) => c.text('file'));

  app.route('/playground/api', api);
  app.get('/assets/echarts.js', (c) => c.body(asset('echarts/dist/echarts.min.js'), 200, { 'content-type': 'text/javascript' }));
  app.get('/assets/fonts/:name', (c) => {
    const weight = c.req.param('name').includes('700') ? '700Bold/NotoSansSC_700Bold' : '400Regular/NotoSansSC_400Regular';
    return c.body(asset(`@expo-google-fonts/noto-sans-sc/${weight}.ttf`), 200, { 'content-type': 'font/ttf', 'cache-control': 'max-age=3600' });
  });
  app.get('/playground/*', (c) => {
    const path = c.req.path.slice('/playground/'.length) || 'index.html';
    const type = TYPES[path.split('.').at(-1) ?? ''];
    if (!type || path.includes('..')) return c.notFound();
    return c.body(readFileSync(new URL(path, page), 'utf8'), 200, { 'content-type': `${type}; charset=utf-8` });
  });

  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/playground/`,
    posted,
    say(chat, text) {
      put(chat, { msg_type: 'text', text });
      tell({ type: 'message', chat });
    },
    patch,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

const modules = new URL('../../node_modules/', import.meta.url);
const asset = (path: string) => new Uint8Array(readFileSync(new URL(path, modules)));
