/**
 * The box. Inside, a ballot does not exist as one piece: a whole ballot has a hole at its voter's own name, which would name the
 * voter to anybody who opens the box. So there is a section for every subject, each with as many equal slots as there are electors
 * and each shuffled on its own, and a section of receipts. A slot holds a row or an indistinguishable blank; the length never
 * changes, so it says nothing about turnout (F3, design.md section 10).
 *
 * Layout: version, electors (16 bits), subjects (16 bits); per subject `electors` slots of 11 bytes (category or 0 for a blank,
 * ten marks); `electors` receipt slots of 9 bytes (1 or 0, eight signs).
 */
import { CATEGORIES, type Category, type Mark, type RatingRow } from '../domain/marks.ts';
import { TenstarError } from '../errors.ts';
import { deriveKey, openBytes, SEAL_BYTES, sealBytes } from './cipher.ts';
import { decodeMark, encodeMark, MARKS_PER_ROW } from './mark-code.ts';
import type { Below } from './random.ts';
import { drawReceipt, RECEIPT_SIGNS, showReceipt } from './receipt.ts';

const VERSION = 1;
const HEADER_BYTES = 5;
const SLOT_BYTES = 1 + MARKS_PER_ROW;
const RECEIPT_BYTES = 1 + RECEIPT_SIGNS;
const MOST = 0xffff;

export interface BoxShape {
  electors: number;
  /** Sections of marks: the people rated, and the branch. */
  subjects: number;
}
/** An open box, in memory only. Wipe it (`wipeBox`) as soon as it is sealed or read. */
export interface Box extends BoxShape {
  readonly bytes: Buffer;
}
/** What a box is sealed for; it opens for nothing else. */
export interface BoxBinding {
  review: string;
  rollNo: number;
}
/** A checked ballot on its way into the box. */
export interface Ballot {
  category: Category;
  rows: readonly { section: number; marks: readonly Mark[] }[];
}
export interface BoxContent {
  /** Per section, in the box's shuffled order: position in one section says nothing about position in another. */
  sections: readonly (readonly RatingRow[])[];
  receipts: readonly string[];
}

const receiptsAt = ({ electors, subjects }: BoxShape) => HEADER_BYTES + subjects * electors * SLOT_BYTES;
const plainBytes = (shape: BoxShape) => receiptsAt(shape) + shape.electors * RECEIPT_BYTES;
/** Length of the sealed box: the same from the opening to the close. */
export const sealedBytes = (shape: BoxShape): number => plainBytes(shape) + SEAL_BYTES;
const slotAt = (box: Box, section: number, slot: number) => HEADER_BYTES + (section * box.electors + slot) * SLOT_BYTES;

/** A box with nothing but blanks in it. */
export function emptyBox({ electors, subjects }: BoxShape): Box {
  if (![electors, subjects].every((count) => Number.isInteger(count) && count >= 1 && count <= MOST))
    throw new TenstarError('bug', `A ballot box needs between 1 and ${MOST} electors and subjects.`);
  const bytes = Buffer.alloc(plainBytes({ electors, subjects }));
  bytes.writeUInt8(VERSION, 0);
  bytes.writeUInt16BE(electors, 1);
  bytes.writeUInt16BE(subjects, 3);
  return { electors, subjects, bytes };
}

export function wipeBox(box: Box): void {
  box.bytes.fill(0);
}

/**
 * Puts ballots in the place of blanks and shuffles every section anew. Several ballots of one commit go in together.
 * @returns one fresh receipt a ballot, in the same order; each is unlike every other in the box.
 * @throws {TenstarError} `bug` when a section is full or a ballot does not fit; the box must then be thrown away.
 */
export function addBallots(box: Box, ballots: readonly Ballot[], below: Below): string[] {
  const taken = new Set(readReceipts(box));
  const free = new Map<number, number>();
  const start = receiptsAt(box);
  let receiptSlot = 0;
  const receipts: string[] = [];
  for (const { category, rows } of ballots) {
    if (new Set(rows.map(({ section }) => section)).size !== rows.length)
      throw new TenstarError('bug', 'A ballot rates a subject twice.');
    for (const { section, marks } of rows) {
      if (section < 0 || section >= box.subjects || marks.length !== MARKS_PER_ROW)
        throw new TenstarError('bug', 'A ballot does not have the shape of its box.');
      let slot = free.get(section) ?? 0;
      while (slot < box.electors && box.bytes[slotAt(box, section, slot)] !== 0) slot++;
      if (slot >= box.electors) throw new TenstarError('bug', 'A section of the ballot box is full.');
      free.set(section, slot + 1);
      const at = slotAt(box, section, slot);
      box.bytes[at] = 1 + CATEGORIES.indexOf(category);
      for (const [star, mark] of marks.entries()) box.bytes[at + 1 + star] = encodeMark(mark);
    }
    let signs = drawReceipt(below);
    while (taken.has(showReceipt(signs))) signs = drawReceipt(below);
    const receipt = showReceipt(signs);
    taken.add(receipt);
    while (receiptSlot < box.electors && box.bytes[start + receiptSlot * RECEIPT_BYTES] !== 0) receiptSlot++;
    if (receiptSlot >= box.electors)
      throw new TenstarError('bug', 'The ballot box holds a receipt for every elector already.');
    box.bytes[start + receiptSlot * RECEIPT_BYTES] = 1;
    box.bytes.write(signs, start + receiptSlot * RECEIPT_BYTES + 1, 'latin1');
    receipts.push(receipt);
  }
  shuffleBox(box, below);
  return receipts;
}

