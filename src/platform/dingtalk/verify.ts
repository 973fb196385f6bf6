/**
 * Is a push really from DingTalk? (platform/dingtalk.md §1.2, §2.7.) Robot messages and card callbacks are signed differently and tell
 * themselves apart by their headers. Neither signature covers the body: it proves that whoever sent it knows the secret, or has seen
 * one push within its time. Therefore the channel is HTTPS, repeats are de-duplicated, another robot's messages are refused, and who
 * may do something is decided by the person named, never by anything else in the body.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { RawRequest } from '../platform.ts';
import type { DingTalkSecrets } from './config.ts';
import { CLICK_MAX_AGE_MS, MESSAGE_MAX_AGE_MS } from './limits.ts';

export type Verified =
  | { kind: 'rejected'; status: 400 | 401; why: string }
  /** Authentic. `timestamp` is the header as it was sent. */
  | { kind: 'message' | 'click'; body: Readonly<Record<string, unknown>>; timestamp: string };

const rejected = (status: 400 | 401, why: string): Verified => ({ kind: 'rejected', status, why });
const hmac = (secret: string, text: string): string => createHmac('sha256', secret).update(text).digest('base64');

/** `sign` of a robot message. */
export const signMessage = (timestamp: string, clientSecret: string): string =>
  hmac(clientSecret, `${timestamp}\n${clientSecret}`);
/** `x-ddpaas-signature` of a card callback. */
export const signClick = (timestamp: string, cardSecret: string): string => hmac(cardSecret, timestamp);

/** Checks one push. Never throws. Times in Unix ms. */
export function verifyPush(secrets: DingTalkSecrets, { headers, rawBody, now }: RawRequest): Verified {
  const clickSignature = headers.get('x-ddpaas-signature');
  const kind = clickSignature === null ? 'message' : 'click';
  const signature = clickSignature ?? headers.get('sign');
  const timestamp = headers.get(kind === 'click' ? 'x-ddpaas-signature-timestamp' : 'timestamp') ?? '';
  if (signature === null) return rejected(401, 'no signature');
  const right =
    kind === 'click' ? signClick(timestamp, secrets.cardSecret) : signMessage(timestamp, secrets.clientSecret);
  if (!sameSecret(right, signature)) return rejected(401, 'wrong signature');
  if (!isFresh(timestamp, now, kind === 'click' ? CLICK_MAX_AGE_MS : MESSAGE_MAX_AGE_MS)) return rejected(401, 'stale');

  const body = jsonObject(rawBody);
  if (body === null) return rejected(400, 'not a readable body');
  if (typeof body['robotCode'] === 'string' && body['robotCode'] !== secrets.robotCode)
    return rejected(401, 'another robot');
  return { kind, body, timestamp };
}

/** Compares in a time that tells nothing but the lengths. */
function sameSecret(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Milliseconds by the page on robot messages; the page on cards names no unit, so seconds are understood too. */
function isFresh(timestamp: string, now: number, maxAgeMs: number): boolean {
  if (!/^\d{9,14}$/.test(timestamp)) return false;
  const value = Number(timestamp);
  return Math.abs(now - (value < 1e11 ? value * 1000 : value)) <= maxAgeMs;
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });
function jsonObject(rawBody: Uint8Array): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(strictUtf8.decode(rawBody));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}
