/** What commands that work on the installation are given in a real process. */
import { loadConfig } from '../config.ts';
import { TenstarError } from '../errors.ts';
import { createLog } from '../log.ts';
import { buildUse } from '../main/use.ts';
import { openDatabase } from '../store/db.ts';
import { migrate } from '../store/migrations.ts';
import type { CliIo } from './io.ts';
import type { UseDeps } from './output.ts';

export function useDeps({ env, stdout, stderr, setExitCode }: CliIo): UseDeps {
  return {
    /** @throws {TenstarError} `config_invalid`, one sentence a line; what `migrate` and `buildUse` throw */
    async openUse() {
      const loaded = loadConfig(env, 'database');
      if (!loaded.ok) throw new TenstarError('config_invalid', loaded.problems.join('\n'));
      const { config } = loaded;
      const db = await openDatabase(config.database);
      try {
        await migrate(db, Date.now());
        const log = createLog(config.logLevel === 'info' ? 'warn' : config.logLevel); // a command talks less than a server
        const use = buildUse(config, db, log);
        await use.years.load(db.read);
        const close = async () => {
          await Promise.all([...use.platforms.values()].map((platform) => platform.close()));
          await db.close();
        };
        return { use, close };
      } catch (error) {
        await db.close();
        throw error;
      }
    },
    stdout,
    stderr,
    setExitCode,
  };
}
