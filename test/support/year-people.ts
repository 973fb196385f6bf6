/** Who lives through the year, and what each does when a message comes. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { castSealed, closeAndPublish, type SealedBallots, sealedBallots } from './ballot-play.ts';
import { readCard, type ShownCard } from './playground.ts';
import { type Member, mobileOf } from './world.ts';
import type { Habit, Mail, Year } from './year-world.ts';

/**
 * M01 does everything at once, M02 only when reminded, M03 never anything; M04 commits and is not heard of again; M05 leaves in
 * September. B003 is a branch whose secretary does nothing.
 */
export const PEOPLE: readonly Member[] = [
  { no: 'S01', branch: 'B001', roles: 'secretary' },
  { no: 'D01', branch: 'B001', roles: 'deputy_secretary' },
  { no: 'K01', branch: 'B001', roles: 'committee' },
  { no: 'A01', branch: 'B001', roles: 'leader' },
  { no: 'M01', branch: 'B001' },
  { no: 'M02', branch: 'B001', locale: 'en' },
  { no: 'M03', branch: 'B001' },
  { no: 'M05', branch: 'B001' },
  ...['C01', 'C02', 'C03'].map((no): Member => ({ no, branch: 'B001', status: 'colleague' })),
  { no: 'S02', branch: 'B002', roles: 'secretary' },
  { no: 'G01', branch: 'B002', roles: 'leading_group' },
  { no: 'M04', branch: 'B002' },
  { no: 'S03', branch: 'B003', roles: 'secretary' },
  { no: 'L01', branch: 'B003', roles: 'liaison:D1' },
  { no: 'O01', branch: 'B003', roles: 'office' },
  { no: 'G02', branch: 'B003', roles: 'leading_group' },
];
export const BRANCHES = [
  { code: 'B001', unit: 'U1', group: 'G01' },
  { code: 'B002', unit: 'U1', group: 'G01' },
  { code: 'B003', unit: 'U2', group: 'G02' },
];

const PROMPT = new Set(['S01', 'D01', 'K01', 'A01', 'M01', 'M05', 'C01', 'C02', 'C03', 'S02']);
const LATE = 'M02';
const ELECTORS_WHO_VOTE = ['S01', 'D01', 'K01', 'A01', 'M01', 'C01', 'C02', 'C03'];

/** Presses a button of a message as it came. @throws Error when it is refused */
async function press(year: Year, { to, messageId }: Mail, button: string, form?: object): Promise<void> {
  const answer = await year.world.client.click(
    year.world.as(to).id,
    messageId,
    button,
    form === undefined ? {} : { form: { ...form } },
  );
  if (
    answer.toast?.type === 'error' ||
    answer.toast?.type === 'warning' ||
    answer.code !== undefined ||
    answer.blocked !== undefined
  )
    throw new Error(`${button} of ${to} on ${year.date}: ${JSON.stringify(answer)}`);
}
const buttonsOf = ({ json }: Mail): string[] => readCard(json ?? {}).buttons.map(({ name }) => name);
const fieldsOf = ({ json }: Mail): string[] =>
  readCard(json ?? {}).forms.flatMap((form) => form.fields.map(({ name }) => name));

/** What a card makes these people do. */
const when =
  (card: string, who: (no: string) => boolean, act: (year: Year, mail: Mail) => Promise<unknown>): Habit =>
  (year, mail) =>
    mail.card === card && who(mail.to) ? act(year, mail) : undefined;
const prompt = (no: string): boolean => PROMPT.has(no);
const only =
  (...people: string[]) =>
  (no: string): boolean =>
    people.includes(no);

const SELF_TEXTS = new Set(['achievements', 'shortcomings', 'direction']);
const selfReview = (fields: readonly string[]): Record<string, string> =>
  Object.fromEntries(fields.map((name) => [name, SELF_TEXTS.has(name) ? '按计划完成' : '9']));
/** Asks for a form, fills it in, hands it in. */
async function fill(
  year: Year,
  no: string,
  command: string,
  form: string,
  values: (fields: string[]) => Record<string, string>,
): Promise<void> {
  const card = await year.world.as(no).ask(command, { form });
  const filed = await card.press('submit', values(card.fields(form)));
  if (filed.toast?.type !== 'success')
    throw new Error(`${command} of ${no} on ${year.date}: ${JSON.stringify(filed.toast)}`);
}

const STARS = ['dedication', 'teamwork', 'integrity'];
const BRANCH_STARS = [
  'leadership_responsibility',
  'project_delivery',
  'routine_standards',
  'frontline_service',
  'clean_conduct',
];

