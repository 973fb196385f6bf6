/**
 * One person of the playground, played by a test: writes, reads, waits for cards, fills them in and presses their buttons.
 *
 * ```ts
 * const secretary = await Player.byMobile(client, '16100000001');
 * const console = await secretary.ask('/review', { button: 'start_meeting' });
 * const started = await console.press('start_meeting');
 * started.toast?.content; started.card.buttons();
 * ```
 */
import type { Click } from '../app/click.ts';
import type { TypeResult } from '../app/type.ts';
import type { MessageView } from '../app/view.ts';
import { type CardJson, type ClickOutcome, PlaygroundClient, PlaygroundError, type PersonView } from './http.ts';
import { type CardView, readCard } from './read-card.ts';

/** Which card is meant; everything named must be there. A function looks at the card itself. */
export type CardMatch =
  | ((card: CardView) => boolean)
  | { button?: string; form?: string; title?: string | RegExp; text?: string | RegExp };

export interface Where {
  /** The private chat with the bot when absent. */
  chat?: string;
  timeoutMs?: number;
}

/** What a click came to, and the card as it stands afterwards (the same one, when the answer brought none). */
export interface Pressed extends Omit<ClickOutcome, 'card'> {
  card: ShownCard;
  /** Whether the answer brought a card. */
  replaced: boolean;
}

export class Player {
  readonly client: PlaygroundClient;
  readonly id: string;
  readonly name: string;
  /** How long it waits for a message when nothing else is said; longer where the platform is made to fail. */
  patienceMs = 10_000;
  /** Messages up to this number are old: `next` waits for later ones. */
  #since = 0;
  /** By chat: the last message that `next` gave back. */
  readonly #waitedFor = new Map<string, number>();

  constructor(client: PlaygroundClient, person: Pick<PersonView, 'id' | 'name'>) {
    this.client = client;
    this.id = person.id;
    this.name = person.name;
  }

  /** @throws PlaygroundError when nobody has the number */
  static async byMobile(client: PlaygroundClient, mobile: string): Promise<Player> {
    const person = (await client.people()).find((one) => one.mobile === mobile);
    if (!person) throw new PlaygroundError(404, `nobody has the number ${mobile}`);
    return new Player(client, person);
  }

  /** Everybody, by mobile number. */
  static async all(client: PlaygroundClient): Promise<Map<string, Player>> {
    return new Map((await client.people()).map((person) => [person.mobile, new Player(client, person)]));
  }

  /** Writes; in a group (`chat`) the bot is mentioned unless `mention: false`. From here on, `next` waits for newer messages. */
  async say(
    text: string,
    { chat, mention = chat !== undefined }: { chat?: string; mention?: boolean } = {},
  ): Promise<TypeResult> {
    const typed = await this.client.type(this.id, text, {
      ...(chat === undefined ? {} : { chat }),
      mention_bot: mention,
    });
    this.#since = typed.seq;
    return typed;
  }

  /** Writes to the bot in private and waits for the card that answers. @throws PlaygroundError when none comes */
  async ask(text: string, match: CardMatch = {}, { timeoutMs }: Pick<Where, 'timeoutMs'> = {}): Promise<ShownCard> {
    await this.say(text);
    return this.nextCard(match, timeoutMs === undefined ? {} : { timeoutMs });
  }

