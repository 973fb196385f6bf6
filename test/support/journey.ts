/** What journeys ask again and again: what the bot said, what a step came to, whether anything in the database changed. */
import { z } from 'zod';
import { type Locale, translator } from '../../src/i18n.ts';
import { type Args, type Database, openDatabase } from '../../src/store/db.ts';
import type { Player, Pressed, ShownCard } from '../../src/playground/client/player.ts';
import type { PlatformName } from '../../src/platform/platform.ts';
import { lacks, type World } from './world.ts';

/** Every text in Chinese, as the bot says it. */
export const t = translator('zh-CN');
export const en = translator('en');

/** Writes to the bot in private and reads the sentence it answers with. */
export async function told(world: World, no: string, text: string, locale: Locale = 'zh-CN'): Promise<string> {
  const card = await world.as(no).ask(text, { title: translator(locale)('common.app') });
  return card.view.texts.join('\n');
}

/** The toast of a click as `type: sentence`; empty without one. */
export const toastOf = ({ toast }: Pick<Pressed, 'toast'>): string =>
  toast === undefined ? '' : `${toast.type}: ${toast.content}`;

/** Only the colour of it. */
export const kindOf = ({ toast }: Pick<Pressed, 'toast'>): string => toast?.type ?? '';

/** Two taps on one button at the same moment. @returns the answers, and the card after the tap that was taken */
export async function tapTwice(
  card: ShownCard,
  button: string,
  form?: Readonly<Record<string, unknown>>,
): Promise<{ said: string[]; card: ShownCard }> {
  const taps = await Promise.all([card.press(button, form), card.press(button, form)]);
  const taken = taps.find(({ replaced }) => replaced);
  if (taken === undefined) throw new Error(`no tap on ${button} was taken`);
  return { said: taps.map(toastOf).toSorted(), card: taken.card };
}
/** What `tapTwice` hears where the first tap is answered with `first` and the second, which finds things as they are then, with `second`. */
export const heardTwice = (platform: PlatformName, first: string, second: string): string[] =>
  [first, lacks(platform, 'second_tap_received') ? `info: ${t('notice.received')}` : second].toSorted();

/** Presses a button of a console as it is now. */
export async function step(world: World, no: string, button: string): Promise<Pressed> {
  const console = await world.as(no).ask('/评议', { button: 'refresh' });
  return console.press(button);
}

const ownCards = new WeakMap<Player, ShownCard>();
/** A card of this person to send forged clicks from; asked for once, because answers to one person are paced. */
async function ownCard(player: Player): Promise<ShownCard> {
  const card = ownCards.get(player) ?? (await player.ask('/帮助'));
  ownCards.set(player, card);
  return card;
}

/** Sends an action no client would send, from a card of this person or from a given one. */
export async function forge(
  world: World,
  no: string,
  value: object,
  more: { card?: ShownCard; name?: string; form?: object } = {},
) {
  const card = more.card ?? (await ownCard(world.as(no)));
  const action = {
    tag: 'button',
    name: more.name ?? '',
    value,
    ...(more.form === undefined ? {} : { form_value: more.form }),
  };
  return world.client.forge(world.as(no).id, card.messageId, action);
}

async function onDatabase<T>(world: World, work: (db: Database) => Promise<T>): Promise<T> {
  const db = await openDatabase({ url: String(world.env['DATABASE_URL']), authToken: undefined });
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}
/** Reads the bot's database behind its back. */
export const query = <S extends z.ZodType>(
  world: World,
  row: S,
  text: string,
  args: Args = [],
): Promise<z.infer<S>[]> => onDatabase(world, (db) => db.read.all(row, text, args));
/** Writes it behind the bot's back, where a test cannot wait for days to pass. */
export const sql = (world: World, text: string, args: Args = []): Promise<number> =>
  onDatabase(world, (db) => db.write((tx) => tx.run(text, args)));

/** Tables that hear of every message and every click, whatever comes of it. */
const TRAFFIC: readonly string[] = ['inbox', 'outbox', 'job_run', 'lease', 'api_usage', 'card_template'];
const rowSchema = z.record(z.string(), z.unknown());
const TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name";
const inText = (_key: string, value: unknown): unknown =>
  value instanceof ArrayBuffer ? Buffer.from(value).toString('base64') : value;

export type Snapshot = Readonly<Record<string, readonly string[]>>;

/** Everything the database holds apart from messages, by table: two of them are equal when nothing was changed in between. */
export const snapshot = (world: World): Promise<Snapshot> =>
  onDatabase(world, async ({ read }) => {
    const held: Record<string, string[]> = {};
    for (const { name } of await read.all(z.object({ name: z.string() }), TABLES)) {
      if (TRAFFIC.includes(name)) continue;
      const rows = await read.all(rowSchema, `SELECT * FROM "${name}"`);
      for (const row of rows) delete row['preferred_platform']; // whatever was typed last
      held[name] = rows.map((row) => JSON.stringify(row, inText)).sort();
    }
    return held;
  });

/** Acts of the audit log, oldest first, as `act actor`. */
export async function auditActs(world: World): Promise<string[]> {
  const rows = await query(
    world,
    z.object({ act: z.string(), actor: z.string() }),
    'SELECT act, actor FROM audit ORDER BY seq',
  );
  return rows.map(({ act, actor }) => `${act} ${actor}`);
}

/** The review a card is about: what its buttons carry. */
export function reviewOf(card: ShownCard): string {
  const found = /"r":"([^"]+)"/.exec(JSON.stringify(card.json).replaceAll('\\"', '"'));
  if (found?.[1] === undefined) throw new Error(`no review behind the buttons of: ${card.text}`);
  return found[1];
}
