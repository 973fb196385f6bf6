import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { makeCity } from '../../src/demo/city.ts';
import type { Roster, RosterPerson } from '../../src/domain/roster.ts';
import { auditOf, verifyAudit } from '../../src/store/audit.ts';
import type { Database } from '../../src/store/db.ts';
import { identityOf, linkIdentity } from '../../src/store/identity.ts';
import {
  allBranches,
  allDistricts,
  findActor,
  findBranch,
  findPerson,
  peopleOfBranch,
  setLocale,
} from '../../src/store/roster.ts';
import { applyImport, planImport } from '../../src/usecases/import-roster.ts';
import { tempDatabase } from '../support/temp-database.ts';

const APPS = { lark: 'cli_a', dingtalk: null };
const HOW = { at: 1_790_000_000_000, date: '2026-10-09', actor: 'system', appIds: APPS };
const city: Roster = makeCity('small');
const edit = (employeeNo: string, change: Partial<RosterPerson>): Roster => ({
  ...city,
  people: city.people.map((person) => (person.employeeNo === employeeNo ? { ...person, ...change } : person)),
});
const without = (...gone: string[]): Roster => ({
  branches: city.branches.filter((branch) => !gone.includes(branch.code)),
  people: city.people.filter((person) => !gone.includes(person.employeeNo) && !gone.includes(person.branch)),
});
const counts = async (db: Database) =>
  db.read.get(
    z.object({
      people: z.number(),
      roles: z.number(),
      branches: z.number(),
      identities: z.number(),
      audit: z.number(),
    }),
    `SELECT (SELECT count(*) FROM person) AS people, (SELECT count(*) FROM person_role) AS roles,
     (SELECT count(*) FROM branch) AS branches, (SELECT count(*) FROM identity) AS identities,
     (SELECT count(*) FROM audit) AS audit`,
  );

let db: Database;
beforeEach(async () => {
  db = await tempDatabase();
});

it('plans without writing', async () => {
  const plan = await planImport(db, city, APPS);
  expect(plan.people.added).toHaveLength(city.people.length);
  expect(plan.branches.added).toHaveLength(8);
  expect(await counts(db)).toEqual({ people: 0, roles: 0, branches: 0, identities: 0, audit: 0 });
});

