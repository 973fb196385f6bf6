/** How a click is handled: one definition per button, in `src/actions/`. */
import type { Action, ActionName } from './action.ts';
import type { Card, Toast } from './card.ts';
import type { CardContext } from './card-def.ts';
import type { CardRef } from './card-ref.ts';
import type { Rules } from './domain/rules.ts';
import type { Locale, Translate } from './i18n.ts';
import type { PlatformName } from './platform/platform.ts';
import type { Writer } from './store/db.ts';
import type { Actor } from './store/roster.ts';
import type { Use } from './use.ts';

/** What the clicker sees: a toast, the card that is true now, or both. A ready card only where its content is nowhere stored (ballots). */
export interface ClickOutcome {
  toast?: Toast;
  card?: CardRef | { ready: Card };
}

export interface ClickContext {
  actor: Actor;
  /** Values of the submitted form; missing fields are absent. */
  form: Readonly<Record<string, string>>;
  buttonName: string;
  chat: { id: string; group: boolean };
  platform: PlatformName;
  now: number;
  use: Use;
  t: Translate;
  locale: Locale;
  /** As on cards: see `RenderContext`. */
  terms: Rules['retention'];
  /** One transaction that also remembers this click: a second delivery changes nothing and leaves the card as it is. */
  write: <T>(fn: (tx: Writer) => Promise<T>) => Promise<T>;
}
/** For a card that is shown to the person who clicked. */
export const cardContext = ({ use, actor, locale, now }: ClickContext): CardContext => ({
  use,
  read: use.db.read,
  viewer: { person: actor.employeeNo, locale },
  now,
});
export interface ActionContext<A extends ActionName = ActionName> extends ClickContext {
  action: Extract<Action, { a: A }>;
}

export interface ActionDefinition {
  name: ActionName;
  run(context: ActionContext): Promise<ClickOutcome>;
}

export function defineAction<A extends ActionName>(
  name: A,
  run: (context: ActionContext<A>) => Promise<ClickOutcome>,
): ActionDefinition {
  return {
    name,
    async run(context) {
      // The dispatcher looks a definition up by the action's own name, so the narrowing only tells the compiler what is known.
      if (context.action.a !== name) return {};
      return run({ ...context, action: context.action as Extract<Action, { a: A }> });
    },
  };
}

export const success = (text: string): Toast => ({ type: 'success', text });
export const info = (text: string): Toast => ({ type: 'info', text });
export const warning = (text: string): Toast => ({ type: 'warning', text });
export const failure = (text: string): Toast => ({ type: 'error', text });
