/**
 * A year of the made-up city, played in minutes: commitments in January and meetings about them with guests of the group, a check every
 * week, a summary every month, activities and visits, a review every quarter. Everybody acts through their own cards; only the clock is moved.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Temporal } from 'temporal-polyfill';
import { progressBar, type TextOutput } from '../cli/progress.ts';
import { defaultCatalogue } from '../domain/catalogue.ts';
import type { PlaygroundClient } from '../playground/client/http.ts';
import { Player } from '../playground/client/player.ts';
import type { City } from './city.ts';
import { type Cast, holdActivities, holdCommitmentMeetings } from './year-events.ts';

const ZONE = 'Asia/Shanghai';
/** A group meets once a quarter (J11); the office writes guidance before each review (J13, J22). */
const ACTIVITY_MONTHS = [2, 5, 8, 11];
const GUIDANCE_DAYS = [
  [3, 16],
  [6, 16],
  [9, 16],
  [12, 2],
] as const;
/** How long nothing new may come before the bot counts as done with what is scheduled on the way. */
const QUIET_MS = 500;
const MEMBER_ITEMS = 3;
const BRANCH_ITEMS = 5;
/** Steps a secretary takes in a review at most. */
const REVIEW_STEPS = 30;

/** What happens on a day beside what the bot's own calendar brings. */
type Event = 'commitments' | 'meetings' | `activities:${number}` | `review:${string}` | null;
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
export function stopsOf(year: number): Stop[] {
  const stops = new Map<number, Event>();
  const last = Temporal.PlainDate.from({ year: year + 1, month: 1, day: 31 });
  for (let date = Temporal.PlainDate.from({ year, month: 1, day: 7 }); Temporal.PlainDate.compare(date, last) <= 0; date = date.add({ days: 1 })) {
    const { year: y, month, day, dayOfWeek } = date;
    if (dayOfWeek === 5) stops.set(at(y, month, day, '15:30'), null);
    if (dayOfWeek === 1) stops.set(at(y, month, day, '11:00'), null);
    if (day === 4 || day === 27) stops.set(at(y, month, day, '16:00'), null);
  }
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
export async function playYear(client: PlaygroundClient, city: City, year: number, out: TextOutput): Promise<void> {
  const players = await Player.all(client);
  const byNo = new Map(city.people.flatMap((person) => (person.mobile === null ? [] : [[person.employeeNo, players.get(person.mobile)] as const])));
  const player = (no: string): Player[] => [byNo.get(no)].filter((one) => one !== undefined);
  const secretaries = city.people.filter((person) => person.roles.some(({ role }) => role === 'secretary')).flatMap((person) => player(person.employeeNo));
  const members = city.people.filter((person) => person.status !== 'colleague').flatMap((person) => player(person.employeeNo));
  const everybody = city.people.flatMap((person) => player(person.employeeNo));
  const cast: Cast = { client, city, player, settle: () => untilQuiet(client) };
  const stops = stopsOf(year);
  const bar = progressBar(out, `${year}`);
  for (const [i, stop] of stops.entries()) {
    await client.clock({ now: stop.at });
    await untilQuiet(client);
    if (stop.event === 'commitments') await writeCommitments(client, members, secretaries, everybody, year);
    if (stop.event === 'meetings') await holdCommitmentMeetings(cast, dayOf(stop.at));
    if (stop.event?.startsWith('activities:') === true) await holdActivities(cast, dayOf(stop.at), Number(stop.event.slice('activities:'.length)));
    if (stop.event?.startsWith('review:') === true) {
      for (const secretary of secretaries) await secretary.ask(`/评议 开启 ${stop.event.slice('review:'.length)}`);
      for (const secretary of secretaries) await client.autoplay({ until: 'idle', chair: secretary.id, steps: REVIEW_STEPS });
    } else await client.autoplay({ until: 'idle' });
    bar.show(i + 1, stops.length);
  }
  bar.clear();
}

async function untilQuiet(client: PlaygroundClient): Promise<void> {
  let before = -1;
  for (;;) {
    await sleep(QUIET_MS);
    const { messages } = await client.stats();
    if (messages === before) return;
    before = messages;
  }
}

const dayOf = (moment: number): string => Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(ZONE).toPlainDate().toString();

async function writeCommitments(client: PlaygroundClient, members: readonly Player[], secretaries: readonly Player[], everybody: readonly Player[], year: number): Promise<void> {
  const write = async (player: Player, command: string, stars: readonly string[]) => {
    let card = await player.ask(command, { form: 'commitment' });
    for (const [i, star] of stars.entries()) {
      const due = `${year}-${String(Math.min(12, 4 + 3 * i)).padStart(2, '0')}-20 +0800`;
      card = (await card.press('add_item', { star, text: `第${i + 1}项：按计划完成本岗位重点工作`, result: '按期完成，有记录', due })).card;
    }
    await card.press('submit_all');
  };
  const memberStars = defaultCatalogue.member.map((star) => star.key);
  for (const [n, member] of members.entries())
    await write(member, '/承诺', Array.from({ length: MEMBER_ITEMS }, (_, i) => memberStars[(n + 3 * i) % memberStars.length] ?? ''));
  const branchStars = defaultCatalogue.branch.slice(0, BRANCH_ITEMS).map((star) => star.key);
  for (const secretary of secretaries) await write(secretary, '/承诺 支部', branchStars);
  await untilQuiet(client);
  // Whoever examines: each opens the queue and approves until it is empty.
  for (const approver of everybody) {
    for (let open = await approver.findCard({ button: 'review_1' }); open !== null; ) {
      const sheet = await open.press('review_1');
      if (!sheet.card.has('approve')) break;
      const next = await sheet.card.press('approve');
      open = next.card.has('review_1') ? next.card : null;
    }
  }
}
