/**
 * One call for several people who get the same message (platform/dingtalk.md §3.2, §3.9): messages of the outbox leave one by one, side by
 * side, so what comes within a moment is gathered here. Each gets the result of their own.
 */
import type { Outcome } from './api.ts';
import type { DingTalkClient, RobotMessage } from './client.ts';
import { type Deadline, earliest } from './deadline.ts';
import { isMediaRefusal } from './errors.ts';
import { PEOPLE_PER_BATCH } from './limits.ts';

/** Short against what a call takes, long against what lies between messages that are sent side by side. */
const GATHER_MS = 30;

interface Batch {
  message: RobotMessage;
  people: Map<string, { by: Deadline; done(outcome: Outcome<string>): void }>;
}
export interface PersonBatches {
  send(userId: string, message: RobotMessage, by: Deadline): Promise<Outcome<string>>;
}

const NOT_NAMED: Outcome<string> = { ok: false, reason: 'unreachable', code: 'unknown-answer', uncertain: true };

/** @param after calls back when the gathering is over */
export function createPersonBatches(
  { sendToPeople }: Pick<DingTalkClient, 'sendToPeople'>,
  after: (close: () => void) => void = (close) => void setTimeout(close, GATHER_MS),
): PersonBatches {
  /** By content; those that still take people. */
  const open = new Map<string, Batch>();

  function close(content: string, batch: Batch): void {
    if (open.get(content) !== batch) return; // full before its time
    open.delete(content);
    void leave(batch);
  }
  async function leave({ message, people }: Batch): Promise<void> {
    // Whoever waits hears something, whatever happens.
    const ask = (userIds: readonly string[], by: Deadline) =>
      sendToPeople(userIds, message, by).catch(() => new Map<string, Outcome<string>>());
    const together = await ask([...people.keys()], earliest([...people.values()].map((person) => person.by)));
    for (const [userId, person] of people) {
      const outcome = together.get(userId) ?? NOT_NAMED;
      const alone = people.size > 1 && mayConcernAnother(outcome);
      person.done(alone ? ((await ask([userId], person.by)).get(userId) ?? NOT_NAMED) : outcome);
    }
  }

  return {
    send(userId, message, by) {
      const content = `${message.msgKey} ${JSON.stringify(message.msgParam)}`;
      return new Promise((done) => {
        let batch = open.get(content);
        // The same to one person again is another message, and a list that names somebody twice sends one.
        if (batch?.people.has(userId) === true) close(content, batch);
        batch = open.get(content);
        if (batch === undefined) {
          const made: Batch = { message, people: new Map() };
          batch = made;
          open.set(content, made);
          after(() => close(content, made));
        }
        batch.people.set(userId, { by, done });
        if (batch.people.size >= PEOPLE_PER_BATCH) close(content, batch);
      });
    },
  };
}

/** The whole call was refused, perhaps for one of its people: each is asked for alone. */
const mayConcernAnother = (outcome: Outcome<string>): boolean =>
  !outcome.ok &&
  outcome.code !== 'invalidStaffId' &&
  (outcome.reason === 'person_unreachable' || outcome.reason === 'bad_request') &&
  !outcome.uncertain &&
  !isMediaRefusal(outcome);
