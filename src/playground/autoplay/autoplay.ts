/**
 * Lets the others act: every played person answers the cards that wait for them, with plausible values. Goes through the same
 * clicks as a person at the page, so the bot cannot tell the difference.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clicker } from '../app/click.ts';
import type { Context } from '../context.ts';
import type { Message, Person } from '../world.ts';
import type { Chair } from './chair.ts';
import { plausibleForm } from './plausible.ts';
import { problemOf } from './problem.ts';
import { stepOf } from './step.ts';
import { findWaiting, type Task } from './waiting.ts';

export interface AutoplayOrder {
  /** open_id of people who are left alone: whoever sits at the page. */
  except: readonly string[];
  /** Only these act; everybody when absent. */
  only?: readonly string[] | undefined;
  /** Only cards of this review are answered. */
  review?: string | undefined;
  /** `idle`: go on until nobody has anything to answer; otherwise one round. */
  until?: 'idle' | undefined;
  /** open_id of whoever leads the meeting: after each idle round they take the next step of the review console. */
  chair?: string | undefined;
  /** Steps the chair may take at most. */
  steps?: number | undefined;
}
export interface AutoplayResult {
  people: number;
  /** Cards answered to the end. */
  cards: number;
  /** By kind of work, how many cards were answered: `{ sign_in: 18, ballot: 24 }`. */
  work: Record<string, number>;
  /** By button name, how often it was pressed. */
  clicks: Record<string, number>;
  /** By code or reason, what went wrong. */
  problems: Record<string, number>;
  /** Steps of the chair, in order. */
  steps: string[];
  /** What the people left alone have yet to do: the chair does not close a ballot they have not cast. */
  yours: string[];
}
/** What waits, by review. */
export interface WaitingCount {
  review: string | null;
  people: number;
  work: Record<string, number>;
}

const CONCURRENCY = 8;
/** The longest ballot has a page for each of fifty subjects, a review page and the cast. */
const MOST_PAGES = 80;
/** The bot may still be sending what the last clicks led to. */
const SETTLE_MS = 350;
const MOST_ROUNDS = 40;
/** How many of a branch go to another's review when all of them are asked in their group. */
const GUESTS_A_BRANCH = 2;

export interface Autoplay {
  play(order: AutoplayOrder): Promise<AutoplayResult>;
  waiting(order: Pick<AutoplayOrder, 'except' | 'review'>): WaitingCount[];
}

export function createAutoplay({ world, taste }: Context, clicker: Clicker, chair: Chair): Autoplay {
  /** Who has answered a message: nobody answers the same one twice. */
  const done = new WeakMap<Message, Set<string>>();
  const leanings = new Map<string, number>();

  const open = (person: Person, tasks: readonly Task[]) =>
    tasks.filter(({ message }) => done.get(message)?.has(person.openId) !== true);

  /** Somebody's taste stays: who marks kindly, marks everybody kindly. */
  function leaningOf({ openId }: Person): number {
    const leaning = leanings.get(openId) ?? taste.next() * 1.6 - 0.8;
    leanings.set(openId, leaning);
    return leaning;
  }

  async function answer(person: Person, { message, step, shared }: Task, result: AutoplayResult): Promise<void> {
    const answered = (done.get(message) ?? new Set()).add(person.openId);
    done.set(message, answered);
    if (shared && step.work === 'guest_sign_in' && answered.size > GUESTS_A_BRANCH) return;
    let next: ReturnType<typeof stepOf> = step;
    for (let page = 0; next && page < MOST_PAGES; page += 1) {
      const form = next.form ? plausibleForm(next.form, person.locale, taste, leaningOf(person)) : undefined;
      const outcome = await clicker.click(person, message, { name: next.button, form });
      count(result.clicks, next.button);
      const wrong = problemOf(outcome);
      if (wrong !== null) return count(result.problems, wrong);
      if (shared || !('card' in outcome)) break; // in a group everyone presses once
      next = stepOf(message);
      if (next?.work === step.work && step.work !== 'ballot') break; // a form that was filed and can be filed again
    }
    result.cards += 1;
    count(result.work, step.work);
  }

  async function round(people: readonly Person[], review: string | null, result: AutoplayResult): Promise<number> {
    const waiting = findWaiting(world, review);
    const queue = people
      .map((person) => ({ person, tasks: open(person, waiting.of(person)) }))
      .filter(({ tasks }) => tasks.length > 0);
    const found = queue.reduce((sum, { tasks }) => sum + tasks.length, 0);
    let left = found;
    const worker = async () => {
      for (let item = queue.shift(); item; item = queue.shift()) {
        for (const task of item.tasks) {
          await answer(item.person, task, result);
          left -= 1;
          world.notify({ type: 'autoplay', played: found - left, waiting: left });
        }
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, worker));
    return found;
  }

  /** Rounds until nothing new has come for a moment. */
  async function untilIdle(people: readonly Person[], review: string | null, result: AutoplayResult): Promise<void> {
    for (let n = 0, quiet = false; n < MOST_ROUNDS && !quiet; n += 1) {
      const [newest] = world.messagesAfter(0).slice(-1);
      const found = await round(people, review, result);
      if (found > 0) continue;
      await sleep(SETTLE_MS);
      quiet = world.messagesAfter(newest?.seq ?? 0).length === 0;
    }
  }

  function unfinished(except: readonly string[], review: string | null): string[] {
    const waiting = findWaiting(world, review);
    const people = except.flatMap((id) => world.people.get(id) ?? []);
    return [...new Set(people.flatMap((person) => open(person, waiting.of(person)).map(({ step }) => step.work)))];
  }

  return {
    async play({ except, only, review = null, until, chair: chairId, steps = 0 }) {
      const people = [...world.people.values()].filter(
        ({ openId, resigned }) => !resigned && !except.includes(openId) && (only?.includes(openId) ?? true),
      );
      const result: AutoplayResult = {
        people: people.length,
        cards: 0,
        work: {},
        clicks: {},
        problems: {},
        steps: [],
        yours: [],
      };
      const leader = world.people.get(chairId ?? '');
      if (until === 'idle' || leader) await untilIdle(people, review, result);
      else await round(people, review, result);
      for (let n = 0; leader && n < steps; n += 1) {
        const step = await chair.next(leader, { unfinished: unfinished(except, review) });
        if (step === null) break;
        result.steps.push(step);
        await untilIdle(people, review, result);
      }
      result.yours = unfinished(except, review);
      return result;
    },
    waiting({ except, review = null }) {
      const found = findWaiting(world, review);
      const counts = new Map<string | null, WaitingCount>();
      for (const person of world.people.values()) {
        if (except.includes(person.openId) || person.resigned) continue;
        const own = Map.groupBy(open(person, found.of(person)), ({ step }) => step.review);
        for (const [id, tasks] of own) {
          const known = counts.get(id) ?? { review: id, people: 0, work: {} };
          counts.set(id, known);
          known.people += 1;
          for (const { step } of tasks) count(known.work, step.work);
        }
      }
      return [...counts.values()].toSorted((a, b) => b.people - a.people);
    },
  };
}

const count = (counts: Record<string, number>, key: string): void => {
  counts[key] = (counts[key] ?? 0) + 1;
};
