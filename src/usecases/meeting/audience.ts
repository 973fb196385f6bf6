/** Who a meeting is for, and where its cards go. */
import type { CardRef } from '../../card-ref.ts';
import { isForCommittee } from '../../domain/meeting.ts';
import type { Reader, Writer } from '../../store/db.ts';
import { guestsOf } from '../../store/meeting-guests.ts';
import type { Meeting } from '../../store/meetings.ts';
import { type Actor, peopleOfBranch } from '../../store/roster.ts';
import { onCommittee, runnersOf } from '../access.ts';
import { type SendOptions, sendToPeople, sendToScope } from '../notify.ts';

/** May come, sign in, and read what was agreed. */
export const isInvited = (actor: Actor, meeting: Pick<Meeting, 'branch' | 'kind'>): boolean =>
  isForCommittee(meeting.kind) ? onCommittee(actor, meeting.branch) : actor.branch === meeting.branch;

/** Those who are expected, in roster order: the committee, else full and probationary members. Colleagues are welcome and not counted. */
export async function dueAt(h: Reader, meeting: Pick<Meeting, 'branch' | 'kind'>): Promise<Actor[]> {
  const people = await peopleOfBranch(h, meeting.branch);
  return people.filter((person) =>
    isForCommittee(meeting.kind) ? onCommittee(person, meeting.branch) : person.status !== 'colleague',
  );
}

/** To the branch chat, and privately to those expected whom it does not reach; to them alone when it is the committee's. */
export async function tellBranch(tx: Writer, meeting: Meeting, card: CardRef, options: SendOptions): Promise<void> {
  const due = (await dueAt(tx, meeting)).map((person) => person.employeeNo);
  if (isForCommittee(meeting.kind)) await sendToPeople(tx, due, card, options);
  else await sendToScope(tx, 'branch', meeting.branch, due, card, options);
}

/** Private cards to those who run the guest branches. @param all also those that said they do not come */
export async function tellGuests(tx: Writer, meeting: Meeting, all: boolean, options: SendOptions): Promise<void> {
  for (const guest of await guestsOf(tx, meeting.id)) {
    if (!all && guest.comes === false) continue;
    await sendToPeople(
      tx,
      await runnersOf(tx, guest.branch),
      { card: 'meeting_invitation', args: { meeting: meeting.id } },
      options,
    );
  }
}
