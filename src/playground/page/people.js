/** The list to pick a person from: up to 5,000 rows, only those in view are on the page. */
import { avatar, el, fill, icon, iconButton, nextId } from './dom.js';
import { recall } from './memory.js';
import { personTags } from './platform.js';
import { rowsFor, toggleFavourite } from './people-rows.js';
import { lang, setLang, t } from './texts.js';

/** @typedef {import('./types.js').Person} Person */
/** @typedef {import('./people-rows.js').Row} Row */
/** @typedef {import('./people-rows.js').Start} Start */

const ROW_PX = 60;
const SPARE_ROWS = 8;
/**
 * Opens the list over the page.
 * @param {readonly Person[]} people
 * @param {{ current: string | null, start: Start, onPick: (id: string) => void, onLanguage: () => void }} how without a current person the list cannot be closed
 */
export function pickPerson(people, how) {
  const search = el('input', {
    type: 'search',
    id: nextId('search'),
    class: 'control',
    placeholder: t('search_people'),
    autocomplete: 'off',
    enterkeyhint: 'search',
  });
  const count = el('p', { class: 'people-count', 'aria-live': 'polite' });
  const list = el('div', { class: 'people-list' });
  const space = el('div', { class: 'people-space', role: 'list', 'aria-label': t('choose_person') });
  list.append(space);
  const titleId = nextId('dialog');
  const dialog = el(
    'dialog',
    { class: 'people', 'aria-labelledby': titleId },
    el(
      'div',
      { class: `people-head ${how.current ? '' : 'welcome'}` },
      how.current ? null : el('span', { class: 'emblem large', 'aria-hidden': 'true' }, icon('star')),
      el(
        'div',
        { class: 'people-words' },
        how.current ? null : el('p', { class: 'people-over' }, t('welcome')),
        el('h2', { id: titleId, tabindex: '-1' }, t('who')),
        el('p', { class: 'hint' }, t('who_hint')),
      ),
      how.current
        ? iconButton('close', t('close'), () => close())
        : el(
            'button',
            {
              type: 'button',
              class: 'button text language',
              lang: lang() === 'en' ? 'zh-CN' : 'en',
              on: { click: changeLanguage },
            },
            t('other_language'),
          ),
    ),
    el(
      'div',
      { class: 'search' },
      el('label', { for: search.id, class: 'visually-hidden' }, t('search_people')),
      icon('search'),
      search,
    ),
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
    if (row.kind === 'head')
      return el('div', { class: 'people-row people-section', role: 'listitem', style }, row.title);
    const { person } = row;
    const liked = recall('favourites', []).includes(person.id);
    return el(
      'div',
      { class: `people-row ${row.guided ? 'guided' : ''}`, role: 'listitem', style },
      el(
        'button',
        {
          type: 'button',
          class: 'person-button',
          data: { row: String(index), id: person.id },
          'aria-current': person.id === how.current ? 'true' : undefined,
          on: { click: () => pick(person) },
        },
        avatar(person.name),
        el(
          'span',
          { class: 'two-lines' },
          el('span', { class: 'name' }, person.name, ...personTags(person)),
          el('span', { class: 'note' }, person.note ?? ''),
        ),
      ),
      iconButton(
        'star',
        t(liked ? 'drop_favourite' : 'add_favourite', { name: person.name }),
        () => {
          toggleFavourite(person.id);
          refresh(true);
        },
        { class: liked ? 'liked' : '', 'aria-pressed': liked ? 'true' : 'false' },
      ),
    );
  };
  /** @param {boolean} [stay] */
  const refresh = (stay) => {
    rows = rowsFor(people, search.value, how.start);
    if (!stay) list.scrollTop = 0;
    active = rows.findIndex((row) => row.kind === 'person');
    const found = search.value.trim() === '' ? people.length : rows.length;
    fill(
      count,
      found === 0 && search.value ? t('nobody_found', { query: search.value }) : t('people_found', { count: found }),
    );
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
  else dialog.querySelector('h2')?.focus();

  function changeLanguage() {
    setLang(lang() === 'en' ? 'zh-CN' : 'en');
    close();
    how.onLanguage();
    pickPerson(people, how);
  }
}
