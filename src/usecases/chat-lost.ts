import { type ChatScope, deactivateChat, findChat } from '../store/chat.ts';
import type { Reader, Writer } from '../store/db.ts';
import type { OutboxRow } from '../store/outbox.ts';
import type { PlatformName } from '../platform/platform.ts';
import { peopleOfBranch, peopleWithRole } from '../store/roster.ts';
import type { Use } from '../use.ts';
import { officePeople } from './access.ts';
import { sendBeyondChats, sendToPeople } from './notify.ts';

/** What could not be put into the chat. */
type Undelivered = Pick<OutboxRow, 'uuid' | 'card' | 'args' | 'urgent'>;

/**
 * The bot is no longer in a chat: nothing more is posted there, and the office is told once if the chat was in use. What was on its
 * way there goes to its people in private: where a platform does not tell that the bot was removed, a failed message is how it is
 * noticed (parity rule `chat_lost_late`).
 */
export async function loseChat(
  tx: Writer,
  use: Use,
  platform: PlatformName,
  chat: { id: string; name: string },
  now: number,
  undelivered?: Undelivered,
): Promise<void> {
  const known = await findChat(tx, platform, chat.id);
  await deactivateChat(tx, platform, chat.id);
  if (known === null || known.scope === null) return;
  if (known.active)
    await sendToPeople(
      tx,
      await officePeople(tx, use),
      { card: 'notice', args: { key: 'chat_lost', chat: known.name || chat.name } },
      { now },
    );
  // An answer to somebody who wrote there concerns nobody else.
  if (undelivered === undefined || undelivered.urgent) return;
  const people = await readersOf(tx, known.scope, known.code);
  await sendBeyondChats(tx, known.scope, known.code, people, undelivered, { now, once: `lost:${undelivered.uuid}` });
}

/** Who gets in private what a chat would have shown: the people of a branch; for a district those who look after it. */
async function readersOf(h: Reader, scope: ChatScope, code: string | null): Promise<string[]> {
  const people =
    code === null
      ? []
      : scope === 'branch'
        ? await peopleOfBranch(h, code)
        : scope === 'district'
          ? await peopleWithRole(h, 'liaison', code)
          : [];
  return people.map((person) => person.employeeNo);
}
