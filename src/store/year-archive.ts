/**
 * The rows of one scheme year, table by table, for taking a year out of one installation and into another. Names of tables and columns
 * come from here and from the schema, never from a file.
 */
import { z } from 'zod';
import { TenstarError } from '../errors.ts';
import type { Reader, Writer } from './db.ts';

export interface ArchivedTable {
  name: string;
  /** `ground`: where the installation has its own, that stands (usecases/year-archive/own-stands.ts). `year`: it must be the same. */
  part: 'ground' | 'year';
  /** Which rows belong to the year `?1` (text of four digits). */
  where: string;
  /** Columns that stay behind. */
  without?: readonly string[];
  /** Where the primary key stays behind. */
  key?: readonly string[];
}

const FINAL = "SELECT id FROM review WHERE state = 'final' AND substr(period, 1, 4) = ?1";
const ofReview = (name: string): ArchivedTable => ({ name, part: 'year', where: `review IN (${FINAL})` });
const ground = (name: string, without: readonly string[] = []): ArchivedTable => ({
  name,
  part: 'ground',
  where: '?1 = ?1',
  without,
});
const byStart = (name: string, column: string): ArchivedTable => ({
  name,
  part: 'year',
  where: `substr(${column}, 1, 4) = ?1`,
});
const byYear = (name: string): ArchivedTable => ({ name, part: 'year', where: 'year = CAST(?1 AS INTEGER)' });
const under = (name: string, column: string, parent: string): ArchivedTable => ({
  name,
  part: 'year',
  where: `${column} IN (SELECT id FROM ${parent})`,
});
const TASKS = 'task WHERE year = CAST(?1 AS INTEGER)';
const answersOf = 'SELECT week FROM check_answer WHERE task IN (SELECT id FROM task WHERE year = CAST(?1 AS INTEGER))';

/** A table comes after those it refers to. */
export const ARCHIVED: readonly ArchivedTable[] = [
  ground('district'),
  ground('mutual_group'),
  ground('unit'),
  ground('branch'),
  // A telephone number is for finding people today, not for a record of a year (F1).
  ground('person', ['mobile', 'preferred_platform']),
  ground('person_role'),
  // Kept by their hash, so the same body may have come here on another day.
  ground('rules_version'),
  ground('catalogue_version'),
  ground('projects_version'),
  // A bot that was started in the year has numbered its own; results carry the hash they were made by.
  { ...byYear('scheme_version'), part: 'ground' },
  {
    name: 'post_plan_version',
    part: 'year',
    where: `hash IN (SELECT approved FROM post_plan WHERE year = CAST(?1 AS INTEGER)) OR hash IN (SELECT plan FROM review_post_plan WHERE review IN (${FINAL}))`,
  },
  { name: 'review', part: 'year', where: `id IN (${FINAL})` },
  ...[
    'review_due',
    'review_rating',
    'review_subject',
    'review_meeting',
    'review_guest',
    'review_guest_sign_in',
    'self_review',
    'self_review_excuse',
    'receipt',
    'review_post_plan',
    'sheet',
    'decision',
    'objection',
  ].map(ofReview),
  under('recusal', 'objection', `objection WHERE review IN (${FINAL})`),
  { ...ofReview('sheet_view'), without: ['id'], key: ['review', 'person', 'viewer', 'at'] },
  ...['opinion_round', 'opinion_digest', 'retired'].map(ofReview),
  byYear('commitment'),
  under('commitment_item', 'commitment', 'commitment WHERE year = CAST(?1 AS INTEGER)'),
  byYear('task'),
  byYear('post_plan'),
  {
    name: 'star_item',
    part: 'year',
    where: `CASE WHEN task IS NULL THEN substr(to_date, 1, 4) = ?1 ELSE task IN (SELECT id FROM ${TASKS}) END`,
  },
  { name: 'check_round', part: 'year', where: `substr(week, 1, 4) = ?1 OR week IN (${answersOf})` },
  byStart('check_due', 'week'),
  under('check_answer', 'task', TASKS),
  byStart('check_rate', 'week'),
  byStart('month_round', 'month'),
  byStart('month_due', 'month'),
  byStart('monthly_summary', 'month'),
  byStart('meeting', 'on_date'),
  under('meeting_sign_in', 'meeting', 'meeting WHERE substr(on_date, 1, 4) = ?1'),
  under('meeting_absence', 'meeting', 'meeting WHERE substr(on_date, 1, 4) = ?1'),
  under('meeting_guest', 'meeting', 'meeting WHERE substr(on_date, 1, 4) = ?1'),
  byStart('leading_meeting', 'on_date'),
  byYear('five_same'),
  byStart('guidance', 'period'),
  under('guidance_read', 'guidance', 'guidance WHERE substr(period, 1, 4) = ?1'),
  byStart('activity', 'on_date'),
  under('activity_branch', 'activity', 'activity WHERE substr(on_date, 1, 4) = ?1'),
  under('activity_sign_in', 'activity', 'activity WHERE substr(on_date, 1, 4) = ?1'),
];

