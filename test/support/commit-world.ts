/** The small world of `opinion-world.ts` with a leading group, an office and a liaison officer, and shortcuts to write commitments. */
import type { Action } from '../../src/action.ts';
import { defaultCatalogue } from '../../src/domain/catalogue.ts';
import type { ClickAnswer } from '../../src/platform/platform.ts';
import { type Sheet, sheetOfBranch, sheetOfPerson } from '../../src/store/commitments.ts';
import { openTasksOf } from '../../src/store/tasks.ts';
import { type BranchSpec, type OpinionWorld, opinionWorld } from './opinion-world.ts';

export interface CommitWorld extends OpinionWorld {
  year: number;
  /** The sheet as it is now. */
  sheet(person: string | null): Promise<Sheet>;
  /** The form of an item, filled in. */
  item(n: number, over?: Record<string, string>): Record<string, string>;
  add(person: string, whose: 'own' | 'branch', n: number, over?: Record<string, string>): Promise<ClickAnswer>;
  submit(person: string, whose: 'own' | 'branch', form?: Record<string, string>): Promise<ClickAnswer>;
  decide(
    approver: string,
    person: string | null,
    how: 'commit_approve' | 'commit_return',
    comment?: string,
  ): Promise<ClickAnswer>;
  /** Three approved items. */
  committed(person: string, approver?: string): Promise<void>;
  tasks(person: string): Promise<string[]>;
}

const OTHERS: readonly [no: string, branch: string, status: string, role: string | null, scope: string][] = [
  ['G1', 'B002', 'full', 'leading_group', ''],
  ['O1', 'B003', 'full', 'office', ''],
  ['P1', 'B003', 'full', 'liaison', 'D1'],
];

/** As of 9 October 2026, 10:00. `B001` and `B002` belong to unit U1, `B003` to another. */
export async function commitWorld(spec: BranchSpec & { leadingGroup?: boolean } = {}): Promise<CommitWorld> {
  const base = await opinionWorld(spec);
  const { db } = base.use;
  await db.write(async (tx) => {
    await tx.run("INSERT INTO unit (code, name) VALUES ('U2', '示例二单位')");
    await tx.run("INSERT INTO branch (code, name, district, unit) VALUES ('B003', '示例第三支部', 'D1', 'U2')");
    for (const [position, [no, branch, status, role, scope]] of OTHERS.entries()) {
      if (no === 'G1' && spec.leadingGroup === false) continue;
      await tx.run('INSERT INTO person (employee_no, name, branch, status, position) VALUES (?, ?, ?, ?, ?)', [
        no,
        `某${no}`,
        branch,
        status,
        900 + position,
      ]);
      await tx.run("INSERT INTO identity (platform, app_id, user_id, person) VALUES ('lark', 'cli_demo0001', ?, ?)", [
        `ou_${no}`,
        no,
      ]);
      if (role !== null)
        await tx.run('INSERT INTO person_role (person, role, scope) VALUES (?, ?, ?)', [no, role, scope]);
    }
  });
  const year = 2026;
  const found = async (person: string | null): Promise<Sheet> => {
    const sheet =
      person === null ? await sheetOfBranch(db.read, 'B001', year) : await sheetOfPerson(db.read, person, year);
    if (sheet === null) throw new Error('no sheet');
    return sheet;
  };
  const world: CommitWorld = {
    ...base,
    year,
    sheet: found,
    item: (n, over = {}) => ({
      star: defaultCatalogue.member[n % 10]?.key ?? '',
      text: `第${n}件事：每月公开一次办件时限`,
      result: `按期率不低于9${n}%`,
      due: '2026-12-18 +0800',
      ...over,
    }),
    add: (person, whose, n, over = {}) =>
      base.click(
        person,
        { a: 'commit_put', y: year, w: whose, n: 0 },
        world.item(n, { ...(whose === 'branch' ? { star: defaultCatalogue.branch[n % 10]?.key ?? '' } : {}), ...over }),
      ),
    submit: (person, whose, form = {}) => base.click(person, { a: 'commit_submit', y: year, w: whose, n: 0 }, form),
    async decide(approver, person, how, comment = '') {
      const { id, version } = await found(person);
      const action: Action = { a: how, c: id, v: version };
      return base.click(approver, action, { comment });
    },
    async committed(person, approver = 'S0') {
      for (const n of [1, 2, 3]) await world.add(person, 'own', n);
      await world.submit(person, 'own');
      const { toast } = await world.decide(approver, person, 'commit_approve');
      if (toast?.type !== 'success') throw new Error(`not approved: ${toast?.text ?? ''}`);
    },
    tasks: async (person) => (await openTasksOf(db.read, person)).map((task) => task.id),
  };
  return world;
}
