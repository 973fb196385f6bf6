/** The list of commands that opens while somebody types `/`: arrow keys move, Enter or Tab takes, Escape closes. */
import { el, fill, nextId } from './dom.js';
import { commands, said, typedName } from './guide-model.js';
import { t } from './texts.js';

/** @typedef {import('./types.js').CommandJson} CommandJson */

export class Palette {
  /** @type {CommandJson[]} */
  #shown = [];
  #active = 0;
  /** Closed by hand until the text changes. */
  #dismissed = '';
  #input;
  #onTake;

  /** @param {HTMLTextAreaElement} input @param {(command: string) => void} onTake */
  constructor(input, onTake) {
    this.#input = input;
    this.#onTake = onTake;
    this.node = el('ul', { class: 'palette', id: nextId('palette'), role: 'listbox', hidden: true });
    input.setAttribute('role', 'combobox');
    input.setAttribute('aria-autocomplete', 'list');
    input.setAttribute('aria-controls', this.node.id);
    input.setAttribute('aria-expanded', 'false');
  }

  /** @param {string} value what stands in the line */
  show(value) {
    const typed = value.replace('／', '/').toLowerCase();
    const open = /^\/\S*$/.test(typed) && value !== this.#dismissed;
    this.#shown = open ? commands().filter(({ name, zh }) => name.startsWith(typed) || zh.startsWith(typed)) : [];
    this.#active = 0;
    this.#draw();
  }

  close() {
    this.#shown = [];
    this.#draw();
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether the list took the key */
  key(event) {
    if (this.#shown.length === 0) return false;
    switch (event.key) {
      case 'ArrowDown':
        this.#move(1);
        break;
      case 'ArrowUp':
        this.#move(-1);
        break;
      case 'Escape':
        this.#dismissed = this.#input.value;
        this.close();
        break;
      case 'Tab':
        this.#take(this.#active);
        break;
      case 'Enter': {
        const { name, zh } = this.#shown[this.#active] ?? {};
        const typed = this.#input.value.trim().replace('／', '/');
        if (event.shiftKey || typed === name || typed === zh) return false; // whole already: Enter sends it
        this.#take(this.#active);
        break;
      }
      default:
        return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  /** @param {number} by */
  #move(by) {
    this.#active = (this.#active + by + this.#shown.length) % this.#shown.length;
    this.#draw();
  }

  /** @param {number} index */
  #take(index) {
    const command = this.#shown[index];
    this.close();
    if (command) this.#onTake(typedName(command));
  }

  #draw() {
    const { node } = this;
    node.hidden = this.#shown.length === 0;
    node.setAttribute('aria-label', t('commands'));
    this.#input.setAttribute('aria-expanded', String(!node.hidden));
    fill(
      node,
      ...this.#shown.map((command, i) =>
        el(
          'li',
          {
            id: `${node.id}-${i}`,
            role: 'option',
            'aria-selected': i === this.#active ? 'true' : 'false',
            data: { command: command.name },
            // Before the line loses the focus, which would close the list.
            on: { pointerdown: (event) => (event.preventDefault(), this.#take(i)) },
          },
          el('strong', {}, typedName(command)),
          el('span', { class: 'palette-zh' }, typedName(command) === command.zh ? command.name : command.zh),
          el('span', { class: 'palette-about' }, said(command.about)),
        ),
      ),
    );
    if (node.hidden) this.#input.removeAttribute('aria-activedescendant');
    else this.#input.setAttribute('aria-activedescendant', `${node.id}-${this.#active}`);
    node.children[this.#active]?.scrollIntoView({ block: 'nearest' });
  }
}
