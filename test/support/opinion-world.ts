/** A bot without a network: a real database, one branch, clicks and typed words as a platform would hand them in. */
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cards } from '../../cards/index.ts';
import { commands } from '../../commands/index.ts';
import type { Action } from '../../src/action.ts';
import { actions } from '../../src/actions/index.ts';
import type { Block, Card } from '../../src/card.ts';
import { loadConfig } from '../../src/config.ts';
import type { Locale } from '../../src/i18n.ts';
import { jobs } from '../../src/jobs/index.ts';
import { createLog } from '../../src/log.ts';
import { buildUse } from '../../src/main/use.ts';
import type { ClickAnswer } from '../../src/platform/platform.ts';
import { openDatabase } from '../../src/store/db.ts';
import { migrate } from '../../src/store/migrations.ts';
import { currentReview } from '../../src/store/reviews.ts';
import type { Use } from '../../src/use.ts';
import { createComposer } from '../../src/usecases/compose.ts';
import { createDispatcher } from '../../src/usecases/dispatch.ts';
import { z } from 'zod';

/** A working day within message hours. */
export const START = Date.parse('2026-10-09T10:00:00+08:00');
export const DAY = 24 * 3_600_000;

export interface BranchSpec {
  members?: number;
  colleagues?: number;
  deputy?: boolean;
  committee?: number;
  /** Laid over the default rules. */
  rules?: object;
}
export interface OpinionWorld {
  dir: string;
  use: Use;
  clock: { now: number };
  /** What was logged so far, as text. */
  logged(): string;
  click(
    person: string,
    action: Action,
    form?: Record<string, string>,
    more?: { button?: string; chat?: string; key?: string },
  ): Promise<ClickAnswer>;
  /** Into the private chat, or into a group when one is named. */
  type(person: string, text: string, group?: string): Promise<void>;
  /** Id of the branch's current review. */
  review(): Promise<string>;
  /** Opens a review as its secretary. */
  open(): Promise<string>;
  /** As this person sees it; as a group does when it is null. */
  card(
    name: string,
    args: Record<string, string | number>,
    person: string | null,
    locale?: Locale,
  ): Promise<Card | null>;
  outbox(): Promise<{ card: string; recipient: string; args: string; notBefore: number }[]>;
  /** The database with its log, as bytes. */
  files(): Buffer;
}

/** `S0` secretary, `D0` deputy, `K1`… committee, `M01`… members, `R01`… colleagues; `X0` belongs to another branch. */
export async function opinionWorld({
  members = 6,
  colleagues = 3,
  deputy = true,
  committee = 1,
  rules = {},
}: BranchSpec = {}): Promise<OpinionWorld> {
  const dir = mkdtempSync(join(tmpdir(), 'tenstar-opinion-'));
  writeFileSync(join(dir, 'rules.json'), JSON.stringify(rules));
  const loaded = loadConfig(
    {
      DATABASE_URL: `file:${join(dir, 'tenstar.db')}`,
      KEYS_DIR: join(dir, 'keys'),
      LARK_APP_ID: 'cli_demo0001',
      LARK_APP_SECRET: 'demo-secret',
      LARK_ENCRYPT_KEY: 'demo-encrypt',
      LARK_VERIFICATION_TOKEN: 'demo-token',
      RULES_FILE: join(dir, 'rules.json'),
    },
    'platform',
  );
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
  const db = await openDatabase(loaded.config.database);
  await migrate(db, START);
  const number = (n: number) => String(n + 1).padStart(2, '0');
  const people: [no: string, status: string, branch: string, role: string | null][] = [
    ['S0', 'full', 'B001', 'secretary'],
    ...(deputy ? [['D0', 'full', 'B001', 'deputy_secretary'] satisfies [string, string, string, string]] : []),
    ...Array.from({ length: committee }, (_, i): [string, string, string, string] => [
      `K${i + 1}`,
      'full',
      'B001',
      'committee',
    ]),
    ...Array.from({ length: members }, (_, i): [string, string, string, null] => [
      `M${number(i)}`,
      'full',
      'B001',
      null,
    ]),
    ...Array.from({ length: colleagues }, (_, i): [string, string, string, null] => [
      `R${number(i)}`,
      'colleague',
      'B001',
      null,
    ]),
    ['X0', 'full', 'B002', 'secretary'],
  ];
  await db.script(`INSERT INTO district (code, name) VALUES ('D1', '示例片区');
    INSERT INTO unit (code, name) VALUES ('U1', '示例单位');
    INSERT INTO branch (code, name, district, unit) VALUES ('B001', '示例第一支部', 'D1', 'U1'), ('B002', '示例第二支部', 'D1', 'U1')`);
  await db.write(async (tx) => {
    for (const [position, [no, status, branch, role]] of people.entries()) {
      await tx.run('INSERT INTO person (employee_no, name, branch, status, position) VALUES (?, ?, ?, ?, ?)', [
        no,
        `某${no}`,
        branch,
        status,
        position,
      ]);
      await tx.run(`INSERT INTO identity (platform, app_id, user_id, person) VALUES ('lark', 'cli_demo0001', ?, ?)`, [
        `ou_${no}`,
        no,
      ]);
      if (role !== null) await tx.run('INSERT INTO person_role (person, role) VALUES (?, ?)', [no, role]);
    }
    await tx.run(
      `INSERT INTO chat (platform, chat_id, name, scope, code) VALUES ('lark', 'oc_branch', '示例群', 'branch', 'B001')`,
    );
  });

  const clock = { now: START };
  const lines: string[] = [];
  const log = createLog('trace', { write: (line: string) => void lines.push(line) });
  const use: Use = { ...buildUse(loaded.config, db, log), now: () => clock.now };
  const compose = createComposer(use, cards);
  const dispatcher = createDispatcher(use, { commands, actions, compose });
  let deliveries = 0;
  const sender = (person: string) => ({ platform: 'lark' as const, appId: 'cli_demo0001', userId: `ou_${person}` });

  const world: OpinionWorld = {
    dir,
    use,
    clock,
    logged: () => lines.join('\n'),
    async click(person, action, form = {}, { button = action.a, chat = `p2p_${person}`, key } = {}) {
      const answer = await dispatcher.handle({
        kind: 'click',
        dedupeKeys: [key ?? `click:${++deliveries}`],
        sender: sender(person),
        chat: { id: chat },
        messageId: 'om_demo',
        action,
        buttonName: button,
        form,
      });
      if (answer === null) throw new Error('a click was not answered');
      return answer;
    },
    async type(person, text, group) {
      const chat =
        group === undefined ? { id: `p2p_${person}`, type: 'private' as const } : { id: group, type: 'group' as const };
      await dispatcher.handle({
        kind: 'message',
        dedupeKeys: [`message:${++deliveries}`],
        sender: sender(person),
        chat,
        text,
        mentions: [],
      });
    },
    async review() {
      const review = await currentReview(db.read, 'B001');
      if (review === null) throw new Error('no review');
      return review.id;
    },
    async open() {
      await world.type('S0', '/review open 2026-Q3');
      return world.review();
    },
    card: (card, args, person, locale = 'zh-CN') => compose({ card, args }, { person, locale }),
    outbox: () =>
      db.read.all(
        z.object({ card: z.string(), recipient: z.string(), args: z.string(), notBefore: z.int() }),
        'SELECT card, recipient, args, not_before AS notBefore FROM outbox ORDER BY id',
      ),
    files() {
      const file = join(dir, 'tenstar.db');
      return Buffer.concat([file, `${file}-wal`, `${file}-shm`].filter(existsSync).map((name) => readFileSync(name)));
    },
  };
  return world;
}

