/** A card as somebody has it before them: read, filled in, pressed. */
import type { Click } from '../app/click.ts';
import { type CardJson, type ClickOutcome, PlaygroundError } from './http.ts';
import type { Player } from './player.ts';
import { type CardView, readCard } from './read-card.ts';

/** Which card is meant; everything named must be there. A function looks at the card itself. */
export type CardMatch =
  | ((card: CardView) => boolean)
  | { button?: string; form?: string; title?: string | RegExp; text?: string | RegExp };

/** What a click came to, and the card as it stands afterwards (the same one, when the answer brought none). */
export interface Pressed extends Omit<ClickOutcome, 'card'> {
  card: ShownCard;
  /** Whether the answer brought a card. */
  replaced: boolean;
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
    const messages = await this.player.messages(this.chat, { limit: 1_000 });
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

export function fitsCard(card: CardView, match: CardMatch): boolean {
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
export const describe = (match: CardMatch): string =>
  typeof match === 'function'
    ? 'what the test looks for'
    : Object.entries(match)
        .map(([key, value]) => `${key} ${String(value)}`)
        .join(', ');
