import { dingtalkSecrets } from '../../src/platform/dingtalk/config.ts';
import { createDingTalkPlatform } from '../../src/platform/dingtalk/index.ts';
import type { ApiAnswer } from '../support/api-server.ts';
import {
  cardClick,
  clickPush,
  dingtalkConfig,
  GROUP,
  messagePush,
  NOW,
  robotMessage,
} from '../support/dingtalk-push.ts';
import type { PlatformCase } from './platform.ts';

const config = dingtalkConfig();
const DENIED = 'Forbidden.AccessDenied.';
const no = (code: string, status = 400): ApiAnswer => ({
  status,
  body: { code, requestid: 'demo', message: 'refused' },
});
const old = (errcode: number): ApiAnswer => ({ body: { errcode, errmsg: 'refused' } });
const user = 'u-anna';
const params = (act: unknown) => ({
  act,
  state: '{}',
  rev: 'r1',
  form: { rule_compliance: '7', project_delivery: { index: 10, value: '10' }, learning: 'x', solidarity: '' },
});
const click = (act: unknown) => cardClick(params(act), {}, 'ballot_next');
const action = { a: 'ballot_next', r: 'rv_demo', d: 'c2VhbGVk' } as const;
const message = (place: string, over: Record<string, unknown>) => ({
  place,
  payload: robotMessage(over),
  user,
  chat: GROUP,
});
const undelivered = (errorMsg: string): ApiAnswer => ({
  body: {
    success: true,
    result: { outTrackId: 'x', deliverResults: [{ spaceType: 'IM_ROBOT', success: false, errorMsg }] },
  },
});

export const dingtalkCase: PlatformCase = {
  name: 'dingtalk',
  make: (apiBase, warn) => createDingTalkPlatform({ ...config, apiBase, oapiBase: apiBase }, { log: { warn } }),
  secrets: [config.clientSecret, dingtalkSecrets(config).cardSecret, 'demo-access-token'],
  now: NOW,
  request: (payload) =>
    typeof payload === 'object' && payload !== null && 'msgId' in payload ? messagePush(payload) : clickPush(payload),
  proofHeader: 'x-ddpaas-signature',
  signsBody: false, // verify.test.ts
  payloads: {
    click: {
      payload: click(JSON.stringify(action)),
      user,
      action,
      buttonName: 'ballot_next',
      form: { rule_compliance: '7', project_delivery: '10', learning: 'x' },
      chat: `user:${user}`,
    },
    forged: (value) => click(value),
    messages: [
      message('in front', {}),
      message('in the middle', { text: { content: '/help  me' } }),
      message('at the end, with a full-width slash', { text: { content: '／help me ' } }),
      message('in rich text', {
        msgtype: 'richText',
        text: undefined,
        content: { richText: [{ text: ' /help' }, { text: ' me' }] },
      }),
    ],
    privateMessage: robotMessage({ conversationType: '1', conversationTitle: undefined }),
    unknownEvent: { type: 'dynamicDataCallback', outTrackId: 'another-1', userId: user },
  },
  token: ({ path }) =>
    path === '/v1.0/oauth2/accessToken' ? { body: { accessToken: 'demo-access-token', expireIn: 7200 } } : null,
  taken: ({ path }) =>
    path === '/v1.0/card/callbacks/register'
      ? { body: { success: true, result: {} } }
      : {
          body: {
            success: true,
            result: { outTrackId: 'x', deliverResults: [{ spaceType: 'IM_ROBOT', success: true, carrierId: 'c' }] },
          },
        },
  failures: [
    { what: 'slow down', answer: no(`${DENIED}QpsLimitForAppkeyAndApi`, 403), reason: 'rate_limited' },
    {
      what: 'slow down for a minute',
      answer: no(`${DENIED}QpmLimitForAppkeyAndApi`, 403),
      reason: 'rate_limited',
      retryAfterMs: 60_000,
    },
    { what: 'slow down for this person', answer: no('send.too.fast'), reason: 'rate_limited', retryAfterMs: 10_000 },
    { what: 'slow down, in the old shape', answer: old(90018), reason: 'rate_limited' },
    {
      what: 'this server calls too often',
      answer: { body: { status: 1111, wait: 5, source: 'x5', punish: 'deny' } },
      reason: 'rate_limited',
      retryAfterMs: 300_000,
    },
    { what: 'overloaded', answer: no('system.busy', 500), reason: 'overloaded' },
    { what: 'overloaded, in the old shape', answer: old(-1), reason: 'overloaded' },
    { what: 'not delivered for now', answer: undelivered('system busy'), reason: 'overloaded' },
    { what: 'not delivered', answer: undelivered('user is out of scope'), reason: 'person_unreachable' },
    { what: 'broken', answer: { status: 502, body: '<html>bad gateway</html>' }, reason: 'unreachable' },
    { what: 'who are you', answer: no('InvalidAuthentication'), reason: 'token' },
    { what: 'the robot is not in the group', answer: no('invalidParameter.robotCode.notExsit'), reason: 'not_in_chat' },
    { what: 'no such group any more', answer: no('group.disbanded'), reason: 'chat_gone' },
    { what: 'no such person', answer: no('staffId.notExisted'), reason: 'person_unreachable' },
    { what: 'forbidden words', answer: no('param.contentUnsafe'), reason: 'content_refused' },
    { what: 'no permission', answer: no(`${DENIED}AccessTokenPermissionDenied`, 403), reason: 'not_permitted' },
    { what: 'the month’s calls are used up', answer: no(`${DENIED}ApiCountLimitForOrg`, 403), reason: 'not_permitted' },
    { what: 'another 403', answer: no('Forbidden.New', 403), reason: 'not_permitted' },
    { what: 'no such template', answer: no('param.templateNotExist'), reason: 'not_permitted' },
    { what: 'no such card', answer: no('param.cardNotExist'), reason: 'expired' },
    { what: 'wrong parameter', answer: no('param.openSpaceIdInvalid'), reason: 'bad_request' },
  ],
};
