/** The running bot: everything built, started in order, and stopped in the reverse of it without losing what is under way. */
import { randomUUID } from 'node:crypto';
import { cards } from '../../cards/index.ts';
import { changeText } from '../../cards/shared/scheme-words.ts';
import { commands } from '../../commands/index.ts';
import { actions } from '../actions/index.ts';
import { fileOfRow } from '../card-ref.ts';
import type { Config } from '../config.ts';
import { createHttp } from '../http/app.ts';
import { createMetrics } from '../http/metrics.ts';
import { startServer } from '../http/server.ts';
import { translator } from '../i18n.ts';
import { jobs } from '../jobs/index.ts';
import type { Log } from '../log.ts';
import type { PlatformName } from '../platform/platform.ts';
import { type Database, type DatabaseConfig, openDatabase } from '../store/db.ts';
import { createIdleCheckpointer } from '../store/idle-checkpoint.ts';
import { identityOn } from '../store/identity.ts';
import { migrate } from '../store/migrations.ts';
import type { OutboxRow } from '../store/outbox.ts';
import { findPerson } from '../store/roster.ts';
import type { Use } from '../use.ts';
import { boardFiles } from '../usecases/board/files.ts';
import { loseChat } from '../usecases/chat-lost.ts';
import { losePerson } from '../usecases/person-lost.ts';
import { type ComposeCard, createComposer } from '../usecases/compose.ts';
import { type ComposeFile, createFileComposer } from '../usecases/compose-file.ts';
import { createDispatcher, type Dispatcher } from '../usecases/dispatch.ts';
import { files } from '../usecases/export-files.ts';
import { boxesWithoutKey } from '../usecases/key-check.ts';
import { linkPeople } from '../usecases/link-people.ts';
import { messageHours } from '../usecases/message-hours.ts';
import { createOutboxDispatcher } from '../usecases/outbox/dispatcher.ts';
import type { Composed } from '../usecases/outbox/types.ts';
import { jobCalendar } from '../usecases/scheduler/slots.ts';
import { startYears } from '../usecases/scheme/start.ts';
import { createScheduler } from '../usecases/scheduler/scheduler.ts';
import { sweepKeys } from '../usecases/urn-lifecycle.ts';
import { followClock, systemClock, type Walk } from './clock.ts';
import { buildUse } from './use.ts';

/** How long a stop waits for messages and jobs under way. */
const DRAIN_MS = 10_000;

/** The card or the file of an outbox row as it is true now, in the reader's language. */
async function composeRow(
  use: Use,
  compose: ComposeCard,
  composeFile: ComposeFile,
  row: OutboxRow,
): Promise<Composed | null> {
  const ref = fileOfRow(row);
  if (ref !== null) {
    const file = await composeFile(ref, row.to.kind === 'person' ? row.to.employeeNo : null);
    return file === null ? null : { kind: 'file', ...file };
  }
  const person = row.to.kind === 'person' ? await findPerson(use.db.read, row.to.employeeNo) : null;
  const viewer = { person: person?.employeeNo ?? null, locale: person?.locale ?? use.config.defaultLocale };
  const card = await compose({ card: row.card, args: row.args }, viewer);
  return card === null ? null : { kind: 'card', card };
}

export interface Bot {
  /** The port it really listens on. */
  port: number;
  use: Use;
  /** Takes nothing new, finishes what is under way, closes. Safe to call twice. */
  stop(): Promise<void>;
}

export interface StartOptions {
  /** Followed instead of the machine's clock, for training. */
  clockUrl?: string | undefined;
  /** Opens the database; measurements put their own in its place. */
  open?: (config: DatabaseConfig) => Promise<Database>;
}

/**
 * Starts everything; resolves once requests are answered. Talking to the platform goes on behind it, so an outage there delays
 * nothing here.
 * @throws {TenstarError} `migration_changed`, `config_invalid`, `key_missing`; whatever opening the database or the port throws
 */
