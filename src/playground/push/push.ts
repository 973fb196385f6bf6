/**
 * Pushes to the bot. Events: acknowledged by HTTP 200 within 3 s, otherwise again after 15 s, 5 min, 1 h and 6 h of the playground's
 * clock. Callbacks: one attempt, the answer is the result (platform/lark.md §1.6, §2.2). Deadlines are real time.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { CHALLENGE_DEADLINE_MS, EVENT_RETRY_DELAYS_MS, PUSH_DEADLINE_MS } from '../../platform/lark/limits.ts';
import type { Context } from '../context.ts';
import type { Json } from '../world.ts';
import { type Attempt, post } from './post.ts';
import { encrypt, signatureHeaders } from './seal.ts';
import { writeJson } from './write-json.ts';

export type { Attempt } from './post.ts';

export interface Pusher {
  /** Resolves after the first attempt; further ones happen by themselves. */
  event(type: string, event: Json): Promise<Attempt>;
  callback(type: string, event: Json): Promise<Attempt>;
  /** What the console does when an address is saved: true when the challenge came back in time. */
  verify(url: string): Promise<boolean>;
  stop(): void;
}

export function createPusher(ctx: Context): Pusher {
  const { config, clock, faults, random, stats, world } = ctx;
  const stopped = new AbortController();

  const envelope = (type: string, event: Json, createTime: string): Json => ({
    schema: '2.0',
    header: {
      event_id: world.newId('ev'),
      token: config.verificationToken,
      create_time: createTime,
      event_type: type,
      tenant_key: world.tenantKey,
      app_id: config.appId,
    },
    event,
  });

  async function send(url: string, payload: Json, signed: boolean, deadlineMs: number): Promise<Attempt> {
    const inner = writeJson(payload, faults.json_style);
    const body =
      config.encryptKey === null ? inner : writeJson({ encrypt: encrypt(inner, config.encryptKey) }, faults.json_style);
    const proof = config.encryptKey !== null && signed ? signatureHeaders(body, config.encryptKey, clock.now()) : {};
    if (faults.push_latency_ms > 0) await sleep(random.int(0, faults.push_latency_ms));
    const headers = { 'content-type': 'application/json;charset=utf-8', ...proof };
    return post(url, { body, headers, deadlineMs, signal: stopped.signal });
  }

  async function attempt(type: string, payload: Json, number: number): Promise<Attempt> {
    const url = config.eventUrl;
    const result: Attempt =
      url === null ? { status: 0, error: 'no_url', body: '', ms: 0 } : await send(url, payload, true, PUSH_DEADLINE_MS);
    const delay = result.status === 200 || stopped.signal.aborted ? undefined : EVENT_RETRY_DELAYS_MS[number - 1];
    record(type, payload, result, number, delay);
    if (delay !== undefined) clock.after(delay, () => void attempt(type, payload, number + 1));
    return result;
  }

  function record(type: string, payload: Json, { status, error, ms }: Attempt, number: number, delay?: number) {
    const { event_id: id } = payload['header'] as { event_id: string };
    stats.delivered({ id, type, at: clock.now(), status, error, ms, attempt: number, nextInMs: delay ?? null });
  }

  function duplicate(type: string, payload: Json) {
    const again =
      random.chance(0.5) && type === 'im.message.receive_v1' // elsewhere the event id is all there is to tell a duplicate by
        ? { ...payload, header: { ...(payload['header'] as Json), event_id: world.newId('ev') } }
        : payload;
    clock.after(random.int(5, 500), () => void attempt(type, again, EVENT_RETRY_DELAYS_MS.length + 1));
  }

  return {
    async event(type, event) {
      const payload = envelope(type, event, String(clock.now()));
      if (random.chance(faults.reorder_events)) await sleep(random.int(0, faults.reorder_ms));
      const result = await attempt(type, payload, 1);
      if (random.chance(faults.duplicate_events)) duplicate(type, payload);
      return result;
    },
    async callback(type, event) {
      const payload = envelope(type, event, String(clock.now() * 1000)); // microseconds, unlike events
      const result: Attempt =
        config.callbackUrl === null
          ? { status: 0, error: 'no_url', body: '', ms: 0 }
          : await send(config.callbackUrl, payload, true, PUSH_DEADLINE_MS);
      record(type, payload, result, 1);
      return result;
    },
    async verify(url) {
      const challenge = world.newId('ev');
      const asked = { challenge, token: config.verificationToken, type: 'url_verification' };
      const { status, body } = await send(url, asked, false, CHALLENGE_DEADLINE_MS);
      try {
        return status === 200 && (JSON.parse(body) as Json)['challenge'] === challenge;
      } catch {
        return false; // not JSON: not an answer
      }
    },
    stop: () => stopped.abort(),
  };
}
