/** What use cases, commands, cards and jobs are given: the parts `main` builds once. Time, randomness and ids come from here. */
import type { KeyStore } from './ballot/keys.ts';
import type { Config } from './config.ts';
import type { Catalogue } from './domain/catalogue.ts';
import type { Project } from './domain/projects.ts';
import type { Rules } from './domain/rules.ts';
import type { WorkCalendar } from './domain/work-calendar.ts';
import type { Log } from './log.ts';
import type { ChatPlatform, PlatformName } from './platform/platform.ts';
import type { Database } from './store/db.ts';
import type { BallotCaster } from './usecases/cast-ballot.ts';
import type { YearSchemes } from './usecases/scheme/year-schemes.ts';

export interface Use {
  db: Database;
  config: Config;
  /** What the files say. A scheme year may be run by another version: `years` has it. */
  rules: Rules;
  catalogue: Catalogue;
  projects: readonly Project[];
  /** What every scheme year is run by. */
  years: YearSchemes;
  calendar: WorkCalendar;
  keys: KeyStore;
  caster: BallotCaster;
  platforms: ReadonlyMap<PlatformName, ChatPlatform>;
  /** Signs links to boards. */
  linkSecret: Uint8Array;
  log: Log;
  /** Random bytes from the system's generator. */
  randomBytes: (size: number) => Uint8Array;
  /** A new id without a time in it. */
  newId: () => string;
  /** Unix ms. */
  now: () => number;
  /** Tells the outbox that rows were committed. */
  wake: () => void;
  /** Tells that a sealed box was rewritten, so that the log with its earlier versions is emptied soon. */
  sealed(): void;
}
