import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const files = ['src', 'cards', 'commands'].flatMap((top) =>
  readdirSync(join(ROOT, top), { recursive: true, encoding: 'utf8' })
    .map((name) => join(top, name))
    .filter((name) => /\.(ts|js|mjs)$/.test(name) && statSync(join(ROOT, name)).isFile()),
);

interface Import {
  from: string;
  /** A path from the root for our own files, else the package's name. */
  to: string;
  /** Gone before the program runs. */
  typeOnly: boolean;
}
const IMPORT = /(?:^|\n)\s*(?:import|export)\s(?:[^'";]*?\sfrom\s)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;
const imports: Import[] = files.flatMap((from) =>
  [...readFileSync(join(ROOT, from), 'utf8').matchAll(IMPORT)].map((match) => {
    const name = match[1] ?? match[2] ?? '';
    return {
      from,
      typeOnly: /^\s*(?:import|export)\s+type\s/.test(match[0]),
      to: name.startsWith('.') ? relative(ROOT, resolve(ROOT, dirname(from), name)) : name,
    };
  }),
);
const broken = (from: RegExp, allowed: (to: string) => boolean): string[] =>
  imports.filter((it) => from.test(it.from) && !allowed(it.to)).map((it) => `${it.from} → ${it.to}`);

describe('which part may know which', () => {
  test('there is something to check', () => {
    expect(imports.length).toBeGreaterThan(300);
  });

  test('the domain is pure: it knows itself, checking, calendars and hashing', () => {
    const known = new Set(['zod', 'temporal-polyfill', 'chinese-days', 'node:crypto', 'src/errors.ts']);
    expect(
      broken(/^src\/domain\//, (to) => to.startsWith('src/domain/') || known.has(to) || /chinese-days/.test(to)),
    ).toEqual([]);
  });

  test('only the store talks to the database driver', () => {
    expect(imports.filter((it) => it.to.startsWith('@libsql/') && !it.from.startsWith('src/store/'))).toEqual([]);
  });

  test('only the store writes SQL', () => {
    const SQL = /['"`]\s*(?:SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|WITH\s+\w+\s+AS)\s/is;
    const elsewhere = files.filter((name) => !/^src\/(store|playground)\//.test(name));
    expect(elsewhere.filter((name) => SQL.test(readFileSync(join(ROOT, name), 'utf8')))).toEqual([]);
    expect(SQL.test(readFileSync(join(ROOT, 'src/store/reach.ts'), 'utf8'))).toBe(true);
  });

  test('a platform is known by its port alone', () => {
    const folder = (path: string) => /^src\/platform\/(\w+)\//.exec(path)?.[1];
    const knows = imports
      .filter((it) => folder(it.to) !== undefined && folder(it.to) !== folder(it.from))
      .map((it) => it.from);
    // The emulator refuses what the platform refuses, by the same table; `main` and the doctor put the parts together.
    const allowed = (from: string) => /^src\/(main|playground)\//.test(from) || from === 'src/cli/doctor.ts';
    expect([...new Set(knows)].filter((from) => !allowed(from))).toEqual([]);
  });

  test('the official SDK is used in the adapter only', () => {
    expect(
      imports.filter((it) => it.to === '@larksuiteoapi/node-sdk' && !it.from.startsWith('src/platform/lark/')),
    ).toEqual([]);
  });

  test('use cases do not know cards, commands, actions, HTTP or the command line', () => {
    expect(
      broken(
        /^src\/(usecases|store|ballot|domain|roster|exports)\//,
        (to) => !/^(cards|commands|src\/(actions|http|cli|main|playground|demo))\//.test(to),
      ),
    ).toEqual([]);
  });

  test('cards and commands know no platform, HTTP or command line', () => {
    expect(broken(/^(cards|commands)\//, (to) => !/^src\/(http|cli|main|playground|platform\/\w+)\//.test(to))).toEqual(
      [],
    );
  });

  test('the bot does not know the playground', () => {
    expect(broken(/^(cards|commands|src\/(?!playground|demo|cli))/, (to) => !to.startsWith('src/playground/'))).toEqual(
      [],
    );
  });

  test('no file needs itself in a circle when the program starts', () => {
    const graph = new Map<string, string[]>();
    for (const { from, to, typeOnly } of imports) if (!typeOnly) graph.set(from, [...(graph.get(from) ?? []), to]);
    const circles: string[] = [];
    const done = new Set<string>();
    const walk = (file: string, path: readonly string[]): void => {
      const at = path.indexOf(file);
      if (at !== -1) {
        circles.push([...path.slice(at), file].join(' → '));
        return;
      }
      if (done.has(file)) return;
      for (const next of graph.get(file) ?? []) walk(next, [...path, file]);
      done.add(file);
    };
    for (const file of graph.keys()) walk(file, []);
    expect(circles).toEqual([]);
  });
});
