import type { z } from 'zod';
import { nearest } from './nearest.ts';

type Path = readonly PropertyKey[];
const show = (path: Path): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');

function at(value: unknown, path: Path): unknown {
  let here = value;
  for (const part of path) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = Object.entries(here).find(([key]) => key === String(part))?.[1];
  }
  return here;
}

const KIND_OF: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'a section in braces',
};
const kind = (name: string): string => KIND_OF[name] ?? name;
function kindOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  return kind(Array.isArray(value) ? 'array' : typeof value);
}
const unit = (origin: string): string =>
  origin === 'string' ? ' characters long' : origin === 'array' ? ' entries long' : '';

function predicate(issue: z.core.$ZodIssue, value: unknown): string {
  if (issue.code === 'invalid_type') {
    if (!issue.message.startsWith('Invalid input')) return issue.message;
    return value === undefined ? 'is missing' : `must be ${kind(issue.expected)}, not ${kindOf(value)}`;
  }
  if (issue.code === 'too_small' && issue.message.startsWith('Too small')) {
    return `must be ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${unit(issue.origin)}`;
  }
  if (issue.code === 'too_big' && issue.message.startsWith('Too big')) {
    return `must be ${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}${unit(issue.origin)}`;
  }
  if (issue.code === 'invalid_value') {
    if (!issue.message.startsWith('Invalid')) return issue.message;
    const values = issue.values.map((it) => JSON.stringify(it));
    return values.length === 1 ? `can only be ${values[0]}` : `must be one of ${values.join(', ')}`;
  }
  return issue.message;
}

/**
 * Every problem zod found as one plain sentence, with the path of the value. An unknown key is answered with the nearest known
 * one, or with all of its section, looked up in `known`, a complete example of the data.
 */
export function problemSentences(error: z.ZodError, input: unknown, known: unknown): string[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      const section = at(known, issue.path);
      const names = typeof section === 'object' && section !== null ? Object.keys(section) : [];
      return issue.keys.map((key) => {
        const hint = nearest(key, names);
        const meant =
          hint === null ? `known here are ${names.join(', ')}.` : `did you mean "${show([...issue.path, hint])}"?`;
        return `"${show([...issue.path, key])}" is not known; ${meant}`;
      });
    }
    const path = show(issue.path);
    return [`${path === '' ? 'The whole' : path} ${predicate(issue, at(input, issue.path))}.`];
  });
}
