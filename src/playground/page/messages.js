/**
 * The messages of one chat. A message that has not changed keeps its place on the page, so what somebody is typing into a card
 * survives whatever arrives around it.
 */
import { renderCard } from './card/card.js';
import { avatar, el, fill, icon, safeUrl } from './dom.js';
import { t } from './texts.js';
import { clockTime, day, dayAndTime, dayKey } from './time.js';

/** @typedef {import('./types.js').Message} Message */
/** @typedef {Omit<import('./card/context.js').CardEnv, 'messageId' | 'onRemove'>} MessageEnv */
/** @typedef {{ node: HTMLElement, signature: string, undo: (() => void)[] }} Shown */

const NEAR_BOTTOM_PX = 120;
const MARGIN_PX = 24;

export class MessageList {
  /** @type {Map<string, Shown>} */
  #shown = new Map();
  /** @type {(messageId: string) => MessageEnv} */
  #env;
  /** @type {() => void} */
  #onEarlier;

  /**
   * @param {{ scroller: HTMLElement, list: HTMLElement, jump: HTMLElement }} places
   * @param {{ env: (messageId: string) => MessageEnv, onEarlier: () => void }} how
   */
  constructor(places, how) {
    this.scroller = places.scroller;
    this.list = places.list;
    this.jump = places.jump;
    this.#env = how.env;
    this.#onEarlier = how.onEarlier;
    this.scroller.addEventListener('scroll', () => {
      if (this.#atBottom()) this.jump.hidden = true;
    });
    this.jump.addEventListener('click', () => this.toBottom());
  }

  clear() {
    for (const shown of this.#shown.values()) for (const undo of shown.undo) undo();
    this.#shown.clear();
    this.list.replaceChildren();
    this.jump.hidden = true;
  }

  toBottom() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.jump.hidden = true;
  }

  /** To the end; a last message that is longer than the window is shown from its beginning. */
  #toNewest() {
    this.toBottom();
    const last = this.list.lastElementChild;
    if (last && last.getBoundingClientRect().height > this.scroller.clientHeight - MARGIN_PX) {
      last.scrollIntoView({ block: 'start' });
    }
  }

  #atBottom() {
    return this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < NEAR_BOTTOM_PX;
  }

  /**
   * @param {readonly Message[]} messages any order
   * @param {{ me: string, group: boolean, mayHaveEarlier: boolean, first: boolean }} how `first`: the chat was just opened
   */
  show(messages, how) {
    const sorted = messages.toSorted((a, b) => a.created - b.created);
    const stick = how.first || this.#atBottom();
    const newest = sorted.at(-1)?.message_id;
    const hasNew = newest !== undefined && !this.#shown.has(newest) && !how.first;
    const anchor = this.#anchor();
    const wanted = new Set(sorted.map((one) => one.message_id));
    for (const id of this.#shown.keys()) if (!wanted.has(id)) this.#drop(id);
    /** @type {Node[]} */
    const nodes = [];
    if (how.mayHaveEarlier)
      nodes.push(
        el(
          'button',
          { type: 'button', class: 'button text earlier', on: { click: () => this.#onEarlier() } },
          t('earlier'),
        ),
      );
    let lastDay = Number.NaN;
    for (const message of sorted) {
      if (dayKey(message.created) !== lastDay) nodes.push(el('div', { class: 'day' }, day(message.created)));
      lastDay = dayKey(message.created);
      nodes.push(this.#node(message, how));
    }
    if (sorted.length === 0)
      nodes.push(el('p', { class: 'empty' }, t(how.group ? 'no_messages_group' : 'no_messages')));
    place(this.list, nodes);
    if (stick) this.#toNewest();
    else {
      if (anchor) this.scroller.scrollTop += anchor.node.getBoundingClientRect().top - anchor.top;
      if (hasNew) this.jump.hidden = false;
    }
  }

  /** The first message in view, so that it can stay there. */
  #anchor() {
    const edge = this.scroller.getBoundingClientRect().top;
    for (const { node } of this.#shown.values()) {
      const box = node.getBoundingClientRect();
      if (box.bottom > edge) return { node, top: box.top };
    }
    return null;
  }

  /** @param {string} id */
  #drop(id) {
    for (const undo of this.#shown.get(id)?.undo ?? []) undo();
    this.#shown.delete(id);
  }

  /** @param {Message} message @param {{ me: string, group: boolean }} how */
  #node(message, how) {
    const signature = JSON.stringify([message.msg_type, message.card, message.text, message.file]);
    const found = this.#shown.get(message.message_id);
    if (found?.signature === signature) return found.node;
    /** @type {(() => void)[]} */
    const undo = [];
    const content = this.#content(message, undo);
    if (found) {
      const focused = found.node.contains(document.activeElement) ? nameOf(document.activeElement) : null;
      this.#drop(message.message_id);
      const stamp = found.node.querySelector('.stamp');
      if (stamp && message.card) stamp.textContent = stampOf(message);
      fill(/** @type {Element} */ (found.node.querySelector('.bubble-place')), content);
      if (focused) refocus(found.node, focused);
      this.#shown.set(message.message_id, { node: found.node, signature, undo });
      return found.node;
    }
    const mine = message.sender.kind === 'user' && isMine(message, how.me);
    const node = el(
      'article',
      {
        class: `message ${mine ? 'mine' : ''} ${message.sender.kind}`,
        data: { id: message.message_id },
        'aria-label': `${mine ? t('you') : message.sender.name} ${clockTime(message.created)}`,
      },
      avatar(message.sender.name, message.sender.kind === 'bot' ? 'bot' : 'user'),
      el(
        'div',
        { class: 'message-main' },
        el(
          'div',
          { class: 'message-meta' },
          el('span', {}, mine ? t('you') : message.sender.name),
          el('time', { class: 'stamp', title: dayAndTime(message.created) }, stampOf(message)),
        ),
        el('div', { class: 'bubble-place' }, content),
      ),
    );
    this.#shown.set(message.message_id, { node, signature, undo });
    return node;
  }

  /** @param {Message} message @param {(() => void)[]} undo */
  #content(message, undo) {
    if (message.card)
      return renderCard(message.card, {
        ...this.#env(message.message_id),
        messageId: message.message_id,
        onRemove: (one) => void undo.push(one),
      });
    if (message.file) return fileNode(message.file);
    if (message.msg_type === 'recalled') return el('div', { class: 'bubble muted' }, t('recalled'));
    return el('div', { class: 'bubble' }, ...withLinks(message.text ?? t('message_kind', { kind: message.msg_type })));
  }
}

