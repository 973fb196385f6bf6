import type { PlatformName } from '../platform/platform.ts';
import type { Writer } from '../store/db.ts';
import { identityOn, markUnreachable } from '../store/identity.ts';
import type { OutboxRow } from '../store/outbox.ts';
import type { Use } from '../use.ts';
import { sendToPeople } from './notify.ts';

/**
 * The platform says that this person cannot be written to: nothing more goes there until they write to the bot. What was on its way
 * goes to their account on another platform, if they have one.
 */
export async function losePerson(
  tx: Writer,
  use: Pick<Use, 'platforms'>,
  platform: PlatformName,
  person: string,
  undelivered: Pick<OutboxRow, 'uuid' | 'card' | 'args' | 'urgent'>,
  now: number,
): Promise<void> {
  const identity = await identityOn(tx, platform, use.platforms.get(platform)?.appId ?? '', person);
  if (identity === null) return;
  await markUnreachable(tx, platform, identity.appId, identity.userId);
  const { card, args, uuid, urgent } = undelivered;
  await sendToPeople(tx, [person], { card, args }, { now, once: `lost:${uuid}`, urgent });
}
