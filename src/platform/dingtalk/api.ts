/** The one way to DingTalk's API: the token, one more try with a fresh one, counting, and what an answer means. */
import { z } from 'zod';
import type { SendFailure, SendResult } from '../platform.ts';
import { createTokenSource } from '../token-source.ts';
import type { DingTalkConfig } from './config.ts';
import type { Deadline } from './deadline.ts';
import { type DingTalkRefusal, failureOf, isTokenRefusal, noAnswer } from './errors.ts';
import { type ApiCall, callApi } from './http.ts';

export type Failed = Extract<SendResult, { ok: false }>;
export interface ApiFailure extends Failed {
  /** Whether it may have been done all the same. */
  uncertain: boolean;
  /** What DingTalk said, if it said anything. */
  refusal?: DingTalkRefusal;
}
export type Outcome<T> = { ok: true; value: T } | ApiFailure;

type Request = Omit<ApiCall, 'url' | 'timeoutMs' | 'headers'> & {
  path: string;
  /** On the old host, where the token is a query parameter. */
  old?: boolean;
  /** Not counted towards the month (platform/dingtalk.md §3.9). */
  free?: boolean;
  timeoutMs?: number;
  /** Of the message this call is part of; not begun when too little of it is left. */
  by?: Deadline;
};
export interface Api {
  readonly call: <T>(request: Request, answer: z.ZodType<T>) => Promise<Outcome<T>>;
  /** Fetches a token if there is none; null when all is well. */
  readonly checkToken: () => Promise<ApiFailure | null>;
}

const CALL_TIMEOUT_MS = 10_000;
/** A call with less time than this is not worth beginning: it may be done, and its answer would be too late. */
const LEAST_CALL_MS = 1_000;
const TOO_LATE: ApiFailure = { ok: false, reason: 'unreachable', code: 'too-late', uncertain: false };
const tokenAnswer = z.object({ accessToken: z.string().min(1), expireIn: z.coerce.number().positive() });

class TokenRefused extends Error {
  readonly refusal: DingTalkRefusal;
  constructor(refusal: DingTalkRefusal) {
    super('no token');
    this.refusal = refusal;
  }
}

/**
 * @param count called for each call that DingTalk counts towards the month
 * @param onAnswer is shown the headers of each answer
 */
export function createApi(
  config: DingTalkConfig,
  { now, count, onAnswer }: { now: () => number; count: () => void; onAnswer?: (headers: Headers) => void },
): Api {
  const tokens = createTokenSource(async () => {
    const json = { appKey: config.clientId, appSecret: config.clientSecret };
    const result = await callApi({
      ...(onAnswer === undefined ? {} : { onAnswer }),
      method: 'POST',
      url: `${config.apiBase}/v1.0/oauth2/accessToken`,
      json,
      timeoutMs: CALL_TIMEOUT_MS,
    });
    if (!result.ok) throw new TokenRefused(result.refusal);
    const read = tokenAnswer.safeParse(result.body);
    if (!read.success) throw new TokenRefused(noAnswer);
    return { value: read.data.accessToken, lifeMs: read.data.expireIn * 1000 };
  }, now);

  return {
    async call({ path, old = false, free = false, timeoutMs = CALL_TIMEOUT_MS, by, ...rest }, answer) {
      for (let fresh = false; ; fresh = true) {
        let token: string;
        try {
          token = await tokens.get();
        } catch (error) {
          return tokenFailure(error);
        }
        const leftMs = by?.leftMs() ?? timeoutMs;
        if (leftMs < Math.min(LEAST_CALL_MS, timeoutMs)) return TOO_LATE;
        const query = old ? { ...rest.query, access_token: token } : (rest.query ?? {});
        const headers = old ? {} : { 'x-acs-dingtalk-access-token': token };
        const result = await callApi({
          ...(onAnswer === undefined ? {} : { onAnswer }),
          ...rest,
          url: `${old ? config.oapiBase : config.apiBase}${path}`,
          query,
          headers,
          timeoutMs: Math.ceil(Math.min(timeoutMs, leftMs)),
        });
        // What is refused for its rate is not counted by DingTalk; of the rest we cannot know.
        if (!free && (result.ok || failureOf(result.refusal).reason !== 'rate_limited')) count();
        if (result.ok) {
          const read = answer.safeParse(result.body);
          return read.success
            ? { ok: true, value: read.data }
            : { ok: false, reason: 'unreachable', code: 'unknown answer', uncertain: true };
        }
        if (fresh || !isTokenRefusal(result.refusal))
          return { ...failureOf(result.refusal), uncertain: result.uncertain, refusal: result.refusal };
        tokens.drop(token);
      }
    },
    async checkToken() {
      try {
        await tokens.get();
        return null;
      } catch (error) {
        return tokenFailure(error);
      }
    },
  };
}

const PASSING: readonly SendFailure[] = ['unreachable', 'rate_limited', 'overloaded'];

/** Without a token nothing can go out, but the messages are not to blame: they wait until the operator has put it right. */
function tokenFailure(error: unknown): ApiFailure {
  const refusal = error instanceof TokenRefused ? error.refusal : noAnswer;
  const failure = failureOf(refusal);
  return { ...failure, reason: PASSING.includes(failure.reason) ? failure.reason : 'token', uncertain: false, refusal };
}

const EXISTS = new Set(['param.cardalreadyexist', 'param.callbackroutekeyexist']);
export const exists = ({ refusal }: ApiFailure): boolean => EXISTS.has((refusal?.code ?? '').toLowerCase());

/** What the outbox is told of a failure. */
export const plain = ({ reason, code, retryAfterMs }: Failed): Failed => ({
  ok: false,
  reason,
  code,
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});
