/** `doctor`: looks at an installation from every side it can and says, for each problem, what to do or to click. Changes nothing but the count of calls. */
import { type Config, type ConfigResult, loadConfig } from '../config.ts';
import { type Translate, translator } from '../i18n.ts';
import type { PlatformProbe } from '../platform/probe.ts';
import type { Database } from '../store/db.ts';
import { examineBudgets } from './doctor/budget.ts';
import { countCalls } from './doctor/count-calls.ts';
import { examineAddress, type Fetch, hostKind } from './doctor/address.ts';
import { fail, type Finding, ok, skipped } from './doctor/finding.ts';
import { examineDatabase, examineKeys, examineMigrations, examineRoster } from './doctor/installation.ts';
import { examineCalendar, examineDisk, examineNode, examineOutbox } from './doctor/operation.ts';
import { examinePlatform } from './doctor/platform.ts';
import { examineRules } from './doctor/rules.ts';
import { createUsageMeter } from './usage-meter.ts';

export interface DoctorDeps {
  env: Readonly<Record<string, string | undefined>>;
  /** What is asked of each platform that is set up. */
  probesOf(config: Config): Promise<readonly PlatformProbe[]>;
  fetch: Fetch;
  /** Unix ms. */
  now: () => number;
}
export interface Examination {
  /** No check failed; warnings may be among them. */
  ok: boolean;
  findings: readonly Finding[];
  /** In the language of the installation. */
  t: Translate;
}

export async function examine(deps: DoctorDeps): Promise<Examination> {
  const { settings, config } = examineSettings(deps.env);
  const t = translator(config?.defaultLocale ?? 'zh-CN');
  const findings = [examineNode(process.versions.node, t)];
  findings.push(...settings.map((problem) => fail('settings', problem, t('doctor.fix_settings'))));
  if (settings.length === 0) findings.push(ok('settings', t('doctor.settings_ok')));
  if (config !== null) findings.push(...(await examineAll(config, deps, t)));
  else findings.push(skipped('database', t('doctor.skipped_settings')));
  return { ok: findings.every((finding) => finding.state !== 'fail'), findings, t };
}

/** What is wrong with the settings; where only the platform is missing, the rest of the installation can be looked at all the same. */
function examineSettings(env: DoctorDeps['env']): { settings: readonly string[]; config: Config | null } {
  const whole: ConfigResult = loadConfig(env, 'platform');
  if (whole.ok) return { settings: [], config: whole.config };
  const local = loadConfig(env, 'database');
  return { settings: whole.problems, config: local.ok ? local.config : null };
}

async function examineAll(config: Config, deps: DoctorDeps, t: Translate): Promise<Finding[]> {
  const probes = await deps.probesOf(config);
  const { finding, db } = await examineDatabase(config, t);
  const findings = [finding];
  try {
    const current = db === null ? null : await currentTables(db, findings, t);
    findings.push(...examineDisk(config, t));
    findings.push(...(await examineKeys(config, current, t)));
    findings.push(...examineCalendar(config, deps.now(), t));
    if (current !== null) findings.push(await examineRules(current.read, config, deps.now(), t));
    const [first] = probes;
    if (current !== null) findings.push(...(await examineRoster(current.read, config, first ?? null, t)));
    if (current !== null) findings.push(...(await examineOutbox(current.read, deps.now(), t)));
    if (current !== null) findings.push(...(await examineBudgets(probes, config, current.read, deps.now(), t)));
    if (probes.length > 0)
      findings.push(
        ...(await examineAddress(
          config.publicUrl,
          probes.flatMap(({ advice }) => advice.push ?? []),
          probes.every(isEmulated),
          deps.fetch,
          t,
        )),
      );
    for (const probe of probes) findings.push(...(await askPlatform(probe, current, config, deps, t)));
  } finally {
    await db?.close();
  }
  return findings;
}

/** What is asked counts towards the month, if there is a database to note it in. */
async function askPlatform(
  probe: PlatformProbe,
  db: Database | null,
  { timezone }: Config,
  { now }: DoctorDeps,
  t: Translate,
): Promise<Finding[]> {
  if (db === null) return examinePlatform(probe, null, t);
  const meter = createUsageMeter({ db, platform: probe.name, timezone, now, log: { warn: () => undefined } });
  const findings = await examinePlatform(
    countCalls(probe, () => meter.count('call')),
    db.read,
    t,
  );
  await meter.flush();
  return findings;
}

/** The database if its tables may be read. */
async function currentTables(db: Database, findings: Finding[], t: Translate): Promise<Database | null> {
  const { finding, current } = await examineMigrations(db, t);
  findings.push(finding);
  return current ? db : null;
}

const isEmulated = (probe: PlatformProbe): boolean => hostKind(new URL(probe.baseUrl).hostname) === 'local';
