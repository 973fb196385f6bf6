/** Who may open which ballot on the web: links and forms of all kinds, most of them not good. */
import { createHash } from 'node:crypto';
import { EncryptJWT, SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { translator } from '../../src/i18n.ts';
import { issueTicket } from '../../src/usecases/ballot/ticket.ts';
import { sheetBoardLink } from '../../src/usecases/board-link.ts';
import { NOW } from '../support/lark-push.ts';
import { Visitor, type WebBallotWorld, webBallotWorld } from '../support/web-ballot-world.ts';

const MINUTE = 60_000;
const zh = translator('zh-CN');
let world: WebBallotWorld;
beforeEach(async () => {
  world = await webBallotWorld();
});
afterEach(() => world[Symbol.asyncDispose]());

const open = (token: string) => Visitor.at(world.bot.url, `${world.bot.url}/ballot/${token}`);
const tokenOf = async (person: string) => (await world.link(person)).split('/ballot/')[1] ?? '';
const fieldsOf = (visitor: Visitor) => Object.fromEntries(visitor.forms[0]?.fields ?? []);
const votes = async () =>
  (await world.db.read.all(z.object({ voted: z.int() }), 'SELECT voted FROM elector')).filter(
    ({ voted }) => voted === 1,
  ).length;
function expectClosed(visitor: Visitor, why: 'expired' | 'unknown') {
  expect(visitor.status).toBe(403);
  expect(visitor.text).toContain(zh(`webballot.${why}`));
  expect(visitor.text).toContain(translator('en')(`webballot.${why}`));
  expect(visitor.text).not.toMatch(/示范|林示例|钱演示/);
  expect(visitor.headers.get('cache-control')).toBe('no-store');
}

describe('a link', () => {
  it('opens for half an hour, then says how to get another', async () => {
    const token = await tokenOf('E001');
    world.bot.time = NOW + 29 * MINUTE;
    expect((await open(token)).status).toBe(200);
    world.bot.time = NOW + 31 * MINUTE;
    expectClosed(await open(token), 'expired');
  });

  it('does not say whose it is, nor from when', async () => {
    const tokens = await Promise.all(['E001', 'E001', 'E002'].map(tokenOf));
    expect(new Set(tokens).size).toBe(3);
    const read = tokens.flatMap((token) =>
      token.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1')),
    );
    expect(read.join()).not.toMatch(/E00\d|exp|17\d{8}/);
  });

  it('opens after a restart too, and not with another secret', async () => {
    const token = await tokenOf('E001');
    expect((await open(token)).status).toBe(200);
    world.bot.use.linkSecret.fill(7);
    expectClosed(await open(token), 'unknown');
  });

  it('of somebody who has left opens nothing', async () => {
    const token = await tokenOf('E001');
    await world.db.script("UPDATE person SET left_on = '2026-10-01' WHERE employee_no = 'E001'");
    expectClosed(await open(token), 'unknown');
  });

  const key = (words: string) => createHash('sha256').update(words).update(world.bot.use.linkSecret).digest();
  const sealed = (audience: string, secret: Uint8Array, claims: Record<string, unknown> = { p: 'E001' }) =>
    new EncryptJWT(claims)
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .setAudience(audience)
      .setExpirationTime(new Date(NOW + 10 * MINUTE))
      .encrypt(secret);
  it.each<[string, () => string | Promise<string>]>([
    ['a changed sign', async () => (await tokenOf('E001')).replace(/(.)$/, (last) => (last === 'A' ? 'B' : 'A'))],
    ['half a link', async () => (await tokenOf('E001')).slice(0, 60)],
    ['a link to a board', async () => (await sheetBoardLink(world.bot.use, { id: 'x' })).split('/board/')[1] ?? ''],
    ['the ticket of a form', async () => (await issueTicket(world.bot.use, 'E001', 'form')).ticket],
    ['the key of boards', () => sealed('ballot-link', key('tenstar board link\n'))],
    ['another purpose', () => sealed('export', key('tenstar ballot link\n'))],
    ['nobody', () => sealed('ballot-link', key('tenstar ballot link\n'), {})],
    ['a stranger', () => sealed('ballot-link', key('tenstar ballot link\n'), { p: 'Z999' })],
    [
      'signed instead of sealed',
      () =>
        new SignJWT({ p: 'E001' })
          .setProtectedHeader({ alg: 'HS256' })
          .setAudience('ballot-link')
          .setExpirationTime('1 day')
          .sign(key('tenstar ballot link\n')),
    ],
    [
      'no end',
      () =>
        new EncryptJWT({ p: 'E001' })
          .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
          .setAudience('ballot-link')
          .encrypt(key('tenstar ballot link\n')),
    ],
    ['an employee number', () => 'E001'],
    ['odd signs', () => '%00%ff%3Cscript%3E'],
    ['a very long one', () => `eyJ${'A'.repeat(6_000)}`],
  ])('%s opens nothing', async (_what, make) => {
    expectClosed(await open(await make()), 'unknown');
  });

  it('does not open a board', async () => {
    expect((await fetch(`${world.bot.url}/board/${await tokenOf('E001')}`)).status).toBe(404);
  });
});

describe('a form', () => {
  it('is good for two hours from its opening, and a link for nothing but opening it', async () => {
    const visitor = await world.visit('E001');
    const link = fieldsOf(visitor)['t'] ?? '';
    const form = await visitor.press('open.table');
    const fields = fieldsOf(form);
    expect(fields['t']).not.toBe(link);
    expectClosed(await form.post({ ...fields, t: link, do: 'check' }), 'unknown');
    world.bot.time = NOW + 119 * MINUTE;
    expect((await form.post({ ...fields, do: 'check' })).status).toBe(422);
    world.bot.time = NOW + 121 * MINUTE;
    expectClosed(await form.post({ ...fields, do: 'check' }), 'expired');
  });

  it('opens other forms, but never makes its own time longer', async () => {
    const form = await (await world.visit('E001')).press('open.table');
    const fields = fieldsOf(form);
    world.bot.time = NOW + 100 * MINUTE;
    const again = await form.post({ t: fields['t'] ?? '', r: fields['r'] ?? '', do: 'open.table' });
    expect(again.status).toBe(200);
    world.bot.time = NOW + 121 * MINUTE;
    expectClosed(await again.press('check'), 'expired');
  });

  it('a cast starts the two hours again, for the next ballot', async () => {
    await world[Symbol.asyncDispose]();
    world = await webBallotWorld({ branches: { B1: ['甲示例', '乙示例'], B2: ['丙示例', '丁示例'] }, leader: true });
    const form = await (await world.visit('L001')).press('open.table');
    world.bot.time = NOW + 110 * MINUTE;
    const check = await form.press(
      'check',
      form.all((_cell, i) => i % 9),
    );
    const done = await check.press('cast', { sure: '1' });
    world.bot.time = NOW + 200 * MINUTE;
    expect((await done.press('open.table')).status).toBe(200);
  });

  it('of one person does not take the draft of another', async () => {
    const mine = await (await world.visit('E001')).press('open.table');
    const theirs = await (await world.visit('E002')).press('open.table');
    const filled = await theirs.press(
      'check',
      theirs.all((_cell, i) => i % 11),
    );
    const stolen = fieldsOf(filled)['d'] ?? '';
    const page = await mine.post({ ...fieldsOf(mine), d: stolen, do: 'cast', sure: '1' });
    expect(page.status).toBe(422);
    expect(page.text).toContain(zh('webballot.stale'));
    expect(await votes()).toBe(0);
  });

  it('votes for whom its ticket is, whatever else is sent along', async () => {
    const form = await (await world.visit('E001')).press('open.table');
    const check = await form.press(
      'check',
      form.all((_cell, i) => i % 11),
    );
    await check.press('cast', { sure: '1', person: 'E002', p: 'E002', employee_no: 'E002' });
    const rows = await world.db.read.all(
      z.object({ person: z.string() }),
      'SELECT person FROM elector WHERE voted = 1',
    );
    expect(rows).toEqual([{ person: 'E001' }]);
  });

  it.each<[string, (draft: string) => string]>([
    ['changed', (draft) => draft.replace(/^(.)/, (first) => (first === 'A' ? 'B' : 'A'))],
    ['cut off', (draft) => draft.slice(0, -4)],
    ['empty', () => ''],
    ['padded', (draft) => `${draft}=`],
    ['far too long', () => 'A'.repeat(3_000)],
  ])('with a draft that is %s brings a new one and casts nothing', async (_what, change) => {
    const form = await (await world.visit('E001')).press('open.table');
    const check = await form.press(
      'check',
      form.all((_cell, i) => i % 11),
    );
    const fields = fieldsOf(check);
    const page = await check.post({ ...fields, d: change(fields['d'] ?? ''), do: 'cast', sure: '1' });
    expect(page.status).toBe(422);
    expect(page.cells).toHaveLength(30);
    expect(await votes()).toBe(0);
  });

  it.each(['no such review', '', "' OR 1=1 --", 'x'.repeat(3_000)])(
    'about a review that is none (%j) is refused',
    async (review) => {
      const form = await (await world.visit('E001')).press('open.table');
      const page = await form.post({ ...fieldsOf(form), r: review, do: 'check' });
      expect(page.status).toBe(409);
      expect(page.text).toContain(zh('ballot.not_open'));
    },
  );

  it('of another branch is refused', async () => {
    await world[Symbol.asyncDispose]();
    world = await webBallotWorld({ branches: { B1: ['甲示例', '乙示例'], B2: ['丙示例', '丁示例'] } });
    const visitor = await world.visit('E001');
    const page = await visitor.post({ ...fieldsOf(visitor), r: world.reviewOf('B2'), do: 'open.table' });
    expect(page.status).toBe(409);
    expect(page.text).toContain(zh('ballot.not_elector'));
    expect(page.text).not.toContain('丙示例');
  });
});

it('nothing of all this is logged or counted', async () => {
  const form = await (await world.visit('E001')).press('open.table');
  const check = await form.press(
    'check',
    form.all((_cell, i) => i % 11),
  );
  await check.press('cast', { sure: '1' });
  expectClosed(await open('forged'), 'unknown');
  expect(world.bot.logged()).toBe('');
  const metrics = await (await fetch(`${world.bot.url}/metrics`)).text();
  expect(metrics).not.toMatch(/ballot|E001/);
});
