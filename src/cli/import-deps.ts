/** What `tenstar import` works with in a real process. */
import { type Config, loadConfig } from '../config.ts';
import { today } from '../domain/period.ts';
import { workCalendar } from '../domain/work-calendar.ts';
import { TenstarError } from '../errors.ts';
import { openDatabase } from '../store/db.ts';
import { migrate } from '../store/migrations.ts';
import { inMessageHours } from '../usecases/notify.ts';
import type { ImportDeps } from './import.ts';
import type { CliIo } from './io.ts';

export function importDeps({ env, stdout, stderr, setExitCode }: CliIo): ImportDeps {
  let known: Config | null = null;
  const config = (): Config => {
    if (known !== null) return known;
    const loaded = loadConfig(env, 'database');
    if (!loaded.ok) throw new TenstarError('config_invalid', loaded.problems.join('\n'));
    known = loaded.config;
    return known;
  };
  return {
    async withDatabase(fn) {
      const db = await openDatabase(config().database);
      try {
        await migrate(db, Date.now());
        return await fn(db);
      } finally {
        await db.close();
      }
    },
    now: Date.now,
    today: () => today(Date.now(), config().timezone),
    appIds: () => ({ lark: config().lark?.appId ?? null, dingtalk: config().dingtalk?.clientId ?? null }),
    hours() {
      const { timezone: zone, notices, ownDays, rules } = config();
      const calendar = workCalendar({ zone, notices, ownDays });
      return inMessageHours({ calendar, config: config(), now: Date.now, rules }, Date.now());
    },
    locale: () => config().defaultLocale,
    actor: 'system',
    stdout,
    stderr,
    setExitCode,
  };
}
