import { describe, expect, it } from 'vitest';
import { encryptKey, larkSecrets } from '../../../src/platform/lark/config.ts';
import { decrypt, sign, verifyPush } from '../../../src/platform/lark/verify.ts';
import type { RawRequest } from '../../../src/platform/platform.ts';
import { clickEvent, envelope, larkConfig, messageEvent, NOW, push } from '../../support/lark-push.ts';

const secrets = larkSecrets(larkConfig());
const challenge = (token = 'vtok_demo') => ({ challenge: 'c9f1-demo', token, type: 'url_verification' });
const event = envelope('im.message.receive_v1', messageEvent('/help'));
const click = envelope('card.action.trigger', clickEvent({ value: { a: 'chat_bind' } }));
const outcome = (request: RawRequest, config = larkConfig()) => {
  const verified = verifyPush(larkSecrets(config), request);
  return verified.kind === 'rejected' ? verified.status : verified.kind;
};
const withHeader = (request: RawRequest, name: string, value: string | null): RawRequest => {
  const headers = new Headers(request.headers);
  if (value === null) headers.delete(name);
  else headers.set(name, value);
  return { ...request, headers };
};
const changed = (request: RawRequest): RawRequest => ({
  ...request,
  rawBody: Buffer.concat([request.rawBody, Buffer.from(' ')]),
});
const BAD = 'f'.repeat(64);

describe('decrypt', () => {
  it('reads the documented sample', () => {
    expect(decrypt('P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=', encryptKey('test key'))).toBe('hello world');
  });
  it.each(['', 'AAAA', 'not base64 at all!', 'P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk='])(
    'gives null for %j',
    (text) => expect(decrypt(text, encryptKey('another key'))).toBeNull(),
  );
});

describe('with an encrypt key', () => {
  it.each([
    ['an encrypted, signed event', push(event), 'genuine'],
    ['a signed event that is not encrypted', push(event, { plain: true }), 'genuine'],
    [
      'spaces and escapes in the signed body',
      push(`{ "schema":"2.0", "header": ${JSON.stringify(event.header)}, "event":{"a":"\\u4f60"}}`, { plain: true }),
      'genuine',
    ],
    ['no signature', push(event, { unsigned: true }), 401],
    ['no signature, not encrypted, right token', push(event, { unsigned: true, plain: true }), 401],
    ['a wrong signature', withHeader(push(event), 'X-Lark-Signature', BAD), 401],
    ['an empty signature', withHeader(push(event), 'X-Lark-Signature', ''), 401],
    ['a signature that is no hexadecimal number', withHeader(push(event), 'X-Lark-Signature', 'zz'), 401],
    [
      'a right signature with something behind it',
      withHeader(push(event), 'X-Lark-Signature', `${push(event).headers.get('X-Lark-Signature')}00`),
      401,
    ],
    ['a missing timestamp', withHeader(push(event), 'X-Lark-Request-Timestamp', null), 401],
    ['another timestamp', withHeader(push(event), 'X-Lark-Request-Timestamp', '1'), 401],
    ['a missing nonce', withHeader(push(event), 'X-Lark-Request-Nonce', null), 401],
    ['a changed body', changed(push(event)), 401],
    ['another key', push(event, { encryptKey: 'another-key' }), 401],
    ['unsigned junk', push('not json', { plain: true, unsigned: true }), 401],
    ['wrongly signed junk', withHeader(push('not json', { plain: true }), 'X-Lark-Signature', BAD), 401],
    ['an unsigned body that cannot be decrypted', push({ encrypt: 'AAAA' }, { plain: true, unsigned: true }), 401],
    ['signed junk', push('not json', { plain: true }), 400],
    ['signed bytes that are no text', { ...push('', { plain: true }), ...signedBytes(Buffer.from([0xff, 0xfe])) }, 400],
    ['a signed list', push('[1,2]', { plain: true }), 400],
    ['a signed null', push('null'), 400],
    ['a signed body that cannot be decrypted', push({ encrypt: 'AAAA' }, { plain: true }), 400],
    ['a signed object that is no event', push({ hello: 'world' }), 400],
    ['a wrong token', push(envelope('x', {}, { token: 'vtok_other' })), 401],
    ['a missing token', push({ schema: '2.0', header: { event_type: 'x', app_id: secrets.appId }, event: {} }), 401],
    ['another app', push(envelope('x', {}, { appId: 'cli_ffffffffffffffff' })), 401],
    ['no app id', push({ schema: '2.0', header: { event_type: 'x', token: 'vtok_demo' }, event: {} }), 401],
    [
      'an event of the old shape',
      push({ uuid: 'u', token: 'vtok_demo', type: 'event_callback', event: { type: 'x' } }),
      'genuine',
    ],
  ] as const)('%s: %s', (_what, request, want) => expect(outcome(request)).toBe(want));

  it.each([
    ['encrypted, without signature', push(challenge(), { unsigned: true }), 'challenge'],
    ['encrypted and signed', push(challenge()), 'challenge'],
    ['plain, without signature', push(challenge(), { unsigned: true, plain: true }), 'challenge'],
    ['with a wrong signature', withHeader(push(challenge()), 'X-Lark-Signature', BAD), 401],
    ['with a wrong token', push(challenge('vtok_other'), { unsigned: true }), 401],
    ['signed, with a wrong token', push(challenge('vtok_other')), 401],
    ['without a token', push({ challenge: 'c', type: 'url_verification' }, { unsigned: true }), 401],
    ['of another app', push({ ...challenge(), app_id: 'cli_ffffffffffffffff' }, { unsigned: true }), 401],
    ['without a challenge', push({ token: 'vtok_demo', type: 'url_verification' }, { unsigned: true }), 400],
    ['under another key', push(challenge(), { unsigned: true, encryptKey: 'another-key' }), 401],
  ] as const)('address check %s: %s', (_what, request, want) => expect(outcome(request)).toBe(want));

  it('gives the challenge back', () =>
    expect(verifyPush(secrets, push(challenge(), { unsigned: true }))).toEqual({
      kind: 'challenge',
      challenge: 'c9f1-demo',
    }));

  it.each([
    ['seconds', `${NOW / 1000}`, 'genuine'],
    ['milliseconds', `${NOW}`, 'genuine'],
    ['microseconds', `${NOW}000`, 'genuine'],
    ['five minutes old', `${NOW / 1000 - 300}`, 'genuine'],
    ['older', `${NOW / 1000 - 301}`, 401],
    ['from the future', `${NOW / 1000 + 301}`, 401],
    ['no number', 'soon', 401],
    ['empty', '', 401],
  ])('a click with a timestamp in %s: %s', (_what, timestamp, want) =>
    expect(outcome(push(click, { timestamp }))).toBe(want),
  );
  it('accepts an event that is six hours late', () =>
    expect(outcome(push(event, { timestamp: `${NOW / 1000 - 6 * 3600}` }))).toBe('genuine'));

  it.each([
    ['old key', push(event, { encryptKey: 'old-key' })],
    ['new key', push(event, { encryptKey: 'new-key' })],
    ['old token', push(envelope('x', {}, { token: 'vtok_old' }), { encryptKey: 'new-key' })],
  ])('takes two keys and tokens while they are changed: %s', (_what, request) =>
    expect(
      outcome(request, larkConfig({ encryptKey: 'new-key, old-key', verificationToken: 'vtok_demo,vtok_old' })),
    ).toBe('genuine'),
  );
});

