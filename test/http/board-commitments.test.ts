/** Boards of commitments behind signed links (R59): what is published and nothing else. */
import { afterEach, expect, it } from 'vitest';
import { defaultCatalogue } from '../../src/domain/catalogue.ts';
import { commitmentBoardLink, sheetBoardLink } from '../../src/usecases/board-link.ts';
import { type HttpBot, startHttpBot } from '../support/http-bot.ts';
import { tempDatabase } from '../support/temp-database.ts';

const NAUGHTY = '<script>alert("张三")</script>&';
const DAY = 86_400_000;
let bot: HttpBot;
afterEach(() => bot.close());

async function start(): Promise<void> {
  const db = await tempDatabase();
  await db.script(`INSERT INTO district (code, name) VALUES ('D1', 'Demo district');
    INSERT INTO unit (code, name) VALUES ('U1', 'Demo unit');
    INSERT INTO branch (code, name, district, unit) VALUES ('B001', '示范一支部', 'D1', 'U1'), ('B002', '示范二支部', 'D1', 'U1')`);
  await db.write(async (tx) => {
    await tx.run('INSERT INTO catalogue_version (hash, body, since) VALUES (?, ?, 0)', [
      'catalogue',
      JSON.stringify(defaultCatalogue),
    ]);
    const people: [string, string][] = [
      ['E0002', NAUGHTY],
      ['E0001', '林示例'],
      ['E0003', '草稿人'],
      ['E0004', '离开者'],
    ];
    for (const [position, [no, name]] of people.entries())
      await tx.run(
        "INSERT INTO person (employee_no, name, branch, status, position) VALUES (?, ?, 'B001', 'full', ?)",
        [no, name, position],
      );
    const sheets: [id: string, person: string | null, state: string][] = [
      ['sheet-branch', null, 'published'],
      ['sheet-1', 'E0001', 'published'],
      ['sheet-2', 'E0002', 'published'],
      ['sheet-3', 'E0003', 'approved'],
      ['sheet-4', 'E0004', 'published'],
    ];
    for (const [id, person, state] of sheets) {
      await tx.run(
        "INSERT INTO commitment (id, year, branch, person, state, catalogue) VALUES (?, 2026, 'B001', ?, ?, 'catalogue')",
        [id, person, state],
      );
      const star = (person === null ? defaultCatalogue.branch : defaultCatalogue.member)[0]!.key;
      for (const n of [1, 2])
        await tx.run(
          "INSERT INTO commitment_item (id, commitment, position, star, text, result, due) VALUES (?, ?, ?, ?, ?, '按期率不低于95%', '2026-11-30')",
          [`${id}-${n}`, id, n, star, `${id} 第${n}件事 <b>`],
        );
    }
    await tx.run(
      `INSERT INTO task (id, branch, year, item, own, owner, text, due, state, done_on)
       VALUES ('t1', 'B001', 2026, 'sheet-1-1', 1, 'E0001', 'x', '2026-11-30', 'done', '2026-10-16'),
              ('t2', 'B001', 2026, 'sheet-1-2', 1, 'E0001', 'x', '2026-09-30', 'open', NULL)`,
    );
    await tx.run("UPDATE person SET left_on = '2026-05-01' WHERE employee_no = 'E0004'");
  });
  bot = await startHttpBot({ db });
}
const open = async (link: string) => {
  const response = await fetch(link.replace(bot.use.config.publicUrl, bot.url), { redirect: 'manual' });
  return { status: response.status, headers: response.headers, text: await response.text() };
};

it('shows the branch’s own first, then people in roster order, in both languages, and marks only what is done', async () => {
  await start();
  const { status, text, headers } = await open(await commitmentBoardLink(bot.use, 'B001', 2026));
  expect(status).toBe(200);
  expect(text).toContain('示范一支部2026年公开承诺');
  expect(text).toContain('Public commitments 2026: 示范一支部');
  const names = [...text.matchAll(/<h2>([^]*?)<\/h2>/g)].map(([, name]) => name!.replaceAll(/<[^>]+>/g, ''));
  expect(names).toEqual(['支部 The branch', '&lt;script&gt;alert(&quot;张三&quot;)&lt;/script&gt;&amp;', '林示例']);
  expect(text.match(/✓/g)).toHaveLength(1);
  expect(text).toContain('sheet-1 第1件事 &lt;b&gt;');
  for (const part of [
    defaultCatalogue.member[0]!.zh,
    defaultCatalogue.member[0]!.en,
    defaultCatalogue.branch[0]!.zh,
    '2026-11-30',
  ])
    expect(text).toContain(part);
  expect(text).not.toMatch(/草稿人|离开者|E000\d|B001|<script/);
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(text).toMatch(/@media print[^]*ol > li \{ break-inside: avoid/);
});

it('has a page for one sheet', async () => {
  await start();
  const { status, text } = await open(await sheetBoardLink(bot.use, { id: 'sheet-1' }));
  expect(status).toBe(200);
  expect(text).toContain('<h1>林示例2026年公开承诺</h1>');
  expect(text).not.toContain('sheet-2');
});

it.each([
  ['of a sheet that is only approved', () => sheetBoardLink(bot.use, { id: 'sheet-3' })],
  ['of somebody who left', () => sheetBoardLink(bot.use, { id: 'sheet-4' })],
  ['of no sheet', () => sheetBoardLink(bot.use, { id: 'sheet-9' })],
  ['of a branch without any', () => commitmentBoardLink(bot.use, 'B002', 2026)],
  ['of another year', () => commitmentBoardLink(bot.use, 'B001', 2025)],
])('the board %s opens nothing', async (_what, link) => {
  await start();
  const { status, text } = await open(await link());
  expect(status).toBe(404);
  expect(text).not.toMatch(/林示例|草稿人|离开者/);
});

it('is open for half a year', async () => {
  await start();
  const link = await commitmentBoardLink(bot.use, 'B001', 2026);
  bot.time += 181 * DAY;
  expect((await open(link)).text).toMatch(/已过期/);
});
