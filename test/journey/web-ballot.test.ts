/**
 * The web ballot by way of the real bot on each platform: asked for on the card and by command, cast over HTTP into the same urn; and
 * what it leaves behind, searched by somebody who does not hold the keys (design.md 12.15, 12.16).
 */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { forAll, openBallots, publishedReceipts, resultsOfBranch, sentBallot } from '../support/ballot-play.ts';
import { dump } from '../support/dump.ts';
import { forge, kindOf, query, reviewOf, t, told } from '../support/journey.ts';
import type { ShownCard } from '../support/playground.ts';
import { castBallot, castFilled, fillBallot, type Mark } from '../support/review-play.ts';
import { Visitor } from '../support/web-ballot-world.ts';
import { type Member, PLATFORMS, World } from '../support/world.ts';

const MEMBERS: readonly Member[] = [
  { no: 'E01', branch: 'B001', roles: 'secretary' },
  { no: 'E02', branch: 'B001', roles: 'deputy_secretary' },
  { no: 'E03', branch: 'B001', roles: 'leader' },
  ...['E04', 'E05'].map((no) => ({ no, branch: 'B001' })),
  ...['C01', 'C02', 'C03'].map((no) => ({ no, branch: 'B001', status: 'colleague' as const })),
];
const PEOPLE = MEMBERS.map(({ no }) => no);
/** A row that cannot come about by chance. */
const ROW: readonly Mark[] = [9, 1, 7, 2, 'x', 10, 0, 6, 3, 5];
const mark = (_subject: string, _star: string, i: number): Mark => ROW[i] ?? 0;
const byRow = (_cell: string, i: number): Mark => ROW[i % 10] ?? 0;
const CODES = ROW.map((it) => (it === 'x' ? 11 : it));
const SPELLINGS: readonly Buffer[] = [
  Buffer.from(CODES),
  Buffer.from(Array.from({ length: 5 }, (_, i) => ((CODES[2 * i] ?? 0) << 4) | (CODES[2 * i + 1] ?? 0))),
  Buffer.from(ROW.join(',')),
  Buffer.from(ROW.map((it) => (it === 'x' ? '?' : it)).join(' ')),
  Buffer.from('rule_compliance=7'),
  Buffer.from('m0.'),
];

const BY_THE_CLOCK = ['lease', 'job_run', 'api_usage', 'card_template'];

