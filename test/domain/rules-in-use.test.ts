/** No setting without an effect: each one that offers a choice is read by name somewhere else. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { safeParse, type z } from 'zod';
import { rulesSchema } from '../../src/domain/rules.ts';

const ROOT = new URL('../..', import.meta.url).pathname;
/** Defines the settings, or shows them by their path without doing what they say. */
const NOT_A_USE = /^src\/(domain\/(rules|rules-file|dates)\.ts|texts\/|playground\/|demo\/)/;

interface Leaf {
  path: readonly string[];
  /** Accepts one value only: it says what is done, and offers nothing. */
  fixed: boolean;
}
function bare(schema: z.core.$ZodType): z.core.$ZodType {
  const { def } = schema._zod;
  return 'innerType' in def ? bare(def.innerType as z.core.$ZodType) : schema;
}
function leaves(schema: z.core.$ZodType, path: readonly string[] = []): Leaf[] {
  const { def } = bare(schema)._zod;
  if (def.type === 'object')
    return Object.entries((def as z.core.$ZodObjectDef).shape).flatMap(([key, part]) => leaves(part, [...path, key]));
  return [{ path, fixed: def.type === 'literal' || (def.type === 'array' && refusesOthers(bare(schema))) }];
}
/** A list that may only be what it is. */
const refusesOthers = (list: z.core.$ZodType): boolean =>
  safeParse(list, []).error?.issues.some(({ message }) => message.includes('in this version')) ?? false;

const sources = ['src', 'cards', 'commands']
  .flatMap((folder) =>
    readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
  )
  .filter((file) => file.endsWith('.ts') && !NOT_A_USE.test(file))
  .map((file) => readFileSync(`${ROOT}${file}`, 'utf8'));

/** `section.name`, `section[key]`, or both names in one file, the leaf read as a property or taken out of braces. */
function isRead(path: readonly string[]): boolean {
  const name = path.at(-1) ?? '';
  const section = path.at(-2);
  const read = new RegExp(String.raw`\.${name}\b|\{[^{}()]*\b${name}\b[^{}()]*\}\s*(=|:|\))`);
  const byKey = new RegExp(String.raw`\b${section}\[`);
  const inSection = new RegExp(String.raw`\b${section}\b`);
  return sources.some(
    (source) =>
      (read.test(source) && (section === undefined || inSection.test(source))) ||
      (section !== undefined && byKey.test(source)),
  );
}

const all = leaves(rulesSchema);
it('the walk reaches every setting', () => expect(all.length).toBeGreaterThan(80));
it.each(
  all.filter(({ fixed, path }) => !fixed && path[0] !== 'dates').map(({ path }) => [path.join('.'), path] as const),
)('%s is read', (_name, path) => expect(isRead(path)).toBe(true));
