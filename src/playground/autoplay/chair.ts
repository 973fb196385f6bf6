/** Whoever leads the meeting, played: takes the next step that the review console offers, one at a time. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isRecord, walk } from '../../platform/lark/lint-walk.ts';
import { callbackValue, findNamed } from '../app/card-view.ts';
import type { Clicker } from '../app/click.ts';
import type { Context } from '../context.ts';
import type { Message, Person } from '../world.ts';
import { problemOf } from './problem.ts';

/** Buttons of the console in the order of a review (design of the cards: each is shown only when it is possible). */
const STEPS = ['start_meeting', 'agenda_next', 'start_ballot', 'close_ballot', 'confirm_results', 'publish_results'];
/** The committee's form follows the button of the same name; all its fields may stay empty. */
const CONFIRMATION = 'confirmation';
const CONSOLE_WAIT_MS = 5_000;
const POLL_MS = 50;
const MOST_FORM_PAGES = 30;

export interface Chair {
  /** The name of the step that was taken; null when there is none, or when closing has to wait for `unfinished` ballots. */
  next(person: Person, how: { unfinished: readonly string[] }): Promise<string | null>;
}

export function createChair(
  { world }: Pick<Context, 'world'>,
  clicker: Clicker,
  type: (person: Person, text: string) => Promise<unknown>,
): Chair {
  /** The newest console in the private chat: the card whose button brings the console again. */
  const consoleOf = (person: Person): Message | undefined =>
    world.privateChat(person.openId).messages.findLast(({ card, recalled }) => {
      if (card === null || recalled) return false;
      return [...walk(card)].some(({ tag, element }) => {
        const value = tag === 'button' ? callbackValue(element) : null;
        return isRecord(value) && value['a'] === 'console';
      });
    });

  async function openConsole(person: Person): Promise<Message | undefined> {
    const known = consoleOf(person);
    if (known) return known;
    await type(person, '/review');
    for (let waited = 0; waited < CONSOLE_WAIT_MS; waited += POLL_MS) {
      const found = consoleOf(person);
      if (found) return found;
      await sleep(POLL_MS);
    }
    return undefined;
  }

  const has = ({ card }: Message, name: string) => card !== null && findNamed(card, name) !== null;
  const press = async (person: Person, message: Message, name: string, form?: Record<string, never>) =>
    problemOf(await clicker.click(person, message, { name, form })) === null;

  /** Page by page through the committee's form, which is left as it is. */
  async function confirm(person: Person, message: Message): Promise<boolean> {
    for (let page = 0; page < MOST_FORM_PAGES; page += 1) {
      const form = [...walk(message.card)].find(
        ({ tag, element }) => tag === 'form' && element['name'] === CONFIRMATION,
      );
      if (!form) return true;
      const name = ['confirm_results', 'confirm_next'].find((button) => findNamed(form.element, button) !== null);
      if (name === undefined || !(await press(person, message, name, {}))) return false;
    }
    return false;
  }

  return {
    async next(person, { unfinished }) {
      const message = await openConsole(person);
      if (!message) return null;
      for (const again of ['console', 'refresh']) {
        if (has(message, again)) await press(person, message, again); // shows what has happened since
      }
      const step = STEPS.find((name) => has(message, name));
      if (step === undefined || (step === 'close_ballot' && unfinished.includes('ballot'))) return null;
      if (!(await press(person, message, step))) return null;
      if (step !== 'confirm_results') return step;
      return (await confirm(person, message)) ? step : null;
    },
  };
}
