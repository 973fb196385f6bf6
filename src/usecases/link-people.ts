/** Finds the chat accounts of people by their mobile numbers: at start, after an import and every hour (design.md §12.17). */
import type { ChatPlatform } from '../platform/platform.ts';
import type { Database } from '../store/db.ts';
import { linkIdentity, peopleToLink } from '../store/identity.ts';

/** People asked about and written in one go: small, because a ballot that is being cast waits for the write. */
const PAGE = 100;

export interface LinkCounts {
  /** People without an account on this platform who have a mobile number. */
  asked: number;
  linked: number;
  /** The platform knows nobody by that number, or not in this app's visible range. */
  unknown: number;
  /** The account already belongs to somebody else who is here; an administrator has to look. */
  taken: number;
}

/**
 * Looks up everybody who has no identity on `platform`. Safe to run at any time and in several processes: a second run finds
 * nothing to do.
 * @throws what `findByMobile` throws when the platform cannot be reached; pages already written stay.
 */
export async function linkPeople(
  db: Database,
  platform: Pick<ChatPlatform, 'name' | 'appId' | 'findByMobile'>,
): Promise<LinkCounts> {
  const counts: LinkCounts = { asked: 0, linked: 0, unknown: 0, taken: 0 };
  const { name, appId } = platform;
  let after = '';
  for (;;) {
    const page = await peopleToLink(db.read, { platform: name, appId, after, limit: PAGE });
    const last = page.at(-1);
    if (!last) return counts;
    after = last.employeeNo;
    const found = await platform.findByMobile(page.map((person) => person.mobile));
    const outcome = await db.write(async (tx) => {
      let linked = 0;
      let taken = 0;
      for (const { employeeNo, mobile } of page) {
        const userId = found.get(mobile);
        if (userId === undefined) continue;
        const verdict = await linkIdentity(tx, { platform: name, appId, userId, person: employeeNo });
        if (verdict.ok) linked += 1;
        else taken += 1;
      }
      return { linked, taken };
    });
    counts.asked += page.length;
    counts.linked += outcome.linked;
    counts.taken += outcome.taken;
    counts.unknown += page.length - outcome.linked - outcome.taken;
  }
}
