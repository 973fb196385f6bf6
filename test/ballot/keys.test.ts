import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createKeyStore } from '../../src/ballot/keys.ts';

const KEY = Buffer.alloc(32, 7);
let dir: string;
beforeEach(() => {
  dir = join(mkdtempSync(join(tmpdir(), 'tenstar-keys-')), 'keys');
});

describe('the key folder', () => {
  it('keeps one file per review and purpose that only the owner may read', () => {
    const keys = createKeyStore(dir);
    keys.create('r1', 'working', KEY);
    keys.create('r1', 'recount', Buffer.alloc(32, 8));
    expect(statSync(dir).mode & 0o777).toBe(0o700);
    expect(readdirSync(dir).sort()).toEqual(['r1.recount.key', 'r1.working.key']);
    for (const name of readdirSync(dir)) expect(statSync(join(dir, name)).mode & 0o777).toBe(0o600);
    expect(keys.list().sort((a, b) => a.purpose.localeCompare(b.purpose))).toEqual([
      { review: 'r1', purpose: 'recount' },
      { review: 'r1', purpose: 'working' },
    ]);
    expect(Buffer.from(createKeyStore(dir).load('r1', 'working'))).toEqual(KEY);
  });

  it('says what is wrong when a key is missing', () => {
    expect(() => createKeyStore(dir).load('r1', 'working')).toThrow(expect.objectContaining({ code: 'key_missing' }));
  });

  it('takes a key that a crash cut short for missing', () => {
    const keys = createKeyStore(dir);
    writeFileSync(join(dir, 'r1.working.key'), Buffer.alloc(9));
    expect(() => keys.load('r1', 'working')).toThrow(expect.objectContaining({ code: 'key_missing' }));
  });

  it('never replaces a key', () => {
    const keys = createKeyStore(dir);
    keys.create('r1', 'working', KEY);
    expect(() => keys.create('r1', 'working', Buffer.alloc(32, 9))).toThrow(expect.objectContaining({ code: 'bug' }));
    expect(readFileSync(join(dir, 'r1.working.key'))).toEqual(KEY);
  });

  it('destroys the file and the copy in memory', () => {
    const keys = createKeyStore(dir);
    keys.create('r1', 'working', KEY);
    const loaded = keys.load('r1', 'working');
    expect(keys.destroy('r1', 'working')).toBe(true);
    expect(Buffer.from(loaded)).toEqual(Buffer.alloc(32));
    expect(keys.has('r1', 'working')).toBe(false);
    expect(keys.destroy('r1', 'working')).toBe(false);
    expect(() => keys.load('r1', 'working')).toThrow(expect.objectContaining({ code: 'key_missing' }));
  });

  it('forgets a key that another process destroyed or replaced', () => {
    const [here, there] = [createKeyStore(dir), createKeyStore(dir)];
    there.create('r1', 'working', KEY);
    expect(Buffer.from(here.load('r1', 'working'))).toEqual(KEY);
    there.destroy('r1', 'working');
    expect(() => here.load('r1', 'working')).toThrow(expect.objectContaining({ code: 'key_missing' }));
    there.create('r1', 'working', Buffer.alloc(32, 9));
    expect(Buffer.from(here.load('r1', 'working'))).toEqual(Buffer.alloc(32, 9));
  });

  it.each(['../r1', 'a/b', '', '.', 'r 1', 'x'.repeat(65)])('does not make a file of the review id %j', (review) => {
    expect(() => createKeyStore(dir).create(review, 'working', KEY)).toThrow(expect.objectContaining({ code: 'bug' }));
  });
});