describe('a second import', () => {
  beforeEach(async () => {
    await applyImport(db, city, HOW);
  });

  it('of the same file changes nothing and doubles nothing', async () => {
    const before = await counts(db);
    const diff = await applyImport(db, city, HOW);
    const nothing = { added: [], changed: [], left: [], returned: [] };
    expect(diff).toEqual({
      branches: { ...nothing, unchanged: 8 },
      people: { ...nothing, unchanged: city.people.length },
    });
    expect(await counts(db)).toEqual({ ...before, audit: 2 });
  });

  it('says what changed field by field, with mobile numbers masked', async () => {
    const change = {
      name: '霞立春',
      mobile: '16200000001',
      branch: 'B002',
      roles: [{ role: 'committee' as const, scope: '' }],
    };
    const plan = await planImport(db, edit('E0001', change), APPS);
    expect(plan.people.changed).toEqual([
      {
        key: 'E0001',
        name: '霞立春',
        fields: [
          { field: 'name', from: city.people[0]?.name, to: '霞立春' },
          { field: 'mobile', from: '161****0001', to: '162****0001' },
          { field: 'branch_code', from: 'B001', to: 'B002' },
          { field: 'roles', from: 'secretary', to: 'committee' },
        ],
      },
    ]);
    await applyImport(db, edit('E0001', change), HOW);
    expect(await findPerson(db.read, 'E0001')).toMatchObject({ name: '霞立春', branch: 'B002', roles: change.roles });
  });

  it('marks people who disappear as left, never deletes them, and takes them back', async () => {
    await db.write((tx) => linkIdentity(tx, { platform: 'lark', appId: 'cli_a', userId: 'ou_1', person: 'E0009' }));
    const diff = await applyImport(db, without('E0009'), HOW);
    expect(diff.people.left).toEqual([{ key: 'E0009', name: city.people[8]?.name }]);
    expect(await findPerson(db.read, 'E0009')).toMatchObject({ leftOn: '2026-10-09', branch: 'B001' });
    expect(await findActor(db.read, 'lark', 'cli_a', 'ou_1')).toBeNull();
    expect((await peopleOfBranch(db.read, 'B001')).some((person) => person.employeeNo === 'E0009')).toBe(false);
    const again = await applyImport(db, without('E0009'), { ...HOW, date: '2026-10-12' });
    expect(again.people.left).toEqual([]);
    expect(await findPerson(db.read, 'E0009')).toMatchObject({ leftOn: '2026-10-09' });
    const back = await applyImport(db, edit('E0009', { status: 'probationary' }), HOW);
    expect(back.people.returned).toEqual([
      { key: 'E0009', name: city.people[8]?.name, fields: [{ field: 'status', from: 'full', to: 'probationary' }] },
    ]);
    expect((await findActor(db.read, 'lark', 'cli_a', 'ou_1'))?.employeeNo).toBe('E0009');
  });

  it('an account of somebody who left may go to somebody else', async () => {
    await db.write((tx) => linkIdentity(tx, { platform: 'lark', appId: 'cli_a', userId: 'ou_1', person: 'E0009' }));
    await applyImport(db, without('E0009'), HOW);
    await db.write((tx) => linkIdentity(tx, { platform: 'lark', appId: 'cli_a', userId: 'ou_1', person: 'E0010' }));
    expect((await findActor(db.read, 'lark', 'cli_a', 'ou_1'))?.employeeNo).toBe('E0010');
  });

  it('closes branches that disappear, with their district when it was the last, and reopens them', async () => {
    const diff = await applyImport(db, without('B005', 'B006', 'B007', 'B008'), HOW);
    expect(diff.branches.left.map((branch) => branch.key)).toEqual(['B005', 'B006', 'B007', 'B008']);
    expect((await allBranches(db.read)).map((branch) => branch.code)).toEqual(['B001', 'B002', 'B003', 'B004']);
    expect((await allDistricts(db.read)).map((district) => district.code)).toEqual(['D1']);
    expect(await findBranch(db.read, 'B008')).toMatchObject({ closedOn: '2026-10-09' });
    const back = await applyImport(db, city, HOW);
    expect(back.branches.returned).toHaveLength(4);
    expect(back.people.returned.length).toBeGreaterThan(60);
    expect((await allDistricts(db.read)).map((district) => district.code)).toEqual(['D1', 'D2']);
  });

  it('renames and moves districts, groups, units and branches', async () => {
    const branches = city.branches.map((branch) =>
      branch.code === 'B004'
        ? {
            ...branch,
            name: '新月党支部',
            groupCode: null,
            groupName: null,
            districtCode: 'D2',
            districtName: '天璇片区',
          }
        : branch,
    );
    const diff = await applyImport(db, { ...city, branches }, HOW);
    expect(diff.branches.changed.map(({ key, fields }) => [key, fields.map(({ field }) => field)])).toEqual([
      ['B004', ['branch_name', 'district_code', 'district_name', 'group_code', 'group_name']],
    ]);
    expect(await findBranch(db.read, 'B004')).toMatchObject({
      name: '新月党支部',
      district: 'D2',
      group: null,
      groupName: null,
    });
  });

  it('takes over the order of the file without calling it a change', async () => {
    const diff = await applyImport(db, { ...city, people: city.people.toReversed() }, HOW);
    expect(diff.people.unchanged).toBe(city.people.length);
    expect((await peopleOfBranch(db.read, 'B001'))[0]?.employeeNo).toBe('E0014');
  });

  it('keeps the language a person chose, until the file says something new', async () => {
    const withEnglish = edit('E0002', { locale: 'en' });
    await applyImport(db, withEnglish, HOW);
    expect(await findPerson(db.read, 'E0002')).toMatchObject({ locale: 'en' });
    await db.write((tx) => setLocale(tx, 'E0002', 'zh-CN'));
    const same = await applyImport(db, withEnglish, HOW);
    expect(same.people.changed).toEqual([]);
    expect(await findPerson(db.read, 'E0002')).toMatchObject({ locale: 'zh-CN' });
    await applyImport(db, city, HOW); // empty again: says nothing
    expect(await findPerson(db.read, 'E0002')).toMatchObject({ locale: 'zh-CN' });
    await applyImport(db, edit('E0002', { locale: 'zh-CN' }), HOW);
    await applyImport(db, withEnglish, HOW);
    expect(await findPerson(db.read, 'E0002')).toMatchObject({ locale: 'en' });
  });

  it('swaps platform ids inside one file and keeps those the file leaves empty', async () => {
    const ids = (a: string | null, b: string | null): Roster => ({
      ...city,
      people: city.people.map((person, n) => ({ ...person, larkOpenId: n === 0 ? a : n === 1 ? b : null })),
    });
    await db.write((tx) => linkIdentity(tx, { platform: 'lark', appId: 'cli_a', userId: 'ou_3', person: 'E0003' }));
    await applyImport(db, ids('ou_a', 'ou_b'), HOW);
    const swapped = await applyImport(db, ids('ou_b', 'ou_a'), HOW);
    expect(swapped.people.changed.map(({ key }) => key)).toEqual(['E0001', 'E0002']);
    expect((await findActor(db.read, 'lark', 'cli_a', 'ou_a'))?.employeeNo).toBe('E0002');
    const emptied = await applyImport(db, ids(null, null), HOW);
    expect(emptied.people.changed).toEqual([]);
    expect((await counts(db))?.identities).toBe(3);
    await applyImport(db, ids('ou_3', null), HOW); // the file wins over an earlier link
    expect((await findActor(db.read, 'lark', 'cli_a', 'ou_3'))?.employeeNo).toBe('E0001');
    expect(await identityOf(db.read, 'E0003')).toEqual([]);
  });

  it('ignores ids of a platform that is not set up', async () => {
    const diff = await applyImport(db, edit('E0001', { dingtalkUserId: 'ding1' }), HOW);
    expect(diff.people.changed).toEqual([]);
    expect((await counts(db))?.identities).toBe(0);
  });

  it('leaves one audit entry with counts only', async () => {
    await applyImport(db, without('E0009'), { ...HOW, actor: 'E0122' });
    const entries = await auditOf(db.read, 'roster');
    expect(entries.map(({ actor, act }) => [actor, act])).toEqual([
      ['system', 'roster_imported'],
      ['E0122', 'roster_imported'],
    ]);
    expect(JSON.stringify(entries[1])).toContain(`+0 ~0 -1 ^0 =${city.people.length - 1}`);
    expect(await verifyAudit(db.read)).toMatchObject({ ok: true });
  });
});

it('writes nothing at all when one row cannot be written', async () => {
  const broken = edit('E0126', { branch: 'B999' }); // passes no check of the files; here it breaks the foreign key
  await expect(applyImport(db, broken, HOW)).rejects.toThrow();
  expect(await counts(db)).toEqual({ people: 0, roles: 0, branches: 0, identities: 0, audit: 0 });
});

it('imports the whole city twice and reports its progress', async () => {
  const full = makeCity('full');
  const seen: number[] = [];
  await applyImport(db, full, HOW, (done, all) => seen.push(done / all));
  expect(seen.at(-1)).toBe(1);
  expect(seen.length).toBeGreaterThan(5);
  const again = await applyImport(db, full, HOW);
  expect(again.people.unchanged).toBe(full.people.length);
  expect(await counts(db)).toMatchObject({ people: full.people.length, branches: 240 });
});
