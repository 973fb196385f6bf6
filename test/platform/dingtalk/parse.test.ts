import { fc, test } from '@fast-check/vitest';
import { describe, expect, it, vi } from 'vitest';
import { readCardData, callbackContent } from '../../../src/platform/dingtalk/card-data.ts';
import { parseClick, templateVersion } from '../../../src/platform/dingtalk/click.ts';
import { SAME_CLICK_MS } from '../../../src/platform/dingtalk/limits.ts';
import { parseMessage } from '../../../src/platform/dingtalk/message.ts';
import { renderCard } from '../../../src/platform/dingtalk/render.ts';
import {
  isMadeWith,
  privateChat,
  recipientOf,
  recipientOfTrack,
  trackId,
} from '../../../src/platform/dingtalk/track.ts';
import { cardClick, GROUP, NOW, robotMessage } from '../../support/dingtalk-push.ts';
import { WORST_CARDS } from '../../support/worst-cards.ts';

const TEMPLATE = '11111111-2222-3333-4444-555555555555.schema';
const APP = 'dingdemoclientid';
const message = (over: Record<string, unknown> = {}) => parseMessage(robotMessage(over), APP);
const context = { appId: APP, now: NOW, delivery: 'd1', secret: 'k' };
const click = (params: Record<string, unknown>, over: Record<string, unknown> = {}) =>
  parseClick(cardClick(params, over), context);

describe('robot messages', () => {
  it('in a group', () =>
    expect(message()).toEqual({
      kind: 'message',
      dedupeKeys: ['message:msgDemo0001=='],
      sender: { platform: 'dingtalk', appId: APP, userId: 'u-anna' },
      chat: { id: GROUP, type: 'group', name: '某某支部' },
      text: '/help me',
      mentions: [],
    }));
  it('in private, the chat is the person: DingTalk has no other address of it', () =>
    expect(message({ conversationType: '1', conversationTitle: undefined })).toMatchObject({
      chat: { id: 'user:u-anna', type: 'private' },
    }));
  it('a conversation of an unknown type counts as a group', () =>
    expect(message({ conversationType: '9' })).toMatchObject({ chat: { type: 'group' } }));
  it.each([
    ['/help me', '/help me'],
    [' ／help　me ', '/help me'],
    ['@Tenstar /help  me', '/help me'],
    ['@Tenstar @李 /help me', '/help me'],
    ['a\r\nb', 'a\nb'],
    ['me@example.com /x', 'me@example.com /x'],
    ['@Tenstar hello', '@Tenstar hello'],
  ])('text %j', (content, text) => expect(message({ text: { content } })).toMatchObject({ text }));
  it('formatted text', () =>
    expect(
      message({
        msgtype: 'richText',
        text: undefined,
        content: { richText: [{ text: ' /help' }, { type: 'picture' }, { text: ' me' }] },
      }),
    ).toMatchObject({ text: '/help me' }));
  it('text under the other name', () =>
    expect(message({ text: undefined, content: '/help me' })).toMatchObject({ text: '/help me' }));
  it('people mentioned, without the bot and without those who have no user id', () =>
    expect(
      message({
        atUsers: [
          { dingtalkId: '$:LWCP_v1:$demoBot', staffId: 'bot' },
          { dingtalkId: 'x', staffId: 'u-li' },
          { dingtalkId: 'y' },
          7,
        ],
      }),
    ).toMatchObject({ mentions: [{ userId: 'u-li', name: '' }] }));
  it.each([
    ['a picture', { msgtype: 'picture', content: { downloadCode: 'x' }, text: undefined }],
    ['no text', { text: undefined }],
    ['no id', { msgId: undefined }],
    ['no chat', { conversationId: '' }],
  ])('%s is ignored', (_what, over) => expect(message(over)).toMatchObject({ kind: 'ignored' }));
  it('what the operator should know is said', () => {
    const concern = vi.fn<(what: string, reply?: object) => void>();
    parseMessage(robotMessage({ senderStaffId: undefined }), APP, concern);
    parseMessage({ errorCode: 20001, errorMessage: 'quota' }, APP, concern);
    parseMessage({ errCode: '20001' }, APP, concern);
    const { sessionWebhook: url, sessionWebhookExpiredTime: until } = robotMessage();
    expect(concern.mock.calls).toEqual([['no_user_id', { url, until, chat: GROUP }], ['quota'], ['quota']]);
  });
  test.prop([fc.jsonValue()])('anything else is ignored without an exception', (value) => {
    expect(parseMessage({ value } as Record<string, unknown>, APP).kind).toBe('ignored');
    expect(() => parseMessage(robotMessage({ text: value, atUsers: value, content: value }), APP)).not.toThrow();
  });
});

