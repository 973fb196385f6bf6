/** `tenstar serve`: the bot, until it is told to stop. */
import { Command, Option } from '@commander-js/extra-typings';
import { loadConfig } from '../config.ts';
import { TenstarError } from '../errors.ts';
import { createLog, type Log } from '../log.ts';
import { type Bot, startBot } from '../main/bot.ts';
import { onStopSignal } from './stop-signals.ts';

/** After this a stop no longer waits; what is in the outbox goes out at the next start. */
const STOP_LIMIT_MS = 25_000;

export const serveCommand = () =>
  new Command('serve')
    .description('start the bot; every missing or wrong setting is named at once')
    .addOption(new Option('--clock <url>', 'follow this clock instead of the machine’s: for training').hideHelp())
    .action(async ({ clock }) => {
      const loaded = loadConfig(process.env, 'platform');
      if (!loaded.ok) {
        for (const problem of loaded.problems) process.stderr.write(`${problem}\n`);
        process.exit(1);
      }
      const log = createLog(loaded.config.logLevel);
      const bot = await startBot(loaded.config, log, { clockUrl: clock });
      stopOnSignals(bot, log);
      log.info({ port: bot.port, platforms: [...bot.use.platforms.keys()] }, 'ready');
    });

function stopOnSignals(bot: Bot, log: Log): void {
  onStopSignal((signal) => {
    log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
    bot.stop().then(
      () => {
        log.info('stopped');
        process.exit(0);
      },
      (error: unknown) => {
        log.error({ err: error }, 'could not stop in order');
        process.exit(1);
      },
    );
  });
  // Started by the demo, which has ended: nobody reads the log any more, so nothing is written to it.
  process.once('disconnect', () => void bot.stop().finally(() => process.exit(0)));
  const die = (error: unknown) => {
    log.fatal(
      { err: error instanceof Error ? error : new TenstarError('bug', 'Something was thrown that is no error.') },
      'stopped by an error nobody handled',
    );
    process.exit(1);
  };
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);
}
