/**
 * What every chat platform must do, whatever it is called. A new one adds its folder, its fixtures and its case in
 * `platforms.test.ts`.
 */
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Action } from '../../src/action.ts';
import type { Card } from '../../src/card.ts';
import {
  type ChatPlatform,
  PLATFORM_NAMES,
  type RawRequest,
  SEND_FAILURES,
  type SendFailure,
} from '../../src/platform/platform.ts';
import { type ApiAnswer, type ApiRequest, startApi } from '../support/api-server.ts';

export interface PlatformCase {
  name: ChatPlatform['name'];
  /** The adapter, with its API at `apiBase`; `warn` collects what it logs. */
  make(apiBase: string, warn: (sentence: string) => void): ChatPlatform;
  /** Strings that must never show in a result, an error or a log. */
  secrets: readonly string[];
  /** The moment the requests below arrive, Unix ms. */
  now: number;
  /** A request as the platform sends it, authentic in every way. */
  request(payload: unknown): RawRequest;
  /** The header that proves authenticity. */
  proofHeader: string;
  /** Whether the proof covers the body; where it does not, the adapter's own tests say what stands in its place. */
  signsBody: boolean;
  payloads: {
    /** A form submitted by `user`, with `action` in the button named `buttonName`. */
    click: {
      payload: unknown;
      user: string;
      action: Action;
      buttonName: string;
      form: Record<string, string>;
      chat: string;
    };
    /** The same click with something else in its value. */
    forged: (value: unknown) => unknown;
    /** `/help me` typed in a group, the bot mentioned at some place. */
    messages: readonly { place: string; payload: unknown; user: string; chat: string }[];
    privateMessage: unknown;
    unknownEvent: unknown;
  };
  /** How the API answers when a token is asked for; null for every other request. */
  token(request: ApiRequest): ApiAnswer | null;
  /** How the API answers when a message is taken. */
  taken(request: ApiRequest): ApiAnswer;
  failures: readonly { what: string; answer: ApiAnswer; reason: SendFailure; retryAfterMs?: number }[];
}

const PRIVATE = 'PRIVATE-TEXT-OF-A-CARD';
const card: Card = { title: PRIVATE, tone: 'blue', blocks: [{ kind: 'text', text: PRIVATE, tone: 'normal' }] };
const NOWHERE = 'http://127.0.0.1:9';

