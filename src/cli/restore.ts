/** `tenstar restore`: puts a copy in the place of the database, after checking it; the former one is kept. */
import { Command } from '@commander-js/extra-typings';
import { Temporal } from 'temporal-polyfill';
import { type Translate, translator } from '../i18n.ts';
import { type RestoreOutcome, restoreBackup } from '../usecases/backup.ts';
import { localDatabase } from './backup.ts';
import type { CliIo } from './io.ts';
import { writeJson } from './output.ts';

export function restoreCommand(deps: CliIo) {
  return new Command('restore')
    .description(
      'put a copy made by "backup" in the place of the database; the former one is kept beside it. Stop the bot first',
    )
    .argument('<file>', 'the copy')
    .option('--dry-run', 'only check the copy and say what would happen')
    .option('--json', 'print the outcome as JSON')
    .action(async (file, { dryRun, json }) => {
      const { config, file: current } = localDatabase(deps.env);
      const { keysDir, timezone } = config;
      const apply = dryRun !== true;
      const outcome = await restoreBackup({ file, current, keysDir, timezone, now: Date.now(), apply });
      if (json === true) {
        writeJson(deps, dataOf(outcome));
        return;
      }
      const t = translator(config.defaultLocale);
      const end = apply ? doneLines(t, current, outcome) : [t('backup.could')];
      deps.stdout.write(`${[...planLines(t, outcome, timezone), ...end].join('\n')}\n`);
    });
}

const dataOf = ({
  restored,
  kept,
  keptRaw,
  lastAt,
  pending,
  trailUnbroken,
  waiting,
  withoutKey,
  keysWithoutBox,
  botRuns,
}: RestoreOutcome) => ({
  restored,
  kept,
  kept_readable: !keptRaw,
  last_at: lastAt === null ? null : new Date(lastAt).toISOString(),
  pending_migrations: pending,
  trail_unbroken: trailUnbroken,
  waiting_messages: waiting,
  boxes_without_key: withoutKey,
  keys_without_box: keysWithoutBox,
  bot_runs: botRuns,
});

function planLines(t: Translate, plan: RestoreOutcome, timezone: string): string[] {
  const lines: string[] = [
    plan.lastAt === null ? t('backup.last_none') : t('backup.last', { at: moment(plan.lastAt, timezone) }),
  ];
  if (plan.pending.length > 0) lines.push(t('backup.pending', { n: plan.pending.length }));
  if (!plan.trailUnbroken) lines.push(t('backup.trail_broken'));
  if (plan.waiting > 0) lines.push(t('backup.waiting', { n: plan.waiting }));
  if (plan.withoutKey.length > 0) {
    lines.push(t('backup.without_key'));
    for (const { branch, period, purpose } of plan.withoutKey)
      lines.push(`  ${t('backup.box', { branch, period, purpose: t(`backup.purpose.${purpose}`) })}`);
  }
  if (plan.keysWithoutBox > 0) lines.push(t('backup.keys_without_box', { n: plan.keysWithoutBox }));
  if (plan.botRuns) lines.push(t('backup.bot_runs'));
  return lines;
}

function doneLines(t: Translate, current: string, { kept, keptRaw }: RestoreOutcome): string[] {
  const keptLine =
    kept === null ? t('backup.kept_none') : t(keptRaw ? 'backup.kept_raw' : 'backup.kept', { file: kept });
  return [t('backup.done', { file: current }), keptLine, t('backup.start')];
}

const moment = (ms: number, timezone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(ms)
    .toZonedDateTimeISO(timezone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })
    .replace('T', ' ');
