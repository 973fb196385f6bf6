/**
 * Where a platform delivers events and clicks: read, check, hand over, answer. The answer goes out after what was asked is
 * committed, so that the platform repeats whatever was not.
 */
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { Log } from '../log.ts';
import type { ChatPlatform, Received } from '../platform/platform.ts';
import type { Dispatcher } from '../usecases/dispatch.ts';
import { MAX_BODY_BYTES, readBody } from './body.ts';
import { errorAnswer, jsonAnswer } from './json-answer.ts';
import type { Metrics, PushResult } from './metrics.ts';

export interface PushDeps {
  platform: Pick<ChatPlatform, 'name' | 'receive' | 'answer'>;
  dispatcher: Dispatcher;
  metrics: Pick<Metrics, 'push'>;
  log: Pick<Log, 'warn'>;
  /** Unix ms. */
  now: () => number;
}
export type HttpEnv = { Bindings: HttpBindings };

/** Refusals are counted in the metrics; the log names one in this time, so that nobody can fill a disk with them. */
const LOG_EVERY_MS = 10_000;

/** A handler for every address a platform delivers to; events and clicks tell themselves apart. */
export function pushRoute({
  platform,
  dispatcher,
  metrics,
  log,
  now,
}: PushDeps): (c: Context<HttpEnv>) => Promise<Response> {
  let silentUntil = 0;
  const refuse = (status: 400 | 401 | 413, why: string): Response => {
    if (now() >= silentUntil) {
      silentUntil = now() + LOG_EVERY_MS;
      log.warn({ platform: platform.name, status, why }, 'a delivery was refused');
    }
    return errorAnswer(status, why);
  };

  async function answer(received: Received): Promise<Response> {
    if (received.kind === 'rejected') return refuse(received.status, received.why);
    if (received.kind === 'challenge') return jsonAnswer(200, received.reply);
    const clickAnswer = await dispatcher.handle(received.incoming);
    if (clickAnswer === null) return jsonAnswer(200, {});
    const { incoming } = received;
    return jsonAnswer(200, platform.answer(clickAnswer, incoming.kind === 'click' ? incoming : undefined));
  }

  return async (c) => {
    const started = performance.now();
    let kind = 'unknown';
    let result: PushResult = 'failed';
    try {
      const body = await readBody(c.env.incoming, MAX_BODY_BYTES);
      if (body.kind === 'bytes') {
        const received = platform.receive({ headers: c.req.raw.headers, rawBody: body.bytes, now: now() });
        kind =
          received.kind === 'incoming'
            ? received.incoming.kind
            : received.kind === 'challenge'
              ? 'challenge'
              : 'unknown';
        const response = await answer(received);
        result = received.kind === 'rejected' ? (received.status === 401 ? 'unauthorised' : 'junk') : 'ok';
        return response;
      }
      result = body.kind;
      return body.kind === 'too_large'
        ? refuse(413, `larger than ${MAX_BODY_BYTES / 1024} KiB`)
        : errorAnswer(400, 'the body ended early');
    } finally {
      metrics.push(platform.name, kind, result, (performance.now() - started) / 1000);
    }
  };
}
