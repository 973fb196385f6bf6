/** The demo: a playground, a made-up city and the real bot, on this machine, without an account. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { progressBar, type TextOutput } from '../cli/progress.ts';
import { TenstarError } from '../errors.ts';
import { Player } from '../playground/client/player.ts';
import { type PlaygroundProcess, spawnPlayground } from '../playground/client/spawn.ts';
import { bindChat } from '../store/chat.ts';
import { openDatabase } from '../store/db.ts';
import { peopleToLink } from '../store/identity.ts';
import { migrate } from '../store/migrations.ts';
import { applyImport } from '../usecases/import-roster.ts';
import { type City, type CitySize, makeCity } from './city.ts';
import { castOf, guideOf } from './guide.ts';
import { type DemoPlatforms, type Places, placesOf } from './platforms.ts';
import { tenantOf } from './tenant.ts';
import { playYear, yearStart } from './year.ts';

export interface DemoOptions {
  size: CitySize;
  /** Wanted ports; the next free one is taken when somebody has it. */
  port: number;
  playgroundPort: number;
  /** Folder of the demo's own database and keys; emptied at every start. */
  dir: string;
  /** Plays this whole year instead of opening one review. */
  year?: number | undefined;
  platforms: DemoPlatforms;
}
export interface Demo {
  /** Page to open. */
  url: string;
  city: City;
  stop(): Promise<void>;
}

/** Good for the playground only: it knows no other app. */
const APP = {
  appId: 'cli_00000000000de300',
  appSecret: 'playground-secret',
  encryptKey: 'playground-encrypt-key',
  verificationToken: 'playground-token',
};
const DINGTALK_APP = {
  clientId: 'dingdemoclientid',
  clientSecret: 'playground-client-secret',
  templateId: 'de300000-0000-0000-0000-000000000001.schema',
};
/** Messages may leave so many times faster than the platform allows: nobody wants to wait for 5,000 cards, or a year of them. */
const FAST = 20;
const READY_MS = 60_000;
const POLL_MS = 100;
const EVERYBODY = 1_000_000;

