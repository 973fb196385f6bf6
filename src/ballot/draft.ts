/**
 * A half-filled ballot. It is never stored: it travels, sealed, in the values of the voter's own card and comes back with the next
 * click (design.md sections 10, 12.15). Bound to one person and one roll; its key comes from the review's working key, so that
 * every draft still lying in a chat dies with it. The length tells the number of subjects only, not how far the voter got.
 *
 * Layout: version, current page (16 bits), then four bits a mark: 0–10, 11 不了解, 15 untouched.
 */
import type { Mark } from '../domain/marks.ts';
import { type Verdict, no, yes } from '../domain/verdict.ts';
import { TenstarError } from '../errors.ts';
import { openBytes, sealBytes } from './cipher.ts';
import type { KeyStore } from './keys.ts';
import { decodeMark, encodeMark, MARKS_PER_ROW } from './mark-code.ts';

const VERSION = 1;
const HEADER_BYTES = 3;
const ROW_BYTES = MARKS_PER_ROW / 2;
const UNTOUCHED = 15;

/** Whose draft it is, and of which opening of which ballot. */
export interface DraftBinding {
  review: string;
  rollNo: number;
  person: string;
}
/** Marks in the order of the voter's own subjects (`ballotSubjects`); null: not touched yet. */
export interface Draft {
  /** Page the voter is on, counted from 0. */
  page: number;
  marks: readonly (readonly (Mark | null)[])[];
}

export const emptyDraft = (subjects: number): Draft => ({
  page: 0,
  marks: Array.from({ length: subjects }, () => Array.from({ length: MARKS_PER_ROW }, () => null)),
});

const binding = ({ review, rollNo, person }: DraftBinding) => ['draft', VERSION, review, rollNo, person];

/**
 * The draft as base64url text, at most 300 signs for 31 subjects.
 * @throws {TenstarError} `key_missing` when the ballot is over
 */
export function sealDraft(keys: KeyStore, to: DraftBinding, draft: Draft): string {
  const plain = Buffer.alloc(HEADER_BYTES + draft.marks.length * ROW_BYTES);
  plain.writeUInt8(VERSION, 0);
  plain.writeUInt16BE(draft.page, 1);
  for (const [row, marks] of draft.marks.entries()) {
    if (marks.length !== MARKS_PER_ROW) throw new TenstarError('bug', `A row of a draft has ${MARKS_PER_ROW} marks.`);
    for (const [star, mark] of marks.entries()) {
      const at = HEADER_BYTES + row * ROW_BYTES + (star >> 1);
      const code = mark === null ? UNTOUCHED : encodeMark(mark);
      plain[at] = plain.readUInt8(at) | (star % 2 === 0 ? code << 4 : code);
    }
  }
  const sealed = sealBytes(keys.derive(to.review, 'working', 'draft'), binding(to), plain).toString('base64url');
  plain.fill(0);
  return sealed;
}

/**
 * Opens a draft that came back with a click. Whether a refused one was changed, belongs to somebody else or to an earlier opening
 * cannot be told apart: the seal fails alike.
 */
export function openDraft(keys: KeyStore, to: DraftBinding, text: string): Verdict<Draft, 'not_yours_or_outdated'> {
  const sealed = Buffer.from(text, 'base64url');
  // The decoder skips what it does not know and drops spare bits: only the one spelling that was given out is accepted.
  if (sealed.toString('base64url') !== text || !keys.has(to.review, 'working')) return no('not_yours_or_outdated');
  const plain = openBytes(keys.derive(to.review, 'working', 'draft'), binding(to), sealed);
  if (!plain || plain.length < HEADER_BYTES || plain.readUInt8(0) !== VERSION) return no('not_yours_or_outdated');
  const codes = [...plain.subarray(HEADER_BYTES)].flatMap((pair) => [pair >> 4, pair & 15]);
  const rows = Array.from({ length: codes.length / MARKS_PER_ROW }, (_, row) =>
    codes.slice(row * MARKS_PER_ROW, (row + 1) * MARKS_PER_ROW).map(decodeMark),
  );
  const draft = { page: plain.readUInt16BE(1), marks: rows };
  plain.fill(0);
  return yes(draft);
}
