/** A database and its keys as they are in the middle of a year, made once and copied for every round. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Draft, sealDraft } from '../../src/ballot/draft.ts';
import { createKeyStore, type KeyStore } from '../../src/ballot/keys.ts';
import { secureBelow } from '../../src/ballot/random.ts';
import { ballotLines, checkBallot, type Elector, type FrozenSubject, type Roll } from '../../src/ballot/roll.ts';
import { addBallots, type Ballot, emptyBox, sealBox } from '../../src/ballot/urn.ts';
import { catalogueHash, defaultCatalogue } from '../../src/domain/catalogue.ts';
import { BRANCH_SUBJECT } from '../../src/domain/marks.ts';
import { defaultRules, rulesHash } from '../../src/domain/rules.ts';
import { type Database, openDatabase, type Writer } from '../../src/store/db.ts';
import { insertDue } from '../../src/store/due.ts';
import { markVoted } from '../../src/store/elector.ts';
import { migrate } from '../../src/store/migrations.ts';
import { insertReview, saveReview } from '../../src/store/reviews.ts';
import { putSelfReview } from '../../src/store/self-reviews.ts';
import { replaceUrns } from '../../src/store/urn.ts';
import { putCatalogueVersion, putRulesVersion } from '../../src/store/versions.ts';
import { applyImport } from '../../src/usecases/import-roster.ts';
import { rollNow } from '../../src/usecases/review/facts.ts';
import { openUrn } from '../../src/usecases/urn-lifecycle.ts';
import { type Accounts, benchCity } from './city.ts';
import { aReview, publishedSheets, someMarks } from './made-up.ts';

export const APP = {
  appId: 'cli_00be4c0000000001',
  appSecret: 'bench-secret',
  encryptKey: 'bench-encrypt-key',
  verificationToken: 'bench-token',
};
export const DINGTALK_APP = {
  clientId: 'dingbenchclientid',
  clientSecret: 'bench-client-secret',
  templateId: '11111111-2222-3333-4444-555555555555.schema',
};
export const OPEN_PERIOD = '2026-Q4';
/** Everybody has voted; the window ends at `windowEnd`. */
export const VOTED_PERIOD = '2026-Q3';
/** Published quarters, newest first: the league and the movement against the quarter before. */
export const PUBLISHED_PERIODS = ['2026-Q2', '2026-Q1'] as const;
const HOUR_MS = 3_600_000;

export interface Voter {
  review: string;
  person: string;
  openId: string;
  elector: Elector;
}
export interface Stage {
  dir: string;
  /** Those who may vote in the open ballots, spread over the branches as they would come in. */
  voters: readonly Voter[];
  rolls: ReadonlyMap<string, Roll>;
  /** Unix ms; when the windows of `VOTED_PERIOD` end. */
  windowEnd: number;
}
export const databaseUrl = (dir: string): string => `file:${join(dir, 'tenstar.db')}`;
export const keysDir = (dir: string): string => join(dir, 'keys');
export const ROLL_NO = 1;

export interface StageOrder {
  branches: number;
  /** What there is besides the open ballots. */
  voted?: boolean;
  published?: boolean;
  /** Everybody on Feishu, as `ou_<employee number>`, when absent. */
  accountsOf?: Accounts;
}

export async function makeStage({
  branches,
  voted = false,
  published = false,
  accountsOf = (no) => ({ larkOpenId: `ou_${no}`, dingtalkUserId: null }),
}: StageOrder): Promise<Stage> {
  const dir = mkdtempSync(join(tmpdir(), 'tenstar-bench-'));
  const now = Date.now();
  const windowEnd = now + HOUR_MS;
  const db = await openDatabase({ url: databaseUrl(dir) });
  const keys = createKeyStore(keysDir(dir));
  const rolls = new Map<string, Roll>();
  try {
    await migrate(db, now);
    const how = {
      at: now,
      date: new Date(now).toISOString().slice(0, 10),
      actor: 'system',
      appIds: { lark: APP.appId, dingtalk: DINGTALK_APP.clientId },
    };
    await applyImport(db, benchCity(branches, accountsOf), how);
    await db.write(async (tx) => {
      await putRulesVersion(tx, rulesHash(defaultRules), JSON.stringify(defaultRules), now);
      await putCatalogueVersion(tx, catalogueHash(defaultCatalogue), JSON.stringify(defaultCatalogue), now);
    });
    for (let n = 0; n < branches; n++) {
      await db.write(async (tx) => {
        const { review, roll } = await openReview(tx, keys, n, OPEN_PERIOD, now, now + 10 * 24 * HOUR_MS);
        rolls.set(review, roll);
        if (voted) await fillBox(tx, keys, await openReview(tx, keys, n, VOTED_PERIOD, now, windowEnd));
        if (published) for (const period of PUBLISHED_PERIODS) await publishedSheets(tx, n, period, roll, now);
      });
    }
    await db.checkpoint();
  } finally {
    await db.close();
  }
  await new Promise((resolve) => setImmediate(resolve)); // the database never let it turn: connections that were closed meanwhile are noticed
  return { dir, rolls, windowEnd, voters: spread([...rolls], (no) => accountsOf(no).larkOpenId ?? '') };
}

