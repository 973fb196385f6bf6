/** Ties a chat account to a person with a one-time code from the secretary (design.md section 4). */
import type { CardRef } from '../card-ref.ts';
import { readCommand } from '../domain/command-text.ts';
import type { IncomingMessage } from '../platform/platform.ts';
import { appendAudit } from '../store/audit.ts';
import { putBindCode, takeBindCode } from '../store/bind-code.ts';
import type { Writer } from '../store/db.ts';
import { identityOf, linkIdentity } from '../store/identity.ts';
import { type Actor, findPerson } from '../store/roster.ts';
import type { Use } from '../use.ts';
import { isOffice, runsBranch } from './access.ts';
import { bindCode } from './bind-code.ts';
import { sendToPeople } from './notify.ts';

const CODE_MINUTES = 15;
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
  const before = (await identityOf(tx, employeeNo)).filter(({ reachable }) => reachable);
  // Before the account: where it takes the place of another, nothing reaches that one any more.
  if (before.length > 0) await sendToPeople(tx, [employeeNo], notice('bind_another', { name: person.name }), { now });
  const linked = await linkIdentity(tx, { platform, appId, userId, person: employeeNo });
  if (linked.ok)
    await appendAudit(tx, {
      at: now,
      actor: employeeNo,
      act: 'identity_bound',
      object: employeeNo,
      detail: { platform, issued_by: taken.value.issuedBy, accounts_before: before.length },
    });
  return linked.ok ? notice('bind_ok', { name: person.name }) : notice('bind_taken');
}

/** Employee numbers may be typed in small letters. */
const findAsTyped = async (tx: Writer, typed: string) =>
  (await findPerson(tx, typed)) ?? (await findPerson(tx, typed.toUpperCase()));

/**
 * Makes a code. A secretary makes one for whom no account reaches; for everybody else only the person, from an account of theirs, or
 * the office does: otherwise whoever runs a branch could take the place, and the vote, of its members.
 * @param typed the employee number as it was typed
 */
export async function issueBindCode(tx: Writer, use: Use, actor: Actor, typed: string, now: number): Promise<CardRef> {
  const person = await findAsTyped(tx, typed);
  if (person === null || person.leftOn !== null) return notice('bind_unknown_person');
  const { employeeNo } = person;
  const own = employeeNo === actor.employeeNo;
  if (!own && !isOffice(use, actor)) {
    if (!runsBranch(actor, person.branch)) return notice('bind_not_yours');
    if ((await identityOf(tx, employeeNo)).some(({ reachable }) => reachable))
      return notice('bind_has_account', { name: person.name, employee: employeeNo });
  }
  const expiresAt = now + CODE_MINUTES * 60_000;
  await putBindCode(tx, {
    person: employeeNo,
    code: bindCode(use, employeeNo, expiresAt),
    expiresAt,
    issuedBy: actor.employeeNo,
  });
  return { card: 'bind_code', args: { person: employeeNo } };
}
