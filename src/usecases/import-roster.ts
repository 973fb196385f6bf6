/** Takes a checked roster over into the database: all of it or nothing. */
import type { Roster, RosterPerson } from '../domain/roster.ts';
import { diffRoster, type RosterDiff } from '../roster/diff.ts';
import { appendAudit } from '../store/audit.ts';
import type { Database, Writer } from '../store/db.ts';
import { type AppIds, markLeft, putBranches, putIdentities, putPeople, storedRoster } from '../store/roster-import.ts';
import type { SendOptions } from './notify.ts';
import { keepOpenListsInStep } from './review/due-sync.ts';

/** People written between two progress reports. */
const CHUNK = 500;

/** What an import of `roster` would change. Writes nothing. */
export async function planImport(db: Database, roster: Roster, appIds: AppIds): Promise<RosterDiff> {
  return diffRoster(await storedRoster(db.read, appIds), usable(roster, appIds));
}

/**
 * Imports in one transaction and answers what changed. Nobody is ever doubled or deleted: people who are missing from the file
 * are marked left, branches that are missing are closed, both on `date`.
 * Due lists of reviews that are still being prepared follow the roster (A9).
 * @param how `at` Unix ms and `actor` for the audit trail; `date` is the local day, for example `2026-10-09`; `hours` when messages
 *   that follow from it may leave, at once when absent.
 * @param progress called with people written and people in all; may start again when the database was busy.
 */
export function applyImport(
  db: Database,
  roster: Roster,
  how: { at: number; date: string; actor: string; appIds: AppIds; hours?: SendOptions },
  progress: (done: number, all: number) => void = () => {},
): Promise<RosterDiff> {
  const wanted = usable(roster, how.appIds);
  return db.write(async (tx) => {
    const diff = diffRoster(await storedRoster(tx, how.appIds), wanted);
    await putBranches(tx, wanted.branches, how.date);
    const { people } = wanted;
    for (let from = 0; from < people.length; from += CHUNK) {
      await putPeople(tx, people.slice(from, from + CHUNK), from);
      progress(Math.min(from + CHUNK, people.length), people.length);
    }
    const numbers = people.map((person) => person.employeeNo);
    await markLeft(tx, numbers, how.date);
    await putIds(tx, people, how.appIds);
    await appendAudit(tx, {
      at: how.at,
      actor: how.actor,
      act: 'roster_imported',
      object: 'roster',
      detail: { branches: counts(diff.branches), people: counts(diff.people) },
    });
    await keepOpenListsInStep(tx, how.actor, how.hours ?? { now: how.at });
    return diff;
  });
}

async function putIds(tx: Writer, people: readonly RosterPerson[], appIds: AppIds): Promise<void> {
  if (appIds.lark !== null)
    await putIdentities(
      tx,
      'lark',
      appIds.lark,
      people.flatMap((p) => (p.larkOpenId === null ? [] : [{ person: p.employeeNo, id: p.larkOpenId }])),
    );
  if (appIds.dingtalk !== null)
    await putIdentities(
      tx,
      'dingtalk',
      appIds.dingtalk,
      people.flatMap((p) => (p.dingtalkUserId === null ? [] : [{ person: p.employeeNo, id: p.dingtalkUserId }])),
    );
}

/** The roster without ids of platforms that are not set up: they could not be kept, so they are no change either. */
const usable = (roster: Roster, { lark, dingtalk }: AppIds): Roster => ({
  ...roster,
  people: roster.people.map((person) => ({
    ...person,
    larkOpenId: lark === null ? null : person.larkOpenId,
    dingtalkUserId: dingtalk === null ? null : person.dingtalkUserId,
  })),
});

/** Counts only, in a fixed order: added, changed, left, returned, unchanged. */
const counts = ({ added, changed, left, returned, unchanged }: RosterDiff['people']): string =>
  `+${added.length} ~${changed.length} -${left.length} ^${returned.length} =${unchanged}`;
