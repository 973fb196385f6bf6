/**
 * The receipt: a random code that a voter may look up in the published list. It is drawn, not computed from the ballot, so it
 * proves that a ballot was counted and nothing about what was on it.
 */
import type { Below } from './random.ts';

/** Crockford's 32 signs: no I, L, O or U, so nothing is misread on paper or by telephone. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Signs of a code without its dash: 40 random bits. */
export const RECEIPT_SIGNS = 8;
const PLAIN = new RegExp(`^[${ALPHABET}]{${RECEIPT_SIGNS}}$`);

/** Eight random signs without the dash, as the box keeps them. */
export const drawReceipt = (below: Below): string =>
  Array.from({ length: RECEIPT_SIGNS }, () => ALPHABET.charAt(below(ALPHABET.length))).join('');

/** `K7Q2M9TD` as people see it: `K7Q2-M9TD`. */
export const showReceipt = (signs: string): string => `${signs.slice(0, 4)}-${signs.slice(4)}`;

/**
 * What somebody typed, as a receipt: small letters, full-width signs, spaces and a missing dash are fine, and the letters that are
 * not in use are read as the digits they look like.
 * @returns `K7Q2-M9TD`, or null when it cannot be a receipt.
 */
export function normaliseReceipt(text: string): string | null {
  const signs = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}_.·−]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return PLAIN.test(signs) ? showReceipt(signs) : null;
}
