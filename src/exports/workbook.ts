/** The only module that knows the spreadsheet library: plain sheets in, bytes out, and cells back as text. */
import { writeCsv } from 'hucre/csv';
import { type Cell, type CellStyle, type CellValue, readXlsx, writeXlsx } from 'hucre/xlsx';

export type CellLook = 'title' | 'subtitle' | 'head' | 'body' | 'mark' | 'text' | 'note' | 'sign';
export interface SheetCell {
  value: string | number | null;
  look: CellLook;
  /** Cells this one stretches over, to the right and down; itself counts as one. */
  span?: { columns?: number; rows?: number };
}
export interface PrintSheet {
  name: string;
  /** Width of each column in characters. */
  widths: readonly number[];
  rows: readonly (readonly (SheetCell | null)[])[];
  /** Rows, counted from 1, that are repeated on every printed page. */
  repeat?: { from: number; to: number };
  landscape: boolean;
  /** Printed at the foot of every page, beside the page number. */
  footer: string;
}

const LINE = { style: 'thin' } as const;
const BOX = { top: LINE, right: LINE, bottom: LINE, left: LINE };
const MIDDLE = { horizontal: 'center', vertical: 'center', wrapText: true } as const;
const FONT = '宋体';
const LOOKS: Readonly<Record<CellLook, CellStyle>> = {
  title: { font: { name: FONT, size: 18, bold: true }, alignment: MIDDLE },
  subtitle: { font: { name: FONT, size: 12 }, alignment: { ...MIDDLE, horizontal: 'left' } },
  head: {
    font: { name: FONT, size: 11, bold: true },
    alignment: MIDDLE,
    border: BOX,
    fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'F2F2F2' } },
  },
  body: { font: { name: FONT, size: 11 }, alignment: MIDDLE, border: BOX },
  mark: { font: { name: FONT, size: 11 }, alignment: MIDDLE, border: BOX, numFmt: '0.00' },
  text: { font: { name: FONT, size: 11 }, alignment: { ...MIDDLE, horizontal: 'left', indent: 1 }, border: BOX },
  note: { font: { name: FONT, size: 11 }, alignment: { ...MIDDLE, horizontal: 'left' } },
  sign: { font: { name: FONT, size: 12 }, alignment: { ...MIDDLE, horizontal: 'left' } },
};
const HEIGHTS: Readonly<Record<CellLook, number>> = {
  title: 36,
  subtitle: 22,
  head: 24,
  body: 22,
  mark: 22,
  text: 22,
  note: 26,
  sign: 40,
};

const LINE_HEIGHT = 16;
/** What a spreadsheet takes. */
const MAX_HEIGHT = 409;
/** A line takes this much of the column's width at most: the rest is the margin of the cell. */
const USABLE = 0.92;
/** Chinese characters are twice as wide as Latin ones. */
const widthOf = (text: string): number =>
  Array.from(text).reduce((sum, character) => sum + (character.charCodeAt(0) > 0xff ? 2 : 1), 0);

/** Text that does not fit on one line makes its row higher: nothing is cut off in print. */
function heightOf({ value, look }: SheetCell, width: number): number {
  if (typeof value !== 'string' || look === 'title') return HEIGHTS[look];
  const lines = value
    .split('\n')
    .reduce((sum, paragraph) => sum + Math.max(1, Math.ceil(widthOf(paragraph) / (width * USABLE))), 0);
  return Math.min(MAX_HEIGHT, Math.max(HEIGHTS[look], lines * LINE_HEIGHT));
}

/** Writes sheets as an XLSX file that prints on A4 as it stands, fitted to the width of the page. */
export function writeWorkbook(sheets: readonly PrintSheet[], title: string): Promise<Uint8Array> {
  return writeXlsx({ sheets: sheets.map(toSheet), properties: { title } });
}

function toSheet(sheet: PrintSheet) {
  const cells = new Map<string, Partial<Cell>>();
  const merges: { startRow: number; startCol: number; endRow: number; endCol: number }[] = [];
  const rows: CellValue[][] = sheet.rows.map(() => sheet.widths.map(() => null));
  const rowDefs = new Map<number, { height: number }>();
  for (const [r, row] of sheet.rows.entries()) {
    for (const [c, cell] of row.entries()) {
      if (!cell) continue;
      const down = cell.span?.rows ?? 1;
      const across = cell.span?.columns ?? 1;
      const line = rows[r];
      if (line) line[c] = cell.value;
      for (let y = r; y < r + down; y += 1) {
        for (let x = c; x < c + across; x += 1) cells.set(`${y},${x}`, { style: LOOKS[cell.look] });
      }
      cells.set(`${r},${c}`, { value: cell.value, style: LOOKS[cell.look] });
      if (down > 1 || across > 1)
        merges.push({ startRow: r, startCol: c, endRow: r + down - 1, endCol: c + across - 1 });
      const width = sheet.widths.slice(c, c + across).reduce((sum, one) => sum + one, 0);
      if (down === 1) rowDefs.set(r, { height: Math.max(rowDefs.get(r)?.height ?? 0, heightOf(cell, width)) });
    }
  }
  return {
    name: sheet.name,
    columns: sheet.widths.map((width) => ({ width })),
    rows,
    cells,
    merges,
    rowDefs,
    pageSetup: {
      paperSize: 'a4' as const,
      orientation: sheet.landscape ? ('landscape' as const) : ('portrait' as const),
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      horizontalCentered: true,
      margins: { top: 0.6, bottom: 0.6, left: 0.4, right: 0.4, header: 0.3, footer: 0.3 },
      ...(sheet.repeat ? { printTitlesRow: `$${sheet.repeat.from}:$${sheet.repeat.to}` } : {}),
    },
    // "&" starts a code in a page footer, so it is doubled.
    headerFooter: { oddFooter: `&L${sheet.footer.replaceAll('&', '&&')}&R&P / &N` },
  };
}

/** Writes CSV that Excel opens as UTF-8 and in which no cell can act as a formula. */
export const writeCsvText = (head: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string =>
  writeCsv([[...head], ...rows.map((row) => [...row])], { bom: true, escapeFormulae: true });

/**
 * Reads the first sheet of an XLSX file as text, row by row with empty rows kept, so that an index is a row number. The caller
 * has limited the bytes and what they unpack to. Dates come back as ISO dates, numbers without exponent where they are whole.
 * @throws whatever the library throws on a file it cannot read.
 */
export async function readFirstSheet(bytes: Uint8Array, maxRows: number): Promise<string[][]> {
  const { sheets } = await readXlsx(bytes, { sheets: [0], maxRows });
  return (sheets[0]?.rows ?? []).map((row) => row.map(asText));
}

function asText(value: CellValue | undefined): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return String(value);
}
