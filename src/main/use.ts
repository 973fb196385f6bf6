/** Builds the parts that use cases work with, once per process, from checked settings. */
import { randomBytes, randomUUID } from 'node:crypto';
import { createKeyStore } from '../ballot/keys.ts';
import type { Config } from '../config.ts';
import { workCalendar } from '../domain/work-calendar.ts';
import { translator } from '../i18n.ts';
import type { Log } from '../log.ts';
import { createDingTalkPlatform } from '../platform/dingtalk/index.ts';
import { createLarkPlatform } from '../platform/lark/index.ts';
import type { ChatPlatform, PlatformName } from '../platform/platform.ts';
import type { Database } from '../store/db.ts';
import type { Use } from '../use.ts';
import { createTemplateWatch } from '../usecases/template-watch.ts';
import { createUsageMeter } from '../usecases/usage-meter.ts';
import { createBallotCaster } from '../usecases/cast-ballot.ts';
import { createYearSchemes } from '../usecases/scheme/year-schemes.ts';
import { type Clock, systemClock } from './clock.ts';
import { linkSecret } from './link-secret.ts';

export interface UseOptions {
  clock?: Clock;
  /** Called after each commit that put rows into the outbox; a process that only writes has nobody to wake. */
  wake?: () => void;
  /** Called after each commit that held a ballot or an opinion. */
  onBallot?: () => void;
}

/** The platforms that are set up. */
function platformsOf(config: Config, db: Database, log: Log, now: () => number): Map<PlatformName, ChatPlatform> {
  const platforms = new Map<PlatformName, ChatPlatform>();
  if (config.lark !== null) platforms.set('lark', createLarkPlatform(config.lark, { log, now }));
  if (config.dingtalk !== null) {
    const meter = createUsageMeter({ db, platform: 'dingtalk', timezone: config.timezone, now, log });
    const noUserId = translator(config.defaultLocale)('notice.no_user_id');
    const templates = createTemplateWatch({ db, platform: 'dingtalk', log });
    platforms.set('dingtalk', createDingTalkPlatform(config.dingtalk, { log, now, meter, templates, noUserId }));
  }
  return platforms;
}

/** @throws {TenstarError} `config_invalid` when KEYS_DIR cannot be used. */
export function buildUse(
  config: Config,
  db: Database,
  log: Log,
  { clock = systemClock, wake = () => {}, onBallot = () => {} }: UseOptions = {},
): Use {
  const keys = createKeyStore(config.keysDir);
  const { now } = clock;
  return {
    db,
    config,
    rules: config.rules,
    catalogue: config.catalogue,
    projects: config.projects,
    years: createYearSchemes(config),
    calendar: workCalendar({ zone: config.timezone, notices: config.notices, ownDays: config.ownDays }),
    keys,
    caster: createBallotCaster({ db, keys, now, onCommitted: onBallot }),
    platforms: platformsOf(config, db, log, now),
    linkSecret: linkSecret(config.keysDir, randomBytes),
    log,
    randomBytes,
    newId: randomUUID,
    now,
    wake,
    sealed: onBallot,
  };
}
