/** Ties a chat account to a person with a one-time code from the secretary (design.md section 4). */
import type { CardRef } from '../card-ref.ts';
import { readCommand } from '../domain/command-text.ts';
import type { IncomingMessage } from '../platform/platform.ts';
import { appendAudit } from '../store/audit.ts';
import { putBindCode, takeBindCode } from '../store/bind-code.ts';
import type { Writer } from '../store/db.ts';
import { linkIdentity } from '../store/identity.ts';
import { type Actor, findPerson } from '../store/roster.ts';
import type { Use } from '../use.ts';
import { isOffice, runsBranch } from './access.ts';

const CODE_MINUTES = 15;
/** No letters or digits that look alike. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const CODE_LENGTH = 8;
const BIND_WORDS: readonly string[] = ['bind', '绑定'];

const notice = (key: string, args: Readonly<Record<string, string | number>> = {}): CardRef => ({
  card: 'notice',
  args: { key, ...args },
});

/** Handles what somebody writes whose account is not tied to a person yet. */
export async function bindByCode(tx: Writer, message: IncomingMessage, now: number): Promise<CardRef> {
  const typed = readCommand(message.text);
  if (typed === null || !BIND_WORDS.includes(typed.name)) return notice('stranger');
  const [number, ...code] = typed.args;
  if (number === undefined || code.length === 0) return notice('bind_usage');
  const person = await findAsTyped(tx, number);
  // The same answer whether the number or the code is wrong: the bot is no directory.
  if (person === null || person.leftOn !== null) return notice('bind_wrong');
  const { employeeNo } = person;
  const taken = await takeBindCode(tx, { person: employeeNo, code: code.join(''), now });
  if (!taken.ok) {
    const KEYS = {
      no_code: 'bind_wrong',
      expired: 'bind_expired',
      wrong: 'bind_wrong',
      too_many_tries: 'bind_too_many',
    } as const;
    return notice(KEYS[taken.reason]);
  }
  const { platform, appId, userId } = message.sender;
  const linked = await linkIdentity(tx, { platform, appId, userId, person: employeeNo });
  if (linked.ok)
    await appendAudit(tx, {
      at: now,
      actor: employeeNo,
      act: 'identity_bound',
      object: employeeNo,
      detail: { platform },
    });
  return linked.ok ? notice('bind_ok', { name: person.name }) : notice('bind_taken');
}

/** Employee numbers may be typed in small letters. */
const findAsTyped = async (tx: Writer, typed: string) =>
  (await findPerson(tx, typed)) ?? (await findPerson(tx, typed.toUpperCase()));

/** Makes a code for somebody else. `typed`: the employee number as it was typed. */
export async function issueBindCode(tx: Writer, use: Use, actor: Actor, typed: string, now: number): Promise<CardRef> {
  const person = await findAsTyped(tx, typed);
  if (person === null || person.leftOn !== null) return notice('bind_unknown_person');
  if (!runsBranch(actor, person.branch) && !isOffice(use, actor)) return notice('bind_not_yours');
  const { employeeNo } = person;
  const code = [...use.randomBytes(CODE_LENGTH * 4)]
    .filter((byte) => byte < Math.floor(256 / ALPHABET.length) * ALPHABET.length)
    .slice(0, CODE_LENGTH)
    .map((byte) => ALPHABET[byte % ALPHABET.length])
    .join('');
  await putBindCode(tx, {
    person: employeeNo,
    code,
    expiresAt: now + CODE_MINUTES * 60_000,
    issuedBy: actor.employeeNo,
  });
  return notice('bind_issued', { name: person.name, employee: employeeNo, code });
}
