/** Takes a year back in from the file `exportYear` wrote: all of it or nothing. */
import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { TenstarError } from '../../errors.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Writer } from '../../store/db.ts';
import { type ArchivedRow, archiveShapes, insertArchived, sameKey, type TableShape } from '../../store/year-archive.ts';
import type { Use } from '../../use.ts';
import { endSchema, headSchema, lineSchema } from './format.ts';

export interface YearImported {
  year: string;
  added: number;
  /** Rows that were there already. */
  same: number;
  /** Rows of the roster and of versions of the rules that differ here and stayed as they are. */
  kept: number;
}
/** A row that stands in the way; `line` counts from 1. */
export interface Conflict {
  line: number;
  table: string;
}
export type YearImport =
  | { ok: true; value: YearImported }
  | { ok: false; conflicts: readonly Conflict[]; more: number };

const SHOWN = 20;
const damaged = (file: string, line: number, why: string) =>
  new TenstarError(
    'input_invalid',
    `${file} line ${line}: ${why}. Use a whole, unchanged file of "tenstar year export".`,
  );

/**
 * @param onRow told now and then, for a progress bar
 * @throws {TenstarError} `input_invalid` naming the line when the file is damaged, of another kind, or of a newer version
 */
export async function importYear(
  use: Pick<Use, 'db' | 'now'>,
  { file, dryRun, onRow }: { file: string; dryRun: boolean; onRow?: (done: number, all: number) => void },
): Promise<YearImport> {
  const { year, rows, sha256 } = await checkFile(file);
  const undo = new Undo();
  try {
    return await use.db.write(async (tx) => {
      const outcome = await takeIn(tx, { file, year, rows, onRow });
      if (!outcome.ok || dryRun) throw undo.with(outcome);
      const { added, same, kept } = outcome.value;
      if (added > 0)
        await appendAudit(tx, {
          at: use.now(),
          actor: 'system',
          act: 'year_imported',
          object: year,
          detail: { added, same, kept, sha256 },
        });
      return outcome;
    });
  } catch (error) {
    if (error === undo && undo.outcome !== null) return undo.outcome;
    throw error;
  }
}

/** Thrown to roll back what was only a look, or what met a conflict. */
class Undo extends Error {
  outcome: YearImport | null = null;
  with(outcome: YearImport): this {
    this.outcome = outcome;
    return this;
  }
}

interface Order {
  file: string;
  year: string;
  rows: number;
  onRow: ((done: number, all: number) => void) | undefined;
}

async function takeIn(tx: Writer, { file, year, rows, onRow }: Order): Promise<YearImport> {
  const shapes = new Map((await archiveShapes(tx)).map((shape) => [shape.table.name, shape]));
  const count = { added: 0, same: 0, kept: 0 };
  const conflicts: Conflict[] = [];
  let line = 0;
  let met = 0;
  for await (const text of linesOf(file)) {
    line += 1;
    if (line === 1 || line === rows + 2) continue;
    const { shape, row } = readRow(file, line, text, shapes);
    const fate = await put(tx, shape, row);
    if (fate === 'conflict') {
      met += 1;
      if (conflicts.length < SHOWN) conflicts.push({ line, table: shape.table.name });
    } else count[fate] += 1;
    if (line % 1_000 === 0) onRow?.(line, rows);
  }
  return met > 0 ? { ok: false, conflicts, more: met - conflicts.length } : { ok: true, value: { year, ...count } };
}

async function put(tx: Writer, shape: TableShape, row: ArchivedRow): Promise<'added' | 'same' | 'kept' | 'conflict'> {
  const there = await sameKey(tx, shape, row);
  if (there === null) return (await insertArchived(tx, shape, row)) ? 'added' : 'conflict';
  if (shape.columns.every((column) => row[column] === undefined || row[column] === there[column])) return 'same';
  return shape.table.part === 'ground' ? 'kept' : 'conflict';
}

function readRow(
  file: string,
  line: number,
  text: string,
  shapes: ReadonlyMap<string, TableShape>,
): { shape: TableShape; row: ArchivedRow } {
  const { t, r } = lineSchema.parse(JSON.parse(text));
  const shape = shapes.get(t);
  const strange = shape === undefined ? t : Object.keys(r).find((column) => !shape.columns.includes(column));
  if (shape === undefined || strange !== undefined)
    throw new TenstarError(
      'input_invalid',
      `${file} line ${line}: this version does not know ${strange ?? t}. Update Tenstar here to the version that wrote the file.`,
    );
  const missing = shape.key.find((column) => r[column] === undefined || r[column] === null);
  if (missing !== undefined) throw damaged(file, line, `${missing} is missing`);
  return { shape, row: r };
}

/** Reads the file once before anything is touched: what it is, whether it is whole. */
async function checkFile(file: string): Promise<{ year: string; rows: number; sha256: string }> {
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

const linesOf = (file: string): AsyncIterable<string> =>
  createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity });
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