export function platformContract(p: PlatformCase): void {
  const platform = () => p.make(NOWHERE, () => undefined);
  const receive = (request: RawRequest) => platform().receive(request);
  const read = (payload: unknown) => {
    const received = receive(p.request(payload));
    if (received.kind !== 'incoming') throw new Error(`not accepted: ${JSON.stringify(received)}`);
    return received.incoming;
  };
  const { click, forged, messages, privateMessage, unknownEvent } = p.payloads;

  describe(`platform contract: ${p.name}`, () => {
    it('has a known name and limits that can be paced by', () => {
      const { name, limits, appId, answerWithinMs } = platform();
      expect(answerWithinMs).toBeGreaterThan(500);
      expect(PLATFORM_NAMES).toContain(name);
      expect(name).toBe(p.name);
      expect(appId).not.toBe('');
      for (const limit of Object.values(limits)) expect(limit).toBeGreaterThan(0);
    });

    it.each([
      ['an authentic request', p.request(click.payload), 'incoming'],
      ...(p.signsBody ? [['a changed body', changed(p.request(click.payload)), 401] as const] : []),
      ['a wrong proof', withProof(p.request(click.payload), p.proofHeader, '0'.repeat(64)), 401],
      ['an empty proof', withProof(p.request(click.payload), p.proofHeader, ''), 401],
      ['no headers at all', { ...p.request(click.payload), headers: new Headers() }, 401],
      ['a click that is a day old', { ...p.request(click.payload), now: p.now + 24 * 3_600_000 }, 401],
      ['unsigned junk', { ...p.request('junk'), headers: new Headers() }, 401],
      ['authentic junk', p.request('junk'), 400],
    ] as const)('%s: %s', (_what, request, want) => {
      const received = receive(request);
      expect(received.kind === 'rejected' ? received.status : received.kind).toBe(want);
    });

    it('never throws on what a body holds, signed or not', () => {
      for (const body of ['', 'null', '[]', '{}', '"x"', '{"a":', '{"__proto__":{"x":1}}', '\u0000']) {
        expect(() => receive(p.request(body))).not.toThrow();
        expect(() => receive({ ...p.request(body), headers: new Headers() })).not.toThrow();
      }
    });
    it('ignores an event it does not know', () => expect(read(unknownEvent)).toMatchObject({ kind: 'ignored' }));

    it('reads a click', () => {
      const incoming = read(click.payload);
      expect(incoming).toMatchObject({
        kind: 'click',
        sender: { platform: p.name, appId: platform().appId, userId: click.user },
        chat: { id: click.chat },
        action: click.action,
        buttonName: click.buttonName,
        form: click.form,
      });
      expect(incoming.kind === 'click' && incoming.dedupeKeys.length > 0 && incoming.messageId !== '').toBe(true);
    });
    it('gives a repeated delivery the same keys', () => {
      const keys = () => {
        const incoming = read(click.payload);
        return incoming.kind === 'click' ? incoming.dedupeKeys : [];
      };
      expect(keys()).toEqual(keys());
    });
    it.each([
      ['of another kind', { a: 'make_me_admin' }],
      ['with parts missing', { a: 'ballot_cast' }],
      ['with a part of another type', { ...click.action, r: 7 }],
      ['that is empty', {}],
    ])('makes nothing of a value %s', (_what, value) =>
      expect(read(forged(value))).toMatchObject({ kind: 'click', action: null }),
    );

    it.each(messages)('understands a mention $place', ({ payload, user, chat }) =>
      expect(read(payload)).toMatchObject({
        kind: 'message',
        sender: { platform: p.name, userId: user },
        chat: { id: chat, type: 'group' },
        text: '/help me',
        mentions: [],
      }),
    );
    it('tells a private chat from a group', () =>
      expect(read(privateMessage)).toMatchObject({ kind: 'message', chat: { type: 'private' } }));

    it('answers a click with plain JSON', () => {
      expect(platform().answer({})).toEqual({});
      const answer = platform().answer({ toast: { type: 'success', text: 'done' }, card });
      expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
      expect(JSON.stringify(answer)).toContain('done');
    });

    it('sends, and says under which id', async () => {
      const { result } = await sending((request) => p.taken(request));
      expect(result).toEqual({ ok: true, messageId: expect.stringMatching(/./) as string });
    });
    it.each(p.failures)('when the API says $what: $reason', async ({ answer, reason, retryAfterMs }) => {
      const { result, logged } = await sending(() => answer);
      expect(result).toMatchObject({ ok: false, reason, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
      for (const secret of [...p.secrets, PRIVATE]) {
        expect(inspect(result, { depth: 10 })).not.toContain(secret);
        expect(logged.join('\n')).not.toContain(secret);
      }
    });
    it('knows both kinds of failure', () => {
      const kinds = new Set(p.failures.map(({ reason }) => SEND_FAILURES[reason]));
      expect([...kinds].toSorted()).toEqual(['final', 'retry']);
    });
    it('throws nothing secret when nobody answers', async () => {
      const error: unknown = await platform()
        .self()
        .catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'platform_failed' });
      for (const secret of p.secrets) expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(secret);
    });
    it('closes, also when it was never used', async () => expect(await platform().close()).toBeUndefined());
  });

  async function sending(answer: (request: ApiRequest) => ApiAnswer) {
    const logged: string[] = [];
    const api = await startApi((request) => p.token(request) ?? answer(request));
    try {
      const outgoing = {
        to: { kind: 'person', userId: 'somebody' },
        content: { kind: 'card', card },
        idempotencyKey: 'k',
      } as const;
      const result = await p.make(api.url, (sentence) => logged.push(sentence)).send(outgoing);
      return { result, logged };
    } finally {
      await api.close();
    }
  }
}

const changed = (request: RawRequest): RawRequest => ({
  ...request,
  rawBody: Buffer.concat([request.rawBody, Buffer.from(' ')]),
});
function withProof(request: RawRequest, name: string, value: string): RawRequest {
  const headers = new Headers(request.headers);
  headers.set(name, value);
  return { ...request, headers };
}
