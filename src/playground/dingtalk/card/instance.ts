/** A card as DingTalk keeps it: one set of public data, one of private data for each person, shown in any number of chats. */
import type { CardData } from '../../../platform/dingtalk/card-data.ts';
import type { Json, Message } from '../../tenant.ts';
import type { TemplateContent } from '../app.ts';
import { showCard } from './show.ts';

export interface CardInstance {
  outTrackId: string;
  templateId: string;
  /** What draws it; a published template never changes. */
  drawnBy: TemplateContent;
  /** Null: clicks go nowhere. */
  callbackType: 'HTTP' | 'STREAM' | null;
  routeKey: string | null;
  /** What ids of people mean in its calls and callbacks: 1 user id, 2 union id. */
  userIdType: 1 | 2;
  public: CardData;
  /** By open_id. */
  private: Map<string, CardData>;
  /** By open_id: public data that the answer to their click brought, and nobody else has seen. Gone with the next update. */
  seen: Map<string, CardData>;
  /** Types of the chats it was made for. */
  models: Set<string>;
  /** Line in the list of chats. */
  line: string;
  /** By type and id of the chat. */
  delivered: Map<string, Message>;
}

/** What one person sees: private data before public; nobody in particular sees public data alone. */
export const dataFor = (card: CardInstance, openId: string | null): CardData =>
  openId === null ? card.public : { ...(card.seen.get(openId) ?? card.public), ...card.private.get(openId) };

/** The card as one person sees it. */
export const shownTo = (card: CardInstance, openId: string | null): Json =>
  showCard(dataFor(card, openId), card.line, card.drawnBy);

/** Everybody who may see something of their own. */
export const viewersOf = (card: CardInstance): (string | null)[] => [
  null,
  ...new Set([...card.private.keys(), ...card.seen.keys()]),
];

/** Data after an update: by key laid over what was, otherwise in its place (platform/dingtalk.md §2.3). */
export const updated = (before: CardData | undefined, change: CardData, byKey: boolean): CardData =>
  byKey ? { ...before, ...change } : change;
