/** The league behind a signed link: branches with ranks and points, those without a rank with the reason, nobody's name. */
import { afterEach, expect, it } from 'vitest';
import { leagueBoardLink } from '../../src/usecases/board-link.ts';
import { type HttpBot, startHttpBot } from '../support/http-bot.ts';
import { tempDatabase } from '../support/temp-database.ts';

let bot: HttpBot;
afterEach(() => bot.close());

async function open(district: string | null): Promise<string> {
  const db = await tempDatabase();
  await db.script(`INSERT INTO district (code, name) VALUES ('D1', '东片区'), ('D2', '西片区');
    INSERT INTO unit (code, name) VALUES ('U1', 'Demo unit');
    INSERT INTO branch (code, name, district, unit) VALUES ('B001', '<i>一支部</i>', 'D1', 'U1'), ('B002', '二支部', 'D2', 'U1'), ('B003', '三支部', 'D1', 'U1');
    INSERT INTO person (employee_no, name, branch, status, position) VALUES ('E0001', '林示例', 'B001', 'full', 1);
    INSERT INTO rules_version (hash, body, since) VALUES ('h1', '{}', 0);
    INSERT INTO catalogue_version (hash, body, since) VALUES ('c1', '{}', 0);
    INSERT INTO review (id, branch, period, state, rules, catalogue, opened_by, opened_at, counts)
      VALUES ('r1', 'B001', '2026-Q3', 'final', 'h1', 'c1', 'E0001', 0, '{"due":1,"present":1,"electors":4,"cast":2,"valid":2}'),
             ('r2', 'B002', '2026-Q3', 'final', 'h1', 'c1', 'E0001', 0, '{"due":1,"present":1,"electors":4,"cast":4,"valid":4}')`);
  bot = await startHttpBot({ db });
  const link = await leagueBoardLink(bot.use, '2026-Q3', district);
  const page = await fetch(link.replace(bot.use.config.publicUrl, bot.url));
  expect(page.status).toBe(200);
  return page.text();
}

it('of the city: every branch once, names escaped, persons nowhere', async () => {
  const text = await open(null);
  expect(text).toMatch(/支部排行[^<]*全市[^<]*2026年第3季度|全市[^<]*2026年第3季度/);
  expect(text).toContain('&lt;i&gt;一支部&lt;/i&gt;');
  expect(text.indexOf('二支部')).toBeLessThan(text.indexOf('一支部')); // turnout 4 of 4 before 2 of 4
  expect(text).toMatch(/三支部 · [^<]+<span lang="en">/);
  expect(text).not.toMatch(/林示例|E0001|<i>/);
});

it('of a district: its branches only', async () => {
  const text = await open('D1');
  expect(text).toContain('东片区');
  expect(text).not.toContain('二支部');
});
