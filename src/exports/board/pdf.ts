/** The only module that knows the PDF library: pages in, bytes out. Equal boards give equal bytes. */
import PDFDocument from 'pdfkit';
import type { BoardFile, MadeBoard } from './content.ts';
import { type Page, paperOf } from './marks.ts';
import { typeset } from './pages.ts';
import { openTypeCase } from './type-case.ts';

/** A board as a PDF with text that can be selected and searched. */
export async function boardPdf(file: BoardFile): Promise<MadeBoard> {
  const type = openTypeCase(file.style.fonts);
  const pages = typeset(file, type);
  const { width, height } = paperOf(file.style);
  const document = new PDFDocument({
    size: [width, height],
    margin: 0,
    autoFirstPage: false,
    lang: file.lang,
    displayTitle: true,
    pdfVersion: '1.7',
    // The time of making would make every file another one; the date of what it shows does not.
    info: {
      Title: file.title,
      Creator: 'Tenstar',
      Producer: 'Tenstar',
      CreationDate: new Date(`${file.date}T00:00:00Z`),
    },
  });
  const chunks: Uint8Array[] = [];
  document.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  const ended = new Promise((resolve, reject) => document.once('end', resolve).once('error', reject));
  for (const page of pages) {
    document.addPage();
    if (page.begins !== undefined) document.outline.addItem(page.begins);
    for (const mark of page.marks) draw(document, mark);
  }
  document.end();
  await ended;
  return { bytes: Buffer.concat(chunks), pages: pages.length, missing: type.missing() };
}

function draw(document: PDFKit.PDFDocument, mark: Page['marks'][number]): void {
  if (mark.kind === 'box') {
    document.rect(mark.x, mark.y, mark.width, mark.height).fill(mark.colour);
    return;
  }
  document.fontSize(mark.size).fillColor(mark.colour);
  let { x } = mark;
  for (const { text, font, width } of mark.runs) {
    document.font(font).text(text, x, mark.y, { lineBreak: false, baseline: 'alphabetic' });
    x += width * mark.size;
  }
}
