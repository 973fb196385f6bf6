/** What a reader finds in a PDF, by a library that had no part in writing it. */
import { extractText, getDocumentProxy, getMeta } from 'unpdf';

export interface ReadPdf {
  pages: string[];
  /** All pages, without white space: text goes on in the next line of a cell. */
  bare: string;
  title: string;
  language: string;
  /** Width and height of the first page, points. */
  size: [number, number];
  outline: string[];
}
export const bareText = (text: string): string => text.replaceAll(/\s+/g, '');

export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const document = await getDocumentProxy(Uint8Array.from(bytes)); // it takes the memory away from whoever gives it
  const { text } = await extractText(document, { mergePages: false });
  const { info } = await getMeta(document);
  const page = await document.getPage(1);
  const [x = 0, y = 0, right = 0, bottom = 0] = page.view;
  const outline = (await document.getOutline()) ?? [];
  return {
    pages: text,
    bare: bareText(text.join('')),
    title: String(info['Title']),
    language: String(info['Language']),
    size: [right - x, bottom - y],
    outline: outline.map((entry: { title: string }) => entry.title),
  };
}
