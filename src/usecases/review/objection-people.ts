/** Who decides a case and who corrects the result after it (A46, F10, F17). */
import { type Asked, bodyAsked, BODIES, type Body, type Level } from '../../domain/objection.ts';
import type { Review } from '../../domain/review.ts';
import type { Reader, Writer } from '../../store/db.ts';
import { type Objection, objectionsOf, recusedFrom } from '../../store/objections.ts';
import { type Actor, findBranch, findPerson, peopleOfBranch, peopleWithRole } from '../../store/roster.ts';
import type { CardRef } from '../../card-ref.ts';
import type { Use } from '../../use.ts';
import { has, isOffice, officePeople, onCommittee, runsBranch } from '../access.ts';
import { type SendOptions, sendToPeople } from '../notify.ts';

export type Case = Pick<Objection, 'person' | 'level'>;
const levelOf = ({ level }: Case): Level => (level === 1 ? 1 : 2);
const numbers = (people: readonly Actor[]): string[] => people.map((person) => person.employeeNo);

/** People of the office who are in the roster; ADMIN_EMPLOYEE_NOS may name somebody who left. */
async function officeHere(h: Reader, use: Use): Promise<string[]> {
  const here: string[] = [];
  for (const person of await officePeople(h, use))
    if ((await findPerson(h, person))?.leftOn === null) here.push(person);
  return here;
}
async function leadingGroup(h: Reader, branch: string): Promise<string[]> {
  const unit = (await findBranch(h, branch))?.unit;
  return numbers((await peopleWithRole(h, 'leading_group')).filter((person) => person.unit === unit));
}

const ranTally = ({ openedBy, closedBy, confirmedBy }: Review): string[] =>
  [openedBy, closedBy, confirmedBy].filter((person) => person !== null);

interface Turn {
  asked: Asked | null;
  /** The person concerned, who ran the tally, who stepped aside, who decided before. */
  excluded: ReadonlySet<string>;
  /** The body an appeal goes past. */
  past: Body | null;
}
async function turnOf(h: Reader, use: Use, review: Review, one: Case): Promise<Turn> {
  const bodies: Record<Body, string[]> = {
    committee: numbers((await peopleOfBranch(h, review.branch)).filter((person) => onCommittee(person, review.branch))),
    leading_group: await leadingGroup(h, review.branch),
    office: await officeHere(h, use),
  };
  const earlier = one.level === 1 ? [] : await objectionsOf(h, review.id, one.person);
  const before = earlier.find(({ level }) => level === 1);
  const decider = before?.decidedBy ?? null;
  const excluded = new Set([one.person, ...ranTally(review), ...(await recusedFrom(h, review.id, one.person))]);
  if (decider !== null) excluded.add(decider);
  // Cases decided before the body was kept: the nearest body the decider belongs to.
  const guessed = decider === null ? undefined : BODIES.find((body) => bodies[body].includes(decider));
  const past = before?.decidedAs ?? guessed ?? null;
  return { asked: bodyAsked(bodies, levelOf(one), excluded, past), excluded, past };
}

/**
 * Who may decide, all of one body. First the branch committee, then the unit's leading group, then the office; an appeal begins with
 * the leading group. Whoever opened, closed or confirmed the review, stepped aside or is the person concerned never decides; an
 * appeal never goes to who decided before nor to the body that did. The list of bodies ends with the office: when nobody of it is
 * left either, nobody decides, the office is told, and the case waits until the roster gives somebody the role.
 */
export const deciders = async (h: Reader, use: Use, review: Review, one: Case): Promise<readonly string[]> =>
  (await turnOf(h, use, review, one)).asked?.people ?? [];

/**
 * In which body somebody may decide a case; null: not at all. The office may step in for the body that was asked, under the same
 * conditions as everybody else, and not in an appeal against itself.
 */
export async function decidesAs(h: Reader, use: Use, actor: Actor, review: Review, one: Case): Promise<Body | null> {
  const { asked, excluded, past } = await turnOf(h, use, review, one);
  if (asked?.people.includes(actor.employeeNo) === true) return asked.body;
  return isOffice(use, actor) && !excluded.has(actor.employeeNo) && past !== 'office' ? 'office' : null;
}

/**
 * Who corrects the result after a case was upheld: the committee's members, else secretary and deputy, else the unit's leading
 * group, else the office; never the person concerned nor who stepped aside. Those who ran the tally may: what is to be done was
 * decided by others, and a correction can only raise.
 */
export async function settlers(h: Reader, use: Use, review: Review, { person }: Case): Promise<string[]> {
  const people = await peopleOfBranch(h, review.branch);
  const excluded = new Set([person, ...(await recusedFrom(h, review.id, person))]);
  for (const step of [
    async () => numbers(people.filter((one) => has(one, 'committee'))),
    async () => numbers(people.filter((one) => runsBranch(one, review.branch))),
    () => leadingGroup(h, review.branch),
    () => officeHere(h, use),
  ]) {
    const free = (await step()).filter((one) => !excluded.has(one));
    if (free.length > 0) return free;
  }
  return [];
}

/** Sends a card about a case. Where it reaches nobody the office hears that, and neither whose case it is nor what it says. */
export async function sendCase(
  tx: Writer,
  use: Use,
  review: Review,
  { person }: Case,
  people: readonly string[],
  ref: CardRef,
  options: SendOptions & { once: string },
): Promise<void> {
  const missed = await sendToPeople(tx, people, ref, options);
  if (missed.length < people.length) return;
  const branch = await findBranch(tx, review.branch);
  const args = { key: 'objection_nobody', branch: branch?.name ?? '', period: review.period };
  const told = (await officeHere(tx, use)).filter((one) => one !== person);
  await sendToPeople(tx, told, { card: 'notice', args }, { ...options, once: `nobody:${options.once}` });
}
