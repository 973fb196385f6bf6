/** Whatever people write comes back from a year's file as it was. */
import { mkdtempSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { checkFile, linesOf } from '../../src/usecases/year-archive/read-file.ts';
import { lineSchema } from '../../src/usecases/year-archive/format.ts';
import { sinkTo } from '../../src/usecases/year-archive/write-file.ts';

const dir = mkdtempSync(join(tmpdir(), 'tenstar-year-file-'));
let files = 0;

/** What a reader of lines, a decoder or a parser may take for something else. */
const AWKWARD = [
  '\u2028',
  '\u2029',
  '\u0085',
  '\r',
  '\n',
  '\r\n',
  '\v',
  '\f',
  '\u0000',
  '\ufeff',
  '\ud800',
  '\udfff',
  '👩‍👩‍👧',
  '〓',
  '"',
  '\\',
];
const text = fc
  .array(fc.oneof(fc.constantFrom(...AWKWARD), fc.string({ unit: 'binary' })), { maxLength: 12 })
  .map((parts) => parts.join(''));

async function written(texts: readonly string[]): Promise<string> {
  files += 1;
  const file = join(dir, `${files}.jsonl`);
  const handle = await open(file, 'w', 0o600);
  const sink = sinkTo(handle);
  await sink.line({ tenstar_year: '2026', format: 1 });
  for (const body of texts) await sink.line({ t: 'guidance', r: { body } });
  await sink.end(texts.length);
  await handle.close();
  return file;
}

test.prop([fc.array(text, { maxLength: 8 })], { examples: [[AWKWARD]] })('every text', async (texts) => {
  const file = await written(texts);
  expect(await checkFile(file)).toMatchObject({ year: '2026', rows: texts.length });
  const read: unknown[] = [];
  for await (const line of linesOf(file)) read.push(JSON.parse(line));
  expect(read.slice(1, -1).map((line) => lineSchema.parse(line).r['body'])).toEqual(texts);
});

test('lines longer than what is read at once, with characters of several bytes at its seams', async () => {
  const texts = Array.from({ length: 40 }, (_, n) => '评'.repeat(n * 1_111) + '👍'.repeat(n * 777));
  expect(await checkFile(await written(texts))).toMatchObject({ rows: texts.length });
});
