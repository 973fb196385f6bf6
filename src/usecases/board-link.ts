/** Links to published stars, commitments, leaders' attendance and leagues (`GET /board/…`): signed, with an end; whoever has the link may look, nobody can guess one. */
import { createHash } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Review } from '../domain/review.ts';
import { no, type Verdict, yes } from '../domain/verdict.ts';
import type { Sheet } from '../store/commitments.ts';
import type { Use } from '../use.ts';

const AUDIENCE = 'board';
const GOOD_FOR_MS = 180 * 86_400_000;

type Signing = Pick<Use, 'linkSecret' | 'config' | 'now'>;

/** What a link opens: the result of a review, the commitments of a branch, those of one sheet, the attendance of its leaders, or a league. */
const claims = z.union([
  z.object({ r: z.string() }).transform(({ r }) => ({ kind: 'result' as const, review: r })),
  z
    .object({ b: z.string(), y: z.int() })
    .transform(({ b, y }) => ({ kind: 'commitments' as const, branch: b, year: y })),
  z.object({ l: z.string(), y: z.int() }).transform(({ l, y }) => ({ kind: 'leaders' as const, branch: l, year: y })),
  z.object({ c: z.string() }).transform(({ c }) => ({ kind: 'sheet' as const, sheet: c })),
  z
    .object({ p: z.string(), d: z.string().nullable() })
    .transform(({ p, d }) => ({ kind: 'league' as const, period: p, district: d })),
]);
export type BoardSubject = z.infer<typeof claims>;

/** Derived, so that links survive a restart and no further secret has to be kept. */
const key = (use: Pick<Use, 'linkSecret'>): Uint8Array =>
  createHash('sha256').update('tenstar board link\n').update(use.linkSecret).digest();

async function signed(use: Signing, payload: z.input<typeof claims>, issuedAt: number): Promise<string> {
  const token = await new SignJWT(payload)
    .setProtectedHeader({ alg: 'HS256' })
    .setAudience(AUDIENCE)
    .setIssuedAt(Math.floor(issuedAt / 1000))
    .setExpirationTime(new Date(use.now() + GOOD_FOR_MS))
    .sign(key(use));
  return `${use.config.publicUrl}/board/${token}`;
}

export const boardLink = (use: Signing, review: Review): Promise<string> =>
  signed(use, { r: review.id }, review.publishedAt ?? review.openedAt);
/** The published commitments of a branch. */
export const commitmentBoardLink = (use: Signing, branch: string, year: number): Promise<string> =>
  signed(use, { b: branch, y: year }, use.now());
/** Leaders' attendance of a year. */
export const leadersBoardLink = (use: Signing, branch: string, year: number): Promise<string> =>
  signed(use, { l: branch, y: year }, use.now());
/** The league of a district, or of the whole city with null. */
export const leagueBoardLink = (use: Signing, period: string, district: string | null): Promise<string> =>
  signed(use, { p: period, d: district }, use.now());
/** One published sheet. */
export const sheetBoardLink = (use: Signing, sheet: Pick<Sheet, 'id'>): Promise<string> =>
  signed(use, { c: sheet.id }, use.now());

/** @returns what the link is about, or why it does not open anything. */
export async function readBoardToken(
  use: Omit<Signing, 'config'>,
  token: string,
): Promise<Verdict<BoardSubject, 'expired' | 'invalid'>> {
  try {
    const { payload } = await jwtVerify(token, key(use), {
      algorithms: ['HS256'],
      audience: AUDIENCE,
      currentDate: new Date(use.now()),
    });
    const read = claims.safeParse(payload);
    return read.success ? yes(read.data) : no('invalid');
  } catch (error) {
    if (error instanceof errors.JWTExpired) return no('expired');
    if (error instanceof errors.JOSEError) return no('invalid');
    throw error;
  }
}
