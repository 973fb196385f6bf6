/** The bot's HTTP side with open ballots, and a visitor who fills in forms as a browser without script does. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKeyStore, type KeyStore } from '../../src/ballot/keys.ts';
import { defaultCatalogue } from '../../src/domain/catalogue.ts';
import type { Category } from '../../src/domain/marks.ts';
import { type Database, openDatabase } from '../../src/store/db.ts';
import { migrate } from '../../src/store/migrations.ts';
import { ballotLink } from '../../src/usecases/ballot/ticket.ts';
import { openUrn } from '../../src/usecases/urn-lifecycle.ts';
import { type HttpBot, startHttpBot } from './http-bot.ts';
import { NOW } from './lark-push.ts';

export interface WebBallotOrder {
  /** Names of the people of each branch, in the order of the roster. By default one branch of three. */
  branches?: Readonly<Record<string, readonly string[]>>;
  /** Votes as a leader in every branch, and is in none of them. */
  leader?: boolean;
  locale?: 'zh-CN' | 'en';
  rules?: object;
}
export interface WebBallotWorld extends AsyncDisposable {
  bot: HttpBot;
  db: Database;
  keys: KeyStore;
  dir: string;
  /** Review by branch. */
  reviewOf(branch: string): string;
  /** A fresh link of this person, as an address of the bot. */
  link(person: string): Promise<string>;
  visit(person: string): Promise<Visitor>;
}
const UNTIL = NOW + 3 * 86_400_000;

/** `E001` and so on in branch B1, `F001` … in the next; the leader is `L001`. */
export async function webBallotWorld(order: WebBallotOrder = {}): Promise<WebBallotWorld> {
  const { branches = { B1: ['林示例', '钱演示', '孙样本'] }, leader = false, locale = 'zh-CN', rules = {} } = order;
  const dir = mkdtempSync(join(tmpdir(), 'tenstar-web-ballot-'));
  const run = randomUUID(); // versions and rolls are remembered by their names as long as the process lives
  const reviewOf = (branch: string) => `${branch}-${run}`;
  const db = await openDatabase({ url: `file:${join(dir, 'tenstar.db')}` });
  await migrate(db, NOW);
  const keys = createKeyStore(join(dir, 'keys'));
  await db.script(`INSERT INTO district (code, name) VALUES ('D1', 'Demo district');
    INSERT INTO unit (code, name) VALUES ('U1', 'Demo unit')`);
  await db.write(async (tx) => {
    await tx.run('INSERT INTO rules_version (hash, body, since) VALUES (?, ?, 0)', [run, JSON.stringify(rules)]);
    const body = JSON.stringify(defaultCatalogue);
    await tx.run("INSERT INTO catalogue_version (hash, body, since) VALUES ('catalogue', ?, 0)", [body]);
    const addPerson = (no: string, name: string, branch: string, position: number) =>
      tx.run(
        `INSERT INTO person (employee_no, name, branch, status, position, locale) VALUES (?, ?, ?, 'full', ?, ?)`,
        [no, name, branch, position, locale],
      );
    for (const [b, [branch, names]] of Object.entries(branches).entries()) {
      await tx.run("INSERT INTO branch (code, name, district, unit) VALUES (?, ?, 'D1', 'U1')", [
        branch,
        `示范${branch}支部`,
      ]);
      const people = names.map((name, i) => ({
        no: `${String.fromCharCode(69 + b)}${String(i + 1).padStart(3, '0')}`,
        name,
      }));
      for (const [i, { no, name }] of people.entries()) await addPerson(no, name, branch, i);
      if (b === 0 && leader) await addPerson('L001', '周领导', branch, 999);
      await tx.run(
        `INSERT INTO review (id, branch, period, state, rules, catalogue, opened_by, opened_at, roll_no, ballot_until)
         VALUES (?, ?, '2026-Q3', 'balloting', ?, 'catalogue', 'office', 0, 1, ?)`,
        [reviewOf(branch), branch, run, UNTIL],
      );
      const electors = [
        ...people.map(({ no }) => ({ person: no, category: 'members_and_colleagues' as Category })),
        ...(leader ? [{ person: 'L001', category: 'leadership' as Category }] : []),
      ];
      // The last person is a probationary member: feedback only.
      const subjects = people.map(({ no }, i) => ({ person: no, graded: i < people.length - 1, partyGroup: 0 }));
      await openUrn(tx, keys, { review: reviewOf(branch), rollNo: 1, electors, subjects });
    }
  });
  const bot = await startHttpBot({ db, keys });
  const link = async (person: string) =>
    String(await ballotLink(bot.use, person)).replace(bot.use.config.publicUrl, bot.url);
  return {
    bot,
    db,
    keys,
    dir,
    reviewOf,
    link,
    visit: async (person) => Visitor.at(bot.url, await link(person)),
    [Symbol.asyncDispose]: () => bot.close(),
  };
}