const textOf = (block: Block): string => {
  switch (block.kind) {
    case 'text':
      return block.text;
    case 'facts':
      return block.items.map(({ label, value }) => `${label} ${value}`).join('\n');
    case 'list':
      return block.items.join('\n');
    case 'form':
      return block.fields
        .map((field) =>
          field.kind === 'text'
            ? field.text
            : `${field.label} ${'initial' in field ? (field.initial ?? '') : ''} ${field.kind === 'select' ? field.options.map(({ label }) => label).join(' ') : ''}`,
        )
        .join('\n');
    case 'buttons':
    case 'chart':
    case 'divider':
    case 'progress':
    case 'table':
      return '';
  }
};
/** Everything a reader sees on a card. */
export const allText = (card: Card | null | undefined): string =>
  card ? [card.title, card.subtitle ?? '', ...card.blocks.map(textOf)].join('\n') : '';
/** Names of all buttons of a card, in order. */
export const buttonNames = (card: Card | null | undefined): string[] =>
  card?.blocks.flatMap((block) =>
    block.kind === 'buttons' || block.kind === 'form' ? block.buttons.map(({ name }) => name) : [],
  ) ?? [];
/** Names of all form fields of a card, in order. */
export const fieldNames = (card: Card | null | undefined): string[] =>
  card?.blocks.flatMap((block) =>
    block.kind === 'form' ? block.fields.flatMap((field) => (field.kind === 'text' ? [] : [field.name])) : [],
  ) ?? [];

export const runJob = (world: OpinionWorld, name: string) => {
  const job = jobs.find((one) => one.name === name);
  if (job === undefined) throw new Error(`no job is named ${name}`);
  return job.run(world.use, { now: world.clock.now, slot: world.clock.now });
};
export const closeByMeeting = (world: OpinionWorld, r: string) => world.click('S0', { a: 'start_meeting', r });

/** Those who give a form in `gathered`. */
export const GIVERS = ['M01', 'M02', 'M03', 'R01', 'R02'];
/** A round with five forms: two remarks about the branch, three about M04, one about the secretary. */
export async function gathered(rules: object = {}): Promise<{ world: OpinionWorld; r: string }> {
  const world = await opinionWorld({ rules });
  const r = await world.open();
  const forms = [
    { branch: '会议太长了', about_M04: '回复群众慢' },
    { branch: '活动通知要早', about_M04: '材料写得好' },
    { about_S0: '布置任务要早' },
    { about_M04: '电话常没人接' },
    {},
  ];
  for (const [i, person] of GIVERS.entries()) {
    const { toast } = await world.click(person, { a: 'opinion', r }, forms[i]);
    if (toast?.type !== 'success') throw new Error('a form was not taken');
  }
  return { world, r };
}
/** The same, closed, grouped by secretary and deputy, and passed on. */
export async function passed(rules: object = {}): Promise<{ world: OpinionWorld; r: string }> {
  const { world, r } = await gathered(rules);
  await closeByMeeting(world, r);
  await world.click('S0', { a: 'opinion_save', r, s: 'branch' }, { grouped: '希望精简会议、提前通知' });
  await world.click('S0', { a: 'opinion_save', r, s: 'M04' }, { grouped: '接听和回复要及时' });
  await world.click('D0', { a: 'opinion_save', r, s: 'S0' }, { grouped: '提前布置任务' });
  await world.click('S0', { a: 'opinion_pass_on', r });
  await world.click('D0', { a: 'opinion_pass_on', r });
  return { world, r };
}
