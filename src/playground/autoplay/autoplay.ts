/**
 * Lets the others act: every played person answers the newest cards that wait for them, with plausible values. Goes through the
 * same clicks as a person at the page, so the bot cannot tell the difference.
 */
import type { Context } from '../context.ts';
import { isInput } from '../../platform/lark/lint-form.ts';
import { walk } from '../../platform/lark/lint-walk.ts';
import type { Json, Message, Person } from '../world.ts';
import type { Clicker, ClickResult } from './click.ts';
import { plausibleForm } from './personas.ts';

export interface AutoplayOrder {
  except: readonly string[];
  only?: readonly string[] | undefined;
  /** `idle`: go on until nobody has anything to answer; otherwise one round. */
  until?: 'idle' | undefined;
}
export interface AutoplayResult {
  people: number;
  /** Cards answered to the end. */
  cards: number;
  /** By button name, how often it was pressed. */
  clicks: Record<string, number>;
  /** By code or reason, what went wrong. */
  problems: Record<string, number>;
}

const CONCURRENCY = 8;
/** The longest ballot has a page for each of thirty subjects, a review page and the cast. */
const MOST_STEPS = 60;
const IDLE_AFTER_MS = 700;
const MOST_ROUNDS = 20;

/** Forms that are filled in, and the buttons that send them, best first. */
const FORMS = /^(ballot_.+|self_review|weekly_check|monthly_summary|opinion)$/;
const SUBMITS = ['ballot_review', 'ballot_next', 'submit'];
/** Buttons outside a form that a played person presses, best first. */
const BUTTONS = ['ballot_cast', 'ballot_review', 'sign_in', 'acknowledge', 'ballot_next', 'ballot_open'];

interface Step {
  name: string;
  form: Json | null;
}

/** What the card waits for; null when it waits for nothing we play. */
function nextStep(card: Json): Step | null {
  const nodes = [...walk(card)];
  for (const { tag, element } of nodes) {
    if (tag !== 'form' || !FORMS.test(String(element['name']))) continue;
    const inside = [...walk(element['elements'])];
    if (!inside.some((node) => isInput(node.tag))) continue;
    const names = inside.filter((node) => node.tag === 'button').map((node) => String(node.element['name']));
    const name = SUBMITS.find((known) => names.includes(known));
    if (name !== undefined) return { name, form: element };
  }
  const free = nodes.filter(({ tag, element }) => tag === 'button' && element['disabled'] !== true);
  const name = BUTTONS.find((known) =>
    free.some(({ element, containers }) => element['name'] === known && !containers.includes('form')),
  );
  return name === undefined ? null : { name, form: null };
}

/** Cards of one kind replace each other: only the newest is answered. */
const kindOf = ({ name, form }: Step): string => {
  const what = form ? String(form['name']) : name;
  return what.startsWith('ballot_') ? 'ballot' : what;
};

export function createAutoplay({ world, taste }: Context, clicker: Clicker) {
  /** What was answered: `person message`; a card that was answered is not answered again. */
  const done = new Set<string>();
  const leanings = new Map<string, number>();

  function waiting(person: Person): Message[] {
    const kinds = new Set<string>();
    const found: Message[] = [];
    for (const chat of world.chatsOf(person.openId)) {
      for (const message of chat.messages.toReversed()) {
        const step = message.card && !message.recalled ? nextStep(message.card) : null;
        if (!step) continue;
        const kind = chat.type === 'p2p' ? kindOf(step) : `${chat.chatId} ${kindOf(step)}`;
        if (kinds.has(kind)) continue;
        kinds.add(kind);
        if (!done.has(`${person.openId} ${message.messageId}`)) found.push(message);
      }
    }
    return found;
  }

  async function answer(person: Person, message: Message, result: AutoplayResult) {
    done.add(`${person.openId} ${message.messageId}`);
    const shared = world.chats.get(message.chatId)?.type === 'group';
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const next = message.card ? nextStep(message.card) : null;
      if (!next) break;
      const leaning = leanings.get(person.openId) ?? taste.next() * 1.6 - 0.8;
      leanings.set(person.openId, leaning);
      const form = next.form ? plausibleForm(next.form, person.locale, taste, leaning) : undefined;
      const outcome = await clicker.click(person, message, { name: next.name, form });
      count(result.clicks, next.name);
      const wrong = problemOf(outcome);
      if (wrong !== null) return count(result.problems, wrong);
      if (shared || !('card' in outcome)) break; // in a group everyone presses once
    }
    result.cards += 1;
  }

  async function round(people: readonly Person[], result: AutoplayResult): Promise<number> {
    const queue = people.map((person) => ({ person, messages: waiting(person) })).filter((p) => p.messages.length > 0);
    let left = queue.reduce((sum, { messages }) => sum + messages.length, 0);
    const found = left;
    const worker = async () => {
      for (let item = queue.shift(); item; item = queue.shift()) {
        for (const message of item.messages) {
          await answer(item.person, message, result);
          left -= 1;
          world.notify({ type: 'autoplay', played: found - left, waiting: left });
        }
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, worker));
    return found;
  }

  return async ({ except, only, until }: AutoplayOrder): Promise<AutoplayResult> => {
    const people = [...world.people.values()].filter(
      ({ openId, resigned }) => !resigned && !except.includes(openId) && (only?.includes(openId) ?? true),
    );
    const result: AutoplayResult = { people: people.length, cards: 0, clicks: {}, problems: {} };
    for (let n = 0; n < (until === 'idle' ? MOST_ROUNDS : 1); n += 1) {
      const before = world.messages.size;
      const found = await round(people, result);
      if (until !== 'idle') break;
      if (found > 0) continue;
      await new Promise((resolve) => setTimeout(resolve, IDLE_AFTER_MS)); // the bot may still be sending
      if (world.messages.size === before) break;
    }
    return result;
  };
}

const count = (counts: Record<string, number>, key: string): void => {
  counts[key] = (counts[key] ?? 0) + 1;
};

function problemOf(outcome: ClickResult): string | null {
  if ('blocked' in outcome) return 'blocked';
  if ('refused' in outcome) return outcome.refused;
  if ('code' in outcome && outcome.code !== undefined) return String(outcome.code);
  return 'toast' in outcome && outcome.toast?.type === 'error' ? 'error_toast' : null;
}