describe.each(PLATFORMS)('%s', (platform) => {
  let world: World;
  /** Everything that must not be found: tickets, drafts, receipts. */
  const secrets = new Set<string>();
  const receipts = new Map<string, string>();

  beforeAll(async () => {
    world = await World.start({
      platform,
      branches: [{ code: 'B001', unit: 'U1' }],
      members: MEMBERS,
      // On DingTalk the bot knows its own address; on Feishu it may stand behind any.
      env: platform === 'lark' ? { PUBLIC_URL: 'https://stars.example.test' } : {},
    });
    await openBallots(world, 'E01', 'B001', PEOPLE);
    await forAll(PEOPLE, (no) => sentBallot(world, no));
    const waiting = () =>
      query(world, z.object({ n: z.int() }), "SELECT count(*) AS n FROM outbox WHERE state = 'waiting'");
    await world.client.waitFor('all messages', async () => (await waiting())[0]?.n === 0);
  }, 90_000);
  afterAll(() => world?.stop());

  const here = (link: string) => link.replace(/^https?:\/\/[^/]+/, world.bot.url);
  const linkOn = (card: ShownCard) => card.view.buttons.find(({ name }) => name === 'ballot_web_open')?.link ?? '';
  async function visit(link: string): Promise<Visitor> {
    secrets.add(link.split('/ballot/')[1] ?? '');
    return Visitor.at(world.bot.url, here(link));
  }
  const remember = (visitor: Visitor) => {
    for (const { fields } of visitor.forms)
      for (const name of ['t', 'd']) if ((fields.get(name) ?? '') !== '') secrets.add(fields.get(name) ?? '');
    return visitor;
  };
  /** A link in ordinary text, as a client without cards gets it. */
  async function linkByText(no: string): Promise<string> {
    await world.as(no).say('/投票 网页');
    const { text = '' } = await world
      .as(no)
      .next(({ card, text: words }) => card === undefined && (words ?? '') !== '');
    return /https?:\/\/\S+/.exec(text)?.[0] ?? text;
  }
  const onDisk = () => dump(join(world.dir, 'tenstar.db'));
  /** Tables whose rows differ; some change with the clock, whatever anybody does. */
  const changed = (before: Map<string, string[]>, after: Map<string, string[]>) =>
    [...after.keys()].filter(
      (table) => !BY_THE_CLOCK.includes(table) && after.get(table)?.join() !== before.get(table)?.join(),
    );

  test('the card offers the page, and what is filled in on it stays on it', async () => {
    const card = await sentBallot(world, 'E04');
    expect(card.has('ballot_web')).toBe(true);
    const [first = ''] = card.fields();
    const before = await onDisk();
    const pressed = await card.press('ballot_web', { [first]: '7' });
    expect(pressed.replaced).toBe(true);
    expect(pressed.card.view.forms[0]?.fields[0]?.initial).toBe('7');
    expect(pressed.card.text).toContain(t('webballot.link_note', { minutes: 30 }));
    expect(changed(before, await onDisk())).toEqual([]);
    const link = linkOn(pressed.card);
    expect(link).toMatch(
      platform === 'lark'
        ? /^https:\/\/stars\.example\.test\/ballot\/[\w.-]+$/
        : /^http:\/\/127\.0\.0\.1:\d+\/ballot\/[\w.-]+$/,
    );
  });

  test('a link is for whoever presses: not by another’s draft, and not by itself on any card', async () => {
    const [mine, theirs] = [await sentBallot(world, 'E05'), await sentBallot(world, 'E04')];
    const draft = /"d\\*":\\*"([\w-]+)/.exec(JSON.stringify(theirs.json))?.[1] ?? '';
    expect(draft).not.toBe('');
    const forged = await forge(world, 'E05', { a: 'ballot_web', r: reviewOf(mine), d: draft }, { card: mine });
    expect(kindOf(forged)).toBe('warning');
    expect(forged.card === undefined ? '' : JSON.stringify(forged.card)).not.toContain('/ballot/');
    expect(JSON.stringify(await world.as('E05').messages())).not.toContain('/ballot/');
  });

  test('a refused form leaves nothing behind, a cast one changes the roll and the box alone', async () => {
    const pressed = await (await sentBallot(world, 'E04')).press('ballot_web', {});
    const list = remember(await visit(linkOn(pressed.card)));
    const before = await onDisk();
    const logged = world.bot.lines().length;
    const form = remember(await list.press('open.table'));
    const refused = remember(await form.press('check', { ...form.all(byRow), [form.cells[3] ?? '']: '' }));
    expect(refused.status).toBe(422);
    expect(changed(before, await onDisk())).toEqual([]);
    const check = remember(await refused.press('check', { [refused.cells[3] ?? '']: String(ROW[3]) }));
    const done = remember(await check.press('cast', { sure: '1' }));
    expect(done.status).toBe(200);
    receipts.set('E04', done.receipt);
    expect(changed(before, await onDisk()).toSorted()).toEqual(['elector', 'urn']);
    expect(
      world.bot
        .lines()
        .slice(logged)
        .filter((line) => /E04|ballot|cast/.test(JSON.stringify(line))),
    ).toEqual([]);
  });

  test('the card then says that its reader has voted', async () => {
    const card = await sentBallot(world, 'E04');
    const values = Object.fromEntries(card.fields().map((name) => [name, '8']));
    const pressed = await card.press('ballot_next', values);
    expect(pressed.toast?.type).toBe('warning');
    expect(pressed.card.text).toContain(t('ballot.already_text'));
    expect((await world.as('E04').ask('/投票', {})).text).toContain(t('ballot.already_text'));
    expect(await linkByText('E04')).toContain(t('webballot.link_none'));
  });

  test('a command brings the link in ordinary text, for clients that show no cards', async () => {
    const form = remember(await (await visit(await linkByText('C01'))).press('open.pages'));
    let page = form;
    for (let i = 0; i < 10 && page.has('next'); i++) page = remember(await page.press('next', page.all(byRow)));
    const check = remember(await page.press('check', page.all(byRow)));
    receipts.set('C01', remember(await check.press('cast', { sure: '1' })).receipt);
    expect(receipts.get('C01')).toMatch(/^\w{4}-\w{4}$/);
  });

  test('whoever has cast the card finds nothing on the page, and a filled page comes too late', async () => {
    const card = await world.as('C02').ask('/投票', { button: 'ballot_web_open' });
    const check = await (await (await visit(linkOn(card))).press('open.table')).press('check', {});
    const filled = remember(await check.press('check', check.all(byRow)));
    const cast = await castFilled(await fillBallot(world, 'C02', mark, card));
    expect(cast.toast).toBe('success');
    receipts.set('C02', cast.receipt);
    const late = await filled.press('cast', { sure: '1' });
    expect(late.status).toBe(409);
    expect(late.text).toContain(t('ballot.already_text'));
  });

  test('no file and no line holds a mark, a ticket, a draft or a receipt', () => {
    expect(secrets.size).toBeGreaterThan(10);
    for (const { name, bytes } of world.traces()) {
      expect(SPELLINGS.filter((spelled) => bytes.includes(spelled)).map(String), name).toEqual([]);
      const found = [...secrets, ...receipts.values()].filter(
        (secret) => bytes.includes(secret) || bytes.includes(secret.replace('-', '')),
      );
      expect(found, name).toEqual([]);
    }
    expect(Buffer.concat(world.traces().map(({ bytes }) => bytes)).includes('E04')).toBe(true); // the search finds what is there
  });

  test('whoever asks for a link leaves the same row, having voted or not', async () => {
    for (const no of ['C01', 'C03']) await linkByText(no);
    const rows = await query(
      world,
      z.object({ recipient: z.string(), card: z.string(), args: z.string() }),
      "SELECT recipient, card, args FROM outbox WHERE recipient IN ('C01', 'C03') ORDER BY id",
    );
    const [voted, owing] = ['C01', 'C03'].map((no) => rows.findLast(({ recipient }) => recipient === no));
    expect(voted).toMatchObject({ card: 'ballot_link', args: '{}' });
    expect({ ...owing, recipient: '' }).toEqual({ ...voted, recipient: '' });
  });

  test('all of them are counted, and a receipt of the web is in the list', async () => {
    await forAll(['E01', 'E02', 'E03', 'E05', 'C03'], async (no) =>
      receipts.set(no, (await castBallot(world, no, mark)).receipt),
    );
    const console = await world.as('E01').ask('/评议', { button: 'close_ballot' });
    expect((await console.press('close_ballot')).toast?.type).toBe('success');
    expect(await publishedReceipts(world)).toEqual([...receipts.values()].sort());
    expect((await resultsOfBranch(world, 'B001')).counts).toMatchObject({ cast: 8, valid: 8 });
    expect(await told(world, 'E04', `/核验 ${receipts.get('E04') ?? ''}`)).toContain('B001');
    expect(await linkByText('E05')).toContain(t('webballot.link_none'));
  });
});
