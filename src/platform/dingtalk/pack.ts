/** Puts the parts of a card into the sections of the template, in order. */
import type { DataButton, DataChart, DataTable, Line } from './card-data.ts';
import { SECTIONS, SECTIONS_BEFORE_FORM, VALUE_MAX_BYTES } from './limits.ts';
import { bytesOf } from './render-data.ts';
import { line } from './text-lines.ts';

export type Part =
  | { slot: 'lines'; lines: Line[] }
  | { slot: 'table'; table: DataTable }
  | { slot: 'chart'; chart: DataChart }
  | { slot: 'buttons'; buttons: DataButton[] }
  /** Everything after this goes below the form. */
  | { slot: 'form' };

/** Order of the slots inside a section. */
const RANK = { lines: 0, table: 1, chart: 2, buttons: 3 } as const;
const CUT = line('……', 'muted');

interface Section {
  lines: Line[];
  table: DataTable | null;
  chart: DataChart | null;
  buttons: DataButton[];
  rank: number;
}
const empty = (): Section => ({ lines: [], table: null, chart: null, buttons: [], rank: 0 });

/** @returns variables `lines_1` …; what does not fit is cut and says so (parity rule `long_card_cut`). */
export function pack(parts: readonly Part[]): Record<string, string> {
  const sections = Array.from({ length: SECTIONS }, empty);
  const hasForm = parts.some(({ slot }) => slot === 'form');
  let at = 0;
  let end = hasForm ? SECTIONS_BEFORE_FORM : SECTIONS;
  const current = (slot: keyof typeof RANK, fits: (section: Section) => boolean): Section | null => {
    for (; at < end; at++) {
      const section = sections[at];
      if (section !== undefined && section.rank <= RANK[slot] && fits(section)) {
        section.rank = RANK[slot];
        return section;
      }
    }
    // Out of order rather than lost: a button that is not there cannot be pressed.
    const last = sections[end - 1];
    return last !== undefined && fits(last) ? last : null;
  };
  const cut = () => {
    const last = sections[end - 1];
    if (last === undefined || last.lines.at(-1) === CUT) return;
    if (bytesOf([...last.lines, CUT]) > VALUE_MAX_BYTES) last.lines.pop();
    last.lines.push(CUT);
  };
  const fits = (values: readonly unknown[], more: unknown) => bytesOf([...values, more]) <= VALUE_MAX_BYTES;
  for (const part of parts) {
    switch (part.slot) {
      case 'form':
        at = SECTIONS_BEFORE_FORM;
        end = SECTIONS;
        break;
      case 'lines':
        for (const item of part.lines) {
          const section = current('lines', ({ lines }) => fits(lines, item));
          if (section === null) cut();
          else section.lines.push(item);
        }
        break;
      case 'buttons':
        for (const button of part.buttons) {
          const section = current('buttons', ({ buttons }) => fits(buttons, button));
          if (section === null) cut();
          else section.buttons.push(button);
        }
        break;
      case 'table': {
        const section = current('table', ({ table }) => table === null);
        if (section === null) cut();
        else section.table = part.table;
        break;
      }
      case 'chart': {
        const section = current('chart', ({ chart }) => chart === null);
        if (section === null) cut();
        else section.chart = part.chart;
        break;
      }
    }
  }
  return Object.fromEntries(sections.flatMap((section, index) => variables(section, index + 1)));
}

const variables = ({ lines, table, chart, buttons }: Section, n: number): [string, string][] => [
  ...(lines.length === 0 ? [] : [[`lines_${n}`, JSON.stringify(lines)] as [string, string]]),
  ...(table === null ? [] : [[`table_${n}`, JSON.stringify(table)] as [string, string]]),
  ...(chart === null ? [] : [[`chart_${n}`, JSON.stringify(chart)] as [string, string]]),
  ...(buttons.length === 0 ? [] : [[`buttons_${n}`, JSON.stringify(buttons)] as [string, string]]),
];
