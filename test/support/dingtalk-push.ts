/** Pushes as DingTalk sends them, signed with an app's own secrets (all invented). */
import type { DingTalkConfig } from '../../src/platform/dingtalk/config.ts';
import { dingtalkSecrets } from '../../src/platform/dingtalk/config.ts';
import { signClick, signMessage } from '../../src/platform/dingtalk/verify.ts';
import type { RawRequest } from '../../src/platform/platform.ts';

export const NOW = Date.parse('2026-10-09T15:00:00+08:00');
export const GROUP = 'cidDemoGroup+ab/cD0==';
export const TEMPLATE_ID = '11111111-2222-3333-4444-555555555555.schema';
export const dingtalkConfig = (over: Partial<DingTalkConfig> = {}): DingTalkConfig => ({
  clientId: 'dingdemoclientid',
  clientSecret: 'demo-client-secret-0001',
  robotCode: 'dingdemoclientid',
  cardTemplateId: TEMPLATE_ID,
  apiBase: 'http://127.0.0.1:9', // nobody listens there
  oapiBase: 'http://127.0.0.1:9',
  transport: 'webhook',
  publicUrl: 'https://bot.example.com',
  plan: 'free',
  ...over,
});

const bytes = (payload: unknown) => Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
export interface PushOptions {
  timestamp?: string;
  now?: number;
  secret?: string;
}
/** @param payload an object, or the raw text of a body */
export function messagePush(
  payload: unknown,
  { timestamp = `${NOW}`, now = NOW, secret = dingtalkConfig().clientSecret }: PushOptions = {},
): RawRequest {
  return { headers: new Headers({ timestamp, sign: signMessage(timestamp, secret) }), rawBody: bytes(payload), now };
}
export function clickPush(payload: unknown, { timestamp = `${NOW}`, now = NOW, secret }: PushOptions = {}): RawRequest {
  const key = secret ?? dingtalkSecrets(dingtalkConfig()).cardSecret;
  return {
    headers: new Headers({
      'x-ddpaas-signature-timestamp': timestamp,
      'x-ddpaas-signature': signClick(timestamp, key),
    }),
    rawBody: bytes(payload),
    now,
  };
}

export const robotMessage = (over: Record<string, unknown> = {}) => ({
  msgtype: 'text',
  msgId: 'msgDemo0001==',
  createAt: NOW,
  conversationType: '2',
  conversationId: GROUP,
  conversationTitle: '某某支部',
  senderId: '$:LWCP_v1:$demoSender',
  senderStaffId: 'u-anna',
  senderNick: 'Anna',
  senderCorpId: 'dingdemocorp',
  chatbotCorpId: 'dingdemocorp',
  chatbotUserId: '$:LWCP_v1:$demoBot',
  robotCode: 'dingdemoclientid',
  isInAtList: true,
  atUsers: [{ dingtalkId: '$:LWCP_v1:$demoBot' }],
  sessionWebhook: 'https://oapi.dingtalk.com/robot/sendBySession?session=demo',
  sessionWebhookExpiredTime: NOW + 5_400_000,
  text: { content: ' /help me' },
  ...over,
});
export const cardClick = (
  params: Record<string, unknown>,
  over: Record<string, unknown> = {},
  actionId = 'ballot_next',
) => ({
  type: 'actionCallback',
  outTrackId: 'p.u-anna.0199b3c2-aaaa-7bbb-8ccc-0123456789ab',
  corpId: 'dingdemocorp',
  userId: 'u-anna',
  content: JSON.stringify({ cardPrivateData: { actionIds: [actionId], params } }),
  ...over,
});
