/**
 * Pushes to the bot on DingTalk, over HTTP or Stream. A robot message has 2.5 s, a click 2 s; neither is repeated over HTTP
 * (platform/dingtalk.md §1.2, §2.7). Deadlines are real time.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { CLICK_DEADLINE_MS, MESSAGE_DEADLINE_MS } from '../../../platform/dingtalk/limits.ts';
import type { Context } from '../../context.ts';
import { type Attempt, post } from '../../push/post.ts';
import { writeJson } from '../../push/write-json.ts';
import type { Json } from '../../tenant.ts';
import type { DingTalkApp } from '../app.ts';
import type { Callbacks } from '../card/callbacks.ts';
import type { CardInstance } from '../card/instance.ts';
import type { Quota } from '../quota.ts';
import { clickHeaders, messageHeaders } from './seal.ts';
import { type Stream, TOPICS } from './stream.ts';

/** `no_quota`: the month's pushes are used up. */
export type Pushed = Omit<Attempt, 'error'> & { error: Attempt['error'] | 'no_quota' };
export interface DingTalkPusher {
  message(message: Json): Promise<Attempt>;
  /** `where` only stands in what goes over Stream. */
  click(card: CardInstance, body: Json, where: Json): Promise<Pushed>;
  stop(): void;
}

const STREAM_DEADLINE_MS = 3_000;
const nothing = (error: Attempt['error']): Attempt => ({ status: 0, error, body: '', ms: 0 });

export function createPusher(
  app: DingTalkApp,
  ctx: Context,
  { callbacks, quota, stream }: { callbacks: Callbacks; quota: Quota; stream: Stream },
): DingTalkPusher {
  const { clock, faults, random, stats } = ctx;
  const { switches } = app;
  const stopped = new AbortController();

  async function overHttp(url: string, payload: Json, proof: () => Record<string, string>, deadlineMs: number) {
    const body = writeJson(payload, faults.json_style);
    if (faults.push_latency_ms > 0) await sleep(random.int(0, faults.push_latency_ms));
    const headers = { 'content-type': 'application/json; charset=utf-8', ...proof() };
    return post(url, { body, headers, deadlineMs, signal: stopped.signal });
  }
  async function overStream(topic: (typeof TOPICS)['message' | 'click'], data: Json, deadlineMs: number) {
    const started = performance.now();
    if (stream.size() === 0) return nothing('no_url');
    const answer = await stream.push(topic, data, { deadlineMs, again: topic === TOPICS.message });
    const ms = Math.round(performance.now() - started);
    return answer === null
      ? { ...nothing('timeout'), ms }
      : { status: answer.code, error: null, body: JSON.stringify(answer.response ?? {}), ms };
  }
  function record(id: string, type: string, { status, error, ms }: Attempt, attempt: number): void {
    stats.delivered({ id, type, at: clock.now(), status, error, ms, attempt, nextInMs: null });
  }

  async function sendMessage(message: Json, attempt: number): Promise<Attempt> {
    const url = app.messageUrl;
    const proof = () => messageHeaders(app.clientSecret, clock.now());
    const result =
      app.receive === 'stream'
        ? await overStream(TOPICS.message, message, STREAM_DEADLINE_MS)
        : url === null
          ? nothing('no_url')
          : await overHttp(url, message, proof, MESSAGE_DEADLINE_MS);
    record(String(message['msgId']), 'dingtalk.message', result, attempt);
    return result;
  }
  async function sendClick(card: CardInstance, body: Json, where: Json, attempt: number): Promise<Attempt> {
    const route = callbacks.find(card.routeKey);
    const proof = () => clickHeaders(route?.apiSecret ?? '', clock.now());
    const result =
      card.callbackType === 'STREAM'
        ? await overStream(TOPICS.click, { ...body, ...where }, CLICK_DEADLINE_MS)
        : route === undefined || card.callbackType === null
          ? nothing('no_url')
          : await overHttp(route.callbackUrl, body, proof, CLICK_DEADLINE_MS);
    record(card.outTrackId, 'dingtalk.card', result, attempt);
    return result;
  }

  return {
    async message(message) {
      if (random.chance(faults.reorder_events)) await sleep(random.int(0, faults.reorder_ms));
      const enough = !switches.no_pushes && quota.take('pushes');
      // The platform still says that something came, but not what.
      const { text: _, ...rest } = message;
      const told = enough
        ? message
        : { ...rest, errorCode: 20001, errorMessage: 'the pushes of this month are used up' };
      const result = await sendMessage(told, 1);
      if (random.chance(faults.duplicate_events)) clock.after(random.int(5, 500), () => void sendMessage(told, 2));
      return result;
    },
    async click(card, body, where) {
      if (switches.no_pushes || !quota.take('pushes')) return { ...nothing(null), error: 'no_quota' };
      const result = await sendClick(card, body, where, 1);
      if (random.chance(switches.duplicate_clicks)) await sendClick(card, body, where, 2);
      return result;
    },
    stop: () => stopped.abort(),
  };
}
