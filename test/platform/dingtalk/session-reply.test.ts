/** Somebody whose user id DingTalk keeps back is answered by the address in the message, and no other address is ever called. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDingTalkPlatform } from '../../../src/platform/dingtalk/index.ts';
import { trustedReplyUrl } from '../../../src/platform/dingtalk/session-reply.ts';
import { type ApiServer, startApi } from '../../support/api-server.ts';
import { dingtalkConfig, messagePush, NOW, robotMessage } from '../../support/dingtalk-push.ts';

const PATH = '/robot/sendBySession';
const OK = `${PATH}?session=demo`;
const BASES = { apiBase: 'http://127.0.0.1:4010', oapiBase: 'http://127.0.0.1:4011/' };

describe('which addresses are trusted', () => {
  it.each([
    `https://oapi.dingtalk.com${OK}`,
    `https://api.dingtalk.com${OK}`,
    `https://OAPI.dingtalk.com:443${OK}`,
    `http://127.0.0.1:4010${OK}`,
    `http://127.0.0.1:4011${OK}`,
  ])('%s', (url) => expect(trustedReplyUrl(url, BASES)).toContain(OK));
  it.each([
    `http://oapi.dingtalk.com${OK}`,
    `https://oapi.dingtalk.com:8443${OK}`,
    `https://oapi.dingtalk.com.example.com${OK}`,
    `https://example.com/oapi.dingtalk.com${OK}`,
    `https://oapi.dingtalk.com@example.com${OK}`,
    `https://u:p@oapi.dingtalk.com${OK}`,
    'https://oapi.dingtalk.com/topapi/v2/user/get',
    `https://oapi.dingtalk.com${PATH}/../../topapi/v2/user/get`,
    `https://login.dingtalk.com${OK}`,
    `http://169.254.169.254${OK}`,
    `http://127.0.0.1:4012${OK}`,
    `http://localhost:4010${OK}`,
    `file://${PATH}`,
    'not an address',
    '',
  ])('not %s', (url) => expect(trustedReplyUrl(url, BASES)).toBeNull());
});

describe('a message without a user id', () => {
  let api: ApiServer;
  beforeEach(async () => {
    api = await startApi(() => ({ body: { errcode: 0, errmsg: 'ok' } }));
  });
  afterEach(() => api.close());

  async function heard(
    messages: readonly Record<string, unknown>[],
    { noUserId = '看不到您的账号', at = [NOW] }: { noUserId?: string | null; at?: readonly number[] } = {},
  ) {
    let now = NOW;
    let pushes = 0;
    const platform = createDingTalkPlatform(dingtalkConfig({ apiBase: api.url, oapiBase: api.url }), {
      now: () => now,
      meter: { count: (kind) => void (pushes += kind === 'push' ? 1 : 0), flush: () => Promise.resolve() },
      ...(noUserId === null ? {} : { noUserId }),
    });
    for (const [i, over] of messages.entries()) {
      now = at[i] ?? NOW;
      const body = robotMessage({ senderStaffId: undefined, sessionWebhook: `${api.url}${OK}`, ...over });
      expect(platform.receive(messagePush(body))).toMatchObject({ incoming: { kind: 'ignored' } });
    }
    await platform.close();
    return { said: api.to(PATH).map(({ body }) => JSON.parse(body.toString()) as object), pushes };
  }

  it('is answered with one sentence where it was written, and the answer is counted', async () => {
    const { said, pushes } = await heard([{}]);
    expect(said).toEqual([{ msgtype: 'text', text: { content: '看不到您的账号' } }]);
    expect(pushes).toBe(2);
    expect(api.requests).toHaveLength(1); // no token is fetched or sent
  });
  it('once a minute and conversation', async () => {
    const other = { conversationId: 'cidOther' };
    const { said } = await heard([{}, {}, other, {}], { at: [NOW, NOW + 59_000, NOW + 59_000, NOW + 60_000] });
    expect(said).toHaveLength(3);
  });
  it.each([
    ['the address leads elsewhere', { sessionWebhook: 'https://example.com/robot/sendBySession?session=x' }],
    ['there is no address', { sessionWebhook: undefined }],
    ['it has run out', { sessionWebhookExpiredTime: NOW }],
    ['somebody is named', { senderStaffId: 'u-anna' }],
  ])('not when %s', async (_why, over) => {
    const platform = createDingTalkPlatform(dingtalkConfig({ apiBase: api.url, oapiBase: api.url }), {
      now: () => NOW,
      noUserId: 'x',
    });
    platform.receive(
      messagePush(robotMessage({ senderStaffId: undefined, sessionWebhook: `${api.url}${OK}`, ...over })),
    );
    await platform.close();
    expect(api.requests).toEqual([]);
  });
  it('an address that redirects is not followed, and a failure harms nothing', async () => {
    await api.close();
    api = await startApi(({ path }) =>
      path === PATH ? { status: 307, headers: { location: '/elsewhere' }, body: {} } : { body: {} },
    );
    await heard([{}]);
    expect(api.requests.map(({ path }) => path)).toEqual([PATH]);
  });
});
