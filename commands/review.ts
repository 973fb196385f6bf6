import { type CommandAnswer, type CommandContext, defineCommand } from '../src/command.ts';
import { type Review, STATE_OF_STEP } from '../src/domain/review.ts';
import { readSure, stepOfWord } from '../src/domain/review-words.ts';
import { say } from '../src/i18n.ts';
import type { Reader } from '../src/store/db.ts';
import type { Actor } from '../src/store/roster.ts';
import type { Use } from '../src/use.ts';
import { onCommittee } from '../src/usecases/access.ts';
import { reviewForecast } from '../src/usecases/budget.ts';
import { confirmResults } from '../src/usecases/review/confirm.ts';
import { refusalArgs, reviewMeant } from '../src/usecases/review/meant.ts';
import { openReview, openWithinBudget } from '../src/usecases/review/open.ts';
import { afterStep, takeStep } from '../src/usecases/review/steps.ts';

const OPEN_WORDS = ['open', '开启', '开始'];
const consoleOf = ({ id }: Pick<Review, 'id'>): CommandAnswer => ({ card: 'console', args: { review: id } });

/** Whoever is about to open a review where a platform counts by the month hears what it takes. */
async function noReview(use: Use, tx: Reader, actor: Actor, now: number): Promise<Record<string, string | number>> {
  const [forecast] = await reviewForecast(use, tx, { code: actor.branch, unit: actor.unit }, null, now);
  if (forecast === undefined) return { key: 'no_review' };
  return {
    key: 'no_review_budget',
    ...forecast.needed,
    callsLeft: forecast.left.calls,
    pushesLeft: forecast.left.pushes,
  };
}

/** At once while the months' budgets hold it; else it asks, and is opened by the button or by "yes". */
async function open({ actor, now, use, tx }: CommandContext, typed: readonly string[]): Promise<CommandAnswer> {
  const { sure, rest } = readSure(typed);
  const opened = await (sure ? openReview : openWithinBudget)(tx, use, actor, rest.join(' '), now);
  if (opened.ok) return consoleOf(opened.value);
  const period = opened.period === undefined ? {} : { period: opened.period };
  if (opened.reason === 'budget_short') return { card: 'review_opening', args: period };
  return { card: 'notice', args: { key: opened.reason, ...period } };
}

/** "Yes" confirms what the form would confirm when nothing is filled in: decisions need the form. */
async function confirm({ actor, now, use, tx, t }: CommandContext, review: Review): Promise<CommandAnswer> {
  const result = await confirmResults(tx, use, actor, review, {}, now);
  if (result.ok) return consoleOf(review);
  return {
    card: 'notice',
    args: { key: 'confirm_on_card', problem: say(t, `result.confirm_problem.${result.reason}`) },
  };
}

/** The console, or one of its steps by word. Every word does what the button of that name does. */
export const reviewCommand = defineCommand({
  name: 'review',
  zh: ['评议'],
  group: 'secretary',
  for: ['committee'],
  usage: '[open|meeting|agenda|ballot|extend|close|reopen|confirm|publish] [period]',
  async run(context) {
    const { actor, args, now, use, tx, t, afterCommit } = context;
    const word = args[0]?.toLowerCase();
    if (word !== undefined && OPEN_WORDS.includes(word)) return open(context, args.slice(1));
    if (!onCommittee(actor, actor.branch)) return { card: 'notice', args: { key: 'not_secretary' } };
    const step = word === undefined ? undefined : stepOfWord(word);
    if (word !== undefined && step === undefined) return { card: 'notice', args: { key: 'review_word' } };
    const { sure, rest } = readSure(args.slice(1));
    const fits = (one: Review) => step !== undefined && one.state === STATE_OF_STEP[step];
    const meant = await reviewMeant(tx, use, actor.branch, rest.join(' '), fits, now);
    if (!meant.ok)
      return {
        card: 'notice',
        args: meant.reason === 'no_review' ? await noReview(use, tx, actor, now) : refusalArgs(meant),
      };
    const { review } = meant;
    if (step === undefined) return consoleOf(review);
    const state = t(`review.state.${review.state}`);
    if (step === 'confirm_results') {
      if (review.state !== 'tallied') return { card: 'notice', args: { key: 'wrong_state', state } };
      return sure ? confirm(context, review) : { card: 'confirmation', args: { review: review.id, page: 0 } };
    }
    const result = await takeStep(tx, use, actor, review, step, null, now);
    if (!result.ok) return { card: 'notice', args: { key: result.reason, state, ...result.quorum } };
    afterCommit(() => afterStep(use, review.id, result));
    return consoleOf(review);
  },
});
