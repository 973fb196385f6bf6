/** Which rows the list of people shows: favourites, whom the guide starts with, everybody by branch; or what a search found. */
import { said } from './guide-model.js';
import { recall, remember } from './memory.js';
import { t } from './texts.js';

/** @typedef {import('./types.js').Person} Person */
/** @typedef {import('./types.js').GuideJson['people']} Start */
/** @typedef {{ kind: 'head', title: string } | { kind: 'person', person: Person, guided?: boolean }} Row */

/** One example of each role is enough to start with, in this order. */
const ROLES = [
  '支部书记',
  '副书记',
  '支委',
  '委员',
  '党员',
  '预备',
  '群众',
  '班子',
  '领导',
  '联络员',
  '工委',
  '办公室',
  'ecretary',
  'ember',
  'olleague',
  'eader',
  'iaison',
  'ffice',
];
const MAX_SUGGESTED = 7;

/**
 * The favourites first, then those the guide starts with (else one of each role), then everybody by branch.
 * @param {readonly Person[]} people @param {string} query @param {Start} start @returns {Row[]}
 */
export function rowsFor(people, query, start) {
  const words = query.trim().toLowerCase().split(/\s+/).filter(Boolean);
  /** @type {string[]} */
  const favourites = recall('favourites', []);
  const liked = new Set(favourites);
  if (words.length > 0) {
    const found = people.filter((one) => words.every((word) => textOf(one).includes(word)));
    found.sort((a, b) => Number(liked.has(b.id)) - Number(liked.has(a.id)));
    return found.map((person) => ({ kind: 'person', person }));
  }
  /** @type {Row[]} */
  const rows = [];
  /** @param {string} title @param {Person[]} members @param {boolean} [guided] offered by the guide, and shown so */
  const section = (title, members, guided = false) => {
    if (members.length === 0) return;
    rows.push(
      { kind: 'head', title },
      ...members.map((person) => /** @type {Row} */ ({ kind: 'person', person, guided })),
    );
  };
  section(
    t('favourites'),
    people.filter((one) => liked.has(one.id)),
  );
  const byId = new Map(start.length === 0 ? [] : people.map((one) => [one.id, one]));
  const guided = start.flatMap(({ id, why }) => {
    const person = byId.get(id);
    return person ? [{ ...person, note: said(why) }] : [];
  });
  section(t('suggested'), guided.length > 0 ? guided : suggested(people), guided.length > 0);
  for (const [title, members] of Map.groupBy(people, branchOf)) section(title || t('no_branch'), members);
  return rows;
}

/** @param {Person} person */
const textOf = (person) => `${person.name} ${person.note ?? ''} ${person.mobile ?? ''} ${person.id}`.toLowerCase();

/** The branch is the last part of a note such as “支部书记 · 第一支部”. @param {Person} person */
const branchOf = (person) => person.note?.split('·').at(-1)?.trim() ?? '';

/** @param {readonly Person[]} people */
function suggested(people) {
  /** @type {Set<Person>} */
  const out = new Set();
  for (const role of ROLES) {
    const first = people.find((one) => one.note?.split('·')[0]?.includes(role) && !out.has(one));
    if (first && ![...out].some((one) => one.note?.split('·')[0] === first.note?.split('·')[0])) out.add(first);
    if (out.size >= MAX_SUGGESTED) break;
  }
  return [...out];
}

/** @param {string} id */
export function toggleFavourite(id) {
  /** @type {string[]} */
  const favourites = recall('favourites', []);
  remember('favourites', favourites.includes(id) ? favourites.filter((one) => one !== id) : [...favourites, id]);
}
