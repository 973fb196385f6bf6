import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { EVENT_TYPES, type ParseContext, parseEnvelope } from '../../../src/platform/lark/parse.ts';
import {
  BOT_ID,
  botMention,
  clickEvent,
  envelope,
  messageEvent,
  person,
  personMention,
} from '../../support/lark-push.ts';

const APP = 'cli_00aa11bb22cc33dd';
const known: ParseContext = { appId: APP, botId: BOT_ID };
const unknown: ParseContext = { appId: APP, botId: null };
const sender = { platform: 'lark', appId: APP, userId: 'ou_demo_anna' };
const read = (type: string, event: unknown, context = known) => parseEnvelope(envelope(type, event), context);
const message = (text: string, mentions: readonly object[] = [], context = known) =>
  read('im.message.receive_v1', messageEvent(text, mentions), context);
const post = (content: unknown, mentions: readonly object[] = []) =>
  read('im.message.receive_v1', messageEvent('', mentions, { message_type: 'post', content: JSON.stringify(content) }));

describe('messages', () => {
  it('a message in a group', () =>
    expect(message('@_user_1 /status @_user_2', [botMention(1), personMention(2, 'ben')])).toEqual({
      kind: 'message',
      dedupeKeys: ['message:om_demo_0001', 'event:e7b1f0demo0001'],
      sender,
      chat: { id: 'oc_demo_group', type: 'group' },
      text: '/status ben',
      mentions: [{ userId: 'ou_demo_ben', name: 'ben' }],
    }));

  const otherBot = { ...botMention(2), id: { open_id: 'ou_demo_other_bot' }, name: 'Other' };
  it.each([
    ['in front', '@_user_1 /help', [botMention(1)], '/help'],
    ['in the middle', '/help @_user_1 me', [botMention(1)], '/help me'],
    ['at the end', '/help @_user_1', [botMention(1)], '/help'],
    ['without a space', '@_user_1/help', [botMention(1)], '/help'],
    ['twice', '@_user_1 /help @_user_2', [botMention(1), botMention(2)], '/help'],
    ['a bot alone', '@_user_1', [botMention(1)], ''],
    ['full-width slash and spaces', '@_user_1　／帮助　全部', [botMention(1)], '/帮助 全部'],
    ['no-break spaces', '@_user_1\u00a0/help\u00a0\u00a0me ', [botMention(1)], '/help me'],
    ['several lines', '@_user_1 /commit\r\n  one \n two', [botMention(1)], '/commit\none\ntwo'],
    ['ten people', '@_user_1 /x @_user_10', [botMention(1), personMention(10, 'jo')], '/x jo'],
    ['a placeholder nobody stands behind', '/x @_user_7', [], '/x @_user_7'],
    ['everybody', '@_all /x', [{ key: '@_all', id: { open_id: '', user_id: '' }, name: '所有人' }], '所有人 /x'],
    ['another bot', '@_user_1 /x @_user_2', [botMention(1), otherBot], '/x Other'],
    ['no mention', '/me', [], '/me'],
    ['a full-width slash inside', '/object 甲／乙', [], '/object 甲／乙'],
  ])('%s', (_what, text, mentions, want) => expect(message(text, mentions)).toMatchObject({ text: want }));

  it('lists no bot and not everybody as people', () => {
    const all = { key: '@_all', id: { user_id: '' }, name: '所有人' };
    expect(message('@_all @_user_1 @_user_2', [all, botMention(1), otherBot])).toMatchObject({ mentions: [] });
  });
  it('knows itself by kind while its id is not known', () => {
    expect(message('@_user_1 /help', [botMention(1)], unknown)).toMatchObject({ text: '/help' });
    const old = { ...botMention(1), mentioned_type: undefined };
    expect(message('@_user_1 /help', [old], known)).toMatchObject({ text: '/help' });
  });
  it.each([
    ['p2p', 'private'],
    ['group', 'group'],
    ['topic_group', 'group'],
    [undefined, 'group'],
  ])('chat type %s is %s', (chat_type, type) =>
    expect(read('im.message.receive_v1', messageEvent('/me', [], { chat_type }))).toMatchObject({ chat: { type } }),
  );

  it('rich text', () => {
    const runs = [
      [
        { tag: 'at', user_id: '@_user_1', user_name: 'Tenstar' },
        { tag: 'text', text: ' /commit ', style: ['bold'] },
        { tag: 'a', text: 'page', href: 'https://example.test' },
      ],
      [{ tag: 'img', image_key: 'img_x' }],
      [{ tag: 'at', user_id: 'ou_x', user_name: 'Ben' }, null],
    ];
    const mentions = [botMention(1)];
    expect(post({ title: '', content: runs }, mentions)).toMatchObject({ text: '/commit page\nBen' });
    expect(post({ zh_cn: { title: 'T', content: runs } }, mentions)).toMatchObject({ text: 'T\n/commit page\nBen' });
  });
  it.each([
    ['a picture', messageEvent('', [], { message_type: 'image', content: '{"image_key":"img_x"}' })],
    ['a recalled message', messageEvent('', [], { content: '' })],
    ['a bot’s message', { ...messageEvent('/help'), sender: { sender_id: person('anna'), sender_type: 'bot' } }],
    ['a message of nobody', { ...messageEvent('/help'), sender: { sender_id: {} } }],
    ['no message', { sender: { sender_id: person('anna') } }],
    ['a list', []],
  ])('%s is ignored', (_what, event) =>
    expect(read('im.message.receive_v1', event)).toMatchObject({ kind: 'ignored' }),
  );
});

