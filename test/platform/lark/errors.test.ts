import { expect, it } from 'vitest';
import { failureOf, refusalOf } from '../../../src/platform/lark/errors.ts';

const failure = (status: number, code: number, msg = '', headers: Record<string, string> = {}) =>
  failureOf(refusalOf(status, new Headers(headers), code, msg));
const sub = (n: number, text = '') => `Failed to create card content, ext=ErrCode: ${n}; ErrMsg: ${text}`;

it.each([
  [429, 99991400, '', 'rate_limited', '99991400'],
  [400, 230020, '', 'rate_limited', '230020'],
  [200, 11232, '', 'overloaded', '11232'],
  [400, 232096, '', 'overloaded', '232096'],
  [400, 230049, '', 'in_flight', '230049'],
  [400, 99991663, '', 'token', '99991663'],
  [400, 99991403, '', 'not_permitted', '99991403'],
  [429, 99991403, '', 'not_permitted', '99991403'],
  [400, 99991672, '', 'not_permitted', '99991672'],
  [400, 230002, '', 'not_in_chat', '230002'],
  [400, 232009, '', 'chat_gone', '232009'],
  [400, 230013, '', 'person_unreachable', '230013'],
  [400, 230053, '', 'person_unreachable', '230053'],
  [400, 230028, '', 'content_refused', '230028'],
  [400, 230025, '', 'too_large', '230025'],
  [400, 230031, '', 'expired', '230031'],
  [400, 230001, '', 'bad_request', '230001'],
  [400, 230099, sub(11310, 'card action is lock'), 'in_flight', '230099/11310'],
  [400, 230099, sub(11310, 'element exceeds the limit'), 'too_large', '230099/11310'],
  [400, 230099, sub(11310, 'card table number over limit'), 'too_large', '230099/11310'],
  [400, 230099, sub(200621, 'unknown property'), 'bad_request', '230099/200621'],
  [400, 230099, sub(100290, 'invalid id'), 'bad_request', '230099/100290'],
  [400, 230099, '', 'bad_request', '230099'],
  [400, 987654, '', 'bad_request', '987654'],
  [500, 987654, '', 'unreachable', '987654'],
  [502, 0, '', 'unreachable', 'http 502'],
  [404, 0, '', 'unreachable', 'http 404'],
  [200, 0, '', 'unreachable', 'http 200'],
  [429, 0, '', 'rate_limited', 'http 429'],
  [0, 0, '', 'unreachable', 'no answer'],
])('http %i, code %i %s: %s', (status, code, msg, reason, shown) =>
  expect(failure(status, code, msg)).toMatchObject({ ok: false, reason, code: shown }),
);

it.each([
  [{ 'x-ogw-ratelimit-reset': '3' }, 3_000],
  [{ 'x-ogw-ratelimit-reset': '0.2' }, 200],
  [{ 'retry-after': '7' }, 7_000],
  [{ 'x-ogw-ratelimit-reset': '99999999' }, 600_000],
  [{ 'x-ogw-ratelimit-reset': '-1' }, undefined],
  [{ 'x-ogw-ratelimit-reset': 'soon' }, undefined],
  [{}, undefined],
])('waits as %j says: %s', (headers, ms) => expect(failure(429, 99991400, '', headers).retryAfterMs).toBe(ms));
it('waits a second for a card in use', () =>
  expect(failure(400, 230099, sub(11310, 'card action is lock')).retryAfterMs).toBe(1_000));
