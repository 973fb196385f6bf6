/** All pages of a board: every part in the largest type with which it stands on one page, and the foot with date and page number. */
import type { BoardFile, BoardPart } from './content.ts';
import { printable } from './lines.ts';
import { FOOT, MM, type Page, paperOf } from './marks.ts';
import { PartSetter } from './set-part.ts';
import { MISSING, type TypeCase } from './type-case.ts';

/** Tried in this order on one page; else the size of the template, on as many as it takes. */
const SCALES = [1.6, 1.4, 1.2, 1, 0.9, 0.8];
/** From one line of the foot to the next, in units of its type size. */
const FOOT_LINE = 1.35;
/** Codes named at the foot. */
const CODES_SHOWN = 8;

function setBest(part: BoardPart, file: BoardFile, type: TypeCase): Page[] {
  for (const scale of SCALES) {
    const { pages, full, broken } = new PartSetter(part, file, type, scale, 1).set();
    if (!full && !(broken && scale > 1)) return pages;
  }
  return new PartSetter(part, file, type, 1, Infinity).set().pages;
}

interface NumberedPage {
  page: Page;
  part: BoardPart;
}
type FootLine = readonly [left: string, middle: string, right: string];

/** Lines of a foot, the lowest first; a text that would not be read beside the others has a line of its own. */
function footLines(
  { page, part }: NumberedPage,
  number: string,
  { words, style }: BoardFile,
  type: TypeCase,
): FootLine[] {
  const wide = (text: string): number => type.width(text, 'regular') * FOOT * style.text_size;
  const room = paperOf(style).width - 2 * style.margin_mm * MM;
  const [footer, stamp] = [printable(part.footer), printable(words.stamp)];
  const beside = wide(stamp) + 2 * Math.max(wide(footer), wide(number)) + 2 * style.text_size <= room;
  const lost = page.marks.some((mark) => mark.kind === 'text' && mark.runs.some((run) => run.text.includes(MISSING)));
  const codes = type.missing().slice(0, CODES_SHOWN).join(' ');
  return [
    ...(beside
      ? [[footer, stamp, number] satisfies FootLine]
      : [[stamp, '', number] satisfies FootLine, [footer, '', ''] satisfies FootLine]),
    ...(lost ? [[words.missing.replace('{codes}', codes), '', ''] satisfies FootLine] : []),
  ];
}

function drawFoot(pages: readonly NumberedPage[], file: BoardFile, type: TypeCase): void {
  const { style, words } = file;
  const paper = paperOf(style);
  const left = style.margin_mm * MM;
  const room = paper.width - 2 * left;
  const full = FOOT * style.text_size;
  for (const [n, numbered] of pages.entries()) {
    const { marks } = numbered.page;
    const number = words.page.replace('{n}', String(n + 1)).replace('{of}', String(pages.length));
    let y = paper.height - left - 0.3 * full;
    for (const line of footLines(numbered, number, file, type)) {
      for (const [i, text] of line.entries()) {
        if (text === '') continue;
        const width = type.width(text, 'regular');
        const size = Math.min(full, room / width);
        const x = left + (i / 2) * (room - width * size); // at the left, in the middle, at the right
        marks.push({ kind: 'text', x, y, size, colour: style.colours.soft, runs: type.runs(text, 'regular') });
      }
      y -= FOOT_LINE * full;
    }
    marks.push({ kind: 'box', x: left, y: y + 0.1 * full, width: room, height: 0.5, colour: style.colours.line });
  }
}

export function typeset(file: BoardFile, type: TypeCase): Page[] {
  const pages = file.parts.flatMap((part) => setBest(part, file, type).map((page) => ({ page, part })));
  drawFoot(pages, file, type);
  return pages.map(({ page }) => page);
}
