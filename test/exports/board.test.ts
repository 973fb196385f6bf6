/** Boards as PDFs: everything is on them and can be read, names are whole, no score can be, equal data gives equal bytes. */
import { createRequire } from 'node:module';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultCatalogue } from '../../src/domain/catalogue.ts';
import type { BoardFile } from '../../src/exports/board/content.ts';
import { makeBoard } from '../../src/exports/board/make.ts';
import * as dingtalk from '../../src/platform/dingtalk/limits.ts';
import * as lark from '../../src/platform/lark/limits.ts';
import {
  commitmentFile,
  LONG_ENGLISH,
  LONG_RESULT,
  LONG_TEXT,
  NAMES,
  RARE,
  sheetsOf,
  starFile,
} from '../support/board-data.ts';
import { bareText, readPdf } from '../support/pdf-text.ts';

const read = async (file: BoardFile) => readPdf((await makeBoard(file)).bytes);
const count = (text: string, part: string): number => text.split(bareText(part)).length - 1;

describe('the board of a branch', () => {
  it.each([1, 12, 50])('with %d members shows every name whole and every item', async (members) => {
    const sheets = sheetsOf({ members });
    const { pages, bare, outline } = await read(commitmentFile({ members }));
    for (const { name } of sheets) expect(bare).toContain(bareText(name ?? '晴川第一党支部'));
    const items = sheets.flatMap((sheet) => sheet.items);
    expect(count(bare, LONG_TEXT)).toBe(items.filter((item) => item.text === LONG_TEXT).length);
    expect(count(bare, '✓已完成')).toBe(items.filter((item) => item.done).length);
    expect(outline).toEqual(['晴川第一党支部2027年公开承诺']);
    for (const [n, page] of pages.entries()) {
      expect(bareText(page)).toContain('晴川第一党支部2027年公开承诺'); // repeated on every page
      expect(bareText(page)).toContain('承诺做什么');
      expect(bareText(page)).toContain(`第${n + 1}页，共${pages.length}页`);
      expect(bareText(page)).toContain('2027年3月1日·规则：2027年第2版（1a2b3c4d5e6f）');
    }
  });

  it('begins no member at the foot of a page, and repeats the name where it goes on', async () => {
    const { pages } = await read(commitmentFile({ members: 12, how: 'long' }));
    for (const page of pages) {
      const bare = bareText(page);
      for (const name of NAMES.slice(0, 8)) {
        const at = bare.indexOf(`${bareText(name)}政治`);
        if (bare.includes(`${bareText(name)}（续）`)) expect(at).toBe(-1);
      }
    }
    expect(pages.filter((page) => page.includes('（续）')).length).toBeGreaterThan(5);
  });

  it('is in English where that is asked for', async () => {
    const { bare, language, title } = await read(commitmentFile({ members: 2, locale: 'en' }));
    expect({ language, title }).toEqual({ language: 'en', title: '晴川第一党支部: public commitments 2027' });
    expect(bare).toContain(bareText(defaultCatalogue.member[0]?.en ?? ''));
    expect(bare).toContain('28Jan');
    expect(bare).toMatch(/Page1of\d/);
    expect(bare).not.toContain('承诺做什么');
  });

  it('breaks what no line can hold and loses none of it', async () => {
    const { bare } = await read(commitmentFile({ members: 2, locale: 'en', how: 'english', branchItems: 0 }));
    expect(count(bare, LONG_ENGLISH)).toBe(20);
  });

  it('says who made it and nothing about when', async () => {
    const file = commitmentFile({ members: 3 });
    const [one, other] = [await makeBoard(file), await makeBoard(structuredClone(file))];
    expect(Buffer.compare(Buffer.from(one.bytes), Buffer.from(other.bytes))).toBe(0);
    const { title, language, size } = await readPdf(one.bytes);
    expect({ title, language }).toEqual({ title: '晴川第一党支部2027年公开承诺', language: 'zh-CN' });
    expect(size.map(Math.round)).toEqual([1191, 842]); // A3 landscape
    const changed = await makeBoard(commitmentFile({ members: 3, branchItems: 7 }));
    expect(Buffer.compare(Buffer.from(one.bytes), Buffer.from(changed.bytes))).not.toBe(0);
  });

  it('without commitments says so instead of being empty', async () => {
    const { bare, pages } = await read(commitmentFile({ members: 0, branchItems: 0 }));
    expect(pages).toHaveLength(1);
    expect(bare).toContain('晴川第一党支部2027年公开承诺');
  });
});

describe('a board of every member', () => {
  it('is one sheet of paper each, ten long items included', async () => {
    const { pages, outline } = await read(commitmentFile({ members: 3 }, true));
    expect(outline).toEqual([
      '晴川第一党支部2027年公开承诺',
      ...NAMES.slice(0, 3).map((name) => `${name} 2027年公开承诺`),
    ]);
    for (const [n, page] of pages.slice(-3).entries()) {
      expect(bareText(page)).toContain(bareText(NAMES[n] ?? ''));
      for (const other of NAMES.slice(0, 3).filter((name) => name !== NAMES[n]))
        expect(bareText(page)).not.toContain(bareText(other));
    }
  });
});