/** The first voter of every branch, then the second of every branch: as many boxes as possible are open at a time. */
function spread(rolls: readonly (readonly [string, Roll])[], openIdOf: (employeeNo: string) => string): Voter[] {
  const most = Math.max(...rolls.map(([, roll]) => roll.electors.length));
  return Array.from({ length: most }, (_, i) => i).flatMap((i) =>
    rolls.flatMap(([review, { electors }]) => {
      const elector = electors[i];
      return elector === undefined
        ? []
        : [{ review, person: elector.person, openId: openIdOf(elector.person), elector }];
    }),
  );
}

async function openReview(
  tx: Writer,
  keys: KeyStore,
  n: number,
  period: string,
  now: number,
  until: number,
): Promise<{ review: string; roll: Roll }> {
  const review = aReview(n, period, now);
  await insertReview(tx, review);
  await saveReview(tx, review, { state: 'balloting', rollNo: ROLL_NO, ballotUntil: until });
  const { due, electors, subjects } = await rollNow(tx, review, `U${review.branch.slice(1)}`, defaultRules);
  await insertDue(tx, review.id, due);
  const frozen: FrozenSubject[] = subjects.map(({ person, graded, group }) => ({ person, graded, partyGroup: group }));
  const roll: Roll = { electors: electors.map(({ person, category }) => ({ person, category })), subjects: frozen };
  await openUrn(tx, keys, { review: review.id, rollNo: ROLL_NO, ...roll });
  return { review: review.id, roll };
}

/** Everybody's ballot and self-review. */
async function fillBox(tx: Writer, keys: KeyStore, { review, roll }: { review: string; roll: Roll }): Promise<void> {
  const ballots = roll.electors.map((elector): Ballot => {
    const verdict = checkBallot(
      roll,
      elector,
      new Map(ballotLines(roll, elector).map(({ subject }) => [subject, someMarks()])),
    );
    if (!verdict.ok) throw new Error('a made-up ballot is not complete');
    return verdict.value;
  });
  const box = emptyBox({ electors: roll.electors.length, subjects: roll.subjects.length + 1 });
  addBallots(box, ballots, secureBelow());
  await replaceUrns(tx, [{ review, box: sealBox(keys.load(review, 'working'), { review, rollNo: ROLL_NO }, box) }]);
  await markVoted(
    tx,
    roll.electors.map(({ person }) => ({ review, person })),
  );
  for (const subject of [...roll.subjects.map(({ person }) => person), BRANCH_SUBJECT]) {
    const stars = subject === BRANCH_SUBJECT ? defaultCatalogue.branch : defaultCatalogue.member;
    const marks = Object.fromEntries(stars.map(({ key }) => [key, 6 + Math.floor(Math.random() * 5)]));
    await putSelfReview(
      tx,
      review,
      { person: subject, marks, achievements: '演示', shortcomings: '演示', direction: '演示' },
      'system',
      Date.now(),
    );
  }
}

/** A voter's ballot as the card would bring it: complete for casting, or empty on its first page. */
export function sealedDraft(keys: KeyStore, stage: Stage, { review, person, elector }: Voter, filled: boolean): string {
  const roll = stage.rolls.get(review);
  if (roll === undefined) throw new Error(`no roll of ${review}`);
  const lines = ballotLines(roll, elector);
  const draft: Draft = {
    page: filled ? lines.length - 1 : 0,
    marks: lines.map(() => (filled ? someMarks() : Array.from({ length: 10 }, () => null))),
  };
  return sealDraft(keys, { review, rollNo: ROLL_NO, person }, draft);
}

/** A copy to be used up; `drop` removes it. */
export function copyStage(stage: Stage): { dir: string; drop(): void } {
  const dir = mkdtempSync(join(tmpdir(), 'tenstar-bench-'));
  cpSync(stage.dir, dir, { recursive: true });
  return { dir, drop: () => rmSync(dir, { recursive: true, force: true }) };
}
export const dropStage = (stage: Stage): void => rmSync(stage.dir, { recursive: true, force: true });

export async function inDatabase<T>(dir: string, fn: (db: Database) => Promise<T>): Promise<T> {
  const db = await openDatabase({ url: databaseUrl(dir) });
  try {
    return await fn(db);
  } finally {
    await db.close();
  }
}