/** Shuffles every section on its own (Fisher–Yates). */
export function shuffleBox(box: Box, below: Below): void {
  for (let section = 0; section < box.subjects; section++)
    shuffleSlots(box.bytes, slotAt(box, section, 0), box.electors, SLOT_BYTES, below);
  shuffleSlots(box.bytes, receiptsAt(box), box.electors, RECEIPT_BYTES, below);
}

function shuffleSlots(bytes: Buffer, start: number, count: number, width: number, below: Below): void {
  for (let last = count - 1; last > 0; last--) {
    const a = start + last * width;
    const b = start + below(last + 1) * width;
    if (a === b) continue;
    for (let i = 0; i < width; i++) {
      const kept = bytes.readUInt8(a + i);
      bytes[a + i] = bytes.readUInt8(b + i);
      bytes[b + i] = kept;
    }
  }
}

/** A box for more electors with the same ballots in it, for a ballot that is opened again with representatives added (A17). */
export function widenBox(box: Box, electors: number, below: Below): Box {
  if (electors < box.electors) throw new TenstarError('bug', 'A ballot box is never made smaller.');
  const wide = emptyBox({ electors, subjects: box.subjects });
  for (let section = 0; section < box.subjects; section++)
    box.bytes.copy(wide.bytes, slotAt(wide, section, 0), slotAt(box, section, 0), slotAt(box, section + 1, 0));
  box.bytes.copy(wide.bytes, receiptsAt(wide), receiptsAt(box));
  shuffleBox(wide, below);
  return wide;
}

const binding = ({ review, rollNo }: BoxBinding) => ['box', VERSION, review, rollNo];

/** Seals the box with a fresh nonce. The open box is left as it is: wipe it. */
export function sealBox(key: Uint8Array, to: BoxBinding, box: Box): Buffer {
  const boxKey = deriveKey(key, 'box');
  const sealed = sealBytes(boxKey, binding(to), box.bytes);
  boxKey.fill(0);
  return sealed;
}

/** @throws {TenstarError} `seal_broken` when key, review, roll number or a single bit is not the one it was sealed with. */
export function openBox(key: Uint8Array, to: BoxBinding, sealed: Uint8Array): Box {
  const boxKey = deriveKey(key, 'box');
  const bytes = openBytes(boxKey, binding(to), sealed);
  boxKey.fill(0);
  if (bytes && bytes.length >= HEADER_BYTES && bytes.readUInt8(0) === VERSION) {
    const shape = { electors: bytes.readUInt16BE(1), subjects: bytes.readUInt16BE(3) };
    if (bytes.length === plainBytes(shape)) return { ...shape, bytes };
  }
  throw broken(to.review);
}

const broken = (review: string) =>
  new TenstarError(
    'seal_broken',
    `The ballot box of review ${review} does not open: the database or KEYS_DIR is not the one it was sealed with. Restore both from the same moment.`,
  );

function readReceipts(box: Box): string[] {
  const start = receiptsAt(box);
  const receipts: string[] = [];
  for (let at = start; at < box.bytes.length; at += RECEIPT_BYTES)
    if (box.bytes[at] !== 0) receipts.push(showReceipt(box.bytes.toString('latin1', at + 1, at + RECEIPT_BYTES)));
  return receipts;
}

/** All rows and receipts, blanks left out. @throws {TenstarError} `seal_broken` when a slot holds what no ballot can hold */
export function readBox(box: Box): BoxContent {
  const sections = Array.from({ length: box.subjects }, (_, section) => {
    const rows: RatingRow[] = [];
    for (let slot = 0; slot < box.electors; slot++) {
      const at = slotAt(box, section, slot);
      const used = box.bytes.readUInt8(at);
      if (used === 0) continue;
      const category = CATEGORIES[used - 1];
      const marks = [...box.bytes.subarray(at + 1, at + SLOT_BYTES)].map(decodeMark).filter((mark) => mark !== null);
      if (!category || marks.length !== MARKS_PER_ROW)
        throw new TenstarError('seal_broken', 'A slot of the ballot box holds what no ballot can hold.');
      rows.push({ category, marks });
    }
    return rows;
  });
  return { sections, receipts: readReceipts(box) };
}