/** Addresses in a text are links, as in the real clients. @param {string} text @returns {(string | HTMLElement)[]} */
function withLinks(text) {
  return text.split(/(https?:\/\/[^\s<>"，。；）]+)/).map((part, i) => {
    const href = i % 2 === 1 ? safeUrl(part) : null;
    return href ? el('a', { href, target: '_blank', rel: 'noopener noreferrer' }, part) : part;
  });
}

/** @param {Message} message @param {string} me the person's name and id */
function isMine(message, me) {
  const [id, name] = me.split('\n');
  return message.sender.id === undefined ? message.sender.name === name : message.sender.id === id;
}

/** @param {Message} message */
const stampOf = (message) => {
  const changed = message.updated !== undefined && message.updated > message.created;
  return changed
    ? `${clockTime(message.created)} · ${t('edited')} ${clockTime(message.updated ?? 0)}`
    : clockTime(message.created);
};

/** Changes as few nodes as possible: moving a node would take the focus away. @param {HTMLElement} parent @param {readonly Node[]} nodes */
function place(parent, nodes) {
  let at = parent.firstChild;
  const keep = new Set(nodes);
  for (const node of nodes) {
    while (at && !keep.has(at)) {
      const next = at.nextSibling;
      at.remove();
      at = next;
    }
    if (at === node) at = at.nextSibling;
    else parent.insertBefore(node, at);
  }
  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

/** @param {Element | null} node */
const nameOf = (node) => /** @type {HTMLElement | null} */ (node)?.dataset?.['name'] ?? 'title';

/** The control of the same name in the new card, else its title. @param {HTMLElement} node @param {string} name */
function refocus(node, name) {
  const same = /** @type {HTMLElement | null} */ (node.querySelector(`[data-name="${CSS.escape(name)}"]`));
  (same ?? /** @type {HTMLElement | null} */ (node.querySelector('.card-title')))?.focus({ preventScroll: true });
}

/** @param {{ name: string, url: string, size?: number }} file */
function fileNode(file) {
  const href = safeUrl(file.url);
  const inside = [
    icon('file'),
    el(
      'span',
      { class: 'two-lines' },
      el('span', { class: 'name' }, file.name),
      el('span', { class: 'note' }, sizeOf(file.size)),
    ),
  ];
  return href
    ? el('a', { class: 'file', href, download: file.name, 'aria-label': `${t('download')} ${file.name}` }, ...inside)
    : el('div', { class: 'file' }, ...inside);
}

/** @param {number | undefined} bytes */
const sizeOf = (bytes) =>
  bytes === undefined
    ? ''
    : bytes < 1024
      ? `${bytes} B`
      : bytes < 1024 * 1024
        ? `${Math.round(bytes / 1024)} KB`
        : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