  /** The next message of the bot that fits and was not waited for before. @throws PlaygroundError when none comes in time */
  async next(
    fits: (message: MessageView) => boolean = () => true,
    { chat, timeoutMs }: Where = {},
  ): Promise<MessageView> {
    const key = chat ?? '';
    const after = Math.max(this.#since, this.#waitedFor.get(key) ?? 0);
    const found = await this.client.waitFor(
      `a message to ${this.name}`,
      async () => {
        const messages = await this.client.messages(this.id, chat, { after });
        return messages.find((message) => message.sender.kind === 'bot' && fits(message));
      },
      timeoutMs ?? this.patienceMs,
    );
    this.#waitedFor.set(key, found.seq);
    return found;
  }

  /** The next card that fits, among messages that were not waited for before. @throws PlaygroundError */
  async nextCard(match: CardMatch = {}, where: Where = {}): Promise<ShownCard> {
    const found = await this.next(({ card }) => card !== undefined && fitsCard(readCard(card), match), where);
    return new ShownCard(this, found.message_id, where.chat, found.card ?? {});
  }

  /** The newest card that fits, old or new; waits until there is one. @throws PlaygroundError */
  async card(match: CardMatch = {}, where: Where = {}): Promise<ShownCard> {
    return this.client.waitFor(
      `a card of ${this.name} with ${describe(match)}`,
      () => this.findCard(match, where.chat),
      where.timeoutMs ?? this.patienceMs,
    );
  }

  /** The newest card that fits now; null when there is none. */
  async findCard(match: CardMatch = {}, chat?: string): Promise<ShownCard | null> {
    const messages = await this.client.messages(this.id, chat);
    const found = messages.findLast(({ card }) => card !== undefined && fitsCard(readCard(card), match));
    return found?.card ? new ShownCard(this, found.message_id, chat, found.card) : null;
  }

  messages(chat?: string): Promise<MessageView[]> {
    return this.client.messages(this.id, chat);
  }

  /** The id of a group this person is in. @throws PlaygroundError when there is none of that name */
  async groupNamed(name: string): Promise<string> {
    const found = (await this.client.chats(this.id)).find((chat) => chat.type === 'group' && chat.name === name);
    if (!found) throw new PlaygroundError(404, `${this.name} is in no group called ${name}`);
    return found.chat_id;
  }
}

/** A card on somebody's screen, as it was when it was read. */
export class ShownCard {
  readonly player: Player;
  readonly messageId: string;
  readonly chat: string | undefined;
  readonly json: CardJson;
  readonly view: CardView;

  constructor(player: Player, messageId: string, chat: string | undefined, json: CardJson) {
    this.player = player;
    this.messageId = messageId;
    this.chat = chat;
    this.json = json;
    this.view = readCard(json);
  }

  get title(): string {
    return this.view.title;
  }
  /** Everything the card says, head included, a line an element. */
  get text(): string {
    return [this.view.title, this.view.subtitle, ...this.view.texts].filter(Boolean).join('\n');
  }
  /** Names of the buttons, in order. */
  buttons(): string[] {
    return this.view.buttons.map(({ name }) => name);
  }
  has(button: string): boolean {
    return this.buttons().includes(button);
  }
  /** Names of the fields of a form, of the only form when none is named. */
  fields(form?: string): string[] {
    const found = this.view.forms.find(({ name }) => form === undefined || name === form);
    return found?.fields.map(({ name }) => name) ?? [];
  }

  /** Presses a button; `form` holds what was filled in, the rest stays as the card has it. */
  async press(
    button: string,
    form?: Readonly<Record<string, unknown>>,
    more: Omit<Click, 'name' | 'form'> = {},
  ): Promise<Pressed> {
    const click = { ...more, ...(form === undefined ? {} : { form }) };
    const { card, ...outcome } = await this.player.client.click(this.player.id, this.messageId, button, click);
    const shown = card ?? this.json;
    return {
      ...outcome,
      replaced: card !== undefined,
      card: new ShownCard(this.player, this.messageId, this.chat, shown),
    };
  }

  /** The card as it is now: the bot, or somebody else's click, may have changed it. @throws PlaygroundError when it is gone */
  async now(): Promise<ShownCard> {
    const messages = await this.player.client.messages(this.player.id, this.chat, { limit: 1_000 });
    const found = messages.find((message) => message.message_id === this.messageId);
    if (!found?.card) throw new PlaygroundError(404, 'the card is no longer there');
    return new ShownCard(this.player, this.messageId, this.chat, found.card);
  }

  /** Waits until the card, which stays in its place, looks as wanted. @throws PlaygroundError */
  until(match: CardMatch, timeoutMs = this.player.patienceMs): Promise<ShownCard> {
    const look = async () => {
      const card = await this.now();
      return fitsCard(card.view, match) ? card : null;
    };
    return this.player.client.waitFor(`the card to have ${describe(match)}`, look, timeoutMs);
  }
}

function fitsCard(card: CardView, match: CardMatch): boolean {
  if (typeof match === 'function') return match(card);
  const { button, form, title, text } = match;
  return (
    (button === undefined || card.buttons.some(({ name }) => name === button)) &&
    (form === undefined || card.forms.some(({ name }) => name === form)) &&
    (title === undefined || says(card.title, title)) &&
    (text === undefined || card.texts.some((line) => says(line, text)))
  );
}

const says = (line: string, wanted: string | RegExp): boolean =>
  typeof wanted === 'string' ? line.includes(wanted) : wanted.test(line);
const describe = (match: CardMatch): string =>
  typeof match === 'function'
    ? 'what the test looks for'
    : Object.entries(match)
        .map(([key, value]) => `${key} ${String(value)}`)
        .join(', ');
