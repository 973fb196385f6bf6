/** The attacks of somebody who holds copies of everything the bot stores or writes, but not the keys (F3, F7, design.md 12.16). */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sealedOpinionBytes } from '../../src/ballot/opinion-box.ts';
import { countOpinions, findOpinionBox } from '../../src/store/opinions.ts';
import { readOpinions } from '../../src/usecases/review/opinions.ts';
import { allText, opinionWorld, type OpinionWorld } from '../support/opinion-world.ts';
import { dump } from '../support/dump.ts';

const SECRET = '独一无二的原话qzx';
const spellings: Record<string, Buffer> = {
  UTF8: Buffer.from(SECRET),
  UTF16: Buffer.from(SECRET, 'utf16le'),
  base64: Buffer.from(Buffer.from(SECRET).toString('base64').slice(0, 30)),
  hexadecimal: Buffer.from(Buffer.from(SECRET).toString('hex')),
  escaped: Buffer.from(Array.from(SECRET, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')),
};
const found = (bytes: Buffer) =>
  Object.entries(spellings).flatMap(([name, spelled]) => (bytes.includes(spelled) ? [name] : []));
const GIVERS = ['M01', 'M02', 'M03', 'R01', 'R02', 'D0'];
let copies = 0;
function copy(world: OpinionWorld): Promise<Map<string, string[]>> {
  const folder = join(world.dir, `copy-${copies++}`);
  mkdirSync(folder);
  for (const end of ['', '-wal']) {
    const from = join(world.dir, `tenstar.db${end}`);
    if (existsSync(from)) copyFileSync(from, join(folder, `tenstar.db${end}`));
  }
  return dump(join(folder, 'tenstar.db'));
}

describe('copies of the files', () => {
  it('hold no word of an opinion, before the close, while it is grouped and after, and neither does the log', async () => {
    const world = await opinionWorld();
    const r = await world.open();
    await world.click('M01', { a: 'opinion_add', r, p: 0 }, { branch: SECRET, who: 'M02', about: SECRET });
    for (const person of GIVERS) await world.click(person, { a: 'opinion', r }, { branch: SECRET, about_M04: SECRET });
    await world.click('M04', { a: 'opinion', r }, { about: SECRET }); // refused, and typed all the same
    expect(found(world.files())).toEqual([]);
    const key = Buffer.from(world.use.keys.load(r, 'opinions'));
    expect(world.files().includes(key)).toBe(false);

    await world.click('S0', { a: 'start_meeting', r });
    expect(allText((await world.click('S0', { a: 'opinion_group', r, s: 'M04', p: 0 })).card)).toContain(SECRET); // the search would find it
    expect(found(world.files())).toEqual([]);
    for (const s of ['branch', 'M04']) await world.click('S0', { a: 'opinion_save', r, s }, { grouped: '改写过的话' });
    await world.click('S0', { a: 'opinion_pass_on', r });
    expect(found(world.files())).toEqual([]);
    expect(world.files().includes(Buffer.from('改写过的话'))).toBe(true);
    expect(found(Buffer.from(world.logged()))).toEqual([]);
    expect(found(Buffer.from(JSON.stringify(await world.outbox())))).toEqual([]);
  });

  it('replayed commit by commit show who has given a form and that the box changed, nothing else', async () => {
    const world = await opinionWorld();
    const r = await world.open();
    let before = await copy(world);
    const boxes: Buffer[] = [];
    for (const [i, person] of GIVERS.entries()) {
      await world.click(
        person,
        { a: 'opinion', r },
        i % 2 === 0 ? {} : { branch: '好'.repeat(200), about_M04: '好'.repeat(200), about_M05: '好'.repeat(200) },
      );
      const after = await copy(world);
      const changed = [...after].flatMap(([table, rows]) =>
        rows
          .filter((row) => !before.get(table)?.includes(row))
          .map((row) => (table === 'opinion_box' ? table : `${table} ${row}`)),
      );
      expect(changed.toSorted()).toEqual(['opinion_box', `opinion_roll review=${r}|person=${person}|given=1`]);
      expect([...after].map(([table, rows]) => [table, rows.length])).toEqual(
        [...before].map(([table, rows]) => [table, rows.length]),
      );
      const [box = ''] = after.get('opinion_box') ?? [];
      boxes.push(Buffer.from(box.slice(box.indexOf('box=') + 4), 'hex'));
      before = after;
    }
    expect(boxes.map(({ length }) => length)).toEqual(boxes.map(() => sealedOpinionBytes(12)));
    // Two boxes share no more bytes than chance has it: 1 in 256, whether the form was empty or full.
    for (let i = 1; i < boxes.length; i++) {
      const [a, b] = [boxes[i - 1]!, boxes[i]!];
      expect(a.reduce((count, byte, at) => count + (byte === b[at] ? 1 : 0), 0) / a.length).toBeLessThan(0.02);
    }
  });

  it('cannot be opened once the texts are passed on: the key is gone', async () => {
    const world = await opinionWorld();
    const r = await world.open();
    for (const person of GIVERS) await world.click(person, { a: 'opinion', r }, { branch: '好' });
    const box = await findOpinionBox(world.use.db.read, r);
    await world.click('S0', { a: 'start_meeting', r });
    await world.click('S0', { a: 'opinion_save', r, s: 'branch' }, { grouped: '好' });
    await world.click('S0', { a: 'opinion_pass_on', r });
    await world.use.db.write((tx) => tx.run('INSERT INTO opinion_box (review, box) VALUES (?, ?)', [r, box])); // an old backup
    await expect(readOpinions(world.use.db.read, world.use.keys, r)).rejects.toMatchObject({ code: 'key_missing' });
  });

  it('tell of the roll no moment at all', async () => {
    const world = await opinionWorld();
    await world.open();
    const columns = await world.use.db.read.all(
      z.object({ name: z.string() }),
      `SELECT name FROM pragma_table_info('opinion_roll')`,
    );
    expect(columns.map(({ name }) => name)).toEqual(['review', 'person', 'given']);
  });
});

describe('what one hand wrote', () => {
  it('cannot be told by position: each remark lies anywhere', async () => {
    const world = await opinionWorld();
    const r = await world.open();
    for (const [i, person] of GIVERS.entries())
      await world.click(person, { a: 'opinion', r }, { branch: `甲${i}`, about_M04: `乙${i}`, about_M05: `丙${i}` });
    const remarks = await readOpinions(world.use.db.read, world.use.keys, r);
    const orderOf = (sign: string) =>
      remarks
        .filter(({ text }) => text.startsWith(sign))
        .map(({ text }) => text.slice(1))
        .join('');
    // Three orders that are alike, or alike to the order of giving, come about once in 250 runs each; all three, never.
    expect(new Set(['012345', orderOf('甲'), orderOf('乙'), orderOf('丙')]).size).toBeGreaterThan(1);
  });
});

describe('a failure', () => {
  it('tells the log neither who nor what, and leaves the person free to give', async () => {
    const world = await opinionWorld();
    const r = await world.open();
    world.use.keys.destroy(r, 'opinions');
    const answer = await world.click('M01', { a: 'opinion', r }, { branch: SECRET });
    expect(answer.toast?.type).toBe('error');
    expect(world.logged()).toContain('key_missing');
    expect(world.logged()).not.toContain('M01');
    expect(found(Buffer.from(world.logged()))).toEqual([]);
    expect(await countOpinions(world.use.db.read, r)).toMatchObject({ given: 0 });
  });
});

const SCRIPT = new URL('../support/opinion-burst.ts', import.meta.url).pathname;
async function burst(
  world: OpinionWorld,
  r: string,
  people: readonly string[],
  killAfter: number | null,
): Promise<Map<string, string>> {
  const { database, keysDir } = world.use.config;
  const child = spawn(process.execPath, [SCRIPT, database.url, keysDir, r, String(world.clock.now), ...people], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text: string) => {
    printed += text;
    if (killAfter !== null && printed.split('\n').length - 2 >= killAfter) child.kill('SIGKILL');
  });
  await once(child, 'close');
  const lines = printed.split('\n').slice(0, -1); // a line cut off by the kill was not acknowledged
  return new Map(
    lines.filter((line) => line.includes(' ')).map((line) => [line.split(' ')[0] ?? '', line.split(' ')[1] ?? '']),
  );
}

describe('kill -9 and two processes', () => {
  it('lose no acknowledged form and count none twice', async () => {
    const world = await opinionWorld({ members: 24, colleagues: 12 });
    const r = await world.open();
    const people = (await world.outbox()).filter(({ card }) => card === 'opinion').map(({ recipient }) => recipient);
    const acknowledged = new Set<string>();
    for (const killAfter of [0, 1, 6, 9]) {
      for (const [person, answer] of await burst(world, r, people, killAfter)) {
        if (answer === 'given') {
          expect(acknowledged.has(person)).toBe(false);
          acknowledged.add(person);
        } else expect(answer).toBe('already_given');
      }
      const { given } = await countOpinions(world.use.db.read, r);
      const texts = (await readOpinions(world.use.db.read, world.use.keys, r)).map(({ text }) => text);
      expect(texts).toHaveLength(given);
      expect(new Set(texts).size).toBe(given);
      for (const person of acknowledged) expect(texts).toContain(`from-${person}-end`);
    }
    const both = await Promise.all([burst(world, r, people, null), burst(world, r, people.toReversed(), null)]);
    for (const answers of both) expect(answers.size).toBe(people.length);
    const texts = (await readOpinions(world.use.db.read, world.use.keys, r)).map(({ text }) => text);
    expect(texts.toSorted()).toEqual(people.map((person) => `from-${person}-end`).toSorted());
  }, 60_000);
});
