/** Everything the parts of the playground share. */
import type { Clock } from './clock.ts';
import type { DingTalk } from './dingtalk/index.ts';
import type { Faults } from './faults.ts';
import type { Limiter } from './limiter.ts';
import type { Random } from './random.ts';
import type { Stats } from './stats.ts';
import type { World } from './world.ts';

export interface AppConfig {
  appId: string;
  appSecret: string;
  /** Null: pushes are neither encrypted nor signed. */
  encryptKey: string | null;
  verificationToken: string;
  /** Where events go; null as long as nothing is set in the console. */
  eventUrl: string | null;
  callbackUrl: string | null;
}

export interface Context {
  config: AppConfig;
  clock: Clock;
  faults: Faults;
  random: Random;
  /** A second sequence, so that what the played people do does not depend on the faults. */
  taste: Random;
  limiter: Limiter;
  stats: Stats;
  world: World;
  /** Null: nobody has an account there. */
  dingtalk: DingTalk | null;
}
