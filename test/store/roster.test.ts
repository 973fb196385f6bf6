import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { makeCity } from '../../src/demo/city.ts';
import { putBindCode, takeBindCode } from '../../src/store/bind-code.ts';
import { addChat, allChats, bindChat, chatsFor, deactivateChat, findChat } from '../../src/store/chat.ts';
import type { Database } from '../../src/store/db.ts';
import {
  identityOf,
  identityOn,
  linkIdentity,
  markReachable,
  markUnreachable,
  peopleToLink,
} from '../../src/store/identity.ts';
import {
  allBranches,
  allDistricts,
  branchesOfDistrict,
  branchesOfGroup,
  branchesOfUnit,
  findActor,
  findBranch,
  findDistrict,
  findGroup,
  findPerson,
  leadersOfUnit,
  namesOf,
  peopleOfBranch,
  peopleWithRole,
  secretariesOf,
  setLocale,
  setPreferredPlatform,
} from '../../src/store/roster.ts';
import { applyImport } from '../../src/usecases/import-roster.ts';
import { tempDatabase } from '../support/temp-database.ts';

const HOW = { at: 1_790_000_000_000, date: '2026-10-09', actor: 'system', appIds: { lark: 'cli_a', dingtalk: null } };
const city = makeCity('small');
let db: Database;
beforeAll(async () => {
  db = await tempDatabase();
  await applyImport(db, city, HOW);
});
const numbers = (people: readonly { employeeNo: string }[]) => people.map((person) => person.employeeNo);
const codes = (branches: readonly { code: string }[]) => branches.map((branch) => branch.code);
const here = (branch: string) => numbers(city.people.filter((person) => person.branch === branch));

describe('people', () => {
  it('finds a person with branch, unit, district, group and roles', async () => {
    expect(await findPerson(db.read, 'E0005')).toEqual({
      employeeNo: 'E0005',
      name: city.people[4]?.name,
      branch: 'B001',
      unit: 'U001',
      district: 'D1',
      group: 'G01',
      status: 'full',
      locale: null,
      preferredPlatform: null,
      leftOn: null,
      roles: [
        { role: 'committee', scope: '' },
        { role: 'leader', scope: '' },
        { role: 'leading_group', scope: '' },
      ],
      runs: false, // the branch has a secretary
      standsIn: [],
    });
    expect(await findPerson(db.read, 'E9999')).toBeNull();
  });

  it('lists a branch in the order of the file (A45)', async () => {
    expect(numbers(await peopleOfBranch(db.read, 'B001'))).toEqual(here('B001'));
    expect(await peopleOfBranch(db.read, 'B999')).toEqual([]);
  });

  it('finds leaders of both branches of a unit, and the secretary of a branch', async () => {
    const leaders = await leadersOfUnit(db.read, 'U001');
    expect(leaders.map((person) => person.branch)).toEqual(['B001', 'B001', 'B002', 'B002']);
    expect(numbers(await secretariesOf(db.read, 'B002'))).toEqual([here('B002')[0]]);
  });

  it('finds people by role, and by role and district', async () => {
    expect((await peopleWithRole(db.read, 'liaison')).length).toBe(2);
    const [officer] = await peopleWithRole(db.read, 'liaison', 'D2');
    expect(officer?.roles).toEqual([{ role: 'liaison', scope: 'D2' }]);
    expect(await peopleWithRole(db.read, 'liaison', 'D9')).toEqual([]);
  });

  it('gives names by number', async () => {
    expect(await namesOf(db.read, ['E0001', 'E0002', 'E9999'])).toEqual(
      new Map([
        ['E0001', city.people[0]?.name],
        ['E0002', city.people[1]?.name],
      ]),
    );
  });

  it('keeps language and platform of choice', async () => {
    await db.write(async (tx) => {
      await setLocale(tx, 'E0001', 'en');
      await setPreferredPlatform(tx, 'E0001', 'lark');
    });
    expect(await findPerson(db.read, 'E0001')).toMatchObject({ locale: 'en', preferredPlatform: 'lark' });
  });
});

describe('branches', () => {
  it('finds them by code, district, group and unit', async () => {
    expect(await findBranch(db.read, 'B002')).toEqual({
      code: 'B002',
      name: '天枢档案处第二党支部',
      district: 'D1',
      districtName: '天枢片区',
      group: 'G01',
      groupName: '第1四互小组',
      unit: 'U001',
      unitName: '天枢档案处',
      closedOn: null,
    });
    expect(codes(await allBranches(db.read))).toEqual(codes(city.branches));
    expect(codes(await branchesOfDistrict(db.read, 'D2'))).toEqual(['B005', 'B006', 'B007', 'B008']);
    expect(codes(await branchesOfGroup(db.read, 'G01'))).toEqual(['B001', 'B002', 'B003', 'B004']);
    expect(codes(await branchesOfUnit(db.read, 'U001'))).toEqual(['B001', 'B002']);
  });

  it('knows districts and groups', async () => {
    expect(codes(await allDistricts(db.read))).toEqual(['D1', 'D2']);
    expect(await findDistrict(db.read, 'D1')).toEqual({ code: 'D1', name: '天枢片区' });
    expect(await findGroup(db.read, 'G02')).toEqual({ code: 'G02', name: '第2四互小组', district: 'D2' });
    expect(await findGroup(db.read, 'G99')).toBeNull();
  });
});

