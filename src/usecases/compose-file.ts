/** Files that are made at the moment they are sent, for the person or the group they are sent to: as cards are, from ids only. */
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
/** For files that also go to a group, which has no person. */
export type OpenFileContext = Omit<FileContext, 'actor'> & { actor: Actor | null };
export interface ComposedFile {
  /** With an extension; safe to save under. */
  name: string;
  bytes: Uint8Array;
}
export interface FileDefinition {
  name: string;
  /** Null when it is no longer there or the person may no longer have it; then nothing is sent. */
  compose(args: unknown, context: OpenFileContext): Promise<ComposedFile | null>;
}
interface Described<A extends z.ZodType, C> {
  name: string;
  args: A;
  compose: (args: z.infer<A>, context: C) => Promise<ComposedFile | null>;
}

/** A file that holds only what is published, so that a group may have it. Arguments are checked: they come back from the database. */
export const defineOpenFile = <A extends z.ZodType>(definition: Described<A, OpenFileContext>): FileDefinition => ({
  name: definition.name,
  compose: (args, context) => definition.compose(definition.args.parse(args), context),
});

/** A file for one person. */
export const defineFile = <A extends z.ZodType>({ name, args, compose }: Described<A, FileContext>): FileDefinition =>
  defineOpenFile({
    name,
    args,
    compose(read, { actor, ...context }) {
      if (actor === null)
        throw new TenstarError('bug', `The file ${name} is for one person and must not go to a group.`);
      return compose(read, { ...context, actor });
    },
  });

export type ComposeFile = (ref: FileRef, person: string | null) => Promise<ComposedFile | null>;

/** Makes files out of references. */
export function createFileComposer(use: Use, definitions: readonly FileDefinition[]): ComposeFile {
  const byName = new Map(definitions.map((definition) => [definition.name, definition]));
  return async ({ file, args }, employeeNo) => {
    const definition = byName.get(file);
    if (definition === undefined) throw new TenstarError('bug', `No file is named ${file}.`);
    const read = use.db.read;
    const person = employeeNo === null ? null : await findPerson(read, employeeNo);
    if (employeeNo !== null && (person === null || person.leftOn !== null)) return null;
    const locale = person?.locale ?? use.config.defaultLocale;
    const actor = person === null ? null : { ...person, leftOn: null };
    return definition.compose(args, { use, read, actor, locale, t: translator(locale) });
  };
}
