/**
 * One person of the playground, played by a test: writes, reads, waits for cards, fills them in and presses their buttons.
 *
 * ```ts
 * const secretary = await Player.byMobile(client, '16100000001');
 * const console = await secretary.ask('/review', { button: 'start_meeting' });
 * const started = await console.press('start_meeting');
 * started.toast?.content; started.card.buttons();
 * ```
 * On DingTalk: `Player.byMobile(client, '16100000001', 'dingtalk')`, and all the same.
 */
import type { PlatformName } from '../../platform/platform.ts';
import type { TypeResult } from '../app/type.ts';
import type { MessageView } from '../app/view.ts';
import { type MessageQuery, PlaygroundClient, PlaygroundError, type PersonView } from './http.ts';
import { readCard } from './read-card.ts';
import { type CardMatch, describe, fitsCard, ShownCard } from './shown-card.ts';

export { type CardMatch, type Pressed, ShownCard } from './shown-card.ts';

export interface Where {
  /** The private chat with the bot when absent. */
  chat?: string;
  timeoutMs?: number;
}

export class Player {
  readonly client: PlaygroundClient;
  readonly id: string;
  readonly name: string;
  /** Whose private chat is meant when no chat is named; the one the person uses by themselves when absent. */
  readonly platform: PlatformName | undefined;
  /** How long it waits for a message when nothing else is said; longer where the platform is made to fail. */
  patienceMs = 10_000;
  /** Messages up to this number are old: `next` waits for later ones. */
  #since = 0;
  /** By chat: the last message that `next` gave back. */
  readonly #waitedFor = new Map<string, number>();

  constructor(client: PlaygroundClient, person: Pick<PersonView, 'id' | 'name'>, platform?: PlatformName) {
    this.client = client;
    this.id = person.id;
    this.name = person.name;
    this.platform = platform;
  }

  /** @throws PlaygroundError when nobody has the number */
  static async byMobile(client: PlaygroundClient, mobile: string, platform?: PlatformName): Promise<Player> {
    const person = (await client.people()).find((one) => one.mobile === mobile);
    if (!person) throw new PlaygroundError(404, `nobody has the number ${mobile}`);
    return new Player(client, person, platform);
  }

  /** Everybody, by mobile number. */
  static async all(client: PlaygroundClient, platform?: PlatformName): Promise<Map<string, Player>> {
    return new Map((await client.people()).map((person) => [person.mobile, new Player(client, person, platform)]));
  }

  /** Writes; in a group (`chat`) the bot is mentioned unless `mention: false`. From here on, `next` waits for newer messages. */
  async say(
    text: string,
    { chat, mention = chat !== undefined }: { chat?: string; mention?: boolean } = {},
  ): Promise<TypeResult> {
    const typed = await this.client.type(this.id, text, {
      ...(chat === undefined ? {} : { chat }),
      ...(this.platform === undefined ? {} : { platform: this.platform }),
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
        const messages = await this.messages(chat, { after });
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
    const messages = await this.messages(chat);
    const found = messages.findLast(({ card }) => card !== undefined && fitsCard(readCard(card), match));
    return found?.card ? new ShownCard(this, found.message_id, chat, found.card) : null;
  }

  messages(chat?: string, query: Omit<MessageQuery, 'platform'> = {}): Promise<MessageView[]> {
    return this.client.messages(this.id, chat, { ...query, platform: this.platform });
  }

  /** The id of a group this person is in. @throws PlaygroundError when there is none of that name */
  async groupNamed(name: string): Promise<string> {
    const found = (await this.client.chats(this.id)).find(
      (chat) =>
        chat.type === 'group' && chat.name === name && (this.platform === undefined || chat.platform === this.platform),
    );
    if (!found) throw new PlaygroundError(404, `${this.name} is in no group called ${name}`);
    return found.chat_id;
  }
}
