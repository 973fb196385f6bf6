/**
 * A whole review by way of the real bot, its log at its most talkative; then everything it left on disk and in the log is searched
 * by somebody who does not hold the keys (F3–F5, F7, F16; design.md sections 10, 12.15, 12.16).
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createKeyStore } from '../../src/ballot/keys.ts';
import { openBox } from '../../src/ballot/urn.ts';
import { addDays, today } from '../../src/domain/period.ts';
import { openDatabase } from '../../src/store/db.ts';
import { findUrn } from '../../src/store/urn.ts';
import {
  castSealed,
  forAll,
  inDatabase,
  publishedReceipts,
  type Sealed,
  type SealedBallots,
  sealedBallots,
  sentBallot,
} from '../support/ballot-play.ts';
import { auditActs, told } from '../support/journey.ts';
import { castFilled, fillBallot, fileSelfReview, type Mark, runMeeting } from '../support/review-play.ts';
import { type Member, mobileOf, nameOf, PLATFORMS, World } from '../support/world.ts';

const MEMBERS: readonly Member[] = [
  { no: 'E01', branch: 'B001', roles: 'secretary' },
  { no: 'E02', branch: 'B001', roles: 'deputy_secretary' },
  { no: 'E03', branch: 'B001', roles: 'leader' },
  ...['E04', 'E05'].map((no) => ({ no, branch: 'B001' })),
  ...['C01', 'C02', 'C03', 'C04'].map((no) => ({ no, branch: 'B001', status: 'colleague' as const })),
];
const PEOPLE = MEMBERS.map(({ no }) => no);
/** C04 comes too late. */
const VOTERS = PEOPLE.filter((no) => no !== 'C04');
/** A row that cannot come about by chance. */
const ROW: readonly Mark[] = [9, 1, 7, 2, 'x', 10, 0, 6, 3, 5];
const mark = (_subject: string, _star: string, i: number): Mark => ROW[i] ?? 0;
const OPINION = '独一无二的原话qzx';

