/** What a printed board says, in words and in one language: everything the typesetter gets, and nothing it has to look up. */
import type { BoardTemplate } from '../../domain/board-template.ts';

/** A piece of text in a cell. Pieces follow each other on a line and are broken only where one alone is too long for it. */
export interface Piece {
  text: string;
  look: 'plain' | 'strong' | 'accent' | 'soft';
}
export interface BoardRow {
  cells: readonly (readonly Piece[])[];
  /** Columns that say the same as in the row above: left empty but for the first row of a page. */
  repeats: readonly number[];
}
export interface BoardGroup {
  /** A band above the rows, for instance a name; null for none. */
  name: string | null;
  /** Paragraphs under the name. */
  notes: readonly string[];
  rows: readonly BoardRow[];
}
/** Pages with one title. Each part begins on a page of its own. */
export interface BoardPart {
  title: string;
  subtitle: string;
  footer: string;
  columns: readonly { heading: string; width: number }[];
  groups: readonly BoardGroup[];
  /** Said instead of groups where there are none. */
  empty: string;
}
export interface BoardFile {
  lang: 'zh-CN' | 'en';
  title: string;
  /** Date of what it shows. */
  date: string;
  parts: readonly BoardPart[];
  words: {
    /** At the foot of every page: date and version. */
    stamp: string;
    /** With {n} and {of}. */
    page: string;
    /** Added to a name whose rows go on. */
    continued: string;
    /** With {codes}: characters that no font has. */
    missing: string;
  };
  style: Pick<BoardTemplate, 'paper' | 'orientation' | 'margin_mm' | 'text_size' | 'colours' | 'fonts'>;
}

export interface MadeBoard {
  bytes: Uint8Array;
  pages: number;
  /** Characters that no font has, as `U+20005`. */
  missing: readonly string[];
}
