/** Files that are made at the moment they are sent, for the person they are sent to: as cards are, from ids only. */
import type { z } from 'zod';
import type { FileRef } from '../card-ref.ts';
import { TenstarError } from '../errors.ts';
import { type Locale, type Translate, translator } from '../i18n.ts';
import type { Reader } from '../store/db.ts';
import { type Actor, findPerson } from '../store/roster.ts';
import type { Use } from '../use.ts';

export interface FileContext {
  use: Use;
  read: Reader;
  /** Who gets it, with the roles held now: whether it may be sent is decided here once more. */
  actor: Actor;
  locale: Locale;
  t: Translate;
}
export interface ComposedFile {
  /** With an extension; safe to save under. */
  name: string;
  bytes: Uint8Array;
}
export interface FileDefinition {
  name: string;
  /** Null when it is no longer there or the person may no longer have it; then nothing is sent. */
  compose(args: unknown, context: FileContext): Promise<ComposedFile | null>;
}

/** Arguments are checked by the schema because they come back from the database. */
export const defineFile = <A extends z.ZodType>(definition: {
  name: string;
  args: A;
  compose: (args: z.infer<A>, context: FileContext) => Promise<ComposedFile | null>;
}): FileDefinition => ({
  name: definition.name,
  compose: (args, context) => definition.compose(definition.args.parse(args), context),
});

export type ComposeFile = (ref: FileRef, person: string | null) => Promise<ComposedFile | null>;

/** Makes files out of references. */
export function createFileComposer(use: Use, definitions: readonly FileDefinition[]): ComposeFile {
  const byName = new Map(definitions.map((definition) => [definition.name, definition]));
  return async ({ file, args }, employeeNo) => {
    const definition = byName.get(file);
    if (definition === undefined) throw new TenstarError('bug', `No file is named ${file}.`);
    if (employeeNo === null)
      throw new TenstarError('bug', `The file ${file} is for one person and must not go to a group.`);
    const read = use.db.read;
    const person = await findPerson(read, employeeNo);
    if (person === null || person.leftOn !== null) return null;
    const locale = person.locale ?? use.config.defaultLocale;
    return definition.compose(args, { use, read, actor: { ...person, leftOn: null }, locale, t: translator(locale) });
  };
}
