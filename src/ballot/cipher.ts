/** AES-256-GCM and HKDF, used one way only: nonce, ciphertext and tag in one piece, the nonce always fresh from the system. */
import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
export const KEY_BYTES = 32;
/** What sealing adds to the length of a text. */
export const SEAL_BYTES = NONCE_BYTES + TAG_BYTES;

// Keys are handed over as key objects: for plain bytes Node first throws and catches an error, which takes longer than the cipher.

/** What a sealed text is bound to; opening it under anything else fails. JSON keeps the parts apart. */
export type Binding = readonly (string | number)[];
const bound = (binding: Binding) => Buffer.from(JSON.stringify(binding));

/** A key for one use, drawn from another: it dies with the one it came from. The caller wipes it. */
export function deriveKey(secret: Uint8Array, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', createSecretKey(secret), '', `tenstar ${use}`, KEY_BYTES));
}

export function sealBytes(key: Uint8Array, binding: Binding, plain: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, createSecretKey(key), nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(bound(binding));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** The plain bytes, or null when the key, the binding or a single bit is not the one it was sealed with. */
export function openBytes(key: Uint8Array, binding: Binding, sealed: Uint8Array): Buffer | null {
  if (sealed.length < SEAL_BYTES) return null;
  const decipher = createDecipheriv(ALGORITHM, createSecretKey(key), sealed.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(bound(binding));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  const plain = decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES));
  try {
    decipher.final();
    return plain;
  } catch {
    plain.fill(0);
    return null;
  }
}
