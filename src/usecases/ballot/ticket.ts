/**
 * What lets one person vote on the web page: a link, asked for in the private chat and good for minutes, and the ticket inside the
 * form it opens, good for as long as filling in takes. Both are sealed, not only signed: the address of a page ends up in the logs
 * of proxies, where it must not say who voted when (design.md 12.16). Neither is stored, and neither opens anything but this.
 */
import { createHash } from 'node:crypto';
import { EncryptJWT, errors, jwtDecrypt } from 'jose';
import { z } from 'zod';
import type { Config } from '../../config.ts';
import { no, type Verdict, yes } from '../../domain/verdict.ts';
import type { Use } from '../../use.ts';

/** How long a link opens the list of ballots. */
export const LINK_MINUTES = 30;
/** How long an opened form is taken. */
const FORM_MINUTES = 120;

/** `link` stands in an address, `form` in a hidden field only; one is never taken for the other. */
export type TicketPurpose = 'link' | 'form';
const GOOD_FOR_MS: Readonly<Record<TicketPurpose, number>> = {
  link: LINK_MINUTES * 60_000,
  form: FORM_MINUTES * 60_000,
};
const audience = (purpose: TicketPurpose) => `ballot-${purpose}`;

export interface Ticket {
  person: string;
  purpose: TicketPurpose;
  /** Unix ms. */
  until: number;
}
const claims = z.object({ p: z.string().min(1), exp: z.int(), aud: z.string() });

type Signing = Pick<Use, 'linkSecret' | 'now'>;

/** Another key than that of boards, so that no link to a board can ever be made into one to a ballot. */
const key = (use: Pick<Use, 'linkSecret'>): Uint8Array =>
  createHash('sha256').update('tenstar ballot link\n').update(use.linkSecret).digest();

/** @returns the ticket as text, and when it ends (Unix ms). */
export async function issueTicket(
  use: Signing,
  person: string,
  purpose: TicketPurpose,
): Promise<{ ticket: string; until: number }> {
  const until = use.now() + GOOD_FOR_MS[purpose];
  const ticket = await new EncryptJWT({ p: person })
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .setAudience(audience(purpose))
    .setExpirationTime(new Date(until))
    .encrypt(key(use));
  return { ticket, until };
}

/** @returns whom the ticket is for, or why it opens nothing. */
export async function readTicket(
  use: Signing,
  text: string,
  purposes: readonly TicketPurpose[],
): Promise<Verdict<Ticket, 'expired' | 'invalid'>> {
  try {
    const { payload } = await jwtDecrypt(text, key(use), {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
      audience: purposes.map(audience),
      currentDate: new Date(use.now()),
    });
    const read = claims.safeParse(payload);
    if (!read.success) return no('invalid');
    const { p, exp, aud } = read.data;
    return yes({ person: p, purpose: aud === audience('link') ? 'link' : 'form', until: exp * 1000 });
  } catch (error) {
    if (error instanceof errors.JWTExpired) return no('expired');
    if (error instanceof errors.JOSEError) return no('invalid');
    throw error;
  }
}

/**
 * A link for this person, made at this moment; null where the page is not offered: without PUBLIC_URL nobody knows where it would be,
 * and over plain http marks would be readable on the way, except on this machine itself.
 */
export async function ballotLink(
  use: Signing & { config: Pick<Config, 'webBallotUrl'> },
  person: string,
): Promise<string | null> {
  const base = use.config.webBallotUrl;
  return base === null ? null : `${base}/ballot/${(await issueTicket(use, person, 'link')).ticket}`;
}
