/**
 * A world that lives through years at the pace of its calendar: the clock jumps from one scheduled moment to the next, and every jump
 * waits until the bot has done what was due and everything is delivered.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { CardJson } from '../../src/playground/client/views.ts';
import { type Database, openDatabase } from '../../src/store/db.ts';
import { startBalancer } from './balancer.ts';
import { local, moment, noticesOf, type PlainCalendar } from './plain-calendar.ts';
import { mobileOf, World, type WorldOrder } from './world.ts';
import { Bots, type Run } from './year-bots.ts';
import { cut, jobOf, newest, type Stop, stopsOf } from './year-stops.ts';

/** A message as it came to somebody. */
export interface Mail {
  /** Unix ms by the playground's clock. */
  at: number;
  /** An employee number, or the key of a group chat. */
  to: string;
  /** Name and ids of the card, as the outbox had them. */
  card: string;
  args: Readonly<Record<string, string | number>>;
  messageId: string;
  json: CardJson | undefined;
  /** Whether somebody's command or click led to it, not the calendar. */
  answer: boolean;
}
/** What somebody does when a message comes. Nothing where it does not concern them. */
export type Habit = (year: Year, mail: Mail) => Promise<unknown> | undefined;
export interface YearOrder extends WorldOrder {
  /** A moment such as `2026-12-01T08:30+08:00`. */
  startsAt: string;
  calendar: PlainCalendar;
  /** The last date that can be reached. */
  until: string;
  habits: readonly Habit[];
}

const mailRow = z.object({ uuid: z.string(), messageId: z.string().nullable(), card: z.string(), args: z.string() });
/** The key of the outbox in what a platform was given: it is the end of an out-track id. */
const keyIn = (uuid: string | null): string => uuid?.split('.').at(-1) ?? '';
const MINUTE_MS = 60_000;
const POLL_MS = 5;
const PATIENCE_MS = 60_000;

export class Year {
  readonly world: World;
  readonly db: Database;
  readonly bots: Bots;
  /** Everything that was delivered, in order. */
  readonly mail: Mail[] = [];
  /** How every run of a job at a set hour ended. */
  readonly runs = new Map<string, Run>();
  readonly #habits: readonly Habit[];
  /** Employee numbers and keys of chats, by id. */
  readonly #names = new Map<string, string>();
  readonly #stops: Stop[];
  /** Unix ms of the last stop. */
  #at = 0;
  /** Number of the last message collected. */
  #seq = 0;
  /** Messages that people have acted on. */
  #lived = 0;

  private constructor(world: World, db: Database, bots: Bots, order: YearOrder) {
    const { calendar, startsAt, until, habits, branches } = order;
    this.world = world;
    this.db = db;
    this.bots = bots;
    this.#habits = habits;
    this.#stops = stopsOf(calendar, moment(startsAt.slice(0, 16)), until);
    for (const [no, player] of world.players) this.#names.set(player.id, no);
    const chats = branches.flatMap(({ code, district = 'D1' }) => [`branch:${code}`, `district:${district}`]);
    for (const key of ['city', ...chats]) this.#names.set(world.chat(key), key);
  }

  static async start(order: YearOrder): Promise<Year> {
    const dir = mkdtempSync(join(tmpdir(), 'tenstar-year-'));
    const holidays = join(dir, 'holidays.json');
    writeFileSync(holidays, JSON.stringify(noticesOf(order.calendar)));
    const balancer = await startBalancer([]);
    const env = { LOG_LEVEL: 'info', HOLIDAYS_FILE: holidays, PUBLIC_URL: balancer.url, ...order.env };
    const world = await inMemory(() => World.start({ ...order, env }));
    const db = await openDatabase({ url: String(world.env['DATABASE_URL']) });
    return new Year(world, db, await Bots.of(world, db, balancer), order);
  }