describe('without an encrypt key', () => {
  const config = larkConfig({ encryptKey: '' });
  it.each([
    ['the right token', push(event, { plain: true, unsigned: true }), 'genuine'],
    ['a wrong token', push(envelope('x', {}, { token: 'vtok_other' }), { plain: true, unsigned: true }), 401],
    ['another app', push(envelope('x', {}, { appId: 'cli_ffffffffffffffff' }), { plain: true, unsigned: true }), 401],
    ['an encrypted body', push(event), 401],
    ['junk', push('junk', { plain: true, unsigned: true }), 401],
    ['an object that is no event', push({ hello: 1 }, { plain: true, unsigned: true }), 401],
    ['an address check', push(challenge(), { plain: true, unsigned: true }), 'challenge'],
    ['an address check with a wrong token', push(challenge('no'), { plain: true, unsigned: true }), 401],
  ] as const)('%s: %s', (_what, request, want) => expect(outcome(request, config)).toBe(want));
});

it('refuses to run webhooks without a verification token', () => {
  expect(() => larkSecrets(larkConfig({ verificationToken: ' , ' }))).toThrow('LARK_VERIFICATION_TOKEN');
  expect(larkSecrets(larkConfig({ verificationToken: '', transport: 'websocket' })).verificationTokens).toEqual([]);
});

function signedBytes(rawBody: Buffer): Pick<RawRequest, 'headers' | 'rawBody'> {
  const binary = push('', { plain: true });
  const headers = new Headers(binary.headers);
  const timestamp = headers.get('X-Lark-Request-Timestamp') ?? '';
  const nonce = headers.get('X-Lark-Request-Nonce') ?? '';
  headers.set('X-Lark-Signature', sign(timestamp, nonce, larkConfig().encryptKey, rawBody));
  return { headers, rawBody };
}
