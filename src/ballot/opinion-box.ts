/**
 * The box of opinions, built like the ballot's (`urn.ts`). What one person wrote does not exist as one piece: every remark has a
 * slot of its own and all slots are shuffled together whenever a form goes in, so nothing says which remarks came from one hand.
 * A slot holds a remark or an indistinguishable blank; the length never changes, so it says nothing about how much was written.
 *
 * Layout: version, slots (32 bits); per slot the subject's length (0 for a blank) and bytes, the text's length and UTF-16 units.
 */
import { PEOPLE_MAX, type Remark, REMARK_MAX } from '../domain/opinion.ts';
import { TenstarError } from '../errors.ts';
import { deriveKey, openBytes, SEAL_BYTES, sealBytes } from './cipher.ts';
import type { Below } from './random.ts';

const VERSION = 1;
const HEADER_BYTES = 5;
/** An employee number is at most 40 plain signs (`action.ts`, roster import). */
const SUBJECT_BYTES = 40;
const TEXT_AT = 1 + SUBJECT_BYTES;
const UNIT_BYTES = 2;
const SLOT_BYTES = TEXT_AT + UNIT_BYTES + REMARK_MAX * UNIT_BYTES;
const MOST_PEOPLE = 10_000;
/** One remark about the branch, and those about colleagues. */
export const SLOTS_PER_PERSON = 1 + PEOPLE_MAX;

/** An open box, in memory only. Wipe it as soon as it is sealed or read. */
export interface OpinionBox {
  readonly slots: number;
  readonly bytes: Buffer;
}

const plainBytes = (slots: number) => HEADER_BYTES + slots * SLOT_BYTES;
const slotAt = (slot: number) => HEADER_BYTES + slot * SLOT_BYTES;
/** Length of the sealed box for a roll of `people`: the same from the first form to the last. */
export const sealedOpinionBytes = (people: number): number => plainBytes(people * SLOTS_PER_PERSON) + SEAL_BYTES;

/** A box with nothing but blanks in it, with room for a full form of everybody on the roll. */
export function emptyOpinions(people: number): OpinionBox {
  if (!Number.isInteger(people) || people < 1 || people > MOST_PEOPLE)
    throw new TenstarError('bug', `An opinion box is for 1 to ${MOST_PEOPLE} people.`);
  const slots = people * SLOTS_PER_PERSON;
  const bytes = Buffer.alloc(plainBytes(slots));
  bytes.writeUInt8(VERSION, 0);
  bytes.writeUInt32BE(slots, 1);
  return { slots, bytes };
}

export const wipeOpinions = (box: OpinionBox): void => {
  box.bytes.fill(0);
};

/** Puts remarks in the place of blanks and shuffles all slots anew, also when there is nothing to put in. @throws {TenstarError} `bug` when one does not fit */
export function addRemarks(box: OpinionBox, remarks: readonly Remark[], below: Below): void {
  let slot = 0;
  for (const { subject, text } of remarks) {
    const name = Buffer.from(subject);
    if (name.length === 0 || name.length > SUBJECT_BYTES || text.length > REMARK_MAX)
      throw new TenstarError('bug', 'A remark does not fit a slot of the opinion box.');
    while (slot < box.slots && box.bytes[slotAt(slot)] !== 0) slot++;
    if (slot >= box.slots) throw new TenstarError('bug', 'The opinion box is full.');
    const at = slotAt(slot);
    box.bytes[at] = name.length;
    name.copy(box.bytes, at + 1);
    box.bytes.writeUInt16BE(text.length, at + TEXT_AT);
    box.bytes.write(text, at + TEXT_AT + UNIT_BYTES, 'utf16le');
    name.fill(0);
  }
  shuffle(box, below);
}

/** Fisher–Yates over all slots. */
function shuffle({ slots, bytes }: OpinionBox, below: Below): void {
  const kept = Buffer.alloc(SLOT_BYTES);
  for (let last = slots - 1; last > 0; last--) {
    const a = slotAt(last);
    const b = slotAt(below(last + 1));
    if (a === b) continue;
    bytes.copy(kept, 0, a, a + SLOT_BYTES);
    bytes.copy(bytes, a, b, b + SLOT_BYTES);
    kept.copy(bytes, b);
  }
  kept.fill(0);
}

const binding = (review: string) => ['opinions', VERSION, review];
const broken = (review: string) =>
  new TenstarError(
    'seal_broken',
    `The opinion box of review ${review} does not open: the database or KEYS_DIR is not the one it was sealed with. Restore both from the same moment.`,
  );

/** Seals the box with a fresh nonce. The open box is left as it is: wipe it. */
export function sealOpinions(key: Uint8Array, review: string, box: OpinionBox): Buffer {
  const boxKey = deriveKey(key, 'opinions');
  const sealed = sealBytes(boxKey, binding(review), box.bytes);
  boxKey.fill(0);
  return sealed;
}

/** @throws {TenstarError} `seal_broken` when key, review or a single bit is not the one it was sealed with. */
export function openOpinions(key: Uint8Array, review: string, sealed: Uint8Array): OpinionBox {
  const boxKey = deriveKey(key, 'opinions');
  const bytes = openBytes(boxKey, binding(review), sealed);
  boxKey.fill(0);
  if (bytes && bytes.length >= HEADER_BYTES && bytes.readUInt8(0) === VERSION) {
    const slots = bytes.readUInt32BE(1);
    if (bytes.length === plainBytes(slots)) return { slots, bytes };
  }
  throw broken(review);
}

/** All remarks in the box's shuffled order, blanks left out. @throws {TenstarError} `seal_broken` when a slot holds what no form can hold */
export function readRemarks({ slots, bytes }: OpinionBox): Remark[] {
  const remarks: Remark[] = [];
  for (let slot = 0; slot < slots; slot++) {
    const at = slotAt(slot);
    const name = bytes.readUInt8(at);
    if (name === 0) continue;
    const units = bytes.readUInt16BE(at + TEXT_AT);
    if (name > SUBJECT_BYTES || units > REMARK_MAX)
      throw new TenstarError('seal_broken', 'A slot of the opinion box holds what no form can hold.');
    const start = at + TEXT_AT + UNIT_BYTES;
    remarks.push({
      subject: bytes.toString('utf8', at + 1, at + 1 + name),
      text: bytes.toString('utf16le', start, start + units * UNIT_BYTES),
    });
  }
  return remarks;
}
