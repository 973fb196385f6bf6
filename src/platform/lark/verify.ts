/**
 * Is a push really from the platform? Pure functions over the raw bytes: a body that was parsed and written again no longer has
 * the signed bytes (platform/lark.md §1.2, §5.3).
 *
 * With an encrypt key, in this order (design.md section 12.14):
 * 1. a signature that is present must be right, whatever the body is: else 401;
 * 2. without a signature only an address check (`url_verification`) with the right token is answered, since the platform does
 *    not sign those (§1.1): everything else 401;
 * 3. a signed body that cannot be read is 400;
 * 4. a wrong token or app id is 401, in an address check too;
 * 5. a signed click older than five minutes is 401. Old *events* are accepted: the platform repeats them for hours, and
 *    de-duplication deals with repeats.
 * A signed body that is not encrypted is accepted: the signature proves knowledge of the same key.
 * Without an encrypt key the verification token inside the body is the only proof, so whatever lacks it is 401.
 */
import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { RawRequest } from '../platform.ts';
import type { EncryptKey, LarkSecrets } from './config.ts';

/** A click that took longer than this to arrive is not obeyed; clicks are never repeated by the platform. */
export const CLICK_MAX_AGE_MS = 5 * 60_000;
const CLICK_EVENT = 'card.action.trigger';

export type Verified =
  | { kind: 'rejected'; status: 400 | 401; why: string }
  | { kind: 'challenge'; challenge: string }
  /** Authentic: `envelope` is the decrypted object, not looked at further. */
  | { kind: 'genuine'; envelope: Readonly<Record<string, unknown>> };

const rejected = (status: 400 | 401, why: string): Verified => ({ kind: 'rejected', status, why });
const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/** Compares in a time that tells nothing but the lengths. */
function sameSecret(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Lower-case hex signature of a push. */
export const sign = (timestamp: string, nonce: string, secret: string, rawBody: Uint8Array): string =>
  createHash('sha256').update(timestamp).update(nonce).update(secret).update(rawBody).digest('hex');

/** Base64 of a 16-byte IV and AES-256-CBC text, to the text; null when it does not decrypt with this key. */
export function decrypt(encrypted: string, { cipher }: EncryptKey): string | null {
  const bytes = Buffer.from(encrypted, 'base64');
  if (bytes.length < 32) return null;
  try {
    const decipher = createDecipheriv('aes-256-cbc', cipher, bytes.subarray(0, 16));
    return utf8(Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]));
  } catch {
    return null; // wrong key or damaged text: the padding does not fit
  }
}

function utf8(bytes: Uint8Array): string | null {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return null;
  }
}

type JsonObject = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function jsonObject(source: string | null): JsonObject | null {
  if (source === null) return null;
  try {
    const value: unknown = JSON.parse(source);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** The body as an object, decrypted when it is encrypted; null when it is neither. */
function readBody(rawBody: Uint8Array, keys: readonly EncryptKey[]): JsonObject | null {
  const body = jsonObject(utf8(rawBody));
  if (body === null || typeof body.encrypt !== 'string') return body;
  for (const key of keys) {
    const inner = jsonObject(decrypt(body.encrypt, key));
    if (inner !== null) return inner;
  }
  return null;
}

const text = z.string().optional().catch(undefined);
const headerSchema = z.object({ token: text, app_id: text, event_type: text }).optional().catch(undefined);
const credentials = z.object({ type: text, token: text, app_id: text, challenge: text, header: headerSchema });

/** Checks one push. Never throws. Times in Unix ms. */
export function verifyPush(secrets: LarkSecrets, { headers, rawBody, now }: RawRequest): Verified {
  const signature = headers.get('x-lark-signature');
  const timestamp = headers.get('x-lark-request-timestamp') ?? '';
  const nonce = headers.get('x-lark-request-nonce') ?? '';
  const signed = signature !== null && secrets.encryptKeys.length > 0;
  if (signed) {
    const right = secrets.encryptKeys.some(({ secret }) =>
      sameSecret(sign(timestamp, nonce, secret, rawBody), signature),
    );
    if (!right) return rejected(401, 'wrong signature');
  }

  const body = readBody(rawBody, secrets.encryptKeys);
  if (body === null) return signed ? rejected(400, 'not a readable body') : rejected(401, 'no signature');
  const said = credentials.parse(body);
  const challenge = said.type === 'url_verification';
  if (!signed && !challenge && secrets.encryptKeys.length > 0) return rejected(401, 'no signature');

  const token = said.header?.token ?? said.token;
  const appId = said.header?.app_id ?? said.app_id;
  const knownToken = token !== undefined && secrets.verificationTokens.some((known) => sameSecret(known, token));
  const junk = !challenge && said.header === undefined && said.token === undefined;
  if (junk && signed) return rejected(400, 'no envelope');
  if (!knownToken) return rejected(401, 'wrong verification token');
  const ownApp = appId === secrets.appId || (appId === undefined && said.header === undefined);
  if (!ownApp) return rejected(401, 'another app');
  if (challenge) {
    return said.challenge === undefined
      ? rejected(400, 'no challenge')
      : { kind: 'challenge', challenge: said.challenge };
  }
  if (said.header?.event_type === CLICK_EVENT && signed && !isFresh(timestamp, now))
    return rejected(401, 'stale click');
  return { kind: 'genuine', envelope: body };
}

/** The unit of the header is seconds in every sample, but no page says so: milli- and microseconds are understood too. */
function isFresh(timestamp: string, now: number): boolean {
  if (!/^\d{9,17}$/.test(timestamp)) return false;
  const value = Number(timestamp);
  const ms = value < 1e11 ? value * 1000 : value < 1e14 ? value : value / 1000;
  return Math.abs(now - ms) <= CLICK_MAX_AGE_MS;
}
