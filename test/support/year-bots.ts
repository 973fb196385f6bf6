/** The processes of a year: one or two on one database, behind a balancer; each job has one killed in the middle of a run. */
import { z } from 'zod';
import { jobs } from '../../src/jobs/index.ts';
import type { Database } from '../../src/store/db.ts';
import type { Balancer } from './balancer.ts';
import { type BotProcess, startBotProcess } from './bot-process.ts';
import { signMessage } from '../../src/platform/dingtalk/verify.ts';
import { asBefore, failAt, type Place, REFUSED } from './failing-disk.ts';
import { atSetHours } from './plain-calendar.ts';
import { DINGTALK, type World } from './world.ts';

const runRow = z.object({
  job: z.string(),
  slot: z.string(),
  state: z.string(),
  outcome: z.string(),
  owner: z.string(),
});
/** A row of the ledger. */
export type Run = z.infer<typeof runRow>;
const processOf = (owner: string): string => owner.split('/')[0] ?? '';
const EVERY_HOUR = new Set(jobs.filter((job) => !atSetHours(job)).map((job) => job.name));
const RUN = 'SELECT job, slot, state, outcome, owner FROM job_run';

export class Bots {
  /** Every process there was. */
  readonly all: BotProcess[];
  /** Those that are up. */
  up: BotProcess[];
  /** Jobs whose process was killed, by place: the moment of the run. */
  readonly killed: Record<Place, Map<string, string>> = { before_end: new Map(), between_branches: new Map() };
  readonly #world: World;
  readonly #db: Database;
  readonly #balancer: Balancer;
  /** Owners of leases that were killed. */
  readonly #dead = new Set<string>();
  #idleToo = false;

  private constructor(world: World, db: Database, balancer: Balancer) {
    this.#world = world;
    this.#db = db;
    this.#balancer = balancer;
    this.all = [world.bot];
    this.up = [world.bot];
  }

  /** Takes over the bot of a world whose PUBLIC_URL is that of the balancer. */
  static async of(world: World, db: Database, balancer: Balancer): Promise<Bots> {
    const bots = new Bots(world, db, balancer);
    balancer.targets = [world.bot.url];
    await world.deliverTo(balancer.url);
    await bots.#arm();
    return bots;
  }

  /** Waits until every process takes what the playground signs by its clock: one of two may not have looked at it yet. */
  async reached(): Promise<void> {
    if (this.#world.platforms.includes('lark')) return this.#world.deliverTo(this.#balancer.url); // which hands one challenge to each
    const { client } = this.#world;
    for (const { url } of this.up)
      await client.waitFor('a bot to follow the clock', async () => {
        const timestamp = String((await client.clock({})).now);
        const headers = { timestamp, sign: signMessage(timestamp, DINGTALK.clientSecret) };
        return (await fetch(`${url}/dingtalk/messages`, { method: 'POST', headers, body: '{}' })).status !== 401;
      });
  }

  find = (job: string, slot: string): Promise<Run | null> =>
    this.#db.read.get(runRow, `${RUN} WHERE job = ? AND slot = ?`, [job, slot]);
  /** Runs that are not over. One of every hour that a killed process left behind is nobody's business any more when its hour has passed. */
  running = async (): Promise<Run[]> =>
    (await this.#db.read.all(runRow, `${RUN} WHERE state = 'running'`)).filter(
      ({ job, owner }) => !(EVERY_HOUR.has(job) && this.#dead.has(processOf(owner))),
    );
  /** Whether the end of a run of this job could not be written. */
  hasFailed = (job: string): boolean =>
    this.up.some((bot) => bot.lines().some(({ msg, job: of }) => msg === REFUSED && of === job));

  /** Kills the processes whose disk has failed. Their leases run out; whoever is left, or comes next, takes these runs over. */
  async kill(runs: readonly Run[]): Promise<void> {
    const dead = this.up.filter((bot) => bot.lines().some(({ msg }) => msg === REFUSED));
    await Promise.all(dead.map((bot) => bot.kill()));
    for (const { job, slot, owner } of runs) {
      this.killed[this.killed.before_end.has(job) ? 'between_branches' : 'before_end'].set(job, slot);
      const process = processOf(owner);
      this.#dead.add(process);
      await this.#db.write((tx) => tx.run('UPDATE lease SET until = 0 WHERE owner LIKE ?', [`${process}%`]));
    }
    await this.#arm();
    const left = this.up.filter((bot) => !dead.includes(bot));
    this.#use([...left, ...(await Promise.all(dead.map(() => this.#boot())))]);
    // The others look again only when time passes; a few seconds are enough, and no moment of the calendar lies in them.
    if (left.length > 0) await this.#world.client.clock({ advance: 3_000 });
  }

  /** A second process on the same database. */
  async join(): Promise<void> {
    this.#use([...this.up, await this.#boot()]);
  }
  /** The first of two goes away in order. */
  async leave(): Promise<void> {
    const [leaving, ...others] = this.up;
    this.#use(others);
    await leaving?.stop();
  }
  /** From here on, jobs that had nothing to do so far are killed all the same. @returns which those are */
  async alsoIdle(): Promise<string[]> {
    this.#idleToo = true;
    await this.#arm();
    return jobs.map(({ name }) => name).filter((name) => !this.killed.before_end.has(name));
  }
  /** No disk fails any more, and all processes end. */
  async stop(): Promise<void> {
    await Promise.all(this.up.map((bot) => bot.stop()));
    await asBefore(this.#db);
    await this.#balancer.close();
  }

  /** Every job is killed once before its end; after that once between two branches, if it ever writes to two. */
  #arm(): Promise<void> {
    const names = jobs.map((job) => job.name);
    const { before_end: ended, between_branches: halved } = this.killed;
    const left = {
      before_end: names.filter((name) => !ended.has(name)),
      between_branches: names.filter((name) => ended.has(name) && !halved.has(name)),
    };
    return failAt(this.#db, left, this.#idleToo);
  }
  async #boot(): Promise<BotProcess> {
    const { env, playground } = this.#world;
    const bot = await startBotProcess({ ...env, PORT: '0' }, ['--clock', `${playground.url}/playground/api/clock`]);
    this.all.push(bot);
    return bot;
  }
  #use(bots: BotProcess[]): void {
    this.up = bots;
    this.#balancer.targets = bots.map((bot) => bot.url);
    const [first] = bots;
    if (first !== undefined) this.#world.bot = first;
  }
}
