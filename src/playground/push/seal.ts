/** Encryption and signature of pushes, from the platform's side (platform/lark.md §1.2, §1.3). */
import { createCipheriv, createHash, randomBytes } from 'node:crypto';

const sha256 = (...parts: readonly (string | Uint8Array)[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** Base64 of a random IV and the AES-256-CBC text under the hash of the key. */
export function encrypt(text: string, encryptKey: string): string {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', sha256(encryptKey), iv);
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
}

/** Headers that prove the bytes of `rawBody`; `nowMs` is Unix ms, the platform writes seconds. */
export function signatureHeaders(rawBody: string, encryptKey: string, nowMs: number): Record<string, string> {
  const timestamp = String(Math.floor(nowMs / 1000));
  const nonce = randomBytes(8).toString('hex');
  return {
    'x-lark-request-timestamp': timestamp,
    'x-lark-request-nonce': nonce,
    'x-lark-signature': sha256(timestamp, nonce, encryptKey, rawBody).toString('hex'),
  };
}
