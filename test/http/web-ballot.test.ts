/** The ballot as a web page, as a browser without script uses it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openBox, readBox } from '../../src/ballot/urn.ts';
import { defaultCatalogue } from '../../src/domain/catalogue.ts';
import { BALLOT_STYLE } from '../../src/http/ballot/style.ts';
import { LOCALES, translator } from '../../src/i18n.ts';
import { findUrn } from '../../src/store/urn.ts';
import { daysName } from '../../src/term-name.ts';
import { Visitor, type WebBallotWorld, webBallotWorld } from '../support/web-ballot-world.ts';

const zh = translator('zh-CN');
const NAUGHTY = '<script>alert("张三")</script>&';
let world: WebBallotWorld;
afterEach(() => world[Symbol.asyncDispose]());

/** The rows of marks in a box, of every subject, with the receipts. */
async function inBox(branch = 'B1') {
  const review = world.reviewOf(branch);
  const to = { review, rollNo: 1 };
  const box = openBox(
    world.keys.load(review, 'working'),
    to,
    (await findUrn(world.db.read, review)) ?? new Uint8Array(),
  );
  const { sections, receipts } = readBox(box);
  return { rows: sections.map((rows) => rows.map(({ marks }) => marks.join(' '))), receipts };
}
const voted = (branch = 'B1') =>
  world.db.read.all(
    z.object({ person: z.string(), voted: z.int() }),
    'SELECT person, voted FROM elector WHERE review = ? ORDER BY person',
    [world.reviewOf(branch)],
  );
/** The words a page shows as refused, the status with them. */
const said = (visitor: Visitor) => ({ status: visitor.status, text: visitor.text });

