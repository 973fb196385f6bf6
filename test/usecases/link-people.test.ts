import { beforeEach, expect, it } from 'vitest';
import { makeCity } from '../../src/demo/city.ts';
import type { Database } from '../../src/store/db.ts';
import { linkIdentity } from '../../src/store/identity.ts';
import { findActor } from '../../src/store/roster.ts';
import { applyImport } from '../../src/usecases/import-roster.ts';
import { linkPeople } from '../../src/usecases/link-people.ts';
import { tempDatabase } from '../support/temp-database.ts';

const city = makeCity('small');
let db: Database;
beforeEach(async () => {
  db = await tempDatabase();
  await applyImport(db, city, { at: 0, date: '2026-10-09', actor: 'system', appIds: { lark: null, dingtalk: null } });
});
/** A directory that knows some numbers and remembers what it was asked. */
function directory(known: (mobile: string) => string | null) {
  const asked: string[][] = [];
  return {
    asked,
    name: 'lark' as const,
    appId: 'cli_a',
    async findByMobile(mobiles: readonly string[]) {
      asked.push([...mobiles]);
      return new Map(mobiles.flatMap((mobile) => (known(mobile) === null ? [] : [[mobile, known(mobile) ?? '']])));
    },
  };
}

it('links everybody the platform knows, and asks only about the others the next time', async () => {
  const some = directory((mobile) => (Number(mobile.slice(-1)) < 5 ? `ou_${mobile}` : null));
  const linked = city.people.filter((person) => Number(person.employeeNo.slice(-1)) < 5).length;
  const all = city.people.length;
  expect(await linkPeople(db, some)).toEqual({ asked: all, linked, unknown: all - linked, taken: 0 });
  expect((await findActor(db.read, 'lark', 'cli_a', 'ou_16100000001'))?.employeeNo).toBe('E0001');
  const everybody = directory((mobile) => `ou_${mobile}`);
  expect(await linkPeople(db, everybody)).toEqual({ asked: all - linked, linked: all - linked, unknown: 0, taken: 0 });
  expect(await linkPeople(db, everybody)).toEqual({ asked: 0, linked: 0, unknown: 0, taken: 0 });
});

it('does not take an account from somebody who is here', async () => {
  await db.write((tx) => linkIdentity(tx, { platform: 'lark', appId: 'cli_a', userId: 'ou_x', person: 'E0001' }));
  const confused = directory((mobile) => (mobile === '16100000002' ? 'ou_x' : null));
  expect(await linkPeople(db, confused)).toMatchObject({ linked: 0, taken: 1 });
  expect((await findActor(db.read, 'lark', 'cli_a', 'ou_x'))?.employeeNo).toBe('E0001');
});

it('asks in pages and keeps finished pages when the platform fails', async () => {
  await applyImport(db, makeCity('full'), {
    at: 0,
    date: '2026-10-09',
    actor: 'system',
    appIds: { lark: null, dingtalk: null },
  });
  const failing = directory((mobile) => `ou_${mobile}`);
  const findByMobile = async (mobiles: readonly string[]) => {
    if (failing.asked.length === 3) throw new Error('unreachable');
    return failing.findByMobile(mobiles);
  };
  await expect(linkPeople(db, { ...failing, findByMobile })).rejects.toThrow('unreachable');
  expect(failing.asked.map((page) => page.length)).toEqual([100, 100, 100]);
  const all = makeCity('full').people.length;
  expect(await linkPeople(db, failing)).toEqual({ asked: all - 300, linked: all - 300, unknown: 0, taken: 0 });
});