/** Item by item, and handed in. */
async function commit(year: Year, { to, args }: Mail): Promise<void> {
  const branch = args['whose'] === 'branch';
  const command = to === LATE ? '/commit' : branch ? '/承诺 支部' : '/承诺';
  let card: ShownCard = await year.world.as(to).ask(command, { form: 'commitment' });
  for (const [i, star] of (branch ? BRANCH_STARS : STARS).entries()) {
    const item = {
      star,
      text: `第${i + 1}件事：按月公开办件时限`,
      result: `按期率不低于9${i}%`,
      due: `${year.date.slice(0, 4)}-12-18`,
    };
    card = (await card.press('add_item', item)).card;
  }
  const handed = await card.press('submit_all');
  if (handed.toast?.type !== 'success') throw new Error(`commitments of ${to}: ${JSON.stringify(handed.toast)}`);
}

/** Approves whatever waits, sheet by sheet. */
async function approve(year: Year, no: string): Promise<void> {
  let queue = await year.world.as(no).ask('/承诺 审定', { title: /待审定/ });
  while (queue.has('review_1')) {
    const sheet = (await queue.press('review_1')).card;
    const done = await sheet.press('approve');
    if (done.toast?.type !== 'success') throw new Error(`${no} could not approve: ${JSON.stringify(done.toast)}`);
    queue = done.card;
  }
}

const ballots = new Map<string, Promise<SealedBallots>>();
async function cast(year: Year, { to, messageId, args }: Mail, mark = 9): Promise<void> {
  const review = String(args['review']);
  const open = ballots.get(review) ?? sealedBallots(year.world, 'B001');
  ballots.set(review, open);
  const sealed = await (await open).seal(to, (_subject, _star, i) => (i < 8 ? mark : 7));
  const { toast } = await castSealed(year.world, await open, { ...sealed, messageId });
  if (toast !== 'success') throw new Error(`the ballot of ${to} was not taken: ${toast}`);
}

/** Reminders only come from the calendar: whoever waits for one waits for the clock. */
const reminded =
  (card: string, who: (no: string) => boolean, act: (year: Year, mail: Mail) => Promise<unknown>): Habit =>
  (year, mail) =>
    mail.card === card && who(mail.to) && !mail.answer ? act(year, mail) : undefined;

export const HABITS: readonly Habit[] = [
  reminded('commitment', prompt, commit),
  reminded('commitment', only(LATE, 'M04'), async (year, mail) =>
    year.date.endsWith('-01-13') ? commit(year, mail) : null,
  ),
  reminded('commitment_queue', only('K01', 'S01', 'S02', 'G01'), (year, { to }) => approve(year, to)),
  when('weekly_check', prompt, (year, mail) => press(year, mail, 'all_on_track')),
  when('weekly_check_reminder', only(LATE), (year, mail) => press(year, mail, 'all_on_track')),
  when('monthly_summary', only('S01'), (year, mail) => press(year, mail, 'submit', SUMMARY)),
  when('monthly_summary_reminder', only('S02'), (year, { to }) =>
    fill(year, to, '/总结', 'monthly_summary', () => SUMMARY),
  ),
  when('guidance_form', only('O01'), (year, mail) => press(year, mail, 'submit', { text: '请于月底前完成自评。' })),
  when('guidance', only('S01'), (year, mail) => press(year, mail, 'guidance_read')),
  when('leading_reminder', only('G01'), async (year, { to }) => {
    const form = (
      await (await year.world.as(to).ask('/领导小组', { button: 'leading_meeting' })).press('leading_meeting')
    ).card;
    await form.press('submit', { date: `${year.date}`, topic: '研究本季度工作', decided: '部署三项任务' });
  }),
  when('opinion', prompt, (year, mail) =>
    press(year, mail, 'submit', { branch: mail.to === 'C01' ? '会议可以更短' : '' }),
  ),
  reminded('opinion_desk', only('S01'), groupOpinions),
  reminded('opinion_mine', only('S01'), (year, mail) => press(year, mail, 'submit', { answer: '会议改为一小时' })),
  when('self_review', prompt, (year, mail) => press(year, mail, 'submit', selfReview(fieldsOf(mail)))),
  when('self_review_reminder', only(LATE), (year, { to }) => fill(year, to, '/selfreview', 'self_review', selfReview)),
  when('ballot', only(...ELECTORS_WHO_VOTE), cast),
  when('ballot_reminder', only(LATE), lateBallot),
  when('my_result', prompt, (year, mail) => press(year, mail, 'acknowledge')),
  reminded('objection_case', only('G01', 'K01'), decide),
  when('meeting_sign_in', only('branch:B001'), signIn('meeting_sign_in')),
  when('sign_in', only('branch:B001'), signIn('sign_in')),
  reminded('minutes_reminder', only('S01'), async (year, { to }) => {
    const minutes = await year.world.as(to).card({ button: 'minutes' });
    await (await minutes.press('minutes')).card.press('submit', { points: '每月公开一次进度' });
  }),
];
const SUMMARY = { progress: '完成窗口改造', problems: '一项任务拖后', plan: '推进两项', measures: '每周检查' };
/** Text by text into the secretary's own words, then passed on. */
async function groupOpinions(year: Year, { to }: Mail): Promise<void> {
  let desk: ShownCard | null = await year.world.as(to).findCard({ button: 'opinion_group' });
  while (desk?.has('opinion_group') === true) {
    const raw = (await desk.press('opinion_group')).card;
    desk = (await raw.press('opinion_save', { grouped: '希望会议简短' })).card;
  }
  await desk?.press('opinion_pass_on');
}
async function decide(year: Year, mail: Mail): Promise<void> {
  if (!buttonsOf(mail).includes('open_case')) return;
  await press(year, mail, 'open_case');
  await press(year, mail, 'reject', { answer: '复核无误' });
}
/** Those who come press the button in the group. */
function signIn(button: string) {
  return async (year: Year, { messageId }: Mail): Promise<void> => {
    for (const no of ELECTORS_WHO_VOTE) {
      const { toast } = await year.world.client.click(year.world.as(no).id, messageId, button);
      if (toast?.type !== 'success') throw new Error(`${button} of ${no} on ${year.date}: ${JSON.stringify(toast)}`);
    }
  };
}
/** From the ballot that came when they were sent out. */
async function lateBallot(year: Year, reminder: Mail): Promise<void> {
  const sent = year.mail.findLast(
    (mail) => mail.card === 'ballot' && mail.to === LATE && mail.args['review'] === reminder.args['review'],
  );
  if (sent !== undefined) await cast(year, sent, 8);
}