interface FormOnPage {
  action: string;
  /** What would be sent without pressing anything: hidden fields, chosen options, ticked boxes. */
  fields: Map<string, string>;
  buttons: { name: string; value: string; action: string | null }[];
}

/** Somebody with a browser that knows forms, and nothing else. */
export class Visitor {
  readonly base: string;
  status = 0;
  html = '';
  headers = new Headers();

  private constructor(base: string) {
    this.base = base;
  }
  static async at(base: string, address: string): Promise<Visitor> {
    const visitor = new Visitor(base);
    await visitor.#take(await fetch(address, { redirect: 'manual' }));
    return visitor;
  }

  /** The words on the page, each run of white space one space. */
  get text(): string {
    return this.html
      .replace(/<style>[^]*?<\/style>/g, ' ')
      .replace(/<[^>]+>/g, ' ')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&')
      .replace(/\s+/g, ' ');
  }
  get receipt(): string {
    return /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(this.text)?.[0] ?? '';
  }
  get forms(): FormOnPage[] {
    return [...this.html.matchAll(/<form([^>]*)>([^]*?)<\/form>/g)].map(([, head = '', body = '']) => {
      const id = attribute(head, 'id');
      const outside =
        id === null
          ? ''
          : buttonsIn(this.html)
              .filter(({ tag }) => attribute(tag, 'form') === id)
              .map(({ tag }) => tag)
              .join('');
      const fields = new Map<string, string>();
      for (const [tag] of body.matchAll(/<input[^>]*>/g)) {
        const box = attribute(tag, 'type') === 'checkbox';
        if (!box || / checked/.test(tag)) fields.set(attribute(tag, 'name') ?? '', attribute(tag, 'value') ?? '');
      }
      for (const [, tag = '', options = ''] of body.matchAll(/<select([^>]*)>([^]*?)<\/select>/g))
        fields.set(attribute(tag, 'name') ?? '', /value="([^"]*)" selected/.exec(options)?.[1] ?? '');
      const buttons = buttonsIn(body + outside).map(({ tag }) => ({
        name: attribute(tag, 'name') ?? '',
        value: attribute(tag, 'value') ?? '',
        action: attribute(tag, 'formaction'),
      }));
      return { action: attribute(head, 'action') ?? '', fields, buttons };
    });
  }
  /** Names of the cells on the page. */
  get cells(): string[] {
    return this.forms.flatMap(({ fields }) => [...fields.keys()].filter((name) => /^m\d+\./.test(name)));
  }
  has(button: string): boolean {
    return this.forms.some(({ buttons }) => buttons.some(({ value }) => value === button));
  }

  /** Presses the button whose value this is, with the values given changed before. @param nth of several forms that have it */
  async press(button: string, values: Readonly<Record<string, string>> = {}, nth = 0): Promise<this> {
    const form = this.forms.filter(({ buttons }) => buttons.some(({ value }) => value === button))[nth];
    if (form === undefined) throw new Error(`no button ${button} on: ${this.text.slice(0, 300)}`);
    return this.post({ ...Object.fromEntries(form.fields), do: button, ...values });
  }
  /** Fills every cell on the page. */
  all(mark: (cell: string, index: number) => string | number): Record<string, string> {
    return Object.fromEntries(this.cells.map((cell, i) => [cell, String(mark(cell, i))]));
  }
  /** Sends any form to where the forms go. */
  async post(fields: Readonly<Record<string, string>>): Promise<this> {
    await this.#take(await fetch(`${this.base}/ballot`, { method: 'POST', body: new URLSearchParams(fields) }));
    return this;
  }
  async #take(response: Response): Promise<void> {
    this.status = response.status;
    this.headers = response.headers;
    this.html = await response.text();
  }
}

const attribute = (tag: string, name: string): string | null =>
  new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(tag)?.[1] ?? null;
const buttonsIn = (html: string): { tag: string }[] => [...html.matchAll(/<button[^>]*>/g)].map(([tag]) => ({ tag }));
