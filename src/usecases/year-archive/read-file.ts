/** Reads the file a year travels in, line by line. */
import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { TenstarError } from '../../errors.ts';
import { endSchema, headSchema, lineSchema } from './format.ts';

export const damaged = (file: string, line: number, why: string) =>
  new TenstarError(
    'input_invalid',
    `${file} line ${line}: ${why}. Use a whole, unchanged file of "tenstar year export".`,
  );

/** Splits at line feeds only: readers of lines also split at U+2028 and U+2029, which JSON leaves as they are inside a text. */
export async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of createReadStream(file, 'utf8')) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

/** What the file is and whether it is whole; `rows` lie between its first and its last line. @throws {TenstarError} `input_invalid` */
export async function checkFile(file: string): Promise<{ year: string; rows: number; sha256: string }> {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile())
    throw new TenstarError('input_invalid', `There is no file ${file}.`);
  const hash = createHash('sha256');
  let year: string | null = null;
  let line = 0;
  let before: string | null = null;
  for await (const text of linesOf(file)) {
    line += 1;
    if (line === 1) {
      const head = headSchema.safeParse(parsed(text));
      if (!head.success) throw new TenstarError('input_invalid', `${file} is no file of "tenstar year export".`);
      year = head.data.tenstar_year;
    }
    if (before !== null) {
      if (line > 2 && !lineSchema.safeParse(parsed(before)).success) throw damaged(file, line - 1, 'this is no row');
      hash.update(`${before}\n`);
    }
    before = text;
  }
  const end = endSchema.safeParse(parsed(before ?? ''));
  if (year === null) throw new TenstarError('input_invalid', `${file} is empty.`);
  if (!end.success) throw damaged(file, line, 'its end is missing');
  if (end.data.rows !== line - 2 || end.data.sha256 !== hash.digest('hex'))
    throw damaged(file, line, 'something was changed after it was written');
  return { year, ...end.data };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
