import { deflateRawSync } from 'node:zlib';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { translator } from '../../src/i18n.ts';
import { BRANCH_COLUMNS } from '../../src/roster/columns.ts';
import { MAX_UNPACKED_MB, readTable } from '../../src/roster/read-table.ts';
import { unpackedSize } from '../../src/roster/zip-guard.ts';
import { xlsx } from '../support/roster-files.ts';

interface Entry {
  packed: Uint8Array;
  /** What the directory says. */
  declared: number;
  method?: number;
  flags?: number;
  declaredPacked?: number;
}

/** An archive whose directory says what the test wants it to say. */
function archive(entries: readonly Entry[], comment = ''): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { packed, declared, method = 8, flags = 0, declaredPacked = packed.length } of entries) {
    const local = Buffer.alloc(31);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(1, 26);
    local.write('a', 30);
    const entry = Buffer.alloc(47);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(flags, 8);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(declaredPacked, 20);
    entry.writeUInt32LE(declared, 24);
    entry.writeUInt16LE(1, 28);
    entry.writeUInt32LE(at, 42);
    entry.write('a', 46);
    parts.push(local, Buffer.from(packed));
    directory.push(entry);
    at += local.length + packed.length;
  }
  const end = Buffer.alloc(22 + comment.length);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(comment.length, 20);
  end.write(comment, 22);
  return new Uint8Array(Buffer.concat([...parts, ...directory, end]));
}

const zeros = deflateRawSync(Buffer.alloc(1_000_000));

describe('unpackedSize', () => {
  it.each([
    {
      name: 'sums what the directory declares',
      entries: [
        { packed: zeros, declared: 1_000_000 },
        { packed: zeros, declared: 2_000 },
      ],
      want: 1_002_000,
    },
    { name: 'counts stored entries', entries: [{ packed: new Uint8Array(9), declared: 9, method: 0 }], want: 9 },
    { name: 'takes an empty entry', entries: [{ packed: deflateRawSync(Buffer.alloc(0)), declared: 0 }], want: 2 },
    { name: 'refuses data declared as nothing', entries: [{ packed: zeros, declared: 0 }], want: null },
    {
      name: 'refuses sizes that are only told after the data',
      entries: [{ packed: zeros, declared: 0, declaredPacked: 0, flags: 8 }],
      want: null,
    },
    { name: 'refuses sizes kept elsewhere (ZIP64)', entries: [{ packed: zeros, declared: 0xffffffff }], want: null },
  ])('$name', ({ entries, want }) => expect(unpackedSize(archive(entries))).toBe(want));

  it('finds the directory before a comment', () => {
    expect(unpackedSize(archive([{ packed: zeros, declared: 7 }], 'a comment')) ?? 0).toBeGreaterThan(6);
  });

  it('sums a real workbook', async () => {
    const size = unpackedSize(await xlsx([['a'], ['b']]));
    expect(size).toBeGreaterThan(500);
    expect(size).toBeLessThan(20_000);
  });

  test.prop([fc.uint8Array({ maxLength: 300 }), fc.nat({ max: 300 })])('never throws', (noise, cut) => {
    const bytes = archive([{ packed: noise, declared: noise.length }]);
    unpackedSize(noise);
    unpackedSize(bytes.subarray(0, Math.min(cut, bytes.length)));
    expect(() => unpackedSize(bytes.subarray(Math.min(cut, bytes.length)))).not.toThrow();
  });
});

it('an archive that would unpack to gigabytes is refused unread', async () => {
  const bomb = archive(Array.from({ length: 40 }, () => ({ packed: zeros, declared: 100_000_000 })));
  const result = await readTable('b.xlsx', bomb, BRANCH_COLUMNS, translator('en'));
  expect(result).toEqual({
    ok: false,
    problems: [
      { file: 'b.xlsx', row: 1, column: '-', reason: expect.stringContaining(`exceed ${MAX_UNPACKED_MB} MB`) },
    ],
  });
});
