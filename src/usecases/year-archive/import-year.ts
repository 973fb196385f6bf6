/** Takes a year back in from the file `exportYear` wrote: all of it or nothing. */
import { today } from '../../domain/period.ts';
import { TenstarError } from '../../errors.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Writer } from '../../store/db.ts';
import { type ArchivedRow, archiveShapes, insertArchived, sameKey, type TableShape } from '../../store/year-archive.ts';
import type { Use } from '../../use.ts';
import { lineSchema } from './format.ts';
import { type OwnStands, ownStands } from './own-stands.ts';
import { checkFile, damaged, linesOf } from './read-file.ts';

export interface YearImported {
  year: string;
  added: number;
  /** Rows that were there already. */
  same: number;
  /** Rows of the roster and of versions of the rules in which this installation's own stands. */
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

/**
 * @param onRow told now and then, for a progress bar
 * @throws {TenstarError} `input_invalid` naming the line when the file is damaged, of another kind, or of a newer version
 */
export async function importYear(
  use: Pick<Use, 'db' | 'now'> & { config: Pick<Use['config'], 'timezone'> },
  { file, dryRun, onRow }: { file: string; dryRun: boolean; onRow?: (done: number, all: number) => void },
): Promise<YearImport> {
  const { year, rows, sha256 } = await checkFile(file);
  const on = today(use.now(), use.config.timezone);
  const undo = new Undo();
  try {
    return await use.db.write(async (tx) => {
      const outcome = await takeIn(tx, { file, year, on, rows, onRow });
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
  /** ISO date of today. */
  on: string;
  rows: number;
  onRow: ((done: number, all: number) => void) | undefined;
}

async function takeIn(tx: Writer, { file, year, on, rows, onRow }: Order): Promise<YearImport> {
  const shapes = new Map((await archiveShapes(tx)).map((shape) => [shape.table.name, shape]));
  const own = await ownStands(tx, { year, on });
  const count = { added: 0, same: 0, kept: 0 };
  const conflicts: Conflict[] = [];
  let line = 0;
  let met = 0;
  for await (const text of linesOf(file)) {
    line += 1;
    if (line === 1 || line === rows + 2) continue;
    const { shape, row } = readRow(file, line, text, shapes);
    const fate = await put(tx, own, shape, row);
    if (fate === 'conflict') {
      met += 1;
      if (conflicts.length < SHOWN) conflicts.push({ line, table: shape.table.name });
    } else count[fate] += 1;
    if (line % 1_000 === 0) onRow?.(line, rows);
  }
  return met > 0 ? { ok: false, conflicts, more: met - conflicts.length } : { ok: true, value: { year, ...count } };
}

async function put(
  tx: Writer,
  own: OwnStands,
  shape: TableShape,
  row: ArchivedRow,
): Promise<'added' | 'same' | 'kept' | 'conflict'> {
  const there = await sameKey(tx, shape, row);
  if (there === null) {
    const admitted = own.admit(shape.table.name, row);
    if (admitted === null) return 'kept';
    return (await insertArchived(tx, shape, admitted)) ? 'added' : 'conflict';
  }
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
