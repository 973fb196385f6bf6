/** A whole small world for journeys: roster imported by the CLI, group chats bound, the real bot, and people to play. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BRANCH_COLUMNS, PEOPLE_COLUMNS } from '../../src/roster/columns.ts';
import type { PARITY } from '../../src/platform/dingtalk/parity.ts';
import { PLATFORM_NAMES, type PlatformName } from '../../src/platform/platform.ts';
import { type Playground, startPlayground } from '../../src/playground/server.ts';
import { bindChat, chatScopeSchema } from '../../src/store/chat.ts';
import { openDatabase } from '../../src/store/db.ts';
import { type BotProcess, type CliResult, runTenstar, startBotProcess } from './bot-process.ts';
import type { CardMatch } from '../../src/playground/client/player.ts';
import { unzipOne } from './zip.ts';
import { freePort } from './free-port.ts';
import { Player, PlaygroundClient, type ShownCard } from './playground.ts';

export const APP = {
  appId: 'cli_0123456789abcdef',
  appSecret: 'journey-secret',
  encryptKey: 'journey-encrypt-key',
  verificationToken: 'journey-token',
};

/** The apps a world's bot belongs to. */
export const DINGTALK = {
  clientId: 'dingjourneyclient',
  clientSecret: 'journey-dingtalk-secret',
  templateId: '11111111-2222-3333-4444-555555555555.schema',
};

/** What the add-on pack permits; the bot is told that its organisation has no need to mind its plan. */
const PACK_PER_SECOND = 60;

/** What one platform does and DingTalk does not: the name says what, and parity.ts what a person gets instead. */
export const lacks = (platform: PlatformName, _rule: keyof typeof PARITY): boolean => platform === 'dingtalk';

/** Every journey runs on each of these: `describe.each(PLATFORMS)('%s', (platform) => …)`. */
export const PLATFORMS: readonly PlatformName[] = PLATFORM_NAMES;

export interface Member {
  no: string;
  branch: string;
  status?: 'full' | 'probationary' | 'colleague';
  roles?: string;
  locale?: 'zh-CN' | 'en';
  name?: string;
  /** In a world of both platforms: where they have an account; both when absent, and then Feishu is the one they use by themselves. */
  on?: PlatformName | 'both';
}
export interface Branch {
  code: string;
  unit: string;
  district?: string;
  group?: string;
  /** In a world of both platforms: where its group chat is; on both when absent. */
  chatOn?: PlatformName | 'both';
}
export interface WorldOrder {
  /** Feishu when absent. */
  platform?: PlatformName | 'both';
  /** How DingTalk's pushes arrive; over HTTP when absent. */
  receive?: 'http' | 'stream';
  branches: readonly Branch[];
  members: readonly Member[];
  env?: NodeJS.ProcessEnv;
  /** Scopes without a group chat. */
  noChat?: readonly string[];
  /** Where the playground's clock starts, for example `2026-10-15T10:00+08:00`; the bot follows it, and a test may move it. */
  startsAt?: string;
  /** Messages that keep message hours leave at any hour, so that the journey goes the same way whenever it runs. */
  anyHour?: true;
}
const ANY_HOUR = { messages: { from: '00:00', to: '24:00', working_days_only: false } };

/** A number nobody has, one for each employee number. */
export const mobileOf = (no: string): string => `160${no.charCodeAt(0)}${no.slice(1).padStart(6, '0')}`;

export class World {
  readonly dir: string;
  readonly env: NodeJS.ProcessEnv;
  readonly playground: Playground;
  readonly client: PlaygroundClient;
  readonly order: WorldOrder;
  /** The first is the one meant where none is named. */
  readonly platforms: readonly [PlatformName, ...PlatformName[]];
  bot!: BotProcess;
  /** Everybody, on the platform they use by themselves. */
  readonly players = new Map<string, Player>();
  /** Ids, by platform and key. */
  readonly #chats = new Map<string, string>();

  private constructor(
    order: WorldOrder,
    dir: string,
    playground: Playground,
    address: { port: number; url: string } | null,
  ) {
    const { platform = 'lark', receive = 'http' } = order;
    this.order = order;
    this.dir = dir;
    this.playground = playground;
    this.client = new PlaygroundClient(playground.url);
    this.platforms = platform === 'both' ? ['lark', 'dingtalk'] : [platform];
    this.env = {
      DATABASE_URL: `file:${join(dir, 'tenstar.db')}`,
      KEYS_DIR: join(dir, 'keys'),
      LOG_LEVEL: 'trace',
      ...(this.platforms.includes('lark') ? larkSettings(playground.url) : {}),
      ...(this.platforms.includes('dingtalk') ? dingtalkSettings(playground.url, receive) : {}),
      ...(address === null ? {} : { PORT: String(address.port), PUBLIC_URL: address.url }),
      ...(order.anyHour === undefined ? {} : { RULES_FILE: join(dir, 'rules.json') }),
      ...order.env,
    };
  }

