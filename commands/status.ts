import { type CommandAnswer, type CommandContext, defineCommand } from '../src/command.ts';
import { latestEndedQuarter, periodKind, periodOf, periodRange, today } from '../src/domain/period.ts';
import { currentReview, reviewOf } from '../src/store/reviews.ts';
import { isOffice, onCommittee } from '../src/usecases/access.ts';
import { askedDistrict, districtsOf, periodAndPlace } from '../src/usecases/scope.ts';

type View = 'year_status' | 'half_year' | 'year_report';
const WORDS: ReadonlyMap<string, View> = new Map([
  ['year', 'year_status'],
  ['年', 'year_status'],
  ['年度', 'year_status'],
  ['全年', 'year_status'],
  ['half', 'half_year'],
  ['半年', 'half_year'],
  ['report', 'year_report'],
  ['报告', 'year_report'],
  ['报表', 'year_report'],
]);

/** A word that asks for the whole year, and the rest. A year alone (`2026`) asks for it as well. */
function asked(args: readonly string[], date: string) {
  const word = args.find((arg) => WORDS.has(arg.toLowerCase()));
  const view = word === undefined ? null : (WORDS.get(word.toLowerCase()) ?? null);
  const { period, place } = periodAndPlace(word === undefined ? args : args.filter((arg) => arg !== word), date);
  const wholeYear = period !== null && periodKind(period) === 'year';
  return {
    view: view ?? (wholeYear ? ('year_status' as const) : null),
    year: Number((period ?? date).slice(0, 4)),
    // Reviews are of quarters: a month or a week stands for the one it lies in.
    quarter: period === null || wholeYear ? null : periodOf('quarter', periodRange(period).from),
    place,
  };
}

/** Liaison officers and the office: how far each branch is with a review, or with its year. */
async function wide(
  { actor, use, tx }: CommandContext,
  wish: ReturnType<typeof asked>,
  date: string,
): Promise<CommandAnswer> {
  const scope = await askedDistrict(tx, use, actor, wish.place);
  if (!scope.ok)
    return { card: 'notice', args: { key: scope.reason === 'not_allowed' ? 'not_allowed_results' : 'bad_scope' } };
  const district = scope.district === null ? {} : { district: scope.district };
  return wish.view === null
    ? { card: 'status', args: { period: wish.quarter ?? latestEndedQuarter(date), ...district } }
    : { card: wish.view, args: { year: wish.year, ...district } };
}

/** The committee: the console of the review, or the year of the branch. */
async function own({ actor, tx }: CommandContext, wish: ReturnType<typeof asked>): Promise<CommandAnswer> {
  const year = { card: 'year_branch', args: { branch: actor.branch, year: wish.year } };
  if (wish.view !== null) return year;
  if (wish.quarter !== null) {
    const review = await reviewOf(tx, actor.branch, wish.quarter);
    return review === null
      ? { card: 'notice', args: { key: 'no_review_period', period: wish.quarter } }
      : { card: 'console', args: { review: review.id } };
  }
  const review = await currentReview(tx, actor.branch);
  return review === null ? year : { card: 'console', args: { review: review.id } };
}

/** Secretaries: their console, or the year of the branch. Liaison officers and the office: how far each branch is. */
export const statusCommand = defineCommand({
  name: 'status',
  zh: ['进度'],
  group: 'secretary',
  for: ['committee', 'liaison', 'office'],
  usage: '[period|year|half|report] [district]',
  async run(context) {
    const { actor, args, now, use } = context;
    const date = today(now, use.config.timezone);
    const wish = asked(args, date);
    if (isOffice(use, actor) || districtsOf(actor).length > 0) return wide(context, wish, date);
    return onCommittee(actor, actor.branch) ? own(context, wish) : { card: 'me', args: {} };
  },
});
