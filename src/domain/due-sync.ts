/** Keeping a due list that is still open in step with the roster. */
import { DUE_KIND, type DueKind, type RollPerson } from './roll.ts';

/** An entry as it was listed, those who went included. */
export interface ListedDue {
  person: string;
  kind: DueKind;
  gone: boolean;
}
export interface DueChanges {
  /** New in the branch, or back in it. */
  joined: { person: string; kind: DueKind }[];
  /** Still there with another status: a colleague who became a member, for instance. */
  changed: { person: string; kind: DueKind }[];
  /** Left, or moved to another branch. */
  gone: string[];
}

/**
 * What the roster has changed since the list was drawn up (A9, A14). Exemptions, and colleagues the secretary took off the list, are
 * no part of it: they stay as they are.
 * @param people of the branch as the roster has them now
 */
export function dueChanges(listed: readonly ListedDue[], people: readonly RollPerson[]): DueChanges {
  const known = new Map(listed.map((entry) => [entry.person, entry]));
  const here = new Set(people.map((person) => person.employeeNo));
  const changes: DueChanges = {
    joined: [],
    changed: [],
    gone: listed.filter((entry) => !entry.gone && !here.has(entry.person)).map((entry) => entry.person),
  };
  for (const { employeeNo: person, status } of people) {
    const kind = DUE_KIND[status];
    const entry = known.get(person);
    if (entry === undefined || entry.gone) changes.joined.push({ person, kind });
    else if (entry.kind !== kind) changes.changed.push({ person, kind });
  }
  return changes;
}
