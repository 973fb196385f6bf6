/** The list to pick a person from: up to 5,000 rows, only those in view are on the page. */
import { avatar, el, fill, icon, iconButton, nextId } from './dom.js';
import { recall, remember } from './memory.js';
import { t } from './texts.js';

/** @typedef {import('./types.js').Person} Person */
/** @typedef {{ kind: 'head', title: string } | { kind: 'person', person: Person }} Row */

const ROW_PX = 60;
const SPARE_ROWS = 8;
/** One example of each role is enough to start with, in this order. */
const ROLES = ['支部书记', '副书记', '支委', '委员', '党员', '预备', '群众', '班子', '领导', '联络员', '工委', '办公室', 'ecretary', 'ember', 'olleague', 'eader', 'iaison', 'ffice'];
const MAX_SUGGESTED = 7;

/** The favourites first, then one of each role, then everybody by branch. @param {readonly Person[]} people @param {string} query @returns {Row[]} */
export function rowsFor(people, query) {
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
  /** @param {string} title @param {Person[]} members */
  const section = (title, members) => {
    if (members.length === 0) return;
    rows.push({ kind: 'head', title }, ...members.map((person) => /** @type {Row} */ ({ kind: 'person', person })));
  };
  section(t('favourites'), people.filter((one) => liked.has(one.id)));
  section(t('suggested'), suggested(people));
  for (const [title, members] of Map.groupBy(people, branchOf)) section(title || t('others'), members);
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
function toggleFavourite(id) {
  /** @type {string[]} */
  const favourites = recall('favourites', []);
  remember('favourites', favourites.includes(id) ? favourites.filter((one) => one !== id) : [...favourites, id]);
}

/**
 * Opens the list over the page.
 * @param {readonly Person[]} people
 * @param {{ current: string | null, onPick: (id: string) => void }} how without a current person the list cannot be closed
 */
export function pickPerson(people, how) {
  const search = el('input', { type: 'search', id: nextId('search'), class: 'control', placeholder: t('search_people'), autocomplete: 'off', enterkeyhint: 'search' });
  const count = el('p', { class: 'people-count', 'aria-live': 'polite' });
  const list = el('div', { class: 'people-list' });
  const space = el('div', { class: 'people-space', role: 'list', 'aria-label': t('choose_person') });
  list.append(space);
  const titleId = nextId('dialog');
  const dialog = el(
    'dialog',
    { class: 'people', 'aria-labelledby': titleId },
    el('div', { class: 'people-head' }, el('h2', { id: titleId }, t('who')), how.current ? iconButton('close', t('close'), () => close()) : null),
    el('p', { class: 'hint' }, t('who_hint')),
    el('div', { class: 'search' }, el('label', { for: search.id, class: 'visually-hidden' }, t('search_people')), icon('search'), search),
    count,
    list,
  );
  /** @type {Row[]} */
  let rows = [];
  /** The row the arrow keys are on. */
  let active = 0;

  const close = () => {
    dialog.close();
    dialog.remove();
  };
  /** @param {Person} person */
  const pick = (person) => {
    close();
    how.onPick(person.id);
  };
  const draw = () => {
    const first = Math.max(0, Math.floor(list.scrollTop / ROW_PX) - SPARE_ROWS);
    const last = Math.min(rows.length, Math.ceil((list.scrollTop + list.clientHeight) / ROW_PX) + SPARE_ROWS);
    space.style.height = `${rows.length * ROW_PX}px`;
    const nodes = rows.slice(first, last).map((row, i) => rowNode(row, first + i));
    space.replaceChildren(...nodes);
  };
  /** @param {Row} row @param {number} index */
  const rowNode = (row, index) => {
    const style = { transform: `translateY(${index * ROW_PX}px)` };
    if (row.kind === 'head') return el('div', { class: 'people-row people-section', role: 'listitem', style }, row.title);
    const { person } = row;
    const liked = recall('favourites', []).includes(person.id);
    return el(
      'div',
      { class: 'people-row', role: 'listitem', style },
      el(
        'button',
        { type: 'button', class: 'person-button', data: { row: String(index), id: person.id }, 'aria-current': person.id === how.current ? 'true' : undefined, on: { click: () => pick(person) } },
        avatar(person.name),
        el('span', { class: 'two-lines' }, el('span', { class: 'name' }, person.name), el('span', { class: 'note' }, person.note ?? '')),
      ),
      iconButton('star', t(liked ? 'drop_favourite' : 'add_favourite', { name: person.name }), () => {
        toggleFavourite(person.id);
        refresh(true);
      }, { class: liked ? 'liked' : '', 'aria-pressed': liked ? 'true' : 'false' }),
    );
  };
  /** @param {boolean} [stay] */
  const refresh = (stay) => {
    rows = rowsFor(people, search.value);
    if (!stay) list.scrollTop = 0;
    active = rows.findIndex((row) => row.kind === 'person');
    const found = search.value.trim() === '' ? people.length : rows.length;
    fill(count, found === 0 && search.value ? t('nobody_found', { query: search.value }) : t('people_found', { count: found }));
    draw();
  };
  /** @param {number} by */
  const move = (by) => {
    let to = active + by;
    while (rows[to]?.kind === 'head') to += by;
    if (!rows[to]) return;
    active = to;
    const top = to * ROW_PX;
    if (top < list.scrollTop) list.scrollTop = top;
    else if (top + ROW_PX > list.scrollTop + list.clientHeight) list.scrollTop = top + ROW_PX - list.clientHeight;
    draw();
    /** @type {HTMLElement | null} */ (space.querySelector(`[data-row="${to}"]`))?.focus();
  };
  list.addEventListener('scroll', draw);
  search.addEventListener('input', () => refresh());
  dialog.addEventListener('keydown', (event) => {
    const on = /** @type {HTMLElement} */ (event.target).dataset?.['row'];
    if (on !== undefined) active = Number(on);
    if (event.key === 'ArrowDown') move(event.target === search ? 0 : 1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter' && event.target === search && !event.isComposing) {
      const row = rows[active];
      if (row?.kind === 'person') pick(row.person);
    } else return;
    event.preventDefault();
  });
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    if (how.current) close();
  });
  document.body.append(dialog);
  dialog.showModal();
  new ResizeObserver(draw).observe(list);
  refresh();
  // On a phone the keyboard would cover half of the suggestions.
  if (matchMedia('(pointer: fine)').matches) search.focus();
}
