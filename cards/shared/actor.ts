import type { CardContext } from '../../src/card-def.ts';
import { type Actor, findPerson } from '../../src/store/roster.ts';

/** Who reads the card; null for a group and for people who left. */
export async function readerOf({ read, viewer }: CardContext): Promise<Actor | null> {
  const person = viewer.person === null ? null : await findPerson(read, viewer.person);
  return person === null || person.leftOn !== null ? null : { ...person, leftOn: null };
}