describe('what a link opens', () => {
  beforeEach(async () => {
    world = await webBallotWorld({
      branches: { B1: ['林示例', NAUGHTY, '孙样本'], B2: ['李示例', '周样本', '吴演示'] },
      leader: true,
    });
  });

  it('is a list of what the person owes, and F6 before it', async () => {
    const leader = await world.visit('L001');
    expect(leader.status).toBe(200);
    expect(leader.text).toContain(zh('webballot.list_many', { n: 2 }));
    expect(leader.text.indexOf(zh('ballot.ask'))).toBeGreaterThan(0);
    expect(leader.text.indexOf(zh('ballot.who', { days: '30 天' }))).toBeLessThan(leader.text.indexOf('示范B1支部'));
    expect(leader.text).toContain('示范B2支部');
    const member = await world.visit('F001');
    expect(member.text).not.toContain('示范B1支部');
  });

  it('names nobody who is rated, however often it is fetched, and changes nothing', async () => {
    const link = await world.link('E001');
    for (let i = 0; i < 3; i++) {
      const visitor = await Visitor.at(world.bot.url, link);
      expect(visitor.text).not.toMatch(/孙样本|张三/);
      expect(visitor.cells).toEqual([]);
    }
    expect((await fetch(link, { method: 'HEAD' })).status).toBe(200);
    expect((await voted()).map((row) => row.voted)).toEqual([0, 0, 0, 0]);
  });

  it.each(['open.table', 'open.pages'])(
    'is kept out of caches, frames, indexes and referrers, and runs nothing: %s',
    async (how) => {
      const list = await world.visit('E001');
      const pages = [list.html];
      const form = await list.press(how);
      pages.push(form.html);
      for (const html of pages) {
        expect(html).toContain(BALLOT_STYLE);
        expect(html).not.toMatch(/<script|javascript:|\son\w+=|<img|<link|<iframe|\sstyle=|https?:\/\//i);
        expect(html).not.toMatch(/E00\d/);
      }
      expect(Object.fromEntries(form.headers)).toMatchObject({
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'x-robots-tag': 'noindex, nofollow',
      });
      expect(form.headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'$/,
      );
      expect(form.headers.get('set-cookie')).toBeNull();
    },
  );

  it('shows names as they are and lets none of them become markup', async () => {
    const form = await (await world.visit('E001')).press('open.table');
    expect(form.html).toContain('&lt;script&gt;alert(&quot;张三&quot;)&lt;/script&gt;&amp;');
  });
});

describe.each(LOCALES)('in %s', (locale) => {
  const t = translator(locale);
  const stars = (part: 'member' | 'branch') =>
    defaultCatalogue[part].map((star) => star[locale === 'en' ? 'en' : 'zh']);
  beforeEach(async () => {
    world = await webBallotWorld({ branches: { B1: ['林示例', '钱演示', '孙样本'] }, leader: true, locale });
  });

  it('one matrix, nothing filled in, with the same words as the card and every indicator', async () => {
    const form = await (await world.visit('E001')).press('open.table');
    expect(form.status).toBe(200);
    expect(form.html).toContain(`<html lang="${locale}">`);
    const words = [
      t('ballot.ask'),
      t('ballot.who', { days: daysName(t, 30) }),
      t('ballot.class', { category: t('ballot.category.members_and_colleagues') }),
      '钱演示',
      '孙样本',
      ...stars('member'),
      ...stars('branch'),
    ];
    for (const word of words) expect(form.text).toContain(word);
    for (const star of [...defaultCatalogue.member, ...defaultCatalogue.branch])
      for (const one of star.indicators) expect(form.text).toContain(one[locale === 'en' ? 'en' : 'zh']);
    expect(form.text).not.toContain('林示例'); // nobody rates himself
    expect(form.cells).toHaveLength(30);
    expect(form.cells.map((cell) => form.forms[0]?.fields.get(cell)).join('')).toBe('');
    expect(form.text).toContain(t('ballot.feedback_only'));
  });

  it('filled in, checked, cast; a receipt once', async () => {
    const form = await (await world.visit('E001')).press('open.table');
    const check = await form.press(
      'check',
      form.all((_cell, i) => (i % 12 === 11 ? 'x' : i % 12)),
    );
    expect(check.status).toBe(200);
    expect(check.text).toContain(t('ballot.check_title'));
    expect(check.text).toContain('0 1 2 3 4 5 6 7 8 9 ');
    const unsure = await check.press('cast');
    expect(unsure.status).toBe(422);
    expect(unsure.text).toContain(t('webballot.not_sure'));
    expect((await voted())[0]?.voted).toBe(0);
    const done = await check.press('cast', { sure: '1' });
    expect(done.status).toBe(200);
    expect(done.text).toContain(t('ballot.receipt_why'));
    expect(await voted()).toContainEqual({ person: 'E001', voted: 1 });
    const { rows, receipts } = await inBox();
    expect(receipts).toEqual([done.receipt]);
    expect(rows.flat().toSorted()).toEqual(
      ['0 1 2 3 4 5 6 7 8 9', '10 x 0 1 2 3 4 5 6 7', '8 9 10 x 0 1 2 3 4 5'].toSorted(),
    );
  });

  it('one subject a page: on, back, over the check to one page again, and cast', async () => {
    const page = await (await world.visit('E001')).press('open.pages');
    expect(page.cells).toHaveLength(10);
    expect(page.text).toContain(t('ballot.ask'));
    expect(page.text).toContain('钱演示');
    const second = await page.press(
      'next',
      page.all((_cell, i) => i),
    );
    expect(second.text).toContain('孙样本');
    expect(second.text).not.toContain(t('ballot.ask'));
    // Going back asks for nothing and loses nothing.
    const first = await second.press('back', { [second.cells[3] ?? '']: '7' });
    expect(first.status).toBe(200);
    expect(first.cells.map((cell) => first.forms[0]?.fields.get(cell))).toEqual([
      '0',
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '7',
      '8',
      '9',
    ]);
    const again = await first.press('next');
    expect(again.forms[0]?.fields.get(again.cells[3] ?? '')).toBe('7');
    const last = await again.press(
      'next',
      again.all(() => 10),
    );
    const check = await last.press(
      'check',
      last.all(() => 'x'),
    );
    expect(check.text).toContain(t('ballot.check_title'));
    const edited = await check.press('edit.1');
    expect(edited.text).toContain('孙样本');
    const checked = await edited.press(
      'check',
      edited.all(() => 9),
    );
    const done = await checked.press('cast', { sure: '1' });
    expect(done.receipt).not.toBe('');
    expect((await inBox()).rows.flat().toSorted()).toEqual([
      '0 1 2 3 4 5 6 7 8 9',
      '9 9 9 9 9 9 9 9 9 9',
      'x x x x x x x x x x',
    ]);
  });

  it('what is missing is named beside the cell and in a summary with links; what is filled in stays', async () => {
    const form = await (await world.visit('E001')).press('open.table');
    const [first = '', second = ''] = form.cells;
    const back = await form.press('check', { ...form.all((_cell, i) => (i < 10 ? 8 : '')), [second]: '' });
    expect(back.status).toBe(422);
    expect(back.text).toContain(t('webballot.errors_title'));
    expect(back.text).toContain(t('webballot.error_line', { name: '钱演示', stars: stars('member')[1] ?? '' }));
    expect(back.text).toContain(t('webballot.error_all', { name: '孙样本' }));
    const id = second.replace('m', 'c').replace('.', '-');
    expect(back.html).toContain(`href="#${id}"`);
    expect(back.html).toContain(`id="${id}" name="${second}" aria-invalid="true" aria-describedby="${id}-e"`);
    expect(back.html).toContain(`<span class="error" id="${id}-e">${t('webballot.untouched')}</span>`);
    expect(back.forms[0]?.fields.get(first)).toBe('8');
    expect(back.html.match(/aria-invalid="true"/g)).toHaveLength(21);
  });
});

describe('a form', () => {
  beforeEach(async () => {
    world = await webBallotWorld({ leader: true });
  });

  it('marks that are none are refused, and the rest is kept', async () => {
    const form = await (await world.visit('E001')).press('open.table');
    const wrong = ['11', '-1', '7.5', 'ten', '８ 8', '1e1', '0x5', 'X'];
    const back = await form.press(
      'check',
      form.all((_cell, i) => wrong[i] ?? 5),
    );
    expect(back.status).toBe(422);
    expect(back.html.match(/class="error"/g)).toHaveLength(wrong.length);
    expect(back.text).toContain(zh('webballot.bad'));
    expect(back.cells.map((cell) => back.forms[0]?.fields.get(cell)).filter((mark) => mark === '5')).toHaveLength(
      30 - wrong.length,
    );
  });

  it('one tap says "do not know" for the rest of a person, and only there', async () => {
    const form = await (await world.visit('E001')).press('open.table');
    const back = await form.press('unknown.1', { [form.cells[0] ?? '']: '7', [form.cells[12] ?? '']: '3' });
    expect(back.status).toBe(200);
    expect(back.cells.map((cell) => back.forms[0]?.fields.get(cell) ?? '').join(',')).toBe(
      '7,,,,,,,,,,x,x,3,x,x,x,x,x,x,x,,,,,,,,,,',
    );
  });

  it('a mark that is taken away again is missing again', async () => {
    const form = await (await world.visit('E001')).press('open.table');
    const check = await form.press(
      'check',
      form.all(() => 8),
    );
    const edit = await check.press('edit.0');
    const back = await edit.press('check', { [edit.cells[0] ?? '']: '' });
    expect(back.status).toBe(422);
    expect(back.html.match(/class="error"/g)).toHaveLength(1);
  });

  it('the other view has the same marks', async () => {
    const form = await (await world.visit('E001')).press('open.table');
    const page = await form.press(
      'switch.pages',
      form.all((_cell, i) => i % 10),
    );
    expect(page.cells.map((cell) => page.forms[0]?.fields.get(cell))).toEqual([
      '0',
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '7',
      '8',
      '9',
    ]);
    const table = await page.press('switch.table', { [page.cells[0] ?? '']: '10' });
    expect(
      table.cells
        .map((cell) => table.forms[0]?.fields.get(cell))
        .slice(0, 12)
        .join(),
    ).toBe('10,1,2,3,4,5,6,7,8,9,0,1');
  });

  it('fields nobody asked for are nothing', async () => {
    const form = await (await world.visit('E001')).press('open.table');
    const junk = {
      'm0.no_such_star': '10',
      'm99.rule_compliance': '10',
      __proto__x: '1',
      constructor: 'x',
      m: '1',
      'm0.': '2',
      review: 'other',
      voted: '0',
    };
    const check = await form.press('check', { ...form.all(() => 8), ...junk });
    expect((await check.press('cast', { sure: '1', ...junk })).receipt).not.toBe('');
    expect((await inBox()).rows.flat()).toEqual(Array.from({ length: 3 }, () => '8 8 8 8 8 8 8 8 8 8'));
  });

  it.each(['', 'no_such_button', 'edit.x', 'edit.-1', 'unknown.1e3', 'open.', 'switch.cards', 'cast.cast'])(
    'a button that is none (%j) casts nothing and loses nothing',
    async (button) => {
      const form = await (await world.visit('E001')).press('open.table');
      const back = await form.press('check', { do: button, [form.cells[0] ?? '']: '6' });
      expect(back.status).toBe(422);
      expect(back.forms[0]?.fields.get(back.cells[0] ?? '')).toBe('6');
      expect((await voted())[0]?.voted).toBe(0);
    },
  );

  it('the cast itself refuses what is not complete', async () => {
    const form = await (await world.visit('E001')).press('open.table');
    const fields = Object.fromEntries(form.forms[0]?.fields ?? []);
    const back = await form.post({ ...fields, ...form.all((_cell, i) => (i === 4 ? '' : 8)), do: 'cast', sure: '1' });
    expect(back.status).toBe(422);
    expect((await voted())[0]?.voted).toBe(0);
  });

  it('too large, cut off, or no form at all', async () => {
    const post = (body: string, type = 'application/x-www-form-urlencoded') =>
      fetch(`${world.bot.url}/ballot`, { method: 'POST', headers: { 'content-type': type }, body });
    expect((await post(`t=${'x'.repeat(257 * 1024)}`)).status).toBe(413);
    expect((await post('{"t":"x"}', 'application/json')).status).toBe(400);
    expect((await post('%E0%A4%A=%ff&&==&t')).status).toBe(403);
    expect((await post('')).status).toBe(403);
    expect((await fetch(`${world.bot.url}/ballot`)).status).toBe(403);
    expect((await fetch(`${world.bot.url}/ballot`, { method: 'DELETE' })).status).toBe(405);
  });
});

it('a ballot of sixty subjects fits into the limit of a body five times over', async () => {
  world = await webBallotWorld({ branches: { B1: Array.from({ length: 61 }, (_, i) => `示例${i}`) } });
  const form = await (await world.visit('E001')).press('open.table');
  expect(form.cells.length).toBeGreaterThanOrEqual(610);
  const body = new URLSearchParams({
    ...Object.fromEntries(form.forms[0]?.fields ?? []),
    ...form.all(() => 'x'),
  }).toString();
  expect(body.length * 5).toBeLessThan(256 * 1024);
  expect(
    (
      await form.press(
        'check',
        form.all(() => 10),
      )
    ).status,
  ).toBe(200);
});

it.each([
  ['1/3', true],
  ['1', false],
])('from which share of "do not know" on marks do not count: %s', async (share, said) => {
  world = await webBallotWorld({ rules: { ballot: { max_abstain_share: share } } });
  const form = await (await world.visit('E001')).press('open.table');
  expect(form.text.includes(zh('webballot.abstain_note', { share }))).toBe(said);
  expect(form.text.includes('不计入')).toBe(said);
});

describe('all marks the same (A11)', () => {
  it.each([
    ['warn', 'webballot.sure_uniform'],
    ['off', 'webballot.sure'],
  ] as const)('%s', async (uniform, box) => {
    world = await webBallotWorld({ rules: { ballot: { uniform } } });
    const form = await (await world.visit('E001')).press('open.table');
    const check = await form.press(
      'check',
      form.all(() => 8),
    );
    expect(check.text).toContain(zh(box));
    expect(check.text.includes(zh('ballot.check_uniform'))).toBe(uniform === 'warn');
    expect((await check.press('cast', { sure: '1' })).receipt).not.toBe('');
  });
  it('reject: there is no button, and a forged press is refused', async () => {
    world = await webBallotWorld({ rules: { ballot: { uniform: 'reject' } } });
    const form = await (await world.visit('E001')).press('open.table');
    const check = await form.press(
      'check',
      form.all(() => 8),
    );
    expect(check.has('cast')).toBe(false);
    expect(check.text).toContain(zh('ballot.check_uniform_reject'));
    const fields = Object.fromEntries(check.forms[0]?.fields ?? []);
    await check.post({ ...fields, do: 'cast', sure: '1' });
    expect(check.receipt).toBe('');
    expect((await voted())[0]?.voted).toBe(0);
  });
});

describe('casting', () => {
  beforeEach(async () => {
    world = await webBallotWorld({
      branches: { B1: ['林示例', '钱演示', '孙样本'], B2: ['李示例', '周样本', '吴演示'] },
      leader: true,
    });
  });
  async function checked(person: string): Promise<Visitor> {
    const form = await (await world.visit(person)).press('open.table');
    return form.press(
      'check',
      form.all((_cell, i) => i % 11),
    );
  }

  it('a button pressed twice is one ballot and shows one receipt', async () => {
    const fields = {
      ...Object.fromEntries(
        (await checked('E001')).forms.find(({ buttons }) => buttons.some(({ value }) => value === 'cast'))?.fields ??
          [],
      ),
      do: 'cast',
      sure: '1',
    };
    const visitors = await Promise.all(
      Array.from({ length: 5 }, () => Visitor.at(world.bot.url, `${world.bot.url}/ballot`)),
    );
    await Promise.all(visitors.map((visitor) => visitor.post(fields)));
    expect(new Set(visitors.map(({ receipt }) => receipt)).size).toBe(1);
    expect((await inBox()).receipts).toEqual([visitors[0]?.receipt]);
  });

  it('of two windows of one person the first counts', async () => {
    const [one, two] = [await checked('E001'), await checked('E001')];
    expect((await one.press('cast', { sure: '1' })).receipt).not.toBe('');
    expect(said(await two.press('cast', { sure: '1' }))).toMatchObject({
      status: 409,
      text: expect.stringContaining(zh('ballot.already_text')),
    });
    expect((await inBox()).receipts).toHaveLength(1);
  });

  it('a link, a form and a check of before are refused once the ballot is cast', async () => {
    const link = await world.link('E001');
    const before = await (await Visitor.at(world.bot.url, link)).press('open.table');
    await (await checked('E001')).press('cast', { sure: '1' });
    expect(
      (
        await before.press(
          'check',
          before.all(() => 3),
        )
      ).status,
    ).toBe(409);
    const again = await Visitor.at(world.bot.url, link);
    expect(again.status).toBe(200);
    expect(again.text).toContain(zh('webballot.list_none'));
    expect(again.has('open.table')).toBe(false);
  });

  it('leads on to the next ballot, each branch saved on its own', async () => {
    const done = await (await checked('L001')).press('cast', { sure: '1' });
    expect(done.text).toContain(zh('webballot.rest', { n: 1 }));
    const next = await done.press('open.pages');
    expect(next.text).toContain('李示例');
    const table = await next.press('switch.table');
    const check = await table.press(
      'check',
      table.all(() => 9),
    );
    const last = await check.press('cast', { sure: '1' });
    expect(last.text).toContain(zh('webballot.finished'));
    expect([(await inBox('B1')).receipts, (await inBox('B2')).receipts].map(({ length }) => length)).toEqual([1, 1]);
  });

  it('everything is still there when the bot is busy, and a press later it is cast', async () => {
    const check = await checked('E001');
    const { caster } = world.bot.use;
    const { TenstarError } = await import('../../src/errors.ts');
    world.bot.use.caster = { ...caster, cast: () => Promise.reject(new TenstarError('overloaded', 'busy')) };
    const busy = await check.press('cast', { sure: '1' });
    expect(said(busy)).toMatchObject({ status: 503, text: expect.stringContaining('再点一次') });
    world.bot.use.caster = caster;
    expect((await busy.press('cast', { sure: '1' })).receipt).not.toBe('');
  });

  it('a failure of ours is a page, and the log knows neither who nor what', async () => {
    const check = await checked('E001');
    world.bot.use.caster = { ...world.bot.use.caster, cast: () => Promise.reject(new Error('boom')) };
    const failed = await check.press('cast', { sure: '1' });
    expect(said(failed)).toMatchObject({ status: 500, text: expect.stringContaining(zh('webballot.failed')) });
    expect(world.bot.logged()).toContain('could not be answered');
    expect(world.bot.logged()).not.toMatch(/E001|林示例|eyJ|0,1,2|m0\./);
  });

  it.each([
    ['over', "UPDATE review SET ballot_until = 1 WHERE id = 'rv_B1'", 'ballot.window_over'],
    ['closed', "UPDATE review SET state = 'closed' WHERE id = 'rv_B1'", 'ballot.not_open'],
    ['taken off the roll', "DELETE FROM elector WHERE review = 'rv_B1' AND person = 'E001'", 'ballot.not_elector'],
  ] as const)('%s meanwhile', async (_what, sql, reason) => {
    const form = await (await world.visit('E001')).press('open.table');
    const check = await checked('E001');
    await world.db.script(sql.replaceAll('rv_B1', world.reviewOf('B1')));
    for (const page of [
      await form.press(
        'check',
        form.all(() => 8),
      ),
      await check.press('cast', { sure: '1' }),
    ])
      expect(said(page)).toMatchObject({ status: 409, text: expect.stringContaining(zh(reason)) });
    expect((await world.visit('E001')).has('open.table')).toBe(false);
  });

  it('opened anew meanwhile: the old form is replaced by a new one, empty', async () => {
    const form = await (await world.visit('E001')).press('open.table');
    await world.db.script(`UPDATE review SET roll_no = 2 WHERE id = '${world.reviewOf('B1')}'`);
    const page = await form.press(
      'check',
      form.all(() => 8),
    );
    expect(said(page)).toMatchObject({ status: 422, text: expect.stringContaining(zh('webballot.stale')) });
    expect(page.cells.map((cell) => page.forms[0]?.fields.get(cell)).join('')).toBe('');
  });
});

it('says the term of the review on the list and on the form, not the default', async () => {
  world = await webBallotWorld({ rules: { retention: { raw_ballots_days: 41 } } });
  const visitor = await world.visit('E001');
  for (const page of [visitor.text, (await visitor.press('open.pages')).text]) {
    expect(page).toContain('41 天');
    expect(page).not.toContain('30 天');
  }
});

it('where nobody may choose "do not know", it is not offered, and not taken', async () => {
  world = await webBallotWorld({ rules: { ballot: { abstain: false } } });
  const form = await (await world.visit('E001')).press('open.table');
  expect(form.text).not.toContain('不了解');
  expect(form.html).not.toContain('value="x"');
  const refused = await form.press(
    'check',
    form.all(() => 'x'),
  );
  expect(refused.status).toBe(422);
  expect(refused.text).toContain(zh('webballot.bad_all'));
});
