/**
 * Stream mode: a connection that we open, for hosts without a public address (platform/dingtalk.md §1.4). A client of our own on Node's
 * WebSocket, because the official one reconnects in storms, cannot be stopped and loses messages around a disconnect (§1.5). A frame is
 * acknowledged when what it asked for is committed, so that DingTalk repeats whatever was not.
 */
import { z } from 'zod';
import { TenstarError } from '../../errors.ts';
import type { DingTalkConfig } from './config.ts';
import { acknowledge, CARD_TOPIC, dataOf, type Frame, MESSAGE_TOPIC, readFrame } from './frame.ts';
import { callApi } from './http.ts';
import { STREAM_GOODBYE_MS, STREAM_QUIET_MS } from './limits.ts';
import { createUnderWay } from './under-way.ts';

export interface StreamConnection {
  /** Settles when a connection stands for the first time, is refused for good, or is closed. */
  ready: Promise<void>;
  close(): void;
}
export interface StreamDeps {
  log: { warn(sentence: string): void };
  /** @returns the answer to a click, null for everything else */
  handle: (
    kind: 'message' | 'click',
    body: Readonly<Record<string, unknown>>,
    messageId: string,
  ) => Promise<Record<string, unknown> | null>;
  times?: Partial<StreamTimes>;
}
interface StreamTimes {
  connectMs: number;
  firstWaitMs: number;
  longestWaitMs: number;
  quietMs: number;
  /** Longest that a replaced connection is kept for answers under way. */
  goodbyeMs: number;
}

const TIMES: StreamTimes = {
  connectMs: 10_000,
  firstWaitMs: 1_000,
  longestWaitMs: 60_000,
  quietMs: STREAM_QUIET_MS,
  goodbyeMs: STREAM_GOODBYE_MS,
};
const openAnswer = z.object({ endpoint: z.string().regex(/^wss?:\/\//), ticket: z.string().min(1) });
/** Statuses that no later try makes better: id, secret or the mode of the app. */
const REFUSED = new Set([400, 401, 403, 404]);
const PASSING_REFUSAL = /qps|qpm|busy|limit/i;

class Refused extends Error {}

export function openStream(config: DingTalkConfig, { log, handle, times: given = {} }: StreamDeps): StreamConnection {
  const times = { ...TIMES, ...given };
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>();
  const sockets = new Set<WebSocket>();
  const underWay = createUnderWay();
  let current: WebSocket | null = null;
  let lastHeard = Date.now();
  let failures = 0;
  let connecting = false;
  let stood = false;
  let closed = false;
  let again: NodeJS.Timeout | undefined;
  const watch = setInterval(
    () => {
      if (current === null || connecting || Date.now() - lastHeard < times.quietMs) return;
      log.warn('dingtalk: the stream is silent; opening another');
      void connect();
    },
    Math.max(10, times.quietMs / 4),
  );
  watch.unref();

  async function ticket(): Promise<string> {
    const subscriptions = [MESSAGE_TOPIC, CARD_TOPIC].map((topic) => ({ type: 'CALLBACK', topic }));
    const json = { clientId: config.clientId, clientSecret: config.clientSecret, ua: 'tenstar/1', subscriptions };
    const result = await callApi({
      method: 'POST',
      url: `${config.apiBase}/v1.0/gateway/connections/open`,
      json,
      timeoutMs: times.connectMs,
    });
    if (!result.ok) {
      const { status, code } = result.refusal;
      throw REFUSED.has(status) && !PASSING_REFUSAL.test(code) ? new Refused('refused') : new Error('no ticket');
    }
    const answer = openAnswer.safeParse(result.body);
    if (!answer.success) throw new Error('no ticket');
    return `${answer.data.endpoint}?ticket=${encodeURIComponent(answer.data.ticket)}`;
  }

  /** Opens a connection beside the one that stands, which is closed when the new one has taken over and its answers are out. */
  async function connect(): Promise<void> {
    if (connecting || closed) return;
    connecting = true;
    clearTimeout(again);
    try {
      const socket = await opened(await ticket());
      if (closed) {
        socket.close();
        return;
      }
      const before = current;
      current = socket;
      lastHeard = Date.now();
      failures = 0;
      stood = true;
      resolve();
      if (before !== null) underWay.leave(before, times.goodbyeMs);
    } catch (error) {
      failed(error instanceof Refused);
    } finally {
      connecting = false;
    }
  }
  function failed(refused: boolean): void {
    if (closed) return;
    if (refused && !stood) {
      reject(
        new TenstarError(
          'platform_failed',
          'DingTalk refuses the stream: check DINGTALK_CLIENT_ID, DINGTALK_CLIENT_SECRET and that the robot receives by Stream.',
        ),
      );
      close();
      return;
    }
    failures += 1;
    const wait = Math.min(times.longestWaitMs, times.firstWaitMs * 2 ** Math.min(16, failures - 1));
    if (failures === 1) log.warn('dingtalk: the stream could not be opened; trying again');
    again = setTimeout(() => void connect(), wait / 2 + Math.random() * (wait / 2));
  }

  function opened(address: string): Promise<WebSocket> {
    const socket = new WebSocket(address);
    sockets.add(socket);
    socket.addEventListener('message', (event) => void underWay.work(socket, () => onFrame(socket, event.data)));
    socket.addEventListener('close', () => {
      sockets.delete(socket);
      underWay.forget(socket);
      if (current !== socket) return;
      current = null;
      void connect();
    });
    return new Promise((done, fail) => {
      const timer = setTimeout(() => {
        socket.close();
        fail(new Error('no connection'));
      }, times.connectMs);
      socket.addEventListener('open', () => {
        clearTimeout(timer);
        done(socket);
      });
      socket.addEventListener('error', () => {
        clearTimeout(timer);
        fail(new Error('no connection'));
      });
    });
  }

  async function onFrame(socket: WebSocket, text: unknown): Promise<void> {
    const replaced = current !== null && current !== socket; // kept only until its answers are out
    if (!replaced) lastHeard = Date.now();
    const frame = readFrame(text);
    if (frame === null) return;
    const { type, headers } = frame;
    if (type === 'SYSTEM' && headers.topic === 'ping') send(socket, acknowledge(frame, frame.data));
    else if (type === 'SYSTEM' && headers.topic === 'disconnect') {
      if (!replaced) void connect();
    } else if (type === 'EVENT') send(socket, acknowledge(frame, '{"status":"SUCCESS"}'));
    else if (type === 'CALLBACK') send(socket, await onCallback(frame));
  }
  async function onCallback(frame: Frame): Promise<string> {
    const { topic, messageId } = frame.headers;
    const body = dataOf(frame);
    if (body === null || (topic !== MESSAGE_TOPIC && topic !== CARD_TOPIC))
      return acknowledge(frame, '{"response":{}}', topic === MESSAGE_TOPIC || topic === CARD_TOPIC ? 400 : 404);
    try {
      const answer = await handle(topic === CARD_TOPIC ? 'click' : 'message', body, messageId);
      return acknowledge(frame, JSON.stringify({ response: answer ?? {} }));
    } catch {
      log.warn('dingtalk: a push could not be handled; DingTalk sends it again');
      return acknowledge(frame, '{"response":{}}', 500);
    }
  }
  function send(socket: WebSocket, text: string): void {
    if (socket.readyState === WebSocket.OPEN) socket.send(text);
    else if (!closed) log.warn('dingtalk: a connection ended before everything that came by it was answered');
  }

  function close(): void {
    closed = true;
    clearTimeout(again);
    clearInterval(watch);
    for (const socket of sockets) socket.close();
    resolve();
  }
  void connect();
  return { ready, close };
}
