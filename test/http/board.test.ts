import { createHash } from 'node:crypto';
import { SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BOARD_STYLE } from '../../src/http/board-page.ts';
import { defaultCatalogue } from '../../src/domain/catalogue.ts';
import type { Review } from '../../src/domain/review.ts';
import type { MemberSheet } from '../../src/domain/sheet.ts';
import type { Database } from '../../src/store/db.ts';
import { findReview } from '../../src/store/reviews.ts';
import { putSheets } from '../../src/store/sheets.ts';
import { insertSubjects } from '../../src/store/subjects.ts';
import { boardLink } from '../../src/usecases/board-link.ts';
import { type HttpBot, startHttpBot } from '../support/http-bot.ts';
import { NOW } from '../support/lark-push.ts';
import { tempDatabase } from '../support/temp-database.ts';

const DAY = 86_400_000;
const [first, second, third] = defaultCatalogue.member;
const NAUGHTY = '<script>alert("张三")</script>&';

/** A person with the stars named, every score as it must not be shown. */
function sheet(
  employee_no: string,
  won: readonly string[],
  over: Partial<MemberSheet> = {},
): { person: string; body: MemberSheet } {
  const stars = defaultCatalogue.member.map(({ key }) => ({
    key,
    score: '9.87',
    won: won.includes(key),
    barred: false,
    won_before_bar: won.includes(key),
    outstanding: key === won[0],
    may_stand_out: true,
    means: { self: '9.00', committee: '7.65' },
  }));
  return {
    person: employee_no,
    body: { employee_no, graded: true, level: won.length, total: '87.65', stars, notes: [], ...over },
  };
}

async function published(state: Review['state']): Promise<Database> {
  const db = await tempDatabase();
  await db.script(`INSERT INTO district (code, name) VALUES ('D1', 'Demo district');
    INSERT INTO unit (code, name) VALUES ('U1', 'Demo unit');
    INSERT INTO branch (code, name, district, unit) VALUES ('B001', '示范一支部', 'D1', 'U1');
    INSERT INTO rules_version (hash, body, since) VALUES ('rules', '{}', 0)`);
  await db.write(async (tx) => {
    await tx.run('INSERT INTO catalogue_version (hash, body, since) VALUES (?, ?, 0)', [
      'catalogue',
      JSON.stringify(defaultCatalogue),
    ]);
    const people = ['林示例', NAUGHTY, '钱无星', '新同志'].map((name, i) => ({ no: `E000${i + 1}`, name }));
    await tx.run(
      `INSERT INTO person (employee_no, name, branch, status, position)
       SELECT value->>'no', value->>'name', 'B001', 'full', 0 FROM json_each(?)`,
      [JSON.stringify(people)],
    );
    await tx.run(
      `INSERT INTO review (id, branch, period, state, rules, catalogue, opened_by, opened_at, published_at, notice_until)
       VALUES ('rv_demo', 'B001', '2026-Q3', ?, 'rules', 'catalogue', 'E0001', ?, ?, '2026-10-16')`,
      [state, NOW - 10 * DAY, NOW - DAY],
    );
    await insertSubjects(
      tx,
      'rv_demo',
      people.map(({ no }) => ({ person: no, graded: no !== 'E0004', partyGroup: 0 })),
    );
    await putSheets(tx, 'rv_demo', [
      sheet('E0003', []),
      sheet('E0002', [second!.key]),
      sheet('E0001', [third!.key, first!.key]),
      sheet('E0004', [first!.key], { graded: false, level: null }),
    ]);
  });
  return db;
}

let bot: HttpBot;
let link: string;
const open = (address: string) => fetch(address.replace(bot.use.config.publicUrl, bot.url), { redirect: 'manual' });
async function start(state: Review['state'], publicUrl?: string): Promise<void> {
  bot = await startHttpBot({ db: await published(state), ...(publicUrl === undefined ? {} : { publicUrl }) });
  const review = await findReview(bot.db.read, 'rv_demo');
  link = await boardLink(bot.use, review!);
}
afterEach(() => bot.close());