/** Opens the review of a period; forms go out. */
export async function openReview(year: Year, period: string): Promise<void> {
  await year.world.as('S01').ask(`/评议 开启 ${period}`, { button: 'start_meeting' });
  await year.delivered();
}
/** The meeting with its order of proceedings: who is there signs in; then ballots go out, and they cast theirs. */
export async function holdReview(year: Year): Promise<void> {
  const console = await year.world.as('S01').ask('/评议', { button: 'start_meeting' });
  await console.press('start_meeting');
  await year.delivered();
  let now = await year.world.as('S01').ask('/评议', { button: 'agenda_next' });
  while (now.has('agenda_next')) now = (await now.press('agenda_next')).card;
  await now.press('start_ballot');
  await year.delivered();
}
/** From wherever the review stands to the notice. */
export async function publishReview(year: Year): Promise<void> {
  await closeAndPublish(year.world, 'S01');
  await year.delivered();
}

/** What was approved is published, branch by branch. */
export async function publishCommitments(year: Year): Promise<void> {
  for (const no of ['S01', 'S02']) {
    const overview = await year.world.as(no).ask('/承诺 情况', { button: 'publish' });
    await overview.press('publish');
  }
  await year.delivered();
}
export async function planMeeting(year: Year, date: string): Promise<void> {
  const register = await year.world.as('S01').ask('/会议', { form: 'meeting_kind' });
  const form = (await register.press('meeting_new', { kind: 'commitment_meeting' })).card;
  await form.press('submit', { date: `${date}`, time: '15:00', place: '一楼会议室', pledge: 'off' });
  await year.delivered();
}
export async function object(year: Year): Promise<void> {
  const form = await year.world.as('M01').ask('/异议', { form: 'objection' });
  const filed = await form.press('submit', { text: '请复核廉洁星的统计' });
  if (filed.toast?.type !== 'success') throw new Error(`the objection: ${JSON.stringify(filed.toast)}`);
  await year.delivered();
}
/** M05 is no longer in the roster; N01 is, and has no account yet. */
export async function changeRoster(year: Year): Promise<void> {
  const file = join(year.world.dir, 'people.csv');
  const lines = readFileSync(file, 'utf8').split('\n');
  const newcomer = `N01,张N01,${mobileOf('N01')},B002,full,,,,`;
  writeFileSync(file, [...lines.filter((line) => !line.startsWith('M05,')), newcomer].join('\n'));
  await year.world.cliOk('import', '--branches', join(year.world.dir, 'branches.csv'), '--people', file);
}
/** The newcomer's account: the hourly look-up finds it. */
export async function giveAccount(year: Year): Promise<void> {
  await year.world.newcomer('N01', '张N01');
  await year.newcomer('N01');
}