describe.each(PLATFORMS)('%s', (platform) => {
  let world: World;
  let ballots: SealedBallots;
  let late: Sealed;
  /** Seals that were on cards: drafts, at every page. */
  const drafts = new Set<string>();
  const receipts = new Map<string, string>();

  beforeAll(async () => {
    world = await World.start({
      platform,
      branches: [{ code: 'B001', unit: 'U1' }],
      members: MEMBERS,
      env: { LOG_LEVEL: 'trace' },
    });
  }, 60_000);
  afterAll(() => world?.stop());

  /** Every file the bot has, but those in KEYS_DIR, and its log. */
  function traces(dir = world.dir): Buffer {
    const files = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter(
      (name) => !name.startsWith('keys') && !name.startsWith('copy') && statSync(join(dir, name)).isFile(),
    );
    expect(files).toContain('tenstar.db');
    return Buffer.concat([...files.map((name) => readFileSync(join(dir, name))), Buffer.from(world.bot.log())]);
  }
  const CODES = ROW.map((it) => (it === 'x' ? 11 : it));
  const SPELLINGS: Record<string, Buffer> = {
    bytes: Buffer.from(CODES),
    'half bytes': Buffer.from(
      Array.from({ length: 5 }, (_, i) => ((CODES[2 * i] ?? 0) << 4) | (CODES[2 * i + 1] ?? 0)),
    ),
    'a list': Buffer.from(JSON.stringify(ROW).slice(1, -1)),
    'a list of texts': Buffer.from(ROW.map((it) => `"${it}"`).join(',')),
    digits: Buffer.from(ROW.map((it) => (it === 'x' ? '?' : it)).join(' ')),
    'a form': Buffer.from('"rule_compliance":"7"'),
    'a form in a text': Buffer.from('\\"rule_compliance\\":\\"7\\"'),
    'an object': Buffer.from('"rule_compliance":7'),
  };
  function found(bytes: Buffer): string[] {
    return [
      ...Object.entries(SPELLINGS)
        .filter(([, spelled]) => bytes.includes(spelled))
        .map(([name]) => name),
      ...[...drafts]
        .filter((draft) => bytes.includes(draft) || bytes.includes(Buffer.from(draft, 'base64url')))
        .map(() => 'a draft'),
      ...(bytes.includes(OPINION) ? ['an opinion'] : []),
    ];
  }
  const receiptsIn = (bytes: Buffer): string[] =>
    [...receipts.values()].filter((code) => bytes.includes(code) || bytes.includes(code.replace('-', '')));
  const draftsOf = (json: object): string[] =>
    [...JSON.stringify(json).matchAll(/"d":"([^"]+)"/g)].map(([, draft]) => draft ?? '');

  /** A copy of the database as it is on disk now. */
  let copies = 0;
  function copy(): string {
    const folder = join(world.dir, `copy-${copies++}`);
    mkdirSync(folder);
    for (const name of readdirSync(world.dir))
      if (name.startsWith('tenstar.db') && !name.endsWith('-shm')) cpSync(join(world.dir, name), join(folder, name));
    return join(folder, 'tenstar.db');
  }
  /** Every row of every table of a copy, as text. The lease of the message sender is renewed every few seconds, whatever happens. */
  async function rowsOf(file: string): Promise<Map<string, Set<string>>> {
    const db = await openDatabase({ url: `file:${file}` });
    const tables = await db.read.all(
      z.object({ name: z.string() }),
      "SELECT name FROM sqlite_master WHERE type = 'table'",
    );
    const rows = new Map<string, Set<string>>();
    for (const { name } of tables.filter((table) => table.name !== 'lease')) {
      const content = await db.read.all(z.record(z.string(), z.unknown()), `SELECT * FROM "${name}"`);
      rows.set(
        name,
        new Set(
          content.map((row) =>
            JSON.stringify(row, (_key, value: unknown) =>
              value instanceof ArrayBuffer ? Buffer.from(value).toString('hex') : value,
            ),
          ),
        ),
      );
    }
    await db.close();
    return rows;
  }

  test('an opinion leaves no word of it anywhere', async () => {
    await world.as('E01').ask('/评议 开启', { button: 'start_meeting' });
    const before = world.bot.lines().length;
    const form = await world.as('C01').card({ form: 'opinion' });
    expect((await form.press('submit', { branch: OPINION, who: 'E04', about: OPINION })).toast?.type).toBe('success');
    expect(found(traces())).toEqual([]);
    expect(
      world.bot
        .lines()
        .slice(before)
        .filter((line) => names(JSON.stringify(line)).length > 0),
    ).toEqual([]);
  });

  /** Everything a person is known by. */
  const IDS = (no: string): string[] => [no, world.as(no).id, nameOf({ no, branch: '' }), mobileOf(no)];
  const names = (text: string): string[] => PEOPLE.flatMap(IDS).filter((id) => text.includes(id));

  test('a cast changes the roll and the box, and nothing else on disk; the log is silent about it', async () => {
    await forAll(['E01', 'E02', 'E03', 'E04', 'E05'], (no) => fileSelfReview(world, no, 8));
    await runMeeting(world, 'E01', 'B001', PEOPLE);
    ballots = await sealedBallots(world, 'B001');
    await world.client.waitFor('all messages', () =>
      inDatabase(
        world,
        async (h) =>
          (await h.get(z.object({ n: z.int() }), "SELECT count(*) AS n FROM outbox WHERE state = 'waiting'"))?.n === 0,
      ),
    );
    const logged = world.bot.lines().length;
    let before = await rowsOf(copy());
    const boxes: string[] = [];
    for (const no of ['E01', 'E04', 'C02']) {
      // Turning pages writes nothing.
      const check = await fillBallot(
        world,
        no,
        (subject, star, i) => mark(subject, star, i),
        await sentBallot(world, no),
      );
      for (const draft of draftsOf(check.json)) drafts.add(draft);
      const turned = await rowsOf(copy());
      expect(
        [...turned].flatMap(([table, rows]) => [...rows.difference(before.get(table) ?? new Set())].map(() => table)),
      ).toEqual([]);

      const { toast, receipt } = await castFilled(check);
      expect(toast).toBe('success');
      receipts.set(no, receipt);
      const after = await rowsOf(copy());
      const changed = [...after].flatMap(([table, rows]) =>
        [...rows.difference(before.get(table) ?? new Set())].map((row) => ({ table, row })),
      );
      expect(changed.map(({ table }) => table).sort()).toEqual(['elector', 'urn']);
      const [elector] = changed.filter(({ table }) => table === 'elector');
      expect(Object.keys(JSON.parse(elector?.row ?? '{}') as object).sort()).toEqual([
        'class',
        'person',
        'review',
        'voted',
      ]);
      expect([...after].map(([table, rows]) => [table, rows.size])).toEqual(
        [...before].map(([table, rows]) => [table, rows.size]),
      );
      boxes.push([...(after.get('urn') ?? [])].join(''));
      before = after;
    }
    expect(new Set(boxes).size).toBe(3);
    expect(new Set(boxes.map(({ length }) => length)).size).toBe(1);
    // Neither who, nor what; not even that something was pressed.
    expect(
      world.bot
        .lines()
        .slice(logged)
        .filter(
          (line) => names(JSON.stringify(line)).length > 0 || /ballot|cast|card\.action/.test(JSON.stringify(line)),
        ),
    ).toEqual([]);
  }, 60_000);

  test('fifty casts of one person at once are one ballot', async () => {
    const sealed = await ballots.seal('E02', mark);
    drafts.add(sealed.draft);
    const casts = await Promise.all(Array.from({ length: 50 }, () => castSealed(world, ballots, sealed)));
    expect(casts.filter(({ toast }) => toast === 'success')).toHaveLength(1);
    expect(casts.filter(({ toast }) => toast === 'warning')).toHaveLength(49);
    receipts.set('E02', casts.find(({ toast }) => toast === 'success')?.receipt ?? '');
  });

  test('before the close no file and no line holds a mark, a draft or a receipt', async () => {
    late = await ballots.seal('C04', mark);
    drafts.add(late.draft);
    const rest = VOTERS.filter((no) => !receipts.has(no));
    await forAll(rest, async (no) => {
      const sealed = await ballots.seal(no, mark);
      drafts.add(sealed.draft);
      receipts.set(no, (await castSealed(world, ballots, sealed)).receipt);
    });
    expect([...receipts.values()].filter((code) => /^\w{4}-\w{4}$/.test(code))).toHaveLength(VOTERS.length);
    // Whoever asks too early leaves no receipt behind either.
    expect(await told(world, 'E01', `/核验 ${receipts.get('E01') ?? ''}`)).not.toContain('B001');
    const bytes = traces();
    expect(bytes.includes(Buffer.from('E04'))).toBe(true); // the search finds what is there
    expect(found(bytes)).toEqual([]);
    expect(receiptsIn(bytes)).toEqual([]);
  });

  test('whoever asks for a ballot leaves the same trace, having voted or not', async () => {
    for (const no of ['E04', 'C04']) await world.as(no).ask('/投票', {});
    const rows = await inDatabase(world, (h) =>
      h.all(
        z.object({ recipient: z.string(), card: z.string(), args: z.string() }),
        "SELECT recipient, card, args FROM outbox WHERE recipient IN ('E04', 'C04') ORDER BY id",
      ),
    );
    const [voted, owing] = ['E04', 'C04'].map((no) => rows.findLast(({ recipient }) => recipient === no));
    expect({ ...voted, recipient: '' }).toEqual({ ...owing, recipient: '' });
  });

  test('figures for operators know nobody', async () => {
    for (const path of ['/metrics', '/readyz', '/healthz']) {
      const text = await (await fetch(`${world.bot.url}${path}`)).text();
      expect(names(text), path).toEqual([]);
    }
  });

  test('after the close nothing opens the boxes of before, and the list is there for all', async () => {
    const old = copy();
    const keysDir = String(world.env['KEYS_DIR']);
    const keysNow = () =>
      readdirSync(keysDir)
        .filter((name) => name.endsWith('.key'))
        .map((name) => name.split('.')[1]);
    expect(keysNow()).toContain('working');
    const card = await world.as('E01').ask('/评议', { button: 'close_ballot' });
    const closed = await card.press('close_ballot');
    expect(closed.toast?.type).toBe('success');
    expect(keysNow()).not.toContain('working');
    expect(keysNow()).toContain('recount');
    const db = await openDatabase({ url: `file:${old}` });
    const box = (await findUrn(db.read, ballots.review)) ?? new Uint8Array();
    await db.close();
    const keys = createKeyStore(keysDir);
    expect(() => openBox(keys.load(ballots.review, 'recount'), { review: ballots.review, rollNo: 1 }, box)).toThrow(
      /./,
    );
    expect(await publishedReceipts(world)).toEqual([...receipts.values()].sort());
    const bytes = traces();
    expect(found(bytes)).toEqual([]);
    expect(receiptsIn(bytes)).toHaveLength(VOTERS.length);
    for (const code of receipts.values()) expect(world.bot.log()).not.toContain(code);
    expect(await told(world, 'E05', `/核验 ${receipts.get('C01') ?? ''}`)).toContain('B001');
    expect((await castSealed(world, ballots, late)).toast).toBe('warning');

    const confirm = (await closed.card.press('confirm_results')).card;
    const confirmed = await confirm.press('confirm_results', {});
    expect((await confirmed.card.press('publish_results')).toast?.type).toBe('success');
  }, 60_000);

  test('the audit trail and the messages say nothing about casts', async () => {
    const acts = await auditActs(world);
    expect(acts.filter((act) => /cast|vote|opinion_given/.test(act))).toEqual([]);
    const db = await openDatabase({ url: String(world.env['DATABASE_URL']) });
    const outbox = await db.read.all(
      z.object({ card: z.string(), state: z.string(), args: z.string() }),
      'SELECT card, state, args FROM outbox',
    );
    const columns = await db.read.all(
      z.object({ name: z.string() }),
      "SELECT c.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name IN ('elector', 'urn', 'recount', 'receipt', 'opinion_roll', 'opinion_box')",
    );
    await db.close();
    expect(outbox.filter(({ card, state }) => card === 'ballot_done' || state === 'dropped')).toEqual([]);
    expect(columns.map(({ name }) => name).filter((name) => /at$|time|day|date|_on$/.test(name))).toEqual([]);
  });

  test('thirty days after the result is final the ballots are gone, with their key', async () => {
    const day = today(Date.now(), 'Asia/Shanghai');
    await world.cliOk('run', 'notice-close', '--now', `${addDays(day, 20)}T00:10+08:00`);
    const recount = () => readdirSync(String(world.env['KEYS_DIR'])).filter((name) => name.includes('.recount.'));
    await world.cliOk('run', 'retention', '--now', `${addDays(day, 40)}T03:30+08:00`);
    expect(recount()).toHaveLength(1);
    await world.cliOk('run', 'retention', '--now', `${addDays(day, 52)}T03:30+08:00`);
    expect(recount()).toEqual([]);
    const rows = await rowsOf(copy());
    expect([rows.get('recount')?.size, rows.get('urn')?.size, rows.get('opinion_box')?.size]).toEqual([0, 0, 0]);
    expect(found(traces())).toEqual([]);
  }, 60_000);
});