describe('identities', () => {
  const link = (person: string, userId: string, appId = 'cli_a') =>
    db.write((tx) => linkIdentity(tx, { platform: 'lark', appId, userId, person }));

  it('belongs to one app, and finds the actor behind it', async () => {
    expect(await link('E0002', 'ou_2')).toEqual({ ok: true, value: null });
    expect((await findActor(db.read, 'lark', 'cli_a', 'ou_2'))?.employeeNo).toBe('E0002');
    expect(await findActor(db.read, 'lark', 'cli_other', 'ou_2')).toBeNull();
    expect(await findActor(db.read, 'dingtalk', 'cli_a', 'ou_2')).toBeNull();
  });

  it('a new id replaces the old one of the same app and leaves other apps alone', async () => {
    await link('E0003', 'ou_3');
    await link('E0003', 'ou_3_b', 'cli_b');
    await link('E0003', 'ou_3_new');
    expect((await identityOf(db.read, 'E0003')).map(({ appId, userId }) => [appId, userId])).toEqual([
      ['cli_a', 'ou_3_new'],
      ['cli_b', 'ou_3_b'],
    ]);
    expect(await findActor(db.read, 'lark', 'cli_a', 'ou_3')).toBeNull();
  });

  it('an id of somebody who is here is not taken over', async () => {
    await link('E0004', 'ou_4');
    expect(await link('E0005', 'ou_4')).toEqual({ ok: false, reason: 'taken' });
    expect((await findActor(db.read, 'lark', 'cli_a', 'ou_4'))?.employeeNo).toBe('E0004');
  });

  it('is unreachable until it writes again', async () => {
    await link('E0006', 'ou_6');
    await db.write((tx) => markUnreachable(tx, 'lark', 'cli_a', 'ou_6'));
    expect(await identityOn(db.read, 'lark', 'cli_a', 'E0006')).toMatchObject({ reachable: false });
    await db.write((tx) => markReachable(tx, 'lark', 'cli_a', 'ou_6'));
    expect(await identityOn(db.read, 'lark', 'cli_a', 'E0006')).toMatchObject({ reachable: true });
    expect(await identityOn(db.read, 'lark', 'cli_b', 'E0006')).toBeNull();
  });

  it('pages through those who have none on this app', async () => {
    const page = (after: string) => peopleToLink(db.read, { platform: 'lark', appId: 'cli_b', after, limit: 100 });
    const first = await page('');
    const second = await page(first.at(-1)?.employeeNo ?? '');
    const all = [...numbers(first), ...numbers(second)];
    expect(all).toEqual(numbers(city.people).filter((no) => no !== 'E0003'));
    expect(first[0]).toEqual({ employeeNo: 'E0001', mobile: '16100000001' });
  });
});

describe('chats', () => {
  it('are found by what they are for, while the bot is in them', async () => {
    await db.write(async (tx) => {
      await addChat(tx, 'lark', 'oc_1', 'Area one');
      await bindChat(tx, 'lark', 'oc_1', 'district', 'D1');
      await bindChat(tx, 'lark', 'oc_city', 'city', null);
    });
    expect(await chatsFor(db.read, 'district', 'D1')).toEqual([
      { platform: 'lark', chatId: 'oc_1', name: 'Area one', scope: 'district', code: 'D1', active: true },
    ]);
    expect((await chatsFor(db.read, 'city', null)).map((chat) => chat.chatId)).toEqual(['oc_city']);
    expect(await chatsFor(db.read, 'branch', 'D1')).toEqual([]);
  });

  it('keep their purpose when the bot leaves and comes back', async () => {
    await db.write((tx) => deactivateChat(tx, 'lark', 'oc_1'));
    expect(await chatsFor(db.read, 'district', 'D1')).toEqual([]);
    expect(await findChat(db.read, 'lark', 'oc_1')).toMatchObject({ active: false, scope: 'district' });
    await db.write((tx) => addChat(tx, 'lark', 'oc_1', ''));
    expect(await findChat(db.read, 'lark', 'oc_1')).toMatchObject({
      active: true,
      scope: 'district',
      name: 'Area one',
    });
    expect((await allChats(db.read)).length).toBe(2);
  });
});

describe('bind codes', () => {
  const put = (code: string) =>
    db.write((tx) => putBindCode(tx, { person: 'E0007', code, expiresAt: 1_000, issuedBy: 'E0001' }));
  const take = (code: string, now = 500, person = 'E0007') => db.write((tx) => takeBindCode(tx, { person, code, now }));
  const refused = (reason: string) => ({ ok: false, reason });

  it('works once, however it is typed', async () => {
    await put('K7Q2MPX4');
    expect(await take(' k7q2-ｍｐｘ4')).toEqual({ ok: true, value: { issuedBy: 'E0001' } });
    expect(await take('K7Q2MPX4')).toEqual(refused('no_code'));
  });

  it('works for its person and its time only', async () => {
    await put('K7Q2MPX4');
    expect(await take('K7Q2MPX4', 500, 'E0008')).toEqual(refused('no_code'));
    expect(await take('K7Q2MPX4', 1_000)).toEqual(refused('expired'));
    expect(await take('K7Q2MPX4')).toEqual(refused('no_code'));
  });

  it('is gone after five wrong tries; a new code starts afresh', async () => {
    await put('K7Q2MPX4');
    const tries = [];
    for (let n = 0; n < 5; n += 1) tries.push(await take('WRONG'));
    expect(tries).toEqual([...Array.from({ length: 4 }, () => refused('wrong')), refused('too_many_tries')]);
    expect(await take('K7Q2MPX4')).toEqual(refused('no_code'));
    await put('SECOND22');
    expect(await take('SECOND22')).toEqual({ ok: true, value: { issuedBy: 'E0001' } });
  });

  it('is not stored in the clear', async () => {
    await put('K7Q2MPX4');
    const row = await db.read.get(z.object({ hash: z.string() }), 'SELECT code_hash AS hash FROM bind_code');
    expect(row?.hash).toMatch(/^[0-9a-f]{64}$/);
  });
});