describe('card callbacks', () => {
  const act = '{"a":"ballot_next","d":"c2VhbGVk"}';
  const action = { a: 'ballot_next', r: 'rv_demo', d: 'c2VhbGVk' };
  it.each([
    ['as text', { act, state: '{"r":"rv_demo"}' }],
    ['as objects', { act: JSON.parse(act) as unknown, state: { r: 'rv_demo' } }],
  ])('the action, %s', (_what, params) =>
    expect(click(params)).toMatchObject({
      kind: 'click',
      action,
      buttonName: 'ballot_next',
      chat: { id: 'user:u-anna' },
      sender: { userId: 'u-anna' },
    }),
  );
  it('parameters beside the private data, under the other name', () =>
    expect(
      parseClick(
        {
          ...cardClick({}),
          content: undefined,
          value: JSON.stringify({ cardPrivateData: { actionIds: ['go'] }, params: { act, state: '{"r":"rv_demo"}' } }),
        },
        context,
      ),
    ).toMatchObject({ action, buttonName: 'go' }));
  it('in a group', () =>
    expect(click({}, { outTrackId: trackId({ kind: 'chat', chatId: GROUP }, 'k1', TEMPLATE) })).toMatchObject({
      chat: { id: GROUP },
    }));
  it('values of a form', () =>
    expect(
      click({
        form: {
          a: '7',
          b: 8,
          c: { index: 1, value: '9' },
          d: ['x', 'y'],
          e: true,
          f: '',
          g: null,
          _text_1: 'read only',
          h: ' １０ ',
          i: 'Ｘ',
          j: '１２３４５',
          k: 'ａb',
        },
      }),
    ).toMatchObject({
      form: { a: '7', b: '8', c: '9', d: 'x,y', e: 'true', h: '10', i: 'x', j: '１２３４５', k: 'ａb' },
    }));
  it('values of a form as text', () => expect(click({ form: '{"a":"7"}' })).toMatchObject({ form: { a: '7' } }));
  it.each([
    ['another card', { outTrackId: 'weather-1' }],
    ['nobody', { userId: '' }],
    ['the card of another person', { userId: 'u-li' }],
    ['no card', { outTrackId: undefined }],
  ])('%s is ignored', (_what, over) => expect(click({}, over)).toMatchObject({ kind: 'ignored' }));
  it.each([{ act: '{"a":"make_me_admin"}' }, { act: '[]' }, { act: 'x' }, {}])('%j is no action of ours', (params) =>
    expect(click(params)).toMatchObject({ action: null }),
  );

  const keys = (
    over: Partial<typeof context> = {},
    params: Record<string, unknown> = { act },
    card: Record<string, unknown> = {},
  ) => {
    const incoming = parseClick(cardClick(params, card), { ...context, ...over });
    return incoming.kind === 'click' ? incoming.dedupeKeys : [];
  };
  const shares = (a: readonly string[], b: readonly string[]) => a.some((key) => b.includes(key));
  it.each([
    ['the same push again', {}, {}, {}, true],
    ['the same push an hour later', { now: NOW + 3_600_000 }, {}, {}, true],
    ['the same click, delivered anew at once', { delivery: 'd2', now: NOW + 1 }, {}, {}, true],
    ['the same click after a while', { delivery: 'd2', now: NOW + 2 * SAME_CLICK_MS }, {}, {}, false],
    ['another state of the card', { delivery: 'd2' }, { act, rev: '2' }, {}, false],
    ['another card', { delivery: 'd2' }, { act }, { outTrackId: 'p.u-anna.2' }, false],
  ])('%s', (_what, over, params, card, same) =>
    expect(shares(keys(), keys(over, Object.keys(params).length === 0 ? { act } : params, card))).toBe(same),
  );
  it('two taps with a boundary of the clock between them are the same', () => {
    const boundary = Math.ceil(NOW / SAME_CLICK_MS) * SAME_CLICK_MS;
    expect(shares(keys({ now: boundary - 1 }), keys({ now: boundary, delivery: 'd2' }))).toBe(true);
  });
  it('keys tell nothing of what was clicked', () => expect(keys().join()).not.toMatch(/anna|ballot|c2Vh/));

  it.each(WORST_CARDS)('every button of "%s" comes back as its action', (_what, card) => {
    const data = renderCard(card, 'r1');
    const view = readCardData(data);
    const buttons = card.blocks.flatMap((block) => ('buttons' in block ? block.buttons : []));
    for (const pressed of [...view.formButtons, ...view.sections.flatMap((section) => section.buttons)].filter(
      ({ act: own }) => own !== undefined,
    )) {
      const incoming = parseClick({ ...cardClick({}), content: callbackContent(view, pressed, {}) }, context);
      expect(incoming).toMatchObject({
        action: buttons.find(({ name }) => name === pressed.id)?.action,
        buttonName: pressed.id,
      });
    }
  });
  test.prop([fc.jsonValue(), fc.string()])('whatever the content, nothing is thrown', (value, text) => {
    for (const content of [text, JSON.stringify(value)])
      expect(() => parseClick(cardClick({}, { content }), context)).not.toThrow();
    expect(() => click({ act: value, state: value, form: value })).not.toThrow();
  });
});

