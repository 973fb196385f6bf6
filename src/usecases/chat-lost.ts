import { deactivateChat, findChat } from '../store/chat.ts';
import type { Writer } from '../store/db.ts';
import { peopleWithRole } from '../store/roster.ts';
import type { PlatformName } from '../platform/platform.ts';
import type { Use } from '../use.ts';
import { sendToPeople } from './notify.ts';

/** The bot is no longer in a chat: nothing more is posted there, and the office is told once if the chat was in use. */
export async function loseChat(tx: Writer, use: Use, platform: PlatformName, chat: { id: string; name: string }, now: number): Promise<void> {
  const known = await findChat(tx, platform, chat.id);
  await deactivateChat(tx, platform, chat.id);
  if (known === null || !known.active || known.scope === null) return;
  const office = (await peopleWithRole(tx, 'office')).map((person) => person.employeeNo);
  const told = [...new Set([...office, ...use.config.adminEmployeeNos])];
  await sendToPeople(tx, told, { card: 'notice', args: { key: 'chat_lost', chat: known.name || chat.name } }, { now });
}
