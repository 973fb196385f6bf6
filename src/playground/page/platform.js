/** Which platform a chat is on or a person uses, where there is more than one to tell apart. */
import { el } from './dom.js';
import { state } from './state.js';
import { t } from './texts.js';

/** @typedef {import('./types.js').Platform} Platform */

/** @param {import('./types.js').Person} person @returns {readonly Platform[]} */
const platformsOf = (person) => person.platforms ?? ['lark'];

/** Remembered for one list of people: asking 5,000 for each row would be felt. */
let known = { people: state.people, used: /** @type {Set<Platform>} */ (new Set()) };
function used() {
  if (known.people !== state.people) known = { people: state.people, used: new Set(state.people.flatMap(platformsOf)) };
  return known.used;
}
const both = () => used().size > 1;
export const dingtalkIsPlayed = () => used().has('dingtalk');

/** @param {Platform} platform */
const word = (platform) => t(platform === 'dingtalk' ? 'dingtalk' : 'feishu');
/** @param {Platform} platform */
const tag = (platform) => el('span', { class: 'platform', data: { on: platform } }, word(platform));

/** Null where everything is on Feishu anyway. @param {import('./types.js').Chat} chat */
export const platformOfChat = ({ platform = 'lark' }) => (platform === 'dingtalk' || both() ? word(platform) : null);

/** @param {import('./types.js').Chat} chat */
export const chatTag = (chat) => (platformOfChat(chat) === null ? null : tag(chat.platform ?? 'lark'));

/** Nothing where all use the same. @param {import('./types.js').Person} person @returns {readonly Node[]} */
export const personTags = (person) => (both() ? platformsOf(person).map(tag) : []);
