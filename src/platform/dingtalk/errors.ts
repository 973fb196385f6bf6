/**
 * What an answer of DingTalk means for a message that was to go out (platform/dingtalk.md §3.7). The new API says it by status and a
 * `code` of words, the old one by `errcode` in an answer of status 200. Rate limits are 403, so a 403 is not final by itself.
 */
import type { SendFailure, SendResult } from '../platform.ts';

/** Codes of the new API, in lower case; of the long ones the last part. */
const BY_WORD: Readonly<Record<string, SendFailure>> = {
  invalidauthentication: 'token',
  invalidclientidorsecret: 'not_permitted',
  accesstokenpermissiondenied: 'not_permitted',
  ipnotinwhitelist: 'not_permitted',
  apicountlimitfororg: 'not_permitted', // the month's calls are used up
  qpslimitforappkeyandapi: 'rate_limited',
  qpslimitforapi: 'rate_limited',
  qpmlimitforappkeyandapi: 'rate_limited',
  'send.too.fast': 'rate_limited',
  'send.bytoken.toofast': 'rate_limited',
  'too.many.group': 'rate_limited',
  'too.many.people': 'rate_limited',
  'system.busy': 'overloaded',
  'system.error': 'overloaded',
  'bot.stopped': 'not_permitted',
  'bot.forbidden.sendmessage': 'not_in_chat',
  'group.disbanded': 'chat_gone',
  'conversation.org.notmatch': 'chat_gone',
  'invalidparameter.robotcode.notexsit': 'not_in_chat',
  'robot.oto.notexist': 'not_permitted',
  'staffid.notexisted': 'person_unreachable',
  'param.useridnotexist': 'person_unreachable',
  'param.contentunsafe': 'content_refused',
  'param.cardnotexist': 'expired',
  'param.templatenotexist': 'not_permitted',
  'param.templateunpublished': 'not_permitted',
  'robot.processquerykey.expired': 'expired',
};
/** `errcode` of the old API. */
const BY_NUMBER: Readonly<Record<number, SendFailure>> = {
  [-1]: 'overloaded',
  40014: 'token',
  42001: 'token',
  60011: 'not_permitted',
  90002: 'rate_limited',
  90018: 'rate_limited',
  90020: 'not_permitted',
  40035: 'bad_request',
};
/** Waits the pages ask for. */
const WAIT_MS: Readonly<Record<string, number>> = {
  'send.too.fast': 10_000,
  'send.bytoken.toofast': 10_000,
  'too.many.group': 10_000,
  'too.many.people': 10_000,
  qpmlimitforappkeyandapi: 60_000,
};
const BLOCKED_MS = 5 * 60_000;
const MAX_CODE_CHARS = 40;

/** An answer that is not a success, without anything of what was sent. */
export interface DingTalkRefusal {
  /** HTTP status; 0 when there was no answer at all. */
  status: number;
  /** `code` of the new API or `errcode` of the old one; empty when there was none. */
  code: string;
  /** `sub_code` of the old API, where there is one. */
  subCode: string;
  /** Permissions the app lacks. */
  scopes: readonly string[];
  /** The address of this server is blocked for calling too often. */
  blocked: boolean;
}
export const noAnswer: DingTalkRefusal = { status: 0, code: '', subCode: '', scopes: [], blocked: false };

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

/** Reads a refusal from an answer; null when it is a success. Keeps nothing but codes and names of permissions. */
export function refusalOf(status: number, body: unknown): DingTalkRefusal | null {
  const said =
    typeof body === 'object' && body !== null
      ? Object.fromEntries(Object.entries(body).map(([key, value]) => [key.toLowerCase(), value]))
      : {};
  const errcode = text(said['errcode']);
  const blocked = said['status'] === 1111;
  if (status >= 200 && status < 300 && !blocked && (errcode === '' || errcode === '0')) return null;
  const detail: unknown = said['accessdenieddetail'];
  const scopes =
    typeof detail === 'object' && detail !== null && 'requiredScopes' in detail && Array.isArray(detail.requiredScopes)
      ? detail.requiredScopes
      : [];
  return {
    status,
    code: errcode === '' ? text(said['code']) : errcode,
    subCode: text(said['sub_code']),
    scopes: scopes.filter((scope) => typeof scope === 'string'),
    blocked,
  };
}

type Failed = Extract<SendResult, { ok: false }>;

/** A refusal as the outbox wants to know it. */
export function failureOf(refusal: DingTalkRefusal): Failed {
  const word = wordOf(refusal.code);
  const wait = refusal.blocked ? BLOCKED_MS : WAIT_MS[word];
  return {
    ok: false,
    reason: reasonOf(refusal, word),
    code: shortCode(refusal),
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
  };
}

/** The template of our cards is not there, or not published. */
export const isTemplateRefusal = (result: SendResult): boolean =>
  !result.ok && ['param.templatenotexist', 'param.templateunpublished'].includes(wordOf(result.code));

/** An upload that is named is not known, or no longer (hermes#30144 in platform/dingtalk.md §3.5). */
export const isMediaRefusal = (result: { ok: boolean; code?: string }): boolean =>
  !result.ok && (result.code ?? '').toLowerCase() === 'resource.not.found';

export const isTokenRefusal = (refusal: DingTalkRefusal): boolean =>
  reasonOf(refusal, wordOf(refusal.code)) === 'token';

/** What a text means if it is one of the platform's codes. */
export const knownReason = (text: string): SendFailure | undefined => {
  const word = wordOf(text);
  return Object.hasOwn(BY_WORD, word) ? BY_WORD[word] : undefined;
};

const wordOf = (code: string): string => code.toLowerCase().replace(/^forbidden\.accessdenied\./, '');

function reasonOf({ status, code, subCode, blocked }: DingTalkRefusal, word: string): SendFailure {
  if (blocked) return 'rate_limited';
  // "See the second code", or without one: busy.
  if (code === '88') {
    if (subCode === '') return 'overloaded';
    const meant = reasonOf({ status, code: subCode, subCode: '', scopes: [], blocked }, wordOf(subCode));
    return meant === 'bad_request' ? 'not_permitted' : meant;
  }
  const known = /^-?\d+$/.test(code) ? BY_NUMBER[Number(code)] : BY_WORD[word];
  if (known !== undefined) return known;
  if (word.startsWith('contain.')) return 'content_refused';
  if (status === 429) return 'rate_limited';
  // Nothing readable came back: a proxy, a restart, a cable.
  if (status === 0 || status >= 500 || code === '') return 'unreachable';
  return status === 403 ? 'not_permitted' : 'bad_request';
}

/** The platform's own code, for the operator; the long common beginning is left out. */
function shortCode({ status, code, subCode, blocked }: DingTalkRefusal): string {
  if (blocked) return 'blocked 1111';
  if (code === '') return status === 0 ? 'no answer' : `http ${status}`;
  const whole = subCode === '' ? code : `${code}/${subCode}`;
  return whole
    .replace(/^Forbidden\.AccessDenied\./, '')
    .replace(/[^\w./:-]/g, '')
    .slice(0, MAX_CODE_CHARS);
}