  /** Today, as `2027-10-09`. */
  get date(): string {
    return local(this.#at).slice(0, 10);
  }

  /** Follows the calendar up to a scheduled moment such as `2027-10-09T15:00`; people act by their habits at every stop. */
  async to(text: string): Promise<void> {
    const target = moment(text);
    while (this.#at < target) {
      const next = this.#stops[0];
      if (next === undefined) throw new Error(`the calendar ends before ${text}`);
      const stop = next.at > target ? cut(next, target) : next;
      if (stop === next) this.#stops.shift();
      await this.#jump(stop);
      await this.#live();
    }
    if (this.#at !== target) throw new Error(`nothing is scheduled at ${text}`);
  }
  async #jump(stop: Stop): Promise<void> {
    this.#at = stop.at;
    await this.world.client.clock({ now: stop.at });
    await this.#settled(stop.runs);
    await this.#collect(false);
    if (this.bots.up.length > 1) await this.bots.reached();
  }

  /** What a command or a click led to is delivered, and people act on it. */
  async delivered(): Promise<void> {
    await this.#settled([]);
    await this.#collect(true);
    await this.#live();
  }
  /** People act on what has come, and on what comes of that, until nobody has anything to do. */
  async #live(): Promise<void> {
    const news = this.mail.slice(this.#lived);
    this.#lived = this.mail.length;
    let acts = 0;
    for (const mail of news)
      for (const habit of this.#habits) {
        const act = habit(this, mail);
        if (act === undefined) continue;
        acts += 1;
        await act;
      }
    if (acts > 0) await this.delivered();
  }

  /** Gives somebody who came later their number. */
  async newcomer(no: string): Promise<void> {
    const person = (await this.world.client.people()).find(({ mobile }) => mobile === mobileOf(no));
    if (person !== undefined) this.#names.set(person.id, no);
  }
  async stop(): Promise<void> {
    await this.bots.stop();
    await this.db.close();
    await this.world.stop();
    rmSync(this.world.dir, { recursive: true });
  }

  /** Waits until the wanted rows are in the ledger and nothing is left to send. A process whose disk has failed is killed. */
  async #settled(wanted: readonly string[]): Promise<void> {
    const until = Date.now() + PATIENCE_MS;
    for (let open = wanted; ; ) {
      open = await this.#missing(open);
      const running = await this.bots.running();
      if (running.length === 0) {
        if (open.length === 0 && (await this.#unsent()) === 0) return;
      } else if ([...open.map(jobOf), ...running.map(({ job }) => job)].every(this.bots.hasFailed)) {
        await this.bots.kill(running);
        open = newest(wanted);
      }
      if (Date.now() > until) throw new Error(await this.#complaint([...open, ...running.map(({ job }) => job)]));
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }
  /** @returns those that have not come to their end */
  async #missing(wanted: readonly string[]): Promise<string[]> {
    const missing: string[] = [];
    for (const name of wanted) {
      const [job = '', slot = ''] = name.split(' ');
      const run = await this.bots.find(job, slot);
      if (run === null || run.state === 'running') missing.push(name);
      else this.runs.set(name, run);
    }
    return missing;
  }
  async #unsent(): Promise<number> {
    const sql = "SELECT count(*) AS n FROM outbox WHERE state = 'waiting' AND not_before <= ?";
    return (await this.db.read.get(z.object({ n: z.int() }), sql, [this.#at + MINUTE_MS]))?.n ?? 0;
  }
  async #complaint(runs: readonly string[]): Promise<string> {
    const sql = "SELECT card, recipient, not_before, leave_by, last_error FROM outbox WHERE state = 'waiting'";
    const waiting = await this.db.read.all(z.record(z.string(), z.unknown()), sql);
    const said = this.bots.up.map((bot) => bot.log().slice(-2_000)).join('\n');
    return `${local(this.#at)}: these did not come to their end: ${runs.join(', ')}; unsent: ${JSON.stringify(waiting)}\n${said}`;
  }

  async #collect(answer: boolean): Promise<void> {
    const sent = await this.world.client.sent({ after: this.#seq });
    if (sent.length === 0) return;
    this.#seq = sent.at(-1)?.seq ?? this.#seq;
    const sql = `SELECT uuid, message_id AS messageId, card, args FROM outbox
      WHERE uuid IN (SELECT value FROM json_each(?1)) OR message_id IN (SELECT value FROM json_each(?2))`;
    const rows = await this.db.read.all(mailRow, sql, [
      JSON.stringify(sent.map(({ uuid }) => keyIn(uuid))),
      JSON.stringify(sent.map(({ uuid }) => uuid)),
    ]);
    const byKey = new Map(rows.flatMap((row) => [[row.uuid, row] as const, [row.messageId ?? row.uuid, row] as const]));
    for (const { uuid, created: at, chat_type, chat_id, recipients, message_id: messageId, card: json } of sent) {
      if (uuid === null) continue; // a file on DingTalk, which takes no key
      const row = byKey.get(keyIn(uuid)) ?? byKey.get(uuid);
      if (row === undefined) throw new Error(`never in the outbox: ${JSON.stringify(json)}`);
      const id = chat_type === 'group' ? chat_id : (recipients[0] ?? '');
      const args = JSON.parse(row.args) as Mail['args'];
      this.mail.push({ at, to: this.#names.get(id) ?? id, card: row.card, args, messageId, json, answer });
    }
  }
}

const MEMORY = '/dev/shm';
/**
 * Files made meanwhile lie in memory where the machine offers that: a year has tens of thousands of commits, and the speed of the disk
 * is not looked at here. A killed process loses nothing it has written, there as on a disk.
 */
async function inMemory<T>(act: () => Promise<T>): Promise<T> {
  const before = process.env['TMPDIR'];
  if (existsSync(MEMORY)) process.env['TMPDIR'] = MEMORY;
  try {
    return await act();
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}
