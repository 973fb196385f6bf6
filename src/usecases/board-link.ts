/** Links to published stars (`GET /board/…`): signed, with an end; whoever has the link may look, nobody can guess one. */
import { createHash } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import type { Review } from '../domain/review.ts';
import { no, type Verdict, yes } from '../domain/verdict.ts';
import type { Use } from '../use.ts';

const AUDIENCE = 'board';
const GOOD_FOR_MS = 180 * 86_400_000;

type Signing = Pick<Use, 'linkSecret' | 'config' | 'now'>;

/** Derived, so that links survive a restart and no further secret has to be kept. */
const key = (use: Pick<Use, 'linkSecret'>): Uint8Array => createHash('sha256').update('tenstar board link\n').update(use.linkSecret).digest();

export async function boardLink(use: Signing, review: Review): Promise<string> {
  const token = await new SignJWT({ r: review.id })
    .setProtectedHeader({ alg: 'HS256' })
    .setAudience(AUDIENCE)
    .setIssuedAt(Math.floor((review.publishedAt ?? review.openedAt) / 1000))
    .setExpirationTime(new Date(use.now() + GOOD_FOR_MS))
    .sign(key(use));
  return `${use.config.publicUrl}/board/${token}`;
}

/** @returns the review id, or why the link does not open anything. */
export async function readBoardToken(use: Omit<Signing, 'config'>, token: string): Promise<Verdict<string, 'expired' | 'invalid'>> {
  try {
    const { payload } = await jwtVerify(token, key(use), { algorithms: ['HS256'], audience: AUDIENCE, currentDate: new Date(use.now()) });
    return typeof payload.r === 'string' ? yes(payload.r) : no('invalid');
  } catch (error) {
    if (error instanceof errors.JWTExpired) return no('expired');
    if (error instanceof errors.JOSEError) return no('invalid');
    throw error;
  }
}