describe('the star board', () => {
  it('shows names, stars, outstanding stars and levels in the order of the roster', async () => {
    const quarter = await read(starFile(12, '2027-Q1'));
    const names = quarter.bare.match(/林示|欧阳示例|李示范|陈𫖮/g);
    expect(names?.slice(0, 4)).toEqual(['林示', '欧阳示例', '李示范', '陈𫖮']);
    expect(quarter.bare).toContain('晴川第一党支部2027年第1季度星榜');
    expect(quarter.bare).toContain('突出星星级林示');
    expect(quarter.bare).toMatch(/10星/);
    expect(quarter.bare).not.toMatch(/(?<!1)0星/); // nothing won is nothing said
    expect(quarter.bare).not.toMatch(/\d+\.\d|分|名次|排名|第1名/); // no score, no rank (A45)
    for (const star of defaultCatalogue.member) expect(quarter.bare).toContain(`★${star.zh}`);
  });
  it('says so where nothing is published', async () => {
    expect((await read(starFile(0, '2027-Q1'))).bare).toContain('没有可以公布的内容');
  });
});

describe('characters', () => {
  it('beyond the first plane are printed, and one that no font has is named at the foot', async () => {
    const file = commitmentFile({ members: 3, extraNames: [RARE, '陈𫖮'] });
    const { bytes, missing } = await makeBoard(file);
    const { bare } = await readPdf(bytes);
    expect(missing).toEqual(['U+212FE']);
    expect(bare).toContain('陈𫖮');
    expect(bare).toContain('王〓示例');
    expect(bare).toContain('〓：现有字体没有这个字（U+212FE）');
  });
  it('come from a font of one’s own', async () => {
    const font = join(mkdtempSync(join(tmpdir(), 'tenstar-font-')), 'own.ttf');
    writeFileSync(font, fontWith(0x212fe));
    const { bytes, missing } = await makeBoard(
      commitmentFile({ members: 1, extraNames: [RARE], template: { fonts: [font] } }),
    );
    expect(missing).toEqual([]);
    expect((await readPdf(bytes)).bare).toContain(RARE);
  });
  it('from a file that is no font are refused', async () => {
    const font = join(mkdtempSync(join(tmpdir(), 'tenstar-font-')), 'not.ttf');
    writeFileSync(font, 'not a font');
    await expect(makeBoard(commitmentFile({ members: 1, template: { fonts: [font] } }))).rejects.toThrow(
      /could not be written/,
    );
    expect((await makeBoard(commitmentFile({ members: 1 }))).pages).toBe(1); // and the next one is made
  });
});

describe('a template of one’s own', () => {
  it('changes paper, columns and words', async () => {
    const columns = [
      { show: 'text', width: 60, zh: '做什么', en: 'What' },
      { show: 'due', width: 20, zh: '何时', en: 'When' },
    ];
    const template = {
      paper: 'A4',
      orientation: 'portrait',
      text_size: 11,
      branch: { columns, title: { zh: '{district}·{branch}{year}' }, footer: { zh: '{unit}党建办公室' } },
    };
    const { bare, size } = await read(commitmentFile({ members: 2, template }));
    expect(size.map(Math.round)).toEqual([595, 842]);
    for (const part of ['示例片区·晴川第一党支部2027', '做什么', '何时', '示例市晴川局党建办公室'])
      expect(bare).toContain(part);
    expect(bare).not.toContain(LONG_RESULT);
  });
  it('with the largest type on the smallest paper still ends, with nothing lost', async () => {
    const { bare } = await read(commitmentFile({ members: 2, how: 'long', template: { paper: 'A4', text_size: 32 } }));
    for (const name of NAMES.slice(0, 2)) expect(bare).toContain(bareText(name));
  });
});

describe('size', () => {
  it('fifty members with ten full items each, all boards in one file, stay far below what both platforms take', async () => {
    const { bytes, pages } = await makeBoard(commitmentFile({ members: 50, how: 'long', branchItems: 20 }, true));
    expect(pages).toBeGreaterThan(50);
    expect(bytes.byteLength * 4).toBeLessThan(Math.min(lark.FILE_MAX_BYTES, dingtalk.FILE_MAX_BYTES));
    expect(dingtalk.FILE_TYPES).toContain('pdf');
  });
});

/** The packaged font with one more character: the entry of a neighbour in its table of characters is given to it. */
function fontWith(code: number): Buffer {
  const path = '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf';
  const font = readFileSync(createRequire(import.meta.url).resolve(path));
  const tables = new Map(
    Array.from({ length: font.readUInt16BE(4) }, (_, n) => {
      const record = 12 + 16 * n;
      return [font.toString('latin1', record, record + 4), font.readUInt32BE(record + 8)] as const;
    }),
  );
  font.writeUInt32BE(code, (tables.get('head') ?? 0) + 8); // its checksum: another font than the packaged one
  const cmap = tables.get('cmap') ?? 0;
  for (let n = 0; n < font.readUInt16BE(cmap + 2); n++) {
    const table = cmap + font.readUInt32BE(cmap + 8 + 8 * n);
    if (font.readUInt16BE(table) !== 12) continue;
    let group = table + 16 + 12 * (font.readUInt32BE(table + 12) - 1);
    while (font.readUInt32BE(group) > code) group -= 12;
    font.writeUInt32BE(code, group);
    font.writeUInt32BE(code, group + 4);
  }
  return font;
}
