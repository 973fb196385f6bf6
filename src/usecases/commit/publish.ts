/** Publishing approved commitments (R57, R59), the state of a branch's sheets, and what its board shows. */
import type { Catalogue } from '../../domain/catalogue.ts';
import { type CommitmentState, COMMITMENT_STATES } from '../../domain/commitment.ts';
import { no, type Verdict, yes } from '../../domain/verdict.ts';
import { appendAudit } from '../../store/audit.ts';
import { findSheet, itemsOf, moveSheet, type Sheet, sheetsOfBranch } from '../../store/commitments.ts';
import type { Reader, Writer } from '../../store/db.ts';
import { type Actor, type Branch, findBranch, namesOf, peopleOfBranch } from '../../store/roster.ts';
import type { StarItem } from '../../store/star-items.ts';
import { tasksOfBranch } from '../../store/tasks.ts';
import type { Use } from '../../use.ts';
import { runsBranch } from '../access.ts';
import { sendCommitmentBoard } from '../board/order.ts';
import { inMessageHours, sendToScope } from '../notify.ts';
import { itemsOfYear } from '../stars/items.ts';
import { type OwnPost, postOf } from '../stars/person-stars.ts';
import { catalogueOf } from '../versions.ts';

export interface BranchSheets {
  /** Members of the branch who are here. */
  members: number;
  /** Sheets of members by state; who has none yet is not counted. */
  counts: Readonly<Record<CommitmentState, number>>;
  /** State of the branch's own sheet. */
  own: CommitmentState | null;
  approved: number;
  published: number;
}
/** How far a branch has got, in numbers: commitments are voluntary, and who has made none is nobody's business (F19). */
export async function branchSheets(h: Reader, branch: string, year: number): Promise<BranchSheets> {
  const sheets = await sheetsOfBranch(h, branch, year);
  const of = (state: CommitmentState, all = sheets) => all.filter((sheet) => sheet.state === state).length;
  const personal = sheets.filter((sheet) => sheet.person !== null);
  const counts = { draft: 0, submitted: 0, returned: 0, approved: 0, published: 0 };
  for (const state of COMMITMENT_STATES) counts[state] = of(state, personal);
  return {
    members: (await peopleOfBranch(h, branch)).filter((person) => person.status !== 'colleague').length,
    counts,
    own: sheets.find((sheet) => sheet.person === null)?.state ?? null,
    approved: of('approved'),
    published: of('published'),
  };
}

/**
 * Makes the approved sheets of a branch public and tells its chat. Sheets approved later are published the same way. The meeting
 * register calls this once the commitment meeting has been held (R58).
 */
export async function publishCommitments(
  tx: Writer,
  use: Use,
  actor: Actor,
  year: number,
  now: number,
): Promise<Verdict<number, 'not_secretary' | 'nothing_approved'>> {
  if (!runsBranch(actor, actor.branch)) return no('not_secretary');
  let published = 0;
  for (const sheet of await sheetsOfBranch(tx, actor.branch, year))
    if (await moveSheet(tx, sheet.id, { from: ['approved'], to: 'published' })) published++;
  if (published === 0) return no('nothing_approved');
  const detail = { year, sheets: published };
  await appendAudit(tx, {
    at: now,
    actor: actor.employeeNo,
    act: 'commitments_published',
    object: actor.branch,
    detail,
  });
  const card = { card: 'commitments_published', args: { branch: actor.branch, year } };
  const hours = inMessageHours(use, now);
  const people = (await peopleOfBranch(tx, actor.branch)).map((person) => person.employeeNo);
  await sendToScope(tx, 'branch', actor.branch, people, card, hours);
  await sendCommitmentBoard(tx, actor.branch, year, hours);
  return yes(published);
}

interface Bilingual {
  zh: string;
  en: string;
}
export interface BoardSheet {
  /** Null: the branch's own. */
  name: string | null;
  items: readonly { star: Bilingual; text: string; result: string; due: string; done: boolean }[];
  /** The post with its individual stars (A39); null: all stars are common. */
  post: OwnPost | null;
}
export interface BoardUnitItem extends Pick<StarItem, 'name' | 'from' | 'to' | 'ownerName'> {
  stars: readonly Bilingual[];
}
export interface CommitmentBoard {
  branchName: string;
  year: number;
  sheets: readonly BoardSheet[];
  /** What branch and unit hang on the stars this year (R46); none on the board of one sheet. */
  unitItems: readonly BoardUnitItem[];
}

/** What is public of a branch's commitments, or with `only` of one sheet; null before anything is published. */
export async function commitmentBoard(
  h: Reader,
  branch: string,
  year: number,
  only?: string,
): Promise<CommitmentBoard | null> {
  const found = await findBranch(h, branch);
  const sheets = (await sheetsOfBranch(h, branch, year)).filter(
    (sheet) => sheet.state === 'published' && (only === undefined || sheet.id === only),
  );
  if (found === null || sheets.length === 0) return null;
  const names = await namesOf(
    h,
    sheets.flatMap((sheet) => sheet.person ?? []),
  );
  // Done is shown, anything else is not: a board reproaches nobody (F12).
  const tasks = await tasksOfBranch(h, branch, year);
  const done = new Set(tasks.flatMap((task) => (task.state === 'done' && task.item !== null ? [task.item] : [])));
  return {
    branchName: found.name,
    year,
    sheets: await Promise.all(sheets.map((sheet) => boardSheet(h, sheet, names, done))),
    unitItems: only === undefined ? await unitItems(h, found, year, sheets[0]?.catalogue ?? '') : [],
  };
}
const namesOfStars = ({ branch, member }: Catalogue): ReadonlyMap<string, Bilingual> =>
  new Map([...branch, ...member].map(({ key, zh, en }) => [key, { zh, en }]));
async function unitItems(h: Reader, branch: Branch, year: number, hash: string): Promise<BoardUnitItem[]> {
  const names = namesOfStars(await catalogueOf(h, hash));
  return (await itemsOfYear(h, { branch: branch.code, unit: branch.unit }, year)).map(
    ({ name, from, to, ownerName, stars }) => ({
      name,
      from,
      to,
      ownerName,
      stars: stars.flatMap((key) => names.get(key) ?? []),
    }),
  );
}

async function boardSheet(
  h: Reader,
  sheet: Sheet,
  names: ReadonlyMap<string, string>,
  done: ReadonlySet<string>,
): Promise<BoardSheet> {
  const catalogue = await catalogueOf(h, sheet.catalogue);
  const stars = namesOfStars(catalogue);
  const items = await itemsOf(h, sheet.id);
  return {
    name: sheet.person === null ? null : (names.get(sheet.person) ?? ''),
    post:
      sheet.person === null
        ? null
        : await postOf(h, catalogue, { branch: sheet.branch, year: sheet.year }, sheet.person),
    items: items.map(({ id, star, ...item }) => ({
      ...item,
      star: stars.get(star) ?? { zh: '', en: '' },
      done: done.has(id),
    })),
  };
}

/** The board of one published sheet. */
export async function sheetBoard(h: Reader, id: string): Promise<CommitmentBoard | null> {
  const sheet = await findSheet(h, id);
  return sheet === null ? null : commitmentBoard(h, sheet.branch, sheet.year, id);
}