export async function startBot(
  config: Config,
  log: Log,
  { clockUrl, open = openDatabase }: StartOptions = {},
): Promise<Bot> {
  const db = await open(config.database);
  await migrate(db, Date.now());
  for (const lost of await boxesWithoutKey(db.read, config.keysDir))
    log.error(lost, 'the key of a sealed box is not in KEYS_DIR; run "tenstar doctor" to see what to do');
  const owner = randomUUID();
  let walk: Walk | null = null;
  const checkpointer = createIdleCheckpointer(db, {
    onError: (error) => log.warn({ err: error }, 'the write-ahead log could not be emptied'),
  });
  const clock = clockUrl === undefined ? null : await followClock(clockUrl, () => walk);
  const use = buildUse(config, db, log, {
    clock: clock ?? systemClock,
    wake: () => outbox.wake(),
    onBallot: () => checkpointer.touch(),
  });
  const words = { t: translator(config.defaultLocale), locale: config.defaultLocale };
  await startYears(use, (change) => changeText(change, words));
  for (const swept of await sweepKeys(db, use.keys))
    log.info(swept, 'a ballot key that is no longer needed was destroyed');

  const compose = createComposer(use, cards);
  const composeFile = createFileComposer(use, [...files, ...boardFiles]);
  const dispatcher = createDispatcher(use, { commands, actions, compose });
  const metrics = createMetrics(use);
  const outbox = createOutboxDispatcher({
    db,
    platforms: use.platforms,
    compose: (row) => composeRow(use, compose, composeFile, row),
    resolveUser: async (platform, person) =>
      (await identityOn(db.read, platform, appOf(use, platform), person))?.userId ?? null,
    onUnreachable: (platform, person, row) => db.write((tx) => losePerson(tx, use, platform, person, row, use.now())),
    onChatLost: (platform, id, row) => db.write((tx) => loseChat(tx, use, platform, { id, name: '' }, use.now(), row)),
    messageHours: (at) => messageHours(use, at),
    now: use.now,
    realNow: Date.now,
    owner,
    log,
    metrics,
  });
  const scheduler = createScheduler({
    db,
    jobs,
    use,
    timezone: config.timezone,
    calendar: jobCalendar(use),
    refresh: () => use.years.load(db.read),
    now: use.now,
    realNow: Date.now,
    owner,
    log,
  });
  const server = await startServer(
    createHttp({ use: { ...use, now: clock?.target ?? use.now }, platforms: use.platforms, dispatcher, metrics }),
    { port: config.port },
  );
  outbox.start();
  void greet(use, dispatcher);
  scheduler.start().then(
    () => {
      walk = {
        nextMoment: scheduler.nextMoment,
        async act() {
          await scheduler.sweep();
          outbox.wake();
        },
        onError: (error) => log.error({ err: error }, 'the clock of the training could not be followed'),
      };
    },
    (error: unknown) => log.error({ err: error }, 'jobs could not be started'),
  );

  let stopped: Promise<void> | null = null;
  const stop = async () => {
    clock?.stop();
    await server.close(DRAIN_MS);
    await scheduler.stop(DRAIN_MS);
    await use.caster.idle();
    await outbox.drain(DRAIN_MS);
    await Promise.all([...use.platforms.values()].map((platform) => platform.close()));
    await checkpointer.flush();
    await db.close();
  };
  return { port: server.port, use, stop: () => (stopped ??= stop()) };
}

const appOf = (use: Use, platform: PlatformName): string => use.platforms.get(platform)?.appId ?? '';

/**
 * Opens long connections, learns who the bot is on each platform, looks people up. One platform's trouble stops nothing else: the
 * connection keeps trying by itself, and the hourly job looks people up again.
 */
async function greet(use: Use, dispatcher: Dispatcher): Promise<void> {
  for (const platform of use.platforms.values()) {
    const trouble = (error: unknown) =>
      use.log.error(
        { err: error, platform: platform.name },
        'the platform cannot be reached; run "tenstar doctor" to see why',
      );
    platform.connect?.((incoming) => dispatcher.handle(incoming)).catch(trouble);
    try {
      const self = await platform.self();
      use.log.info({ platform: platform.name, bot: self.name }, 'connected');
      const counts = await linkPeople(use.db, platform);
      if (counts.asked > 0) use.log.info({ platform: platform.name, ...counts }, 'people were looked up by mobile');
    } catch (error) {
      trouble(error);
    }
  }
}