describe('the template that drew a card', () => {
  it.each([
    ['a version', { tv: '2', rev: 'r1' }, 2],
    ['a version to come', { tv: 3 }, 3],
    ['version 1, which has no number', { rev: 'r1', act: '{}' }, 1],
    ['another one', { agree: 'true' }, 0],
    ['another one, without parameters', {}, 0],
    ['another one that has a tv of its own', { tv: 'on', rev: 'r' }, 0],
  ])('%s', (_what, params, version) => expect(templateVersion(cardClick(params))).toBe(version));
  it('is unknown of what is no click', () => expect(templateVersion({})).toBeNull());
});

describe('out-track ids', () => {
  test.prop([fc.string({ minLength: 1, maxLength: 24 })])('name the chat', (chatId) => {
    fc.pre(!chatId.startsWith('user:'));
    const id = trackId({ kind: 'chat', chatId }, 'k', TEMPLATE);
    if (id !== null) expect(recipientOfTrack(id)).toEqual({ kind: 'chat', chatId });
  });
  it('a private chat is the person', () => {
    expect(recipientOf({ kind: 'chat', chatId: privateChat('u-1') })).toEqual({ kind: 'person', userId: 'u-1' });
    for (const userId of ['u-1', 'a.b@c-d_e', 'u'.repeat(64)])
      expect(
        recipientOfTrack(trackId({ kind: 'person', userId }, '0199b3c2-aaaa-7bbb-8ccc-0123456789ab', TEMPLATE) ?? ''),
      ).toEqual({ kind: 'person', userId });
  });
  it('are never too long', () =>
    expect(
      trackId({ kind: 'chat', chatId: 'c'.repeat(80) }, '0199b3c2-aaaa-7bbb-8ccc-0123456789ab', TEMPLATE),
    ).toBeNull());
  it('tell which template the card was made with, where there is room; older ids tell nothing', () => {
    const id = trackId({ kind: 'person', userId: 'u-1' }, 'k', TEMPLATE) ?? '';
    expect([isMadeWith(id, TEMPLATE), isMadeWith(id, 'other.schema')]).toEqual([true, false]);
    expect(isMadeWith('p.u-1.k', TEMPLATE)).toBe(false);
    const long = trackId({ kind: 'chat', chatId: 'c'.repeat(73) }, '0199b3c2-aaaa-7bbb-8ccc-0123456789ab', TEMPLATE);
    expect(long?.length).toBeLessThanOrEqual(100);
    expect(isMadeWith(long ?? '', TEMPLATE)).toBe(false);
  });
});
