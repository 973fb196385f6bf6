/** What an answer of the API means for a message that was to go out (platform/lark.md §4.11). */
import type { SendFailure, SendResult } from '../platform.ts';

/** By code alone: the sentences beside them change. */
const BY_CODE: Readonly<Record<number, SendFailure>> = {
  99991400: 'rate_limited',
  230020: 'rate_limited',
  11232: 'overloaded',
  11233: 'overloaded',
  11246: 'overloaded',
  11247: 'overloaded',
  2200: 'overloaded',
  300000: 'overloaded',
  232096: 'overloaded',
  230049: 'in_flight',
  200810: 'in_flight', // someone is using the card right now
  99991661: 'token',
  99991663: 'token',
  99991671: 'token',
  99991401: 'not_permitted',
  99991403: 'not_permitted',
  99991543: 'not_permitted',
  99991662: 'not_permitted',
  99991672: 'not_permitted',
  99991673: 'not_permitted',
  99991679: 'not_permitted',
  10014: 'not_permitted',
  230006: 'not_permitted',
  230018: 'not_permitted',
  230027: 'not_permitted',
  230035: 'not_permitted',
  230054: 'not_permitted',
  230075: 'not_permitted',
  232010: 'not_permitted',
  232025: 'not_permitted',
  232033: 'not_permitted',
  232034: 'not_permitted',
  234002: 'not_permitted',
  234007: 'not_permitted',
  230002: 'not_in_chat',
  232011: 'not_in_chat',
  230019: 'chat_gone',
  232009: 'chat_gone',
  230013: 'person_unreachable',
  230029: 'person_unreachable',
  230038: 'person_unreachable',
  230053: 'person_unreachable',
  230022: 'content_refused',
  230028: 'content_refused',
  230025: 'too_large',
  234006: 'too_large',
  230011: 'expired',
  230031: 'expired',
  230110: 'expired',
};
export const TOKEN_CODES: ReadonlySet<number> = new Set([99991661, 99991663, 99991671]);
/** `230099` is "the card was refused"; which rule is a second code inside the sentence. */
const CARD_REFUSED = 230099;
/** One second code for two opposites: a card with too much in it, and a card someone is using. */
const CARD_STATE = 11310;
const CARD_LOCK_RETRY_MS = 1_000;
/** A reset time further away than this is taken for nonsense. */
const MAX_RETRY_AFTER_MS = 10 * 60_000;

/** An answer that is not a success, without anything of what was sent. */
export interface LarkRefusal {
  /** The platform's code; 0 when there was none. */
  code: number;
  /** Code inside the sentence (`ErrCode: 11310`), when there is one. */
  subCode: number | null;
  /** HTTP status; 0 when there was no answer at all. */
  status: number;
  retryAfterMs: number | null;
  /** The sentence spoke of a lock (only read together with {@link CARD_STATE}). */
  locked: boolean;
}

type Failed = Extract<SendResult, { ok: false }>;

/** Reads code, second code and waiting time from an answer; keeps nothing else of it. */
export function refusalOf(status: number, headers: Headers | null, code: number, msg: string): LarkRefusal {
  const sub = /ErrCode:\s*(\d{1,12})/i.exec(msg)?.[1];
  return {
    code,
    subCode: sub === undefined ? null : Number(sub),
    status,
    retryAfterMs: retryAfterMs(headers),
    locked: /\block/i.test(msg),
  };
}

function retryAfterMs(headers: Headers | null): number | null {
  const seconds = Number(headers?.get('x-ogw-ratelimit-reset') ?? headers?.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(Math.ceil(seconds * 1000), MAX_RETRY_AFTER_MS) : null;
}

/** A refusal as the outbox wants to know it. `code` is numbers only: `230099/11310`, `http 502`, `no answer`. */
export function failureOf(refusal: LarkRefusal): Failed {
  const { code, subCode, status } = refusal;
  const locked = refusal.locked && (subCode === CARD_STATE || subCode === 200810);
  const wait = refusal.retryAfterMs ?? (locked ? CARD_LOCK_RETRY_MS : null);
  return {
    ok: false,
    reason: locked ? 'in_flight' : reasonOf(refusal),
    code:
      code === 0
        ? status === 0
          ? 'no answer'
          : `http ${status}`
        : subCode === null
          ? `${code}`
          : `${code}/${subCode}`,
    ...(wait === null ? {} : { retryAfterMs: wait }),
  };
}

function reasonOf({ code, subCode, status }: LarkRefusal): SendFailure {
  if (code === CARD_REFUSED) {
    if (subCode === CARD_STATE) return 'too_large';
    return subCode === null ? 'bad_request' : (BY_CODE[subCode] ?? 'bad_request');
  }
  const known = BY_CODE[code];
  if (known !== undefined) return known;
  if (status === 429) return 'rate_limited';
  // Nothing readable came back: a proxy, a restart, a cable. Worth another try with the same key.
  if (status === 0 || status >= 500 || code === 0) return 'unreachable';
  return 'bad_request';
}
