/** A whole small world for journeys: roster imported by the CLI, group chats bound, the real bot, and people to play. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BRANCH_COLUMNS, PEOPLE_COLUMNS } from '../../src/roster/columns.ts';
import { type Playground, startPlayground } from '../../src/playground/server.ts';
import { bindChat, chatScopeSchema } from '../../src/store/chat.ts';
import { openDatabase } from '../../src/store/db.ts';
import { type BotProcess, type CliResult, runTenstar, startBotProcess } from './bot-process.ts';
import type { CardMatch } from '../../src/playground/client/player.ts';
import { Player, PlaygroundClient, type ShownCard } from './playground.ts';

export const APP = { appId: 'cli_0123456789abcdef', appSecret: 'journey-secret', encryptKey: 'journey-encrypt-key', verificationToken: 'journey-token' };

export interface Member {
  no: string;
  branch: string;
  status?: 'full' | 'probationary' | 'colleague';
  roles?: string;
  locale?: 'zh-CN' | 'en';
  name?: string;
}
export interface Branch {
  code: string;
  unit: string;
  district?: string;
  group?: string;
}
export interface WorldOrder {
  branches: readonly Branch[];
  members: readonly Member[];
  env?: NodeJS.ProcessEnv;
  /** Scopes without a group chat. */
  noChat?: readonly string[];
  /** Where the playground's clock starts, for example `2026-10-15T10:00+08:00`; the bot follows it, and a test may move it. */
  startsAt?: string;
}

/** A number nobody has, one for each employee number. */
export const mobileOf = (no: string): string => `160${no.charCodeAt(0)}${no.slice(1).padStart(6, '0')}`;

export class World {
  readonly dir: string;
  readonly env: NodeJS.ProcessEnv;
  readonly playground: Playground;
  readonly client: PlaygroundClient;
  readonly order: WorldOrder;
  bot!: BotProcess;
  readonly chats = new Map<string, string>();
  readonly players = new Map<string, Player>();

  private constructor(order: WorldOrder, dir: string, playground: Playground) {
    this.order = order;
    this.dir = dir;
    this.playground = playground;
    this.client = new PlaygroundClient(playground.url);
    this.env = {
      DATABASE_URL: `file:${join(dir, 'tenstar.db')}`,
      KEYS_DIR: join(dir, 'keys'),
      LARK_APP_ID: APP.appId,
      LARK_APP_SECRET: APP.appSecret,
      LARK_ENCRYPT_KEY: APP.encryptKey,
      LARK_VERIFICATION_TOKEN: APP.verificationToken,
      LARK_DOMAIN: playground.url,
      LOG_LEVEL: 'trace',
      ...order.env,
    };
  }

  static async start(order: WorldOrder): Promise<World> {
    const dir = mkdtempSync(join(tmpdir(), 'tenstar-journey-'));
    const playground = await startPlayground({ ...APP, eventUrl: null, speed: 20 });
    const world = new World(order, dir, playground);
    if (order.startsAt !== undefined) await world.client.clock({ now: Date.parse(order.startsAt) });
    await world.#seed();
    await world.#import();
    await world.boot();
    await world.bot.untilLogged((line) => line.msg === 'people were looked up by mobile' || line['level'] === 50);
    return world;
  }

  async #seed(): Promise<void> {
    const { branches, members, noChat = [] } = this.order;
    const people = members.map((member) => ({ name: nameOf(member), mobile: mobileOf(member.no), note: member.no }));
    const inBranch = (code: string) => members.filter((member) => member.branch === code).map((member) => mobileOf(member.no));
    const keys = ['city', ...new Set(branches.map((branch) => `district:${branch.district ?? 'D1'}`)), ...branches.map((branch) => `branch:${branch.code}`)];
    const chats = keys
      .filter((key) => !noChat.includes(key))
      .map((key) => ({ key, name: key, members: key.startsWith('branch:') ? inBranch(key.slice('branch:'.length)) : members.map((member) => mobileOf(member.no)) }));
    const seeded = await this.client.seed({ people, chats });
    for (const { key, chat_id } of seeded.chats) this.chats.set(key, chat_id);
    const players = await Player.all(this.client);
    for (const member of members) {
      const player = players.get(mobileOf(member.no));
      if (player !== undefined) this.players.set(member.no, player);
    }
  }

  async #import(): Promise<void> {
    const { branches, members } = this.order;
    const branchRows = branches.map(({ code, unit, district = 'D1', group = 'G01' }) =>
      [district, `${district}片区`, group, `${group}小组`, unit, `${unit}处`, code, `${code}支部`].join(','),
    );
    const peopleRows = members.map((member) =>
      [member.no, nameOf(member), mobileOf(member.no), member.branch, member.status ?? 'full', member.roles ?? '', '', '', member.locale ?? ''].join(','),
    );
    const files = { branches: join(this.dir, 'branches.csv'), people: join(this.dir, 'people.csv') };
    writeFileSync(files.branches, [BRANCH_COLUMNS.join(','), ...branchRows].join('\n'));
    writeFileSync(files.people, [PEOPLE_COLUMNS.join(','), ...peopleRows].join('\n'));
    await this.cliOk('import', '--branches', files.branches, '--people', files.people);
    const db = await openDatabase({ url: String(this.env['DATABASE_URL']), authToken: undefined });
    await db.write(async (tx) => {
      for (const [key, chat] of this.chats) {
        const [scope, code = null] = key.split(':');
        await bindChat(tx, 'lark', chat, chatScopeSchema.parse(scope), code);
      }
    });
    await db.close();
  }

  /** Starts the bot, again after `bot.stop()` or `bot.kill()`, and tells the playground where it is. */
  async boot(env: NodeJS.ProcessEnv = {}): Promise<void> {
    this.bot = await startBotProcess({ ...this.env, ...env }, this.order.startsAt !== undefined ? ['--clock', `${this.playground.url}/playground/api/clock`] : []);
    // The console saves an address only when the challenge is answered in time, which a busy machine may miss.
    const urls = { event_url: `${this.bot.url}/lark/events`, callback_url: `${this.bot.url}/lark/callbacks` };
    await this.client.waitFor('the bot to answer the challenge', async () => (await this.client.urls(urls)).verified);
  }

  cli(...args: string[]): Promise<CliResult> {
    return runTenstar(args, this.env, this.dir);
  }
  async cliOk(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.cli(...args);
    if (code !== 0) throw new Error(`tenstar ${args.join(' ')} ended with ${code}:\n${stderr}${stdout}`);
    return stdout;
  }

  /** Who plays this employee number. */
  as(no: string): Player {
    const player = this.players.get(no);
    if (player === undefined) throw new Error(`nobody has the number ${no}`);
    return player;
  }
  chat(key: string): string {
    return this.chats.get(key) ?? '';
  }
  /** The newest card in a group chat that fits. */
  inChat(no: string, key: string, match: CardMatch): Promise<ShownCard> {
    return this.as(no).card(match, { chat: this.chat(key) });
  }

  /** Everything on disk and in the log, as bytes, for searches. */
  traces(): { name: string; bytes: Buffer }[] {
    const file = (name: string) => {
      try {
        return [{ name, bytes: readFileSync(join(this.dir, name)) }];
      } catch {
        return [];
      }
    };
    return [...file('tenstar.db'), ...file('tenstar.db-wal'), { name: 'log', bytes: Buffer.from(this.bot.log()) }];
  }

  async stop(): Promise<void> {
    await this.bot.stop();
    await this.playground.close();
  }
}

export const nameOf = (member: Member): string => member.name ?? `张${member.no}`;
