/** What is left of the months' budgets of those platforms that have one, and what work that lies ahead would take of it. */
import { Temporal } from 'temporal-polyfill';
import { latestEndedQuarter, parsePeriod, today } from '../domain/period.ts';
import type { Review } from '../domain/review.ts';
import type { ChatPlatform, PlatformName, ReviewSize, ReviewStage, Usage } from '../platform/platform.ts';
import { usageOf } from '../store/api-usage.ts';
import { allChats, type Chat } from '../store/chat.ts';
import type { Reader, Writer } from '../store/db.ts';
import { type Place, placesOfPeople } from '../store/reach.ts';
import { reviewsOfPeriod } from '../store/reviews.ts';
import { allBranches, type Branch } from '../store/roster.ts';
import type { Use } from '../use.ts';
import { officePeople } from './access.ts';
import { inMessageHours, sendToPeople } from './notify.ts';
import { monthOf } from './usage-meter.ts';

const FRIDAY = 5;
const NONE: Usage = { calls: 0, pushes: 0 };
const sum = (a: Usage, b: Usage): Usage => ({ calls: a.calls + b.calls, pushes: a.pushes + b.pushes });

export interface BudgetStand {
  platform: PlatformName;
  /** `2026-10`. */
  month: string;
  /** What the organisation's plan holds. */
  plan: Usage;
  used: Usage;
  /** Never below zero. */
  left: Usage;
}
export interface Forecast extends BudgetStand {
  needed: Usage;
  /** More is needed than is left. */
  short: boolean;
}
interface BudgetUse {
  platforms: ReadonlyMap<PlatformName, Pick<ChatPlatform, 'budget'>>;
  config: Pick<Use['config'], 'timezone'>;
}

/** Empty when no platform in use has a budget. @param at Unix ms */
export async function budgets({ platforms, config }: BudgetUse, h: Reader, at: number): Promise<BudgetStand[]> {
  const month = monthOf(at, config.timezone);
  const stands: BudgetStand[] = [];
  for (const [name, { budget }] of platforms) {
    if (budget === undefined) continue;
    const used = await usageOf(h, name, month);
    const left = {
      calls: Math.max(0, budget.plan.calls - used.calls),
      pushes: Math.max(0, budget.plan.pushes - used.pushes),
    };
    stands.push({ platform: name, month, plan: budget.plan, used, left });
  }
  return stands;
}

const forecast = (stand: BudgetStand, needed: Usage): Forecast => ({
  ...stand,
  needed,
  short: needed.calls > stand.left.calls || needed.pushes > stand.left.pushes,
});

/** The review of a branch on one platform: its own people and the leaders of its unit from other branches (R23). */
function sizeOn(
  platform: PlatformName,
  branch: Pick<Branch, 'code' | 'unit'>,
  places: readonly Place[],
  chats: readonly Chat[],
): ReviewSize {
  const here = places.filter((place) => place.platform === platform && place.unit === branch.unit);
  const electors = here.reduce((n, place) => n + (place.branch === branch.code ? place.people : place.leaders), 0);
  const subjects = places.reduce((n, place) => n + (place.branch === branch.code ? place.members : 0), 0);
  const mine = chats.filter(
    (chat) => chat.platform === platform && chat.active && chat.scope === 'branch' && chat.code === branch.code,
  );
  return { electors, subjects, chats: mine.length };
}

/** From where on a review still costs; null when all of it is spent. */
function stageOf(state: Review['state'] | null): ReviewStage | null {
  if (state === null || state === 'preparing') return 'opening';
  if (state === 'meeting' || state === 'balloting') return 'ballot';
  return state === 'closed' || state === 'tallied' || state === 'confirmed' ? 'results' : null;
}

/**
 * What the review of a branch would take from its present state on (`null`: before it is opened), for platforms with a budget that
 * somebody of it is reached on.
 */
export async function reviewForecast(
  use: BudgetUse,
  h: Reader,
  branch: Pick<Branch, 'code' | 'unit'>,
  state: Review['state'] | null,
  at: number,
): Promise<Forecast[]> {
  const from = stageOf(state);
  const stands = await budgets(use, h, at);
  if (stands.length === 0 || from === null) return [];
  const places = await placesOfPeople(h, branch.unit);
  const chats = await allChats(h);
  return stands.flatMap((stand) => {
    const size = sizeOn(stand.platform, branch, places, chats);
    const needed = use.platforms.get(stand.platform)?.budget?.reviewNeeds(size, from);
    return needed === undefined || size.electors === 0 ? [] : [forecast(stand, needed)];
  });
}

/** Fridays from `date` to the end of its month. */
function fridaysLeft(date: string): number {
  const day = Temporal.PlainDate.from(date);
  const first = day.day + ((FRIDAY - day.dayOfWeek + 7) % 7);
  return Math.max(0, Math.ceil((day.daysInMonth + 1 - first) / 7));
}

/** Reviews of the quarter that ended last are held in the month after it (domain.md section 6). */
const isReviewMonth = (date: string): boolean => ((parsePeriod(date.slice(0, 7))?.index ?? 0) - 1) % 3 === 0;

/** What the rest of the month will take: reviews under way, those this month should still open, and the weekly checks. */
export async function monthForecast(use: BudgetUse, h: Reader, at: number): Promise<Forecast[]> {
  const stands = await budgets(use, h, at);
  if (stands.length === 0) return [];
  const date = today(at, use.config.timezone);
  const states = new Map(
    (await reviewsOfPeriod(h, latestEndedQuarter(date))).map((review) => [review.branch, review.state]),
  );
  const places = await placesOfPeople(h, null);
  const chats = await allChats(h);
  const ofUnit = Map.groupBy(places, (place) => place.unit);
  const branches = await allBranches(h);
  return stands.map((stand) => {
    const budget = use.platforms.get(stand.platform)?.budget;
    if (budget === undefined) return forecast(stand, NONE);
    const tasked = places.reduce((n, place) => n + (place.platform === stand.platform ? place.tasked : 0), 0);
    let needed = NONE;
    for (let week = fridaysLeft(date); week > 0; week--) needed = sum(needed, budget.weekNeeds(tasked));
    for (const branch of branches) {
      const state = states.get(branch.code) ?? null;
      const from = state === null && !isReviewMonth(date) ? null : stageOf(state);
      const size = sizeOn(stand.platform, branch, ofUnit.get(branch.unit) ?? [], chats);
      if (from !== null && size.electors > 0) needed = sum(needed, budget.reviewNeeds(size, from));
    }
    return forecast(stand, needed);
  });
}

/** Tells the office, once a month and platform, that the month will not do. @returns how many platforms run short */
export async function warnOfShortMonth(tx: Writer, use: Use, now: number): Promise<number> {
  const short = (await monthForecast(use, tx, now)).filter((it) => it.short);
  for (const { platform, month } of short)
    await sendToPeople(
      tx,
      await officePeople(tx, use),
      { card: 'budget', args: { platform } },
      { ...inMessageHours(use, now), once: `budget:${platform}:${month}` },
    );
  return short.length;
}
