/** How a card is defined: a name and arguments (ids), a view loaded from the store, and a pure function from view to card. */
import type { z } from 'zod';
import type { Card } from './card.ts';
import type { Rules } from './domain/rules.ts';
import type { Locale, Translate } from './i18n.ts';
import type { Reader } from './store/db.ts';
import type { Use } from './use.ts';

export interface Viewer {
  /** Employee number; null when the card is shown to a whole group chat. */
  person: string | null;
  locale: Locale;
}
export interface CardContext {
  use: Use;
  /** Reads inside the caller's transaction when there is one, so that a card shows what was just written. */
  read: Reader;
  viewer: Viewer;
  /** Unix ms. */
  now: number;
}
export interface RenderContext {
  t: Translate;
  locale: Locale;
  /** How long things of the year now running are kept. What belongs to a review goes by the review's own rules, in its view. */
  terms: Rules['retention'];
}

export interface CardDefinition {
  name: string;
  /** `person` cards are never composed for a group (F20). */
  audience: 'person' | 'group' | 'any';
  /** Null when what the card is about is no longer there; then nothing is sent. */
  compose(args: unknown, context: CardContext, render: RenderContext): Promise<Card | null>;
}

/** Joins a card's three parts; arguments are checked by the schema because they come back from the database and from buttons. */
export function defineCard<A extends z.ZodType, V>(definition: {
  name: string;
  audience: CardDefinition['audience'];
  args: A;
  view(args: z.infer<A>, context: CardContext): Promise<V | null>;
  render: (view: V, context: RenderContext) => Card;
}): CardDefinition & { render: (view: V, context: RenderContext) => Card } {
  return {
    name: definition.name,
    audience: definition.audience,
    render: definition.render,
    async compose(args, context, render) {
      const view = await definition.view(definition.args.parse(args), context);
      return view === null ? null : definition.render(view, render);
    },
  };
}
