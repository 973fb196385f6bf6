/** Ids that look like the platform's. The same words always give the same id, so a demo can be loaded twice. */
import { createHash } from 'node:crypto';

/** 32 hexadecimal digits of a hash of `words`. */
const digits = (words: readonly string[]): string =>
  createHash('sha256').update(words.join('\u0000')).digest('hex').slice(0, 32);

export type IdKind = 'ou' | 'on' | 'oc' | 'om' | 'file' | 'img' | 't' | 'c' | 'ev' | 'pqk';
const JOINT: Readonly<Record<IdKind, string>> = {
  ou: 'ou_',
  on: 'on_',
  oc: 'oc_',
  om: 'om_',
  file: 'file_v3_',
  img: 'img_v3_',
  t: 't-',
  c: 'c-',
  ev: '',
  pqk: 'pqk',
};

/** An id of a kind, a function of `words`. */
export const idOf = (kind: IdKind, ...words: readonly string[]): string => JOINT[kind] + digits(words);

/** Ids of what is made while running: a counter under a salt, so that two playgrounds with one salt give the same ids. */
export function createIds(salt: string): (kind: IdKind) => string {
  let count = 0;
  return (kind) => {
    count += 1;
    return idOf(kind, salt, String(count));
  };
}

/** Id of a conversation on DingTalk: base64, so signs that must not be lost on the way are in some of them. */
export const conversationId = (...words: readonly string[]): string =>
  `cid${createHash('sha256').update(words.join('\u0000')).digest('base64').slice(0, 22)}==`;
