import { readFileSync } from 'node:fs';
import { createLarkPlatform } from '../../src/platform/lark/index.ts';
import type { ApiAnswer } from '../support/api-server.ts';
import { larkConfig, NOW, push } from '../support/lark-push.ts';
import type { PlatformCase } from './platform.ts';

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../fixtures/lark/${name}.json`, import.meta.url), 'utf8'));
const config = larkConfig();
const no = (code: number, status = 400, headers: Record<string, string> = {}, msg = 'refused'): ApiAnswer => ({
  status,
  headers,
  body: { code, msg },
});
const user = 'ou_demo_anna';
const group = 'oc_demo_group';
const click = fixture('click-form');

export const larkCase: PlatformCase = {
  name: 'lark',
  make: (apiBase, warn) => createLarkPlatform({ ...config, baseUrl: apiBase }, { log: { warn } }),
  secrets: [config.appSecret, config.encryptKey, config.verificationToken, 't-demo-token'],
  now: NOW,
  request: (payload) => push(payload),
  proofHeader: 'X-Lark-Signature',
  signsBody: true,
  payloads: {
    click: {
      payload: click,
      user,
      action: { a: 'ballot_next', r: 'rv_demo', d: 'c2VhbGVk' },
      buttonName: 'ballot_next',
      form: { rule_compliance: '7', project_delivery: '10', learning: 'x' },
      chat: 'oc_demo_p2p',
    },
    forged: (value) => {
      const copy = structuredClone(click) as { event: { action: { value: unknown } } };
      copy.event.action.value = value;
      return copy;
    },
    messages: [
      { place: 'in front', payload: fixture('message-front'), user, chat: group },
      { place: 'in the middle', payload: fixture('message-middle'), user, chat: group },
      { place: 'at the end, with a full-width slash', payload: fixture('message-end'), user, chat: group },
      { place: 'in rich text', payload: fixture('message-post'), user, chat: group },
    ],
    privateMessage: fixture('message-private'),
    unknownEvent: fixture('unknown-event'),
  },
  token: ({ path }) =>
    path.includes('tenant_access_token')
      ? { body: { code: 0, msg: 'ok', tenant_access_token: 't-demo-token', expire: 7200 } }
      : null,
  taken: () => ({ body: { code: 0, msg: 'success', data: { message_id: 'om_1' } } }),
  failures: [
    {
      what: 'slow down',
      answer: no(99991400, 429, { 'x-ogw-ratelimit-reset': '4' }),
      reason: 'rate_limited',
      retryAfterMs: 4_000,
    },
    { what: 'slow down for this person', answer: no(230020), reason: 'rate_limited' },
    { what: 'still sending', answer: no(230049), reason: 'in_flight' },
    {
      what: 'the card is in use',
      answer: no(230099, 400, {}, 'ErrCode: 11310; card action is lock'),
      reason: 'in_flight',
      retryAfterMs: 1_000,
    },
    { what: 'overloaded', answer: no(11232, 200), reason: 'overloaded' },
    { what: 'broken', answer: { status: 503, body: 'try later' }, reason: 'unreachable' },
    { what: 'who are you', answer: no(99991663), reason: 'token' },
    { what: 'not in the group', answer: no(230002), reason: 'not_in_chat' },
    { what: 'no such group any more', answer: no(232009), reason: 'chat_gone' },
    { what: 'this person cannot be reached', answer: no(230013), reason: 'person_unreachable' },
    { what: 'forbidden words', answer: no(230028), reason: 'content_refused' },
    {
      what: 'too much in the card',
      answer: no(230099, 400, {}, 'ErrCode: 11310; element exceeds the limit'),
      reason: 'too_large',
    },
    { what: 'no permission', answer: no(99991672), reason: 'not_permitted' },
    { what: 'too old', answer: no(230031), reason: 'expired' },
    { what: 'wrong parameter', answer: no(230001), reason: 'bad_request' },
  ],
};
