import type { TableRow } from './read-table.ts';

/** The rows of one roster file. */
export interface Sheet<C extends string> {
  /** Name of the file as given, for problems. */
  file: string;
  rows: readonly TableRow<C>[];
}
