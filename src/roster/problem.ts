/** One thing wrong in a roster file, as `import` prints it (design.md §12.13). */
export interface Problem {
  /** Name of the file as given on the command line. */
  file: string;
  /** Row of the table, the header being row 1. */
  row: number;
  /** Column name, or `-` where no single column is meant. */
  column: string;
  /** What is wrong and what is allowed, in the reader's language. */
  reason: string;
}

export const NO_COLUMN = '-';

export const problemLine = ({ file, row, column, reason }: Problem): string =>
  `${file} row ${row} column ${column}: ${reason}`;

const SHOWN_CHARACTERS = 40;
/** A cell as it is quoted in a reason: one line, not too long. */
export function shown(value: string): string {
  const plain = value.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '·');
  const characters = Array.from(plain);
  return characters.length > SHOWN_CHARACTERS ? `${characters.slice(0, SHOWN_CHARACTERS).join('')}…` : plain;
}
