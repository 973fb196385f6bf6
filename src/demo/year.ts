/**
 * A year of the made-up city, played in minutes: a post with a star of its own, commitments in January and meetings about them with guests
 * of the group, a check every week, a summary every month, activities and visits, a review with guests every quarter. Everybody acts
 * through their own cards; only the clock is moved.
 */
import { Temporal } from 'temporal-polyfill';
import { progressBar, type TextOutput } from '../cli/progress.ts';
import type { PlaygroundClient } from '../playground/client/http.ts';
import { Player } from '../playground/client/player.ts';
import type { City } from './city.ts';
import { approveCommitments, writeCommitments } from './year-commitments.ts';
import { type Cast, holdActivities, holdCommitmentMeetings, holdReviews, untilQuiet } from './year-events.ts';
import { setUpStars } from './year-stars.ts';

const ZONE = 'Asia/Shanghai';
/** A group meets once a quarter (J11); the office writes guidance before each review (J13, J22). */
const ACTIVITY_MONTHS = [2, 5, 8, 11];
const GUIDANCE_DAYS = [
  [3, 16],
  [6, 16],
  [9, 16],
  [12, 2],
] as const;
/** An answer may have to wait until the minute is over in which the platform takes no more messages. */
const PATIENCE_MS = 90_000;

/** What happens on a day beside what the bot's own calendar brings. */
type Event = 'stars' | 'commitments' | 'meetings' | `activities:${number}` | `review:${string}` | null;
interface Stop {
  /** Unix ms. */
  at: number;
  event: Event;
}

/** When a year starts for the demo: the first working days of January. Unix ms. */
export const yearStart = (year: number): number => at(year, 1, 6, '09:30');

const at = (year: number, month: number, day: number, time: string): number =>
  Temporal.PlainDate.from({ year, month, day }).toZonedDateTime({ timeZone: ZONE, plainTime: time }).epochMilliseconds;

/** Fridays and Mondays of the weekly check, the days of the monthly summary, and the meetings. */
function stopsOf(year: number): Stop[] {
  const stops = new Map<number, Event>();
  const last = Temporal.PlainDate.from({ year: year + 1, month: 1, day: 31 });
  for (
    let date = Temporal.PlainDate.from({ year, month: 1, day: 7 });
    Temporal.PlainDate.compare(date, last) <= 0;
    date = date.add({ days: 1 })
  ) {
    const { year: y, month, day, dayOfWeek } = date;
    if (dayOfWeek === 5) stops.set(at(y, month, day, '15:30'), null);
    if (dayOfWeek === 1) stops.set(at(y, month, day, '11:00'), null);
    if (day === 4 || day === 27) stops.set(at(y, month, day, '16:00'), null);
  }
  stops.set(at(year, 1, 7, '10:00'), 'stars');
  stops.set(at(year, 1, 8, '10:00'), 'commitments');
  stops.set(at(year, 2, 5, '10:00'), 'meetings');
  for (const [n, month] of ACTIVITY_MONTHS.entries()) stops.set(at(year, month, 20, '10:00'), `activities:${n}`);
  for (const [month, day] of GUIDANCE_DAYS) stops.set(at(year, month, day, '11:00'), null);
  for (const [month, day, quarter] of [
    [4, 8, 1],
    [7, 8, 2],
    [10, 14, 3],
    [12, 22, 4],
  ] as const)
    stops.set(at(year, month, day, '10:00'), `review:${year}-Q${quarter}`);
  return [...stops].map(([moment, event]) => ({ at: moment, event })).sort((a, b) => a.at - b.at);
}

/** Plays it; resolves on 31 January of the next year. */
export async function playYear(
  { client, botUrl }: { client: PlaygroundClient; botUrl: string },
  city: City,
  year: number,
  out: TextOutput,
): Promise<void> {
  const players = await Player.all(client);
  for (const one of players.values()) one.patienceMs = PATIENCE_MS;
  const byNo = new Map(
    city.people.flatMap((person) =>
      person.mobile === null ? [] : [[person.employeeNo, players.get(person.mobile)] as const],
    ),
  );
  const player = (no: string): Player[] => [byNo.get(no)].filter((one) => one !== undefined);
  const everybody = city.people.flatMap((person) => player(person.employeeNo));
  const cast: Cast = { client, city, player, settle: () => untilQuiet(client, botUrl) };
  const stops = stopsOf(year);
  const bar = progressBar(out, `${year}`);
  for (const [i, stop] of stops.entries()) {
    await client.clock({ now: stop.at });
    await untilQuiet(client, botUrl);
    if (stop.event === 'stars') await setUpStars(cast, year);
    if (stop.event === 'commitments') {
      await writeCommitments(cast, year);
      await untilQuiet(client, botUrl);
      await approveCommitments(everybody);
    }
    if (stop.event === 'meetings') await holdCommitmentMeetings(cast, dayOf(stop.at));
    if (stop.event?.startsWith('activities:') === true)
      await holdActivities(cast, dayOf(stop.at), Number(stop.event.slice('activities:'.length)));
    if (stop.event?.startsWith('review:') === true)
      await holdReviews(cast, stop.event.slice('review:'.length), dayOf(stop.at));
    await client.autoplay({ until: 'idle' });
    bar.show(i + 1, stops.length);
  }
  bar.clear();
}

const dayOf = (moment: number): string =>
  Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(ZONE).toPlainDate().toString();
