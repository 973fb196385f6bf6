/** What can be looked at on this machine: database, migrations, keys, roster. Changes nothing. */
import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { keyFiles } from '../../ballot/keys.ts';
import type { Config } from '../../config.ts';
import { TenstarError } from '../../errors.ts';
import type { Translate } from '../../i18n.ts';
import type { PlatformName } from '../../platform/platform.ts';
import { type Database, localFile, openDatabase, type Reader } from '../../store/db.ts';
import { quickCheck, rosterFigures, unknownPeople } from '../../store/doctor.ts';
import { pendingMigrations } from '../../store/migrations.ts';
import { sealedBoxes } from '../../store/sealed.ts';
import { isInside } from '../backup.ts';
import { fail, type Finding, ok, warn } from './finding.ts';

/** The driver's or the system's own code, also behind an error of ours. */
function codeOf(error: unknown): string {
  if (error instanceof TenstarError && error.cause !== undefined) return codeOf(error.cause);
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error ? String(error.code) : error.name;
}
const DAMAGED = /NOTADB|CORRUPT/;

/** Opens the database when it is there and sound. Does not make one: an operator who looks must not leave an empty file behind. */
export async function examineDatabase(
  { database }: Pick<Config, 'database'>,
  t: Translate,
): Promise<{ finding: Finding; db: Database | null }> {
  const file = localFile(database.url);
  if (file !== null && !existsSync(file))
    return {
      finding: fail('database', t('doctor.database_missing', { file }), t('doctor.fix_database_missing')),
      db: null,
    };
  let db: Database | null = null;
  try {
    if (file !== null) accessSync(file, constants.R_OK | constants.W_OK);
    db = await openDatabase(database);
    const sound = file === null || (await quickCheck(db.read)) === 'ok';
    if (!sound) throw Object.assign(new Error(), { code: 'SQLITE_CORRUPT' });
    await db.write(async () => {}); // takes the lock of a writer and gives it back
    return { finding: ok('database', t('doctor.database_ok', { where: file ?? new URL(database.url).host })), db };
  } catch (error) {
    await db?.close();
    const code = codeOf(error);
    if (DAMAGED.test(code))
      return {
        finding: fail('database', t('doctor.database_damaged', { code }), t('doctor.fix_database_damaged')),
        db: null,
      };
    const fix = file === null ? t('doctor.fix_database_server') : t('doctor.fix_database_file', { file });
    return { finding: fail('database', t('doctor.database_closed', { code }), fix), db: null };
  }
}

/** @returns whether the tables are those of this version, so that the rest may be read */
export async function examineMigrations(db: Database, t: Translate): Promise<{ finding: Finding; current: boolean }> {
  try {
    const pending = await pendingMigrations(db);
    if (pending.length === 0) return { finding: ok('migrations', t('doctor.migrations_ok')), current: true };
    return {
      finding: warn(
        'migrations',
        t('doctor.migrations_pending', { n: pending.length, names: pending.join(', ') }),
        t('doctor.fix_migrations_pending'),
      ),
      current: false,
    };
  } catch (error) {
    if (!(error instanceof TenstarError)) throw error;
    return { finding: fail('migrations', t('doctor.migrations_other'), error.message), current: false };
  }
}

const OTHERS = 0o077;

/**
 * The folder of the keys: whether only the bot can read it, and whether every sealed box can still be opened.
 * @param db null when the database cannot be read
 */
export async function examineKeys(
  { keysDir, database }: Pick<Config, 'keysDir' | 'database'>,
  db: Database | null,
  t: Translate,
): Promise<Finding[]> {
  const missing = db === null ? [] : await missingKeys(db.read, keysDir);
  const lost =
    missing.length === 0
      ? []
      : [
          fail(
            'keys',
            t('doctor.keys_lost', { n: missing.length, names: missing.slice(0, 5).join(', ') }),
            t('doctor.fix_keys_lost', { dir: keysDir }),
          ),
        ];
  if (!existsSync(keysDir)) return lost.length > 0 ? lost : [ok('keys', t('doctor.keys_none', { dir: keysDir }))];
  try {
    accessSync(keysDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    return [
      fail(
        'keys',
        t('doctor.keys_closed', { dir: keysDir, code: codeOf(error) }),
        t('doctor.fix_keys_closed', { dir: keysDir }),
      ),
    ];
  }
  const findings = [...lost];
  const names = readdirSync(keysDir);
  const open = [keysDir, ...names.map((name) => join(keysDir, name))].filter(
    (path) => (statSync(path).mode & OTHERS) !== 0,
  );
  if (open.length > 0)
    findings.push(fail('keys', t('doctor.keys_open', { dir: keysDir }), t('doctor.fix_keys_open', { dir: keysDir })));
  const file = localFile(database.url);
  if (file !== null && isInside(keysDir, dirname(file)))
    findings.push(warn('keys', t('doctor.keys_beside'), t('doctor.fix_keys_beside', { dir: keysDir })));
  if (findings.length === 0)
    findings.push(ok('keys', t('doctor.keys_ok', { dir: keysDir, n: keyFiles(keysDir).length })));
  return findings;
}

/** Boxes nobody can open any more, as branch and period. */
async function missingKeys(h: Reader, dir: string): Promise<string[]> {
  const keys = new Set(keyFiles(dir).map(({ review, purpose }) => `${review} ${purpose}`));
  const lost = (await sealedBoxes(h)).filter(({ review, purpose }) => !keys.has(`${review} ${purpose}`));
  return lost.map(({ branch, period }) => `${branch} ${period}`);
}

/** Whether there is anybody to work for, and whether they can be reached. @param app null when no platform is set up */
export async function examineRoster(
  h: Reader,
  config: Pick<Config, 'adminEmployeeNos'>,
  app: { name: PlatformName; appId: string } | null,
  t: Translate,
): Promise<Finding[]> {
  const { branches, people, linked, headless } = await rosterFigures(h, app?.name ?? '', app?.appId ?? '');
  if (people === 0) return [fail('roster', t('doctor.roster_empty'), t('doctor.fix_roster_empty'))];
  const findings: Finding[] = [];
  const unknown = await unknownPeople(h, [...config.adminEmployeeNos]);
  if (unknown.length > 0)
    findings.push(
      warn('roster', t('doctor.roster_admins', { names: unknown.join(', ') }), t('doctor.fix_roster_admins')),
    );
  if (headless > 0)
    findings.push(warn('roster', t('doctor.roster_headless', { n: headless }), t('doctor.fix_roster_headless')));
  if (app !== null && linked < people)
    findings.push(
      warn('roster', t('doctor.roster_unlinked', { n: people - linked, of: people }), t('doctor.fix_roster_unlinked')),
    );
  return findings.length > 0 ? findings : [ok('roster', t('doctor.roster_ok', { branches, people }))];
}
