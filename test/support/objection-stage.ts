/** A notice with an objection in it, on the bot without a network. */
import { z } from 'zod';
import type { Action } from '../../src/action.ts';
import type { MemberSheet } from '../../src/domain/sheet.ts';
import { type Objection, objectionsOf } from '../../src/store/objections.ts';
import { memberSheets } from '../../src/usecases/review/confirm.ts';
import { DAY } from './opinion-world.ts';
import { fileSelf, messages, type Stage, stage, toBallot, vote } from './review-stage.ts';

/** `S0` opened, closed, confirmed; `G1` leading group, `O1` office; M01's two stars are barred and a district chat listens. */
export async function barredStage(): Promise<Stage> {
  const at = await stage();
  await at.use.db.write(async (tx) => {
    for (const [no, role] of [
      ['G1', 'leading_group'],
      ['O1', 'office'],
    ] as const) {
      await tx.run(
        "INSERT INTO person (employee_no, name, branch, status, position) VALUES (?1, '某' || ?1, 'B002', 'full', 80)",
        [no],
      );
      await tx.run(
        "INSERT INTO identity (platform, app_id, user_id, person) VALUES ('lark', 'cli_demo0001', 'ou_' || ?1, ?1)",
        [no],
      );
      await tx.run('INSERT INTO person_role (person, role) VALUES (?, ?)', [no, role]);
    }
    await tx.run(
      "INSERT INTO chat (platform, chat_id, name, scope, code) VALUES ('lark', 'oc_district', '片区群', 'district', 'D1')",
    );
  });
  for (const no of ['M01', 'M02', 'M03', 'M04']) await fileSelf(at, no);
  await toBallot(at);
  await vote(at);
  await ok(at, 'S0', { a: 'close_ballot', r: at.r });
  await ok(
    at,
    'S0',
    { a: 'confirm_results', r: at.r, p: 0 },
    { barred_M01: 'carries_no_task', reason_M01: '两次未领任务' },
  );
  await ok(at, 'M01', { a: 'hearing_statement', r: at.r }, { statement: '当时在出差' });
  await ok(at, 'S0', { a: 'confirm_results', r: at.r, p: 0 });
  await ok(at, 'S0', { a: 'publish_results', r: at.r });
  return at;
}

/** A click that must not be refused. */
export async function ok(
  at: Stage,
  person: string,
  action: Action,
  form: Record<string, string> = {},
  button: string = action.a,
): Promise<void> {
  const { toast } = await at.click(person, action, form, { button });
  if (toast?.type === 'error' || toast?.type === 'warning') throw new Error(`${action.a} of ${person}: ${toast.text}`);
}

export async function file(at: Stage, person = 'M01'): Promise<Objection> {
  await ok(at, person, { a: 'objection_file', r: at.r }, { text: '当时在出差，已补办' });
  return last(at, person);
}
export async function last(at: Stage, person = 'M01'): Promise<Objection> {
  const found = (await objectionsOf(at.use.db.read, at.r, person)).at(-1);
  if (found === undefined) throw new Error(`${person} has no objection`);
  return found;
}
export const decide = (at: Stage, by: string, { id }: Objection, button: 'uphold' | 'reject'): Promise<void> =>
  ok(at, by, { a: 'objection_decide', o: id }, { answer: '已核对出差审批单' }, button);

/** Filed by M01 and upheld by D0. */
export async function upheld(at: Stage): Promise<Objection> {
  const one = await file(at);
  await decide(at, 'D0', one, 'uphold');
  return last(at);
}
export async function sheetOf(at: Stage, person = 'M01'): Promise<MemberSheet> {
  const found = (await memberSheets(at.use.db.read, at.r)).find((sheet) => sheet.employee_no === person);
  if (found === undefined) throw new Error(`${person} has no sheet`);
  return found;
}
/** Who got a card about this, in order. */
export const sentTo = async (at: Stage, card: string): Promise<string[]> =>
  (await messages(at, card)).map(({ recipient }) => recipient);
export const nights = (at: Stage, n: number): void => {
  at.clock.now += n * DAY;
};
export const count = async (at: Stage, sql: string): Promise<number> =>
  (await at.use.db.read.get(z.object({ n: z.int() }), `SELECT count(*) AS n FROM ${sql}`))?.n ?? 0;