describe('a published board', () => {
  beforeEach(() => start('notice'));

  it('is at the public address, and one page of HTML', async () => {
    expect(link).toMatch(/^https:\/\/stars\.example\.test\/board\/[\w.-]+$/);
    const response = await open(link);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=UTF-8');
    expect(await response.text()).toMatch(/^<!doctype html>\n<html lang="zh-CN">[^]*<\/html>\n$/);
  });

  it('shows names, levels and stars won in both languages, in the order of the roster', async () => {
    const text = await (await open(link)).text();
    expect(text).toContain('示范一支部2026年第3季度结果公示');
    expect(text).toContain('Public notice: 示范一支部, Q3 2026');
    const rows = [...text.matchAll(/<tr>\n<th scope="row">([^]*?)<\/tr>/g)].map(([, row]) => row!);
    expect(rows.map((row) => row.slice(0, row.indexOf('<')))).toEqual([
      '林示例',
      '&lt;script&gt;alert(&quot;张三&quot;)&lt;/script&gt;&amp;',
      '钱无星',
    ]);
    for (const part of ['2星', '2★', first!.zh, first!.en, third!.zh, third!.en]) expect(rows[0]).toContain(part);
    expect(rows[0]).not.toContain(second!.zh);
    expect(rows[0]!.match(/class="outstanding"/g)).toHaveLength(1);
    expect(rows[2]).toContain('<ul></ul>');
  });

  it('shows no score, no identifier and nobody who has no level', async () => {
    const text = await (await open(link)).text();
    expect(text).not.toMatch(/9\.87|87\.65|9\.00|7\.65|E000\d|rv_demo|B001|新同志/);
  });

  it('runs nothing and loads nothing', async () => {
    const response = await open(link);
    const text = await response.text();
    expect(text).not.toMatch(/<script|javascript:|\son\w+=|<img|<link|<iframe|<form|\sstyle=|https?:\/\//i);
    const hash = createHash('sha256')
      .update(/<style>([^]*)<\/style>/.exec(text)![1]!)
      .digest('base64');
    expect(response.headers.get('content-security-policy')).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    expect(text).toContain(BOARD_STYLE);
  });

  it('is kept out of caches, frames, indexes and referrers', async () => {
    const { headers } = await open(link);
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'private, no-store',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=15552000',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'x-robots-tag': 'noindex, nofollow',
    });
  });

  it('has a style for paper and one for telephones', async () => {
    const text = await (await open(link)).text();
    expect(text).toContain('name="viewport" content="width=device-width, initial-scale=1"');
    expect(text).toMatch(/@media print/);
    expect(text).toMatch(/@media \(max-width: 40rem\)/);
  });

  it('opens for half a year, then says so', async () => {
    bot.time = NOW + 179 * DAY;
    expect((await open(link)).status).toBe(200);
    bot.time = NOW + 181 * DAY;
    const response = await open(link);
    expect(response.status).toBe(404);
    expect(await response.text()).toMatch(/这个链接已过期[^]*This link has expired/);
  });

  it('opens after a restart too', async () => {
    const again = await startHttpBot({ db: bot.db });
    expect((await fetch(link.replace(again.use.config.publicUrl, again.url))).status).toBe(200);
    await again.server.close(0);
  });
});

describe('anything else', () => {
  beforeEach(() => start('final'));
  const jwt = (claims: Record<string, unknown>, audience: string, secret: Uint8Array) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience(audience)
      .setExpirationTime('1 day')
      .sign(secret);
  const derived = () => createHash('sha256').update('tenstar board link\n').update(bot.use.linkSecret).digest();
  const unsigned = (claims: object) =>
    [{ alg: 'none' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');

  it.each<[string, () => string | Promise<string>]>([
    [
      'a changed signature',
      () => link.replace(/\.([^.])([^.]*)$/, (_all, sign, rest) => `.${sign === 'A' ? 'B' : 'A'}${rest}`),
    ],
    [
      'changed claims',
      () =>
        link.replace(
          /\.[^./]+\.(?=[^./]*$)/,
          `.${Buffer.from('{"r":"rv_other","aud":"board"}').toString('base64url')}.`,
        ),
    ],
    ['no signature', () => `/board/${unsigned({ r: 'rv_demo', aud: 'board', exp: 4e9 })}.`],
    ['another secret', async () => `/board/${await jwt({ r: 'rv_demo' }, 'board', Buffer.alloc(32, 1))}`],
    ['the secret itself as key', async () => `/board/${await jwt({ r: 'rv_demo' }, 'board', bot.use.linkSecret)}`],
    ['a link made for something else', async () => `/board/${await jwt({ r: 'rv_demo' }, 'export', derived())}`],
    ['a link to no review', async () => `/board/${await jwt({ r: 'rv_none' }, 'board', derived())}`],
    ['a link to nothing', async () => `/board/${await jwt({}, 'board', derived())}`],
    ['no link at all', () => '/board/rv_demo'],
    ['odd signs', () => '/board/%00%ff%3Cscript%3E'],
  ])('%s: 404 with a sentence', async (_what, address) => {
    const made = await address();
    const response = await open(made.startsWith('/') ? bot.url + made : made);
    expect(response.status).toBe(404);
    const text = await response.text();
    expect(text).toMatch(/没有这个星榜[^]*There is no such board/);
    expect(text).not.toMatch(/示范一支部|<script/);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });
});

it.each(['balloting', 'closed', 'tallied', 'confirmed'] as const)(
  'opens nothing while a review is %s',
  async (state) => {
    await start(state);
    const response = await open(link);
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain('林示例');
  },
);

it('asks browsers to stay with https only where there is https', async () => {
  await start('final', 'http://127.0.0.1:3000');
  expect((await open(link)).headers.get('strict-transport-security')).toBeNull();
});