describe('clicks', () => {
  const value = { a: 'ballot_next', r: 'rv1', d: 'sealed' };
  it('a submitted page', () => {
    const action = { name: 'ballot_next', value, form_value: { rule_compliance: '7', note: 'fine' } };
    expect(read('card.action.trigger', clickEvent(action))).toEqual({
      kind: 'click',
      dedupeKeys: ['event:e7b1f0demo0001'],
      sender,
      chat: { id: 'oc_demo_p2p' },
      messageId: 'om_demo_card',
      action: value,
      buttonName: 'ballot_next',
      form: { rule_compliance: '7', note: 'fine' },
    });
  });
  it('nothing of a typed text is lost behind a character that no keyboard makes', () => {
    const form_value = { a: 'a\u0000b\tc\r\nd\u001b', b: '\u0000' };
    expect(read('card.action.trigger', clickEvent({ value, form_value }))).toMatchObject({ form: { a: 'ab\tc\nd' } });
    expect(message('/ob\u0000ject a\u0000b')).toMatchObject({ text: '/object ab' });
  });
  it('is told apart by a hash of its token when it has no event id', () => {
    const keys = (token: string) => {
      const event = envelope('card.action.trigger', clickEvent({ value }, { token }), { eventId: null });
      const incoming = parseEnvelope(event, known);
      return incoming.kind === 'click' ? incoming.dedupeKeys : [];
    };
    expect(keys('c-1')).toHaveLength(1);
    expect(keys('c-1')).toEqual(keys('c-1'));
    expect(keys('c-1')).not.toEqual(keys('c-2'));
    expect(keys('c-secret').join()).not.toContain('c-secret');
  });
  it.each([
    ['as JSON text', JSON.stringify(value), value],
    ['with more in it', { ...value, admin: true }, value],
    ['of an unknown kind', { a: 'make_me_admin', r: 'rv1' }, null],
    ['with a part missing', { a: 'ballot_next', r: 'rv1' }, null],
    ['with a part of another type', { a: 'ballot_next', r: 1, d: 'x' }, null],
    ['too long', { ...value, d: 'x'.repeat(2_001) }, null],
    ['as broken text', '{"a":', null],
    ['as a list', [value], null],
    ['as nothing', null, null],
    ['missing', undefined, null],
  ])('a value %s', (_what, sent, want) =>
    expect(read('card.action.trigger', clickEvent({ value: sent }))).toMatchObject({ action: want }),
  );
  it.each([
    ['numbers and flags as text', { a: 7, b: true }, { a: '7', b: 'true' }],
    ['lists joined', { a: ['x', 'y'] }, { a: 'x,y' }],
    ['empty ones left out', { a: '', b: null, c: 'x', d: [] }, { c: 'x' }],
    ['objects left out', { a: { b: 1 } }, {}],
    ['dates without their zone', { due: '2026-12-01 +0800' }, { due: '2026-12-01' }],
    ['no form', undefined, {}],
    ['a form that is a list', ['x'], {}],
    ['a form that is text', 'x', {}],
  ])('form values: %s', (_what, form_value, want) => {
    const incoming = read('card.action.trigger', clickEvent({ value, form_value }));
    expect(incoming.kind === 'click' ? incoming.form : null).toEqual(want);
  });
  it('a form cannot reach the prototype', () => {
    const event: unknown = JSON.parse(
      JSON.stringify(envelope('card.action.trigger', clickEvent({ value, form_value: { x: '1' } }))).replace(
        '"x":"1"',
        '"__proto__":{"polluted":"yes"},"constructor":"c"',
      ),
    );
    const incoming = parseEnvelope(event, known);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect(incoming.kind === 'click' ? incoming.form['polluted'] : 'not a click').toBeUndefined();
  });
  it('of nobody is ignored', () =>
    expect(read('card.action.trigger', clickEvent({ value }, { operator: {} }))).toMatchObject({ kind: 'ignored' }));
  it('outside a message still has its sender', () =>
    expect(read('card.action.trigger', clickEvent({ value }, { context: {} }))).toMatchObject({
      sender,
      messageId: '',
    }));
});

