/** The board of leaders' attendance behind a signed link (R67, A47): names and dates of leaders, nothing about anybody else. */
import { afterEach, expect, it } from 'vitest';
import { mergeRules } from '../../src/domain/rules.ts';
import { leadersBoardLink } from '../../src/usecases/board-link.ts';
import { type HttpBot, startHttpBot } from '../support/http-bot.ts';
import { tempDatabase } from '../support/temp-database.ts';

let bot: HttpBot;
afterEach(() => bot.close());

async function start(): Promise<(year: number) => Promise<Response>> {
  const db = await tempDatabase();
  await db.script(`INSERT INTO district (code, name) VALUES ('D1', 'Demo district');
    INSERT INTO unit (code, name) VALUES ('U1', 'Demo unit');
    INSERT INTO branch (code, name, district, unit) VALUES ('B001', '示范一支部', 'D1', 'U1');
    INSERT INTO person (employee_no, name, branch, status, position) VALUES ('E0001', '<b>林示例</b>', 'B001', 'full', 1), ('E0002', '普通人', 'B001', 'full', 2);
    INSERT INTO meeting (id, branch, kind, title, on_date, at_time, place, agenda, state, by_person)
      VALUES ('mt_1', 'B001', 'party_lecture', '', '2026-03-05', '09:30', '一楼', '授课', 'held', 'E0002'),
             ('mt_2', 'B001', 'general_meeting', '主题讨论', '2026-04-09', '09:30', '一楼', '讨论', 'cancelled', 'E0002');
    INSERT INTO meeting_sign_in (meeting, person, leader) VALUES ('mt_1', 'E0001', 1), ('mt_1', 'E0002', 0), ('mt_2', 'E0001', 1)`);
  bot = await startHttpBot({ db });
  return async (year) =>
    fetch((await leadersBoardLink(bot.use, 'B001', year)).replace(bot.use.config.publicUrl, bot.url));
}

it('shows what leaders were at, in both languages, and escapes names', async () => {
  const open = await start();
  const text = await (await open(2026)).text();
  expect(text).toContain('示范一支部 2026 年领导参加支部活动登记');
  expect(text).toContain('&lt;b&gt;林示例&lt;/b&gt;');
  expect(text).toContain('党课 <span lang="en">Party lecture</span>');
  expect(text).toContain('2026-03-05');
  expect(text).not.toMatch(/普通人|主题讨论|E000|mt_1|<b>/);
});
it('says so when there is nothing yet', async () => {
  const open = await start();
  expect(await (await open(2025)).text()).toContain('今年还没有登记');
});
it('is closed where the rules publish nobody', async () => {
  const open = await start();
  bot.use.rules = mergeRules({ attendance: { public_for: [] } });
  expect((await open(2026)).status).toBe(404);
});
