/** One-time codes with which a person ties a chat account to an employee number (`/bind`). */
import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { no, type Verdict, yes } from '../domain/verdict.ts';
import type { Reader, Writer } from './db.ts';

/** Wrong tries after which a code is destroyed, so that a short code cannot be guessed. */
export const BIND_CODE_TRIES = 5;

/** As people type it: case, spaces and dashes do not matter. The employee number is the salt. */
function hashOf(person: string, code: string): Buffer {
  const plain = code.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
  return createHash('sha256').update(`${person}\n${plain}`).digest();
}

/** Stores a new code in place of any earlier one of that person. `expiresAt` is Unix ms; only a hash is kept. */
export async function putBindCode(
  tx: Writer,
  { person, code, expiresAt, issuedBy }: { person: string; code: string; expiresAt: number; issuedBy: string },
): Promise<void> {
  const sql = `INSERT INTO bind_code (person, code_hash, expires_at, issued_by) VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (person) DO UPDATE SET code_hash = ?2, expires_at = ?3, issued_by = ?4, tries = 0`;
  await tx.run(sql, [person, hashOf(person, code).toString('hex'), expiresAt, issuedBy]);
}

/** When the code of a person runs out (Unix ms) and who made it; null when there is none. */
export const findBindCode = (h: Reader, person: string): Promise<{ expiresAt: number; issuedBy: string } | null> =>
  h.get(
    z.object({ expiresAt: z.int(), issuedBy: z.string() }),
    'SELECT expires_at AS expiresAt, issued_by AS issuedBy FROM bind_code WHERE person = ?',
    [person],
  );

/** Deletes codes that ran out before `now` (Unix ms). @returns how many. */
export const forgetExpiredCodes = (tx: Writer, now: number): Promise<number> =>
  tx.run('DELETE FROM bind_code WHERE expires_at <= ?', [now]);

const codeRow = z.object({ hash: z.string(), expiresAt: z.number(), tries: z.number(), issuedBy: z.string() });

/**
 * Uses a code up: right once, never again. Let the transaction commit on a refusal too, or wrong tries are not counted.
 * `now` is Unix ms.
 */
export async function takeBindCode(
  tx: Writer,
  { person, code, now }: { person: string; code: string; now: number },
): Promise<Verdict<{ issuedBy: string }, 'no_code' | 'expired' | 'wrong' | 'too_many_tries'>> {
  const find = `SELECT code_hash AS hash, expires_at AS expiresAt, tries, issued_by AS issuedBy FROM bind_code WHERE person = ?`;
  const row = await tx.get(codeRow, find, [person]);
  if (!row) return no('no_code');
  const drop = () => tx.run('DELETE FROM bind_code WHERE person = ?', [person]);
  if (now >= row.expiresAt) {
    await drop();
    return no('expired');
  }
  if (timingSafeEqual(Buffer.from(row.hash, 'hex'), hashOf(person, code))) {
    await drop();
    return yes({ issuedBy: row.issuedBy });
  }
  if (row.tries + 1 >= BIND_CODE_TRIES) {
    await drop();
    return no('too_many_tries');
  }
  await tx.run('UPDATE bind_code SET tries = tries + 1 WHERE person = ?', [person]);
  return no('wrong');
}
