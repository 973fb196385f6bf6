/** The one-time code itself: worked out anew whenever it is shown, so that no row and no message waiting in the outbox holds it. */
import { createHash, createHmac } from 'node:crypto';
import type { Use } from '../use.ts';

/** No letters or digits that look alike. 31 signs: a byte taken modulo 31 prefers some by 3 %, which eight signs bear. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const CODE_LENGTH = 8;

/** Derived from the secret of links, under a name of its own. */
const key = (use: Pick<Use, 'linkSecret'>): Uint8Array =>
  createHash('sha256').update('tenstar bind code\n').update(use.linkSecret).digest();

/** @param expiresAt Unix ms; a code made at another time is another one */
export function bindCode(use: Pick<Use, 'linkSecret'>, person: string, expiresAt: number): string {
  const bytes = createHmac('sha256', key(use)).update(`${person}\n${expiresAt}`).digest();
  return Array.from(bytes.subarray(0, CODE_LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}
