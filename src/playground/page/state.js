/** What the page knows: who is chosen, which chat is open, half-filled forms. */
import { Drafts } from './card/context.js';

/** @typedef {import('./types.js').Person} Person */
/** @typedef {import('./types.js').Chat} Chat */

export const PAGE_OF_MESSAGES = 40;

export const state = {
  /** @type {Person[]} */
  people: [],
  /** @type {Map<string, Person>} */
  byId: new Map(),
  /** @type {string | null} */
  as: null,
  /** @type {string | null} */
  chat: null,
  /** @type {Chat[]} */
  chats: [],
  limit: PAGE_OF_MESSAGES,
  /** Counts openings, so that an answer that comes late does not fill the wrong chat. */
  turn: 0,
  deskOpen: false,
};

export const me = () => (state.as ? (state.byId.get(state.as) ?? null) : null);
export const currentChat = () => state.chats.find((one) => one.chat_id === state.chat) ?? null;
export const privateChat = () => state.chats.find((one) => one.type === 'p2p') ?? null;

/** Half-filled forms by person: whoever comes back finds them. @type {Map<string, Drafts>} */
const drafts = new Map();
/** @param {string} as */
export function draftsOf(as) {
  const found = drafts.get(as) ?? new Drafts();
  drafts.set(as, found);
  return found;
}