/** Starts it and opens the review; resolves when the page can be used. @throws {TenstarError} `platform_failed` when a part does not start */
export async function startDemo(
  { size, port, playgroundPort, dir, year, platforms }: DemoOptions,
  out: TextOutput,
): Promise<Demo> {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const botPort = await freePort(port);
  const botUrl = `http://127.0.0.1:${botPort}`;
  const playground = await spawnPlayground({
    port: await freePort(playgroundPort),
    botUrl,
    ...APP,
    speed: size === 'full' || year !== undefined ? FAST : 1,
    ...(platforms === 'lark' ? {} : { dingtalk: DINGTALK_APP }),
  });
  if (year !== undefined) await playground.client.clock({ now: yearStart(year) });
  const env = {
    PATH: process.env.PATH,
    PORT: String(botPort),
    DATABASE_URL: `file:${join(dir, 'tenstar.db')}`,
    KEYS_DIR: join(dir, 'keys'),
    PUBLIC_URL: botUrl,
    ...(platforms === 'dingtalk' ? {} : larkEnv(playground.url)),
    ...(platforms === 'lark' ? {} : dingtalkEnv(playground.url)),
  };
  let bot: ChildProcess | null = null;
  const stop = async () => {
    if (bot !== null && bot.exitCode === null) {
      const ended = once(bot, 'exit');
      bot.kill('SIGTERM');
      await ended;
    }
    await playground.stop();
  };
  try {
    const city = makeCity(size);
    const places = placesOf(city, platforms);
    await loadCity(city, places, playground, env.DATABASE_URL, out);
    bot = startBotProcess(env, `${playground.url}/playground/api/clock`, join(dir, 'bot.log'));
    await untilReady(botUrl, bot, join(dir, 'bot.log'));
    const onFeishu = city.people.map(({ employeeNo }) => employeeNo).filter((no) => places.person(no).includes('lark'));
    await untilLinked(env.DATABASE_URL, new Set(onFeishu), out);
    await playground.client.guide(guideOf(city));
    if (year !== undefined) await playYear({ client: playground.client, botUrl }, city, year, out);
    else
      await (await Player.byMobile(playground.client, castOf(city).secretary.mobile)).ask('/评议 开启', {
        button: 'start_meeting',
      });
    return { url: playground.url, city, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const larkEnv = (url: string) => ({
  LARK_APP_ID: APP.appId,
  LARK_APP_SECRET: APP.appSecret,
  LARK_ENCRYPT_KEY: APP.encryptKey,
  LARK_VERIFICATION_TOKEN: APP.verificationToken,
  LARK_DOMAIN: url,
});
const dingtalkEnv = (url: string) => ({
  DINGTALK_CLIENT_ID: DINGTALK_APP.clientId,
  DINGTALK_CLIENT_SECRET: DINGTALK_APP.clientSecret,
  DINGTALK_CARD_TEMPLATE_ID: DINGTALK_APP.templateId,
  DINGTALK_API_BASE: url,
  DINGTALK_OAPI_BASE: url,
});

async function loadCity(
  city: City,
  places: Places,
  playground: PlaygroundProcess,
  databaseUrl: string,
  out: TextOutput,
): Promise<void> {
  const db = await openDatabase({ url: databaseUrl, authToken: undefined });
  try {
    await migrate(db, Date.now());
    const bar = progressBar(out, '导入花名册 Importing people');
    const { order, chats } = tenantOf(city, places);
    const seeded = await playground.client.seed(order);
    const how = {
      at: Date.now(),
      date: new Date().toISOString().slice(0, 10),
      actor: 'system',
      appIds: { lark: APP.appId, dingtalk: DINGTALK_APP.clientId },
    };
    await applyImport(db, await withDingTalkIds(city, playground), how, (done, all) => bar.show(done, all));
    bar.clear();
    const of = new Map(chats.map((chat) => [chat.key, chat]));
    await db.write(async (tx) => {
      for (const { key, platform, chat_id: id } of seeded.chats) {
        const chat = of.get(key);
        if (chat !== undefined) await bindChat(tx, platform, id, chat.scope, chat.code);
      }
    });
  } finally {
    await db.close();
  }
}

/** On Feishu people are found by their mobile numbers; DingTalk looks them up one by one, so the roster names them. */
async function withDingTalkIds(city: City, { client }: PlaygroundProcess): Promise<City> {
  const ids = new Map((await client.people()).map((person) => [person.mobile, person.dingtalk_user_id ?? null]));
  return {
    ...city,
    people: city.people.map((person) => ({ ...person, dingtalkUserId: ids.get(person.mobile ?? '') ?? null })),
  };
}

/** The bot follows the playground's clock, so that days can be skipped. */
function startBotProcess(env: NodeJS.ProcessEnv, clock: string, logFile: string): ChildProcess {
  const log = createWriteStream(logFile);
  const main = new URL('../tenstar.mjs', import.meta.url).pathname;
  const child = spawn(process.execPath, [main, 'serve', '--clock', clock], {
    env,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  }); // the channel closes with this process, and so does the bot
  child.stderr?.pipe(log);
  return child;
}

async function untilReady(botUrl: string, bot: ChildProcess, logFile: string): Promise<void> {
  const until = Date.now() + READY_MS;
  for (;;) {
    const ready = await fetch(`${botUrl}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return;
    if (bot.exitCode !== null || Date.now() > until)
      throw new TenstarError('platform_failed', `The bot did not start; ${logFile} says why.`);
    await sleep(POLL_MS);
  }
}

/** People are found by their mobile numbers, as in a real city. */
/** @param wanted employee numbers of those on Feishu */
async function untilLinked(databaseUrl: string, wanted: ReadonlySet<string>, out: TextOutput): Promise<void> {
  const db = await openDatabase({ url: databaseUrl, authToken: undefined });
  const bar = progressBar(out, '查找账号 Finding accounts');
  try {
    const until = Date.now() + READY_MS;
    for (;;) {
      const unlinked = await peopleToLink(db.read, { platform: 'lark', appId: APP.appId, after: '', limit: EVERYBODY });
      const waiting = unlinked.filter(({ employeeNo }) => wanted.has(employeeNo));
      bar.show(wanted.size - waiting.length, wanted.size);
      if (waiting.length === 0) return;
      if (Date.now() > until)
        throw new TenstarError(
          'platform_failed',
          'The people of the demo were not found in the playground; stop it and start it again.',
        );
      await sleep(POLL_MS);
    }
  } finally {
    bar.clear();
    await db.close();
  }
}

/** `wanted`, or the next port nobody listens on. */
async function freePort(wanted: number): Promise<number> {
  for (let port = wanted; port < wanted + 50; port++) {
    const probe = createServer();
    const free = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false));
      probe.listen(port, '127.0.0.1', () => resolve(true));
    });
    await new Promise<void>((resolve) => (free ? probe.close(() => resolve()) : resolve()));
    if (free) return port;
  }
  throw new TenstarError(
    'config_invalid',
    `Ports ${wanted} to ${wanted + 49} are all taken: name another one with --port or --playground-port.`,
  );
}