/** Tables that stay behind, and why; together with `ARCHIVED` they are all there are. */
export const LEFT_BEHIND: Readonly<Record<string, string>> = {
  urn: 'sealed; useless without its key, which never leaves',
  recount: 'sealed; useless without its key, which never leaves',
  opinion_box: 'sealed; useless without its key, which never leaves',
  elector: 'who took part is needed only while a ballot is open',
  elector_excuse: 'which electors a tally did not wait for is needed only until it is made',
  opinion_roll: 'who gave an opinion is needed only while forms are taken',
  identity: 'accounts belong to an app of a platform',
  bind_code: 'valid for minutes',
  chat: 'chats belong to an app of a platform',
  audit: 'the chain belongs to one installation; it records that a year left or came',
  inbox: 'machinery',
  outbox: 'machinery',
  job_run: 'machinery',
  lease: 'machinery',
  api_usage: 'machinery',
  card_template: 'templates belong to an app of a platform',
  migration: 'machinery',
};

const value = z.union([z.string(), z.number(), z.null()]);
const rowSchema = z.record(z.string(), value);
export type ArchivedRow = z.infer<typeof rowSchema>;
const columnRow = z.object({ name: z.string(), pk: z.int() });

/** One table as this database has it. */
export interface TableShape {
  table: ArchivedTable;
  columns: readonly string[];
  key: readonly string[];
}

/** @throws {TenstarError} `bug` when a table has gone from the schema */
export async function archiveShapes(h: Reader): Promise<readonly TableShape[]> {
  const shapes: TableShape[] = [];
  for (const table of ARCHIVED) {
    const all = await h.all(columnRow, 'SELECT name, pk FROM pragma_table_info(?)', [table.name]);
    if (all.length === 0) throw new TenstarError('bug', `There is no table ${table.name}.`);
    const columns = all.map(({ name }) => name).filter((name) => table.without?.includes(name) !== true);
    const key =
      table.key ??
      all
        .filter(({ pk }) => pk > 0)
        .toSorted((a, b) => a.pk - b.pk)
        .map(({ name }) => name);
    shapes.push({ table, columns, key });
  }
  return shapes;
}

const PAGE = 1_000;

/** The rows of `year` in the order of their key, a page at a time. */
export async function* archivedRows(
  h: Reader,
  { table, columns, key }: TableShape,
  year: string,
): AsyncGenerator<ArchivedRow> {
  const order = key.join(', ');
  // The same row twice says nothing that once does not: only a table without its key can hold one.
  const select = `SELECT DISTINCT ${columns.join(', ')} FROM ${table.name} WHERE (${table.where})`;
  const after = `(${order}) > (${key.map((_, i) => `?${i + 2}`).join(', ')})`;
  let last: ArchivedRow | undefined;
  for (;;) {
    const from = last;
    const sql = `${select}${from === undefined ? '' : ` AND ${after}`} ORDER BY ${order} LIMIT ${PAGE}`;
    const page = await h.all(
      rowSchema,
      sql,
      from === undefined ? [year] : [year, ...key.map((column) => from[column] ?? null)],
    );
    yield* page;
    last = page.at(-1);
    if (page.length < PAGE) return;
  }
}

/** Reviews of the year that are not final and therefore stay behind. */
export async function unfinishedReviews(h: Reader, year: string): Promise<number> {
  const found = await h.get(
    z.object({ n: z.int() }),
    "SELECT count(*) AS n FROM review WHERE state <> 'final' AND substr(period, 1, 4) = ?",
    [year],
  );
  return found?.n ?? 0;
}

/** Whether there is a roster. */
export const hasPeople = async (h: Reader): Promise<boolean> =>
  (await h.get(z.unknown(), 'SELECT 1 FROM person LIMIT 1')) !== null;
/** Whether a year has adopted rules. */
export const hasScheme = async (h: Reader, year: number): Promise<boolean> =>
  (await h.get(z.unknown(), 'SELECT 1 FROM scheme_version WHERE year = ? LIMIT 1', [year])) !== null;

/** The row with the same key, as far as it is archived. */
export const sameKey = (
  h: Reader,
  { table, columns, key }: TableShape,
  row: ArchivedRow,
): Promise<ArchivedRow | null> =>
  h.get(
    rowSchema,
    `SELECT ${columns.join(', ')} FROM ${table.name} WHERE ${key.map((column) => `${column} = ?`).join(' AND ')}`,
    key.map((column) => row[column] ?? null),
  );

/** @returns false when something else stands where the row should: another row of the same branch and period, for example */
export async function insertArchived(tx: Writer, { table, columns }: TableShape, row: ArchivedRow): Promise<boolean> {
  const given = columns.filter((column) => row[column] !== undefined);
  const inserted = await tx.run(
    `INSERT INTO ${table.name} (${given.join(', ')}) VALUES (${given.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`,
    given.map((column) => row[column] ?? null),
  );
  return inserted === 1;
}
