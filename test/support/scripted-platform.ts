/** A chat platform inside the test, with the behaviour of platform/lark.md §4.2 and §4.10: keys, windows, faults. */
import type { ChatPlatform, Outgoing, SendResult } from '../../src/platform/platform.ts';

export type Fault = 'limited' | 'server_error' | 'lost_before' | 'lost_after';
export interface ScriptedPlatform extends ChatPlatform {
  /** Messages as they arrived, each key once. */
  readonly arrived: { key: string; to: string; at: number; text: string }[];
  /** Requests that came too fast for one of the windows. */
  readonly tooFast: number;
  readonly requests: number;
}

const recipientOf = ({ to }: Outgoing): string => (to.kind === 'chat' ? to.chatId : to.userId);
const textOf = ({ content }: Outgoing): string => (content.kind === 'card' ? content.card.title : content.name);

export function scriptedPlatform(p: {
  limits: ChatPlatform['limits'];
  /** The limits enforced, when they differ from the published ones. */
  enforced?: ChatPlatform['limits'];
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  /** On the way there and on the way back, ms. */
  latencyMs?: () => number;
  fault?: (message: Outgoing, request: number) => Fault | SendResult | null;
  dedupeMs?: number;
}): ScriptedPlatform {
  const limits = p.enforced ?? p.limits;
  const arrivals: number[] = [];
  const perRecipient = new Map<string, number[]>();
  const keys = new Map<string, { messageId: string; at: number }>();
  const arrived: ScriptedPlatform['arrived'] = [];
  let tooFast = 0;
  let requests = 0;

  function windowFull(list: readonly number[], limit: number, windowMs: number): boolean {
    const oldest = list.at(-limit);
    return oldest !== undefined && oldest > p.now() - windowMs;
  }
  function limited(to: string): SendResult | null {
    const mine = perRecipient.get(to) ?? [];
    const app = windowFull(arrivals, limits.perMinute, 60_000) || windowFull(arrivals, limits.perSecond, 1_000);
    const own = windowFull(mine, limits.perRecipientPerSecond, 1_000);
    if (app || own) {
      tooFast += 1;
      return {
        ok: false,
        reason: 'rate_limited',
        code: app ? '99991400' : '230020',
        ...(app ? { retryAfterMs: 1_000 } : {}),
      };
    }
    arrivals.push(p.now());
    perRecipient.set(to, [...mine.slice(-limits.perRecipientPerSecond), p.now()]);
    return null;
  }
  function store(message: Outgoing): SendResult {
    const known = keys.get(message.idempotencyKey);
    if (known && p.now() - known.at < (p.dedupeMs ?? 3_600_000)) return { ok: true, messageId: known.messageId };
    const messageId = `om_${arrived.length}`;
    keys.set(message.idempotencyKey, { messageId, at: p.now() });
    arrived.push({ key: message.idempotencyKey, to: recipientOf(message), at: p.now(), text: textOf(message) });
    return { ok: true, messageId };
  }
  async function answer(message: Outgoing): Promise<SendResult> {
    const fault = p.fault?.(message, requests) ?? null;
    requests += 1;
    if (fault === 'limited') return { ok: false, reason: 'rate_limited', code: '99991400', retryAfterMs: 1_000 };
    if (fault === 'server_error') return { ok: false, reason: 'unreachable', code: '500' };
    if (fault === 'lost_before') return { ok: false, reason: 'unreachable', code: 'ECONNRESET' };
    if (fault !== null && fault !== 'lost_after') return fault;
    const refused = limited(recipientOf(message));
    if (refused) return refused;
    const stored = store(message);
    return fault === 'lost_after' ? { ok: false, reason: 'unreachable', code: 'timeout' } : stored;
  }

  return {
    name: 'lark',
    appId: 'cli_test',
    limits: p.limits,
    answerWithinMs: 1_000,
    receive: () => ({ kind: 'rejected', status: 401, why: 'test' }),
    answer: () => ({}),
    async send(message) {
      await p.sleep(p.latencyMs?.() ?? 1);
      const result = await answer(message);
      await p.sleep(p.latencyMs?.() ?? 1);
      return result;
    },
    update: () => Promise.resolve({ ok: false, reason: 'bad_request', code: 'test' }),
    findByMobile: () => Promise.resolve(new Map()),
    self: () => Promise.resolve({ name: 'test', userId: 'bot' }),
    chats: () => Promise.resolve([]),
    close: () => Promise.resolve(),
    arrived,
    get tooFast() {
      return tooFast;
    },
    get requests() {
      return requests;
    },
  };
}
