/** Where a person writes: a growing line, the common commands as chips, and @bot in groups. */
import { el, fill, icon, nextId } from './dom.js';
import { t } from './texts.js';

const COMMANDS = ['/help', '/me', '/ballot', '/review', '/results', '/league'];
const MAX_CHARS = 4000;

export class Composer {
  #sent = false;

  /** @param {HTMLElement} place @param {{ onSend: (text: string, mention: boolean) => Promise<boolean> }} how `onSend` says whether the text may go */
  constructor(place, how) {
    this.place = place;
    this.how = how;
    this.group = false;
    this.botName = '';
    this.mention = false;
    this.input = el('textarea', { id: nextId('composer'), class: 'control', rows: 1, maxlength: MAX_CHARS, enterkeyhint: 'send' });
    this.input.addEventListener('input', () => this.#typed());
    this.input.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      void this.#send(this.input.value);
    });
  }

  /** @param {{ group: boolean, botName: string }} chat */
  open(chat) {
    this.group = chat.group;
    this.botName = chat.botName;
    this.mention = false;
    this.input.value = '';
    this.draw();
  }

  draw() {
    this.chips = el('div', { class: 'chips', role: 'group', 'aria-label': t('composer_hint') });
    this.input.placeholder = t(this.group ? 'composer_hint_group' : 'composer_hint');
    this.sendButton = el('button', { type: 'submit', class: 'send', 'aria-label': t('send'), title: t('send') }, icon('send'));
    fill(
      this.place,
      this.chips,
      el(
        'form',
        { class: 'composer-line', on: { submit: (event) => this.#submitted(event) } },
        el('label', { class: 'visually-hidden', for: this.input.id }, t('composer')),
        this.input,
        this.sendButton,
      ),
    );
    this.#typed();
  }

  /** @param {Event} event */
  #submitted(event) {
    event.preventDefault();
    void this.#send(this.input.value);
  }

  #typed() {
    this.input.style.height = 'auto';
    this.input.style.height = `${Math.min(140, this.input.scrollHeight + 2)}px`;
    if (this.sendButton) this.sendButton.disabled = this.input.value.trim() === '';
    this.#drawChips();
  }

  #drawChips() {
    const typed = this.input.value.trim().toLowerCase().replace('／', '/');
    const fitting = typed.startsWith('/') ? COMMANDS.filter((one) => one.startsWith(typed)) : COMMANDS;
    const mention = el(
      'button',
      { type: 'button', class: 'chip at', 'aria-pressed': this.mention ? 'true' : 'false', on: { click: () => this.#toggleMention() } },
      t('mention', { name: this.botName }),
    );
    const commands = fitting.map((command) =>
      // In a group the bot only hears what mentions it, so the chip brings the mention along.
      el('button', { type: 'button', class: 'chip', data: { command }, on: { click: () => void this.#send(command, this.group) } }, command),
    );
    if (this.chips) fill(this.chips, this.group ? mention : null, ...commands);
  }

  #toggleMention() {
    this.mention = !this.mention;
    this.#drawChips();
    this.input.focus();
  }

  /** @param {string} value @param {boolean} [mention] */
  async #send(value, mention = this.mention) {
    const text = value.trim();
    if (text === '' || this.#sent) return;
    this.#sent = true;
    const ok = await this.how.onSend(text, this.group && mention);
    this.#sent = false;
    if (!ok) return;
    this.input.value = '';
    this.mention = false;
    this.#typed();
  }
}
