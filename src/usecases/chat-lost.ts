import { deactivateChat, findChat } from '../store/chat.ts';
import type { Writer } from '../store/db.ts';
import type { PlatformName } from '../platform/platform.ts';
import type { Use } from '../use.ts';
import { officePeople } from './access.ts';
import { sendToPeople } from './notify.ts';

/** The bot is no longer in a chat: nothing more is posted there, and the office is told once if the chat was in use. */
export async function loseChat(tx: Writer, use: Use, platform: PlatformName, chat: { id: string; name: string }, now: number): Promise<void> {
  const known = await findChat(tx, platform, chat.id);
  await deactivateChat(tx, platform, chat.id);
  if (known === null || !known.active || known.scope === null) return;
  await sendToPeople(
    tx,
    await officePeople(tx, use),
    { card: 'notice', args: { key: 'chat_lost', chat: known.name || chat.name } },
    { now },
  );
}