  static async start(order: WorldOrder): Promise<World> {
    const { platform = 'lark', receive = 'http' } = order;
    const dir = mkdtempSync(join(tmpdir(), 'tenstar-journey-'));
    if (order.anyHour !== undefined) writeFileSync(join(dir, 'rules.json'), JSON.stringify(ANY_HOUR));
    const dingtalk = platform === 'lark' ? null : { ...DINGTALK, receive, callsPerSecond: PACK_PER_SECOND };
    const playground = await startPlayground({ ...APP, eventUrl: null, speed: 20, dingtalk });
    // DingTalk sends clicks to an address the bot gives, so the bot must know its own.
    const port = platform !== 'lark' && receive === 'http' ? await freePort() : null;
    const world = new World(order, dir, playground, port === null ? null : { port, url: `http://127.0.0.1:${port}` });
    if (order.startsAt !== undefined) await world.client.clock({ now: Date.parse(order.startsAt) });
    await world.#seed();
    await world.#import();
    await world.boot();
    for (const name of world.platforms)
      await world.bot.untilLogged(
        (line) => (line.msg === 'people were looked up by mobile' && line['platform'] === name) || line['level'] === 50,
      );
    return world;
  }

  /** Where a member has an account. */
  #accounts({ on = 'both' }: Pick<Member, 'on'>): readonly [PlatformName, ...PlatformName[]] {
    return on === 'both' || this.platforms.length === 1 ? this.platforms : [on];
  }

  async #seed(): Promise<void> {
    const { branches, members, noChat = [] } = this.order;
    const people = members.map((member) => ({
      name: nameOf(member),
      mobile: mobileOf(member.no),
      note: member.no,
      platforms: this.#accounts(member),
    }));
    const inBranch = (code: string) =>
      members.filter((member) => member.branch === code).map((member) => mobileOf(member.no));
    const branchChats = new Map<string, Branch>(branches.map((branch) => [`branch:${branch.code}`, branch]));
    const keys = [
      'city',
      ...new Set(branches.map((branch) => `district:${branch.district ?? 'D1'}`)),
      ...branchChats.keys(),
    ];
    const chats = keys
      .filter((key) => !noChat.includes(key))
      .map((key) => ({
        key,
        name: key,
        members: key.startsWith('branch:')
          ? inBranch(key.slice('branch:'.length))
          : members.map((member) => mobileOf(member.no)),
        platforms: this.#accounts({ on: branchChats.get(key)?.chatOn ?? 'both' }),
      }));
    const seeded = await this.client.seed({ people, chats });
    for (const { key, chat_id, platform } of seeded.chats) this.#chats.set(`${platform} ${key}`, chat_id);
    for (const { mobile, id } of seeded.people) {
      const member = members.find(({ no }) => mobileOf(no) === mobile);
      if (member !== undefined)
        this.players.set(member.no, new Player(this.client, { id, name: nameOf(member) }, this.#accounts(member)[0]));
    }
  }

  async #import(): Promise<void> {
    const { branches, members } = this.order;
    const branchRows = branches.map(({ code, unit, district = 'D1', group = 'G01' }) =>
      [district, `${district}片区`, group, `${group}小组`, unit, `${unit}处`, code, `${code}支部`].join(','),
    );
    const peopleRows = members.map((member) =>
      [
        member.no,
        nameOf(member),
        mobileOf(member.no),
        member.branch,
        member.status ?? 'full',
        member.roles ?? '',
        '',
        '',
        member.locale ?? '',
      ].join(','),
    );
    const files = { branches: join(this.dir, 'branches.csv'), people: join(this.dir, 'people.csv') };
    writeFileSync(files.branches, [BRANCH_COLUMNS.join(','), ...branchRows].join('\n'));
    writeFileSync(files.people, [PEOPLE_COLUMNS.join(','), ...peopleRows].join('\n'));
    await this.cliOk('import', '--branches', files.branches, '--people', files.people);
    const db = await openDatabase({ url: String(this.env['DATABASE_URL']), authToken: undefined });
    await db.write(async (tx) => {
      for (const [name, id] of this.#chats) {
        const [platform = '', key = ''] = name.split(' ');
        const [scope, code = null] = key.split(':');
        await bindChat(tx, platform, id, chatScopeSchema.parse(scope), code);
      }
    });
    await db.close();
  }

  /** Starts the bot, again after `bot.stop()` or `bot.kill()`, and tells the playground where it is. */
  async boot(env: NodeJS.ProcessEnv = {}): Promise<void> {
    this.bot = await startBotProcess(
      { ...this.env, ...env },
      this.order.startsAt !== undefined ? ['--clock', `${this.playground.url}/playground/api/clock`] : [],
    );
    await this.deliverTo(this.bot.url);
  }

  /** Where pushes go from now on: a bot, or what stands before several. Clicks on DingTalk go where the bot's PUBLIC_URL says. */
  async deliverTo(url: string): Promise<void> {
    if (this.platforms.includes('lark')) {
      // The console saves an address only when the challenge is answered in time, which a busy machine may miss.
      const urls = { event_url: `${url}/lark/events`, callback_url: `${url}/lark/callbacks` };
      await this.client.waitFor('the bot to answer the challenge', async () => (await this.client.urls(urls)).verified);
    }
    if (!this.platforms.includes('dingtalk')) return;
    await this.client.dingtalk({ message_url: `${url}/dingtalk/messages` });
    if (this.order.receive === 'stream')
      await this.client.waitFor('the bot to connect', async () => (await this.client.dingtalk()).connections > 0);
  }

  cli(...args: string[]): Promise<CliResult> {
    return runTenstar(args, this.env, this.dir);
  }
  async cliOk(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.cli(...args);
    if (code !== 0) throw new Error(`tenstar ${args.join(' ')} ended with ${code}:\n${stderr}${stdout}`);
    return stdout;
  }

  /** Who plays this employee number; on the platform they use by themselves when none is named. */
  as(no: string, platform?: PlatformName): Player {
    const player = this.players.get(no);
    if (player === undefined) throw new Error(`nobody has the number ${no}`);
    return platform === undefined || platform === player.platform ? player : new Player(this.client, player, platform);
  }
  /** The id of a group chat: of the world's first platform that has it when none is named. @throws Error */
  chat(key: string, platform?: PlatformName): string {
    const found = this.platforms
      .filter((name) => platform === undefined || name === platform)
      .map((name) => this.#chats.get(`${name} ${key}`));
    const id = found.find((one) => one !== undefined);
    if (id === undefined) throw new Error(`no chat for ${key}${platform === undefined ? '' : ` on ${platform}`}`);
    return id;
  }
  /** Somebody with an account who is in no roster; the number only makes the mobile. */
  async newcomer(no: string, name: string, platform: PlatformName = this.platforms[0]): Promise<Player> {
    await this.client.seed({ people: [{ name, mobile: mobileOf(no), platforms: [platform] }] });
    return Player.byMobile(this.client, mobileOf(no), platform);
  }
  /**
   * Makes a group of these people with the bot in it. Where a platform does not tell the bot, `by` mentions it (parity rule
   * `chat_known_by_mention`). @returns its id
   */
  async newGroup(
    name: string,
    members: readonly string[],
    by: string,
    platform: PlatformName = this.platforms[0],
  ): Promise<string> {
    const { chat_id: id } = await this.client.createChat({ name, members: members.map(mobileOf), platform });
    if (lacks(platform, 'chat_known_by_mention')) await this.mention(by, id, platform);
    return id;
  }
  /** Asks the bot for the commands in a group, and waits for the answer, which is private, and for the word of that in the group. */
  async mention(no: string, chat: string, platform: PlatformName = this.platforms[0]): Promise<void> {
    const player = this.as(no, platform);
    await player.say('/帮助', { chat });
    await player.nextCard({ title: /可用的命令|Commands/ });
    await player.nextCard({ text: /已私信|privately/ }, { chat });
  }
  /** A file as its sender made it: on DingTalk some travel inside a zip (parity rule `file_as_zip`). */
  async download({ name, key }: { name: string; key: string }): Promise<{ name: string; bytes: Uint8Array }> {
    const bytes = await this.client.download(key);
    return name.endsWith('.zip') ? unzipOne(bytes) : { name, bytes };
  }
  /** Gives a group that was made in the journey its key. */
  nameChat(key: string, id: string, platform: PlatformName = this.platforms[0]): void {
    this.#chats.set(`${platform} ${key}`, id);
  }
  hasChat(key: string, platform?: PlatformName): boolean {
    return this.platforms.some(
      (name) => (platform === undefined || name === platform) && this.#chats.has(`${name} ${key}`),
    );
  }
  /** The newest card that fits in a group chat, on the platform this person uses by themselves if the group is there. */
  inChat(no: string, key: string, match: CardMatch): Promise<ShownCard> {
    const { platform: own } = this.as(no);
    const platform = this.hasChat(key, own) ? own : this.platforms.find((name) => this.hasChat(key, name));
    return this.as(no, platform).card(match, { chat: this.chat(key, platform) });
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

const larkSettings = (url: string): NodeJS.ProcessEnv => ({
  LARK_APP_ID: APP.appId,
  LARK_APP_SECRET: APP.appSecret,
  LARK_ENCRYPT_KEY: APP.encryptKey,
  LARK_VERIFICATION_TOKEN: APP.verificationToken,
  LARK_DOMAIN: url,
});
const dingtalkSettings = (url: string, receive: 'http' | 'stream'): NodeJS.ProcessEnv => ({
  DINGTALK_CLIENT_ID: DINGTALK.clientId,
  DINGTALK_CLIENT_SECRET: DINGTALK.clientSecret,
  DINGTALK_CARD_TEMPLATE_ID: DINGTALK.templateId,
  DINGTALK_API_BASE: url,
  DINGTALK_OAPI_BASE: url,
  DINGTALK_PLAN: 'unlimited',
  DINGTALK_TRANSPORT: receive === 'http' ? 'webhook' : 'stream',
});
export const nameOf = (member: Member): string => member.name ?? `张${member.no}`;
