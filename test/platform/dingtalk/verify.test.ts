import { describe, expect, it } from 'vitest';
import { callbackRoute, dingtalkSecrets } from '../../../src/platform/dingtalk/config.ts';
import { CLICK_MAX_AGE_MS, MESSAGE_MAX_AGE_MS } from '../../../src/platform/dingtalk/limits.ts';
import { signClick, signMessage, verifyPush } from '../../../src/platform/dingtalk/verify.ts';
import type { RawRequest } from '../../../src/platform/platform.ts';
import { cardClick, clickPush, dingtalkConfig, messagePush, NOW, robotMessage } from '../../support/dingtalk-push.ts';

const secrets = dingtalkSecrets(dingtalkConfig());
const outcome = (request: RawRequest) => {
  const verified = verifyPush(secrets, request);
  return verified.kind === 'rejected' ? verified.status : verified.kind;
};
const headed = (request: RawRequest, name: string, value: string): RawRequest => {
  const headers = new Headers(request.headers);
  headers.set(name, value);
  return { ...request, headers };
};

describe('published test vectors', () => {
  it('robot message', () =>
    expect(signMessage('1790000000000', 'example-client-secret')).toBe('/Y/I+NDk6SSvXXpjrqc7RT4sJaWBzjHbTDThnQ0EDFI='));
  it('card callback', () =>
    expect(signClick('1790000000000', 'card-api-secret')).toBe('oj0BY1Z6eCEdy/z0I+vYqWToo4Nc2zo0gRWIP40dsi0='));
});

describe('robot messages', () => {
  const message = messagePush(robotMessage());
  const at = (offset: number) => ({ ...message, now: NOW + offset });
  it.each([
    ['right', message, 'message'],
    ['an hour old', at(MESSAGE_MAX_AGE_MS), 'message'],
    ['older', at(MESSAGE_MAX_AGE_MS + 1), 401],
    ['from the future', at(-MESSAGE_MAX_AGE_MS - 1), 401],
    ['another secret', messagePush(robotMessage(), { secret: 'other' }), 401],
    ['the secret of cards', messagePush(robotMessage(), { secret: secrets.cardSecret }), 401],
    ['another timestamp', headed(message, 'timestamp', `${NOW + 1}`), 401],
    ['no timestamp', messagePush(robotMessage(), { timestamp: '' }), 401],
    ['a timestamp that is no number', messagePush(robotMessage(), { timestamp: 'soon' }), 401],
    ['a longer signature', headed(message, 'sign', `${message.headers.get('sign')}=`), 401],
    ['nothing', { ...message, headers: new Headers() }, 401],
    ['another robot', messagePush(robotMessage({ robotCode: 'dingother' })), 401],
    ['junk', messagePush('junk'), 400],
    ['a list', messagePush('[]'), 400],
    ['no text', messagePush(''), 400],
  ])('%s', (_what, request, want) => expect(outcome(request)).toBe(want));
});

describe('card callbacks', () => {
  const click = clickPush(cardClick({}));
  it.each([
    ['right', click, 'click'],
    ['seconds', clickPush(cardClick({}), { timestamp: `${NOW / 1000}` }), 'click'],
    ['too old', { ...click, now: NOW + CLICK_MAX_AGE_MS + 1 }, 401],
    ['the secret of the app', clickPush(cardClick({}), { secret: dingtalkConfig().clientSecret }), 401],
    [
      'signed as a message',
      { ...messagePush(cardClick({})), headers: headed(messagePush(cardClick({})), 'x-ddpaas-signature', 'x').headers },
      401,
    ],
    ['junk', clickPush('{'), 400],
  ])('%s', (_what, request, want) => expect(outcome(request)).toBe(want));
});

it('a changed address or secret is another route', () => {
  const key = (over = {}) => callbackRoute(dingtalkConfig(over)).callbackRouteKey;
  expect(new Set([key(), key({ publicUrl: 'https://other.example.com' }), key({ clientSecret: 'new' })]).size).toBe(3);
  expect(callbackRoute(dingtalkConfig())).toEqual({
    callbackRouteKey: key(),
    callbackUrl: 'https://bot.example.com/dingtalk/cards',
    apiSecret: secrets.cardSecret,
  });
});
