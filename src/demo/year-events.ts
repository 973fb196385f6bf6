/** What happens in the played year beside checks and summaries: commitment meetings and reviews with guests, activities, visits. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { PlaygroundClient } from '../playground/client/http.ts';
import type { Player, ShownCard } from '../playground/client/player.ts';
import type { Role, Roster } from '../domain/roster.ts';

/** Who acts: players by employee number. */
export interface Cast {
  client: PlaygroundClient;
  city: Roster;
  player: (employeeNo: string) => Player[];
  /** Waits until the bot has nothing more to send. */
  settle: () => Promise<void>;
}
/** How long nothing new may come before the bot counts as done with what is scheduled on the way. */
const QUIET_MS = 500;
const DUE = /^tenstar_outbox_messages\{state="due"\} (\d+)$/m;
/** Waits until the bot has sent all that is due, which takes as long as the platform's pace permits, and nothing more comes. */
export async function untilQuiet(client: PlaygroundClient, botUrl: string): Promise<void> {
  let before = -1;
  for (;;) {
    await sleep(QUIET_MS);
    const { messages } = await client.stats();
    const metrics = await (await fetch(new URL('/metrics', botUrl))).text();
    if (messages === before && DUE.exec(metrics)?.[1] === '0') return;
    before = messages;
  }
}
/** The others answer what came: invitations, sign-ins, checklists. */
async function othersAct({ client, settle }: Cast, except: readonly Player[] = []): Promise<void> {
  await settle();
  await client.autoplay({ until: 'idle', except: except.map(({ id }) => id) });
}
export const withRole = (city: Roster, role: Role) =>
  city.people.filter((person) => person.roles.some((held) => held.role === role));

/** A commitment meeting in every branch on one day: guests of the group, somebody excused, sign-in, minutes, and then the board. */
export async function holdCommitmentMeetings(cast: Cast, date: string): Promise<void> {
  const secretaries: Player[] = [];
  const excused: Player[] = [];
  for (const { employeeNo, branch } of withRole(cast.city, 'secretary'))
    for (const secretary of cast.player(employeeNo)) {
      const register = await secretary.ask('/会议', { form: 'meeting_kind' });
      const form = (await register.press('meeting_new', { kind: 'commitment_meeting' })).card;
      const plan = { date, time: '15:00', place: '三楼会议室', anthem: 'on', pledge: 'on' };
      const planned = (await form.press('submit', { ...agendaOf(form), ...plan })).card;
      const away = cast.city.people.find(
        (person) => person.branch === branch && person.roles.length === 0 && person.status === 'full',
      );
      if (away !== undefined) {
        const entries = (await planned.press('meeting_register')).card;
        await entries.press('mark_absent', { person: away.employeeNo, reason: 'duty_travel' });
        excused.push(...cast.player(away.employeeNo));
      }
      secretaries.push(secretary);
    }
  await othersAct(cast);
  for (const secretary of secretaries) await stepOf(secretary, 'meeting_open');
  await othersAct(cast, excused);
  for (const secretary of secretaries) await stepOf(secretary, 'meeting_end');
  await othersAct(cast);
  for (const secretary of secretaries) {
    await stepOf(secretary, 'meeting_publish');
    const minutes = await stepOf(secretary, 'minutes');
    await minutes?.press('submit', { points: '明确任务分解，公开承诺，按季公布进度。' });
  }
}
/** The agenda the form proposes. */
const agendaOf = (form: ShownCard): Record<string, string> =>
  Object.fromEntries(
    (form.view.forms[0]?.fields ?? []).flatMap(({ name, initial }) =>
      typeof initial === 'string' && initial !== '' ? [[name, initial] as const] : [],
    ),
  );
/** A step of the newest meeting, from the register; null where it is not possible. */
async function stepOf(secretary: Player, button: string): Promise<ShownCard | null> {
  const register = await secretary.ask('/会议', { form: 'meeting_kind' });
  if (!register.has('meeting_1')) return null;
  const { card } = await register.press('meeting_1');
  return card.has(button) ? (await card.press(button)).card : null;
}

const TITLES = ['观摩交流', '专题研讨', '主题党日', '经验推进'];
/** Every group and every district holds something, and one branch after the other is visited. `n` counts from 0. */
export async function holdActivities(cast: Cast, date: string, n: number): Promise<void> {
  const { city } = cast;
  const groups = new Map(city.branches.map((branch) => [branch.groupCode, branch.code]));
  const plans: { leader: Player; card: ShownCard }[] = [];
  const plan = async (leader: Player, placeOf: string, kind: string) => {
    const form = (await (await leader.ask('/活动', { button: 'activity_new' })).press('activity_new')).card;
    const title = TITLES[n % TITLES.length] ?? '';
    const { card } = await form.press('submit', {
      place_of: placeOf,
      kind,
      title,
      date,
      place: '活动室',
    });
    plans.push({ leader, card });
  };
  for (const [group, branch] of groups) {
    const secretary = withRole(city, 'secretary').find((person) => person.branch === branch);
    for (const leader of secretary === undefined || group === '' ? [] : cast.player(secretary.employeeNo))
      await plan(leader, `group:${group}`, 'exchange_meeting');
  }
  for (const officer of withRole(city, 'liaison'))
    for (const leader of cast.player(officer.employeeNo))
      for (const { scope } of officer.roles.filter(({ role }) => role === 'liaison'))
        await plan(leader, `district:${scope}`, 'promotion_meeting');
  const [office] = withRole(city, 'office').flatMap((person) => cast.player(person.employeeNo));
  const visited = city.branches[n % city.branches.length];
  if (office !== undefined && visited !== undefined) {
    const form = (await (await office.ask('/活动', { button: 'visit_new' })).press('visit_new')).card;
    const { card } = await form.press('submit', { branch: visited.code, title: '指导支部工作', date });
    plans.push({ leader: office, card });
  }
  await othersAct(cast);
  for (const one of plans) one.card = (await one.card.press('activity_open')).card;
  await othersAct(cast);
  for (const { card } of plans) await card.press('activity_end');
}

/** Steps a secretary takes in a review at most, and those after which everybody gets a card. */
const REVIEW_STEPS = 30;
const CALLING_STEPS = new Set(['start_meeting', 'start_ballot']);
/** A review in every branch on one day. With the notice of the meeting the other branches of the group are invited. */
export async function holdReviews(cast: Cast, period: string, date: string): Promise<void> {
  const { client, city, player, settle } = cast;
  const meeting = { date, time: '15:00', place: '三楼会议室' };
  const secretaries = withRole(city, 'secretary').flatMap(({ employeeNo }) => player(employeeNo));
  for (const secretary of secretaries) {
    const console = await secretary.ask(`/评议 开启 ${period}`, { button: 'meeting_notice' });
    await (await console.press('meeting_notice')).card.press('submit', meeting);
  }
  await othersAct(cast);
  for (const { id: chair } of secretaries)
    for (let n = 0; n < REVIEW_STEPS; n += 1) {
      const { steps } = await client.autoplay({ until: 'idle', chair, steps: 1 });
      if (steps.length === 0) break;
      if (steps.some((step) => CALLING_STEPS.has(step))) await settle();
    }
}