describe('other events', () => {
  const chat = { chat_id: 'oc_demo_group', operator_id: person('anna'), external: false, name: '第一支部' };
  const nameless = { ...chat, name: '', i18n_names: { zh_cn: '', en_us: 'First Branch' } };
  it.each([
    [
      'im.chat.member.bot.added_v1',
      chat,
      { kind: 'bot_added', sender, chat: { id: 'oc_demo_group', name: '第一支部' } },
    ],
    ['im.chat.member.bot.added_v1', nameless, { kind: 'bot_added', chat: { name: 'First Branch' } }],
    ['im.chat.member.bot.deleted_v1', chat, { kind: 'bot_removed', chat: { id: 'oc_demo_group' } }],
    ['im.chat.disbanded_v1', chat, { kind: 'bot_removed', chat: { id: 'oc_demo_group' } }],
    ['im.chat.disbanded_v1', { chat_id: 'oc_demo_group' }, { kind: 'bot_removed', sender: { userId: '' } }],
    ['im.chat.disbanded_v1', {}, { kind: 'ignored' }],
    [
      'im.chat.access_event.bot_p2p_chat_entered_v1',
      { chat_id: 'oc_p2p', operator_id: person('anna') },
      { kind: 'private_opened', sender, dedupeKeys: ['event:e7b1f0demo0001'] },
    ],
    ['im.chat.access_event.bot_p2p_chat_entered_v1', {}, { kind: 'ignored' }],
    [
      'application.bot.menu_v6',
      { operator: { operator_name: 'Anna', operator_id: person('anna') }, event_key: 'me', timestamp: 1791528900 },
      { kind: 'private_opened', sender },
    ],
    ['application.bot.menu_v6', { event_key: 'me' }, { kind: 'ignored' }],
    ['contact.user.updated_v3', {}, { kind: 'ignored' }],
    ['toString', {}, { kind: 'ignored' }],
  ])('%s', (type, event, want) => expect(read(type, event)).toMatchObject(want));
});

test.prop([fc.anything(), fc.constantFrom(...EVENT_TYPES)])('nothing makes the reader throw', (anything, type) => {
  expect(parseEnvelope(anything, known)).toHaveProperty('kind');
  expect(parseEnvelope(envelope(type, anything), known)).toHaveProperty('kind');
  const content = JSON.stringify(anything) ?? '';
  for (const message_type of ['text', 'post']) {
    const event = messageEvent('', [], { message_type, content, mentions: anything });
    expect(parseEnvelope(envelope('im.message.receive_v1', event), known)).toHaveProperty('kind');
  }
});
