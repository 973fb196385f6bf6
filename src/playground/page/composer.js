/** Where a person writes: a growing line, the common commands as chips, all of them after a `/`, and @bot in groups. */
import { el, fill, icon, nextId } from './dom.js';
import { commands, onGuide, typedName } from './guide-model.js';
import { Palette } from './palette.js';
import { t } from './texts.js';

const MAX_CHARS = 4000;
const CHIPS = 6;

export class Composer {
  #busy = false;
  /** @type {HTMLElement} */
  #chips = el('div', { class: 'chips', role: 'group' });
  /** @type {HTMLButtonElement} */
  #sendButton = el('button', { type: 'submit', class: 'send' }, icon('send'));
  #palette;

  /** @param {HTMLElement} place @param {{ onSend: (text: string, mention: boolean) => Promise<boolean> }} how `onSend` says whether the text may go @param {AbortSignal} until */
  constructor(place, how, until) {
    this.place = place;
    this.how = how;
    this.group = false;
    this.botName = '';
    this.mention = false;
    this.input = el('textarea', {
      id: nextId('composer'),
      class: 'control',
      rows: 1,
      maxlength: MAX_CHARS,
      enterkeyhint: 'send',
    });
    this.#palette = new Palette(this.input, (command) => this.#take(command));
    this.input.addEventListener('input', () => this.#typed());
    this.input.addEventListener('keydown', (event) => {
      if (event.isComposing || this.#palette.key(event)) return;
      if (event.key !== 'Enter' || event.shiftKey) return;
      event.preventDefault();
      void this.#send(this.input.value);
    });
    this.input.addEventListener('blur', () => this.#palette.close());
    onGuide(() => this.#drawChips(), until);
  }

  /** @param {{ group: boolean, botName: string }} chat */
  open(chat) {
    this.group = chat.group;
    this.botName = chat.botName;
    this.mention = false;
    this.input.value = '';
    this.input.placeholder = t(this.group ? 'composer_hint_group' : 'composer_hint');
    this.#chips.setAttribute('aria-label', t('commands'));
    this.#sendButton.setAttribute('aria-label', t('send'));
    this.#sendButton.title = t('send');
    const send = (/** @type {Event} */ event) => {
      event.preventDefault();
      void this.#send(this.input.value);
    };
    fill(
      this.place,
      this.#chips,
      this.#palette.node,
      el(
        'form',
        { class: 'composer-line', on: { submit: send } },
        el('label', { class: 'visually-hidden', for: this.input.id }, t('composer')),
        this.input,
        this.#sendButton,
      ),
    );
    this.#drawChips();
    this.#typed();
  }

  #typed() {
    this.input.style.height = 'auto';
    this.input.style.height = `${Math.min(140, this.input.scrollHeight + 2)}px`;
    this.#sendButton.disabled = this.input.value.trim() === '';
    this.#palette.show(this.input.value);
  }

  #drawChips() {
    const mention = el(
      'button',
      {
        type: 'button',
        class: 'chip at',
        'aria-pressed': this.mention ? 'true' : 'false',
        on: { click: () => this.#toggleMention() },
      },
      t('mention', { name: this.botName }),
    );
    const chips = commands()
      .slice(0, CHIPS)
      .map((command) =>
        // In a group the bot only hears what mentions it, so the chip brings the mention along.
        el(
          'button',
          {
            type: 'button',
            class: 'chip',
            data: { command: command.name },
            on: { click: () => void this.#send(typedName(command), this.group) },
          },
          typedName(command),
        ),
      );
    fill(this.#chips, this.group ? mention : null, ...chips);
  }

  /** A command from the list goes into the line, ready for more words. @param {string} command */
  #take(command) {
    this.input.value = `${command} `;
    if (this.group) this.mention = true;
    this.#drawChips();
    this.#typed();
    this.input.focus();
  }

  #toggleMention() {
    this.mention = !this.mention;
    this.#drawChips();
    this.input.focus();
  }

  /** @param {string} value @param {boolean} [mention] */
  async #send(value, mention = this.mention) {
    const text = value.trim();
    if (text === '' || this.#busy) return;
    this.#busy = true;
    const ok = await this.how.onSend(text, this.group && mention);
    this.#busy = false;
    if (!ok) return;
    this.input.value = '';
    this.mention = false;
    this.#drawChips();
    this.#typed();
  }
}
