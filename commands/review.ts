import { defineCommand } from '../src/command.ts';
import { type ConsoleStep, type Review, STATE_OF_STEP } from '../src/domain/review.ts';
import type { Reader } from '../src/store/db.ts';
import type { Actor } from '../src/store/roster.ts';
import type { Use } from '../src/use.ts';
import { onCommittee } from '../src/usecases/access.ts';
import { reviewForecast } from '../src/usecases/budget.ts';
import { refusalArgs, reviewMeant } from '../src/usecases/review/meant.ts';
import { openReview } from '../src/usecases/review/open.ts';
import { afterStep, takeStep } from '../src/usecases/review/steps.ts';

const STEP_WORDS: ReadonlyMap<string, ConsoleStep> = new Map([
  ['meeting', 'start_meeting'],
  ['会议', 'start_meeting'],
  ['开会', 'start_meeting'],
  ['agenda', 'agenda_next'],
  ['议程', 'agenda_next'],
  ['ballot', 'start_ballot'],
  ['投票', 'start_ballot'],
  ['extend', 'extend_ballot'],
  ['延长', 'extend_ballot'],
  ['close', 'close_ballot'],
  ['关闭', 'close_ballot'],
  ['reopen', 'reopen_ballot'],
  ['重开', 'reopen_ballot'],
  ['confirm', 'confirm_results'],
  ['确认', 'confirm_results'],
  ['publish', 'publish_results'],
  ['公布', 'publish_results'],
]);
const OPEN_WORDS = ['open', '开启', '开始'];

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

/** The console, or one of its steps by word. Every word does what the button of that name does. */
export const reviewCommand = defineCommand({
  name: 'review',
  zh: ['评议'],
  group: 'secretary',
  for: ['committee'],
  usage: '[open|meeting|agenda|ballot|extend|close|reopen|confirm|publish] [period]',
  async run({ actor, args, now, use, tx, t, afterCommit }) {
    const word = args[0]?.toLowerCase();
    if (word !== undefined && OPEN_WORDS.includes(word)) {
      const opened = await openReview(tx, use, actor, args.slice(1).join(' '), now);
      if (opened.ok) return { card: 'console', args: { review: opened.value.id } };
      return {
        card: 'notice',
        args: { key: opened.reason, ...(opened.period === undefined ? {} : { period: opened.period }) },
      };
    }
    if (!onCommittee(actor, actor.branch)) return { card: 'notice', args: { key: 'not_secretary' } };
    const step = word === undefined ? undefined : STEP_WORDS.get(word);
    if (word !== undefined && step === undefined) return { card: 'notice', args: { key: 'review_word' } };
    const fits = (one: Review) => step !== undefined && one.state === STATE_OF_STEP[step];
    const meant = await reviewMeant(tx, use, actor.branch, args.slice(1).join(' '), fits, now);
    if (!meant.ok)
      return {
        card: 'notice',
        args: meant.reason === 'no_review' ? await noReview(use, tx, actor, now) : refusalArgs(meant),
      };
    const { review } = meant;
    const console = { card: 'console', args: { review: review.id } };
    if (step === undefined) return console;
    const state = t(`review.state.${review.state}`);
    if (step === 'confirm_results') {
      if (review.state !== 'tallied') return { card: 'notice', args: { key: 'wrong_state', state } };
      return { card: 'confirmation', args: { review: review.id, page: 0 } };
    }
    const result = await takeStep(tx, use, actor, review, step, null, now);
    if (!result.ok) return { card: 'notice', args: { key: result.reason, state, ...result.quorum } };
    afterCommit(() => afterStep(use, review.id, result));
    return console;
  },
});
