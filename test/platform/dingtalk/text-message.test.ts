/** Parity rule `text_without_template`, and messages that were asked for as text. */
import { afterEach, expect, it } from 'vitest';
import { type Card, facts, list, text } from '../../../src/card.ts';
import type { DingTalkConfig } from '../../../src/platform/dingtalk/config.ts';
import { createDingTalkPlatform } from '../../../src/platform/dingtalk/index.ts';
import { MESSAGE_PARAM_MAX_BYTES } from '../../../src/platform/dingtalk/limits.ts';
import { textMessage } from '../../../src/platform/dingtalk/text-message.ts';
import type { Recipient } from '../../../src/platform/platform.ts';
import { type ApiServer, startApi } from '../../support/api-server.ts';
import { dingtalkDouble } from '../../support/dingtalk-double.ts';
import { dingtalkConfig, GROUP } from '../../support/dingtalk-push.ts';

const LINK = 'https://bot.example.com/ballot/abc';
const ballot: Card = {
  title: '测评票',
  subtitle: '第 1 位',
  tone: 'blue',
  typed: '要投票，请发送 /投票',
  blocks: [
    text('请打分'),
    facts(['截止', '18:00'], ['Ends', '18:00']),
    list(['甲', '乙']),
    {
      kind: 'form',
      name: 'ballot',
      fields: [{ kind: 'text', text: '说明' }],
      buttons: [{ name: 'ballot_next', label: '下一位', style: 'primary', action: { a: 'ballot_open', r: 'r' } }],
    },
    { kind: 'buttons', buttons: [{ name: 'open', label: '打开网页测评票', style: 'default', link: LINK }] },
  ],
};
const CONTENT = `测评票 · 第 1 位\n请打分\n截止：18:00\nEnds: 18:00\n• 甲\n• 乙\n说明\n打开网页测评票：\n${LINK}\n要投票，请发送 /投票`;

let api: ApiServer;
afterEach(() => api.close());
async function send(card: Card, over: Partial<DingTalkConfig>, to: Recipient = { kind: 'person', userId: 'u1' }) {
  api = await startApi(dingtalkDouble());
  const platform = createDingTalkPlatform(dingtalkConfig({ apiBase: api.url, oapiBase: api.url, ...over }));
  const result = await platform.send({ to, content: { kind: 'card', card }, idempotencyKey: 'k' });
  await platform.close();
  const bodies = (path: string) =>
    api.to(path).map(({ body }) => JSON.parse(body.toString()) as Record<string, unknown>);
  return {
    result,
    cards: bodies('/v1.0/card/instances/createAndDeliver'),
    private: bodies('/v1.0/robot/oToMessages/batchSend'),
    group: bodies('/v1.0/robot/groupMessages/send'),
  };
}
const content = (body: Record<string, unknown> | undefined) =>
  (JSON.parse(String(body?.['msgParam'])) as { content: string }).content;

it.each([
  ['without a template', ballot, { cardTemplateId: null }, 0],
  ['with a template that is not there', ballot, { cardTemplateId: 'gone.schema' }, 1],
  ['asked for as text', { ...ballot, plain: true as const }, {}, 0],
])('%s: the words, the links, and what to type', async (_what, card, over, tried) => {
  const sent = await send(card, over);
  expect(sent.result).toMatchObject({ ok: true });
  expect(sent.cards).toHaveLength(tried);
  expect(sent.private).toHaveLength(1);
  expect(sent.private[0]).toMatchObject({ msgKey: 'sampleText', userIds: ['u1'] });
  expect(content(sent.private[0])).toBe(CONTENT);
});

it('a group gets text too', async () => {
  const sent = await send(ballot, { cardTemplateId: null }, { kind: 'chat', chatId: GROUP });
  expect(sent.group).toHaveLength(1);
  expect(sent.group[0]).toMatchObject({ msgKey: 'sampleText', openConversationId: GROUP });
});

it('with a template it is a card', async () => {
  const sent = await send(ballot, {});
  expect([sent.cards.length, sent.private.length]).toEqual([1, 0]);
});

it('of a text that is too long the end stays, with the link', async () => {
  api = await startApi(dingtalkDouble());
  const { msgParam } = textMessage({
    ...ballot,
    blocks: [list(Array.from({ length: 400 }, () => '很长的一行'.repeat(10))), ...ballot.blocks],
  });
  expect(Buffer.byteLength(JSON.stringify(msgParam))).toBeLessThanOrEqual(MESSAGE_PARAM_MAX_BYTES);
  expect(msgParam['content']).toContain(`……\n说明\n打开网页测评票：\n${LINK}\n要投票`);
});
