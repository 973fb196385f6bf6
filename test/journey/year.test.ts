/**
 * Fourteen months with the real process and the playground, on each platform, from 1 December to 31 January of the year after next.
 * People answer what comes, at once, late or never; every job is killed in the middle of a run; for a quarter two processes share the
 * database. At the end every message that was delivered is looked at.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { addDays } from '../../src/domain/period.ts';
import { jobs } from '../../src/jobs/index.ts';
import { type LogLine, runTenstar } from '../support/bot-process.ts';
import { datesBetween, inHours, isWorkday, local, moment, type PlainCalendar } from '../support/plain-calendar.ts';
import {
  BRANCHES,
  changeRoster,
  giveAccount,
  HABITS,
  holdReview,
  object,
  openReview,
  PEOPLE,
  planMeeting,
  publishCommitments,
  publishReview,
} from '../support/year-people.ts';
import { PLATFORMS } from '../support/world.ts';
import { type Mail, Year } from '../support/year-world.ts';

/** The notices of 2027 and 2028 as far as this test knows them: made up, and in the file the bot reads. */
const CALENDAR: PlainCalendar = {
  off: [
    '2027-01-01', // a Friday
    ...['05', '08', '09', '10', '11', '12'].map((day) => `2027-02-${day}`), // a week and more, two Fridays in it
    '2027-04-05', // a Monday
    '2027-06-11', // a Friday
    ...['01', '04', '05', '06', '07'].map((day) => `2027-10-${day}`), // a week with its Friday, and the 5th
    ...['24', '25', '26', '27', '28'].map((day) => `2028-01-${day}`), // the 25th
  ],
  worked: ['2027-02-20', '2027-09-25', '2027-10-09', '2028-01-22'], // Saturdays, one of them a 25th
};

describe.each(PLATFORMS)('%s', (platform) => {
  let year: Year;
  beforeAll(async () => {
    year = await Year.start({
      platform,
      branches: BRANCHES,
      members: PEOPLE,
      habits: HABITS,
      startsAt: '2026-12-01T08:30+08:00',
      until: '2028-01-31',
      calendar: CALENDAR,
    });
  }, 60_000);
  afterAll(() => year?.stop());

  const nameOfLine = (line: LogLine): string => `${String(line['job'])} ${String(line['slot'])}`;
  /** A machine that has other things to do takes much longer than the minute or two this needs. */
  const LIMIT_MS = 900_000;

  test(
    'December: the annual review of the first year',
    async () => {
      await year.to('2026-12-01T10:00');
      await openReview(year, '2026-Q4');
      await year.to('2026-12-16T10:00');
      await holdReview(year);
      await year.to('2026-12-18T10:00');
      await publishReview(year);
      await year.to('2026-12-31T10:00');
    },
    LIMIT_MS,
  );

  test(
    'January to March: commitments, tasks, the meeting, the first opinions of the quarter',
    async () => {
      await year.to('2027-02-01T10:00');
      await publishCommitments(year);
      await planMeeting(year, '2027-02-24');
      await year.to('2027-03-18T10:00');
      await openReview(year, '2027-Q1');
      await year.to('2027-03-31T10:00');
    },
    LIMIT_MS,
  );

  test(
    'April to June: two processes; the ballot nobody closes, an objection',
    async () => {
      await year.bots.join();
      await year.to('2027-04-06T10:00');
      await holdReview(year);
      await year.to('2027-04-12T10:00');
      await publishReview(year);
      await year.to('2027-04-13T10:00');
      await object(year);
      await year.to('2027-05-06T03:30');
      await year.world.as('M01').ask('/我的');
      await year.delivered();
      await year.to('2027-06-18T10:00');
      await openReview(year, '2027-Q2');
      await year.to('2027-06-30T10:00');
      for (const bot of year.bots.up) expect(bot.lines().some(({ msg }) => msg === 'job: ended')).toBe(true);
      const inStretch = (slot: string) => slot > '2027-04' && slot < '2027-07';
      expect([...year.bots.killed.before_end.values()].some(inStretch)).toBe(true); // the other took over
      await year.bots.leave();
    },
    LIMIT_MS,
  );

  test(
    'July to September: somebody leaves, somebody comes',
    async () => {
      await year.to('2027-07-07T10:00');
      await holdReview(year);
      await year.to('2027-07-09T10:00');
      await publishReview(year);
      await year.to('2027-09-01T10:00');
      await changeRoster(year);
      await year.to('2027-09-02T10:00');
      await giveAccount(year);
      await year.to('2027-09-20T10:00');
      await openReview(year, '2027-Q3');
      await year.to('2027-09-30T10:00');
    },
    LIMIT_MS,
  );

  test(
    'October to January: the third quarter, the annual review, commitments again',
    async () => {
      await year.to('2027-10-12T10:00');
      await holdReview(year);
      await year.to('2027-10-14T10:00');
      await publishReview(year);
      await year.to('2027-12-01T10:00');
      await openReview(year, '2027-Q4');
      await year.to('2027-12-15T10:00');
      await holdReview(year);
      await year.to('2027-12-17T10:00');
      await publishReview(year);
      await year.to('2028-01-14T10:00');
      expect(await year.bots.alsoIdle()).toEqual(['budget-watch']); // nobody here is short of calls
      await year.to('2028-01-31T10:30');
    },
    LIMIT_MS,
  );

  const outcomeSchema = z.object({ attempts: z.int() });
  /** Who got a card, by the day, in the order of their numbers. */
  function byDay(mails: readonly Mail[]): Record<string, string[]> {
    const days = Map.groupBy(mails, ({ at }) => local(at).slice(0, 10));
    return Object.fromEntries([...days].map(([day, of]) => [day, of.map(({ to }) => to).toSorted()]));
  }
  const byCalendar = (card: string, args: Mail['args'] = {}): Mail[] =>
    year.mail.filter(
      (mail) =>
        mail.card === card && !mail.answer && Object.entries(args).every(([key, value]) => mail.args[key] === value),
    );
  /** Who got a card of each review, in the order of their numbers. */
  const byReview = (card: string): string[][] =>
    [
      ...Map.groupBy(
        year.mail.filter((mail) => mail.card === card),
        ({ args }) => args['review'],
      ).values(),
    ].map((of) => of.map(({ to }) => to).toSorted());
  /** Days on which something is due that is put off to the next working day. */
  function workdayOn(date: string): string {
    return [...datesBetween(date, '2028-02-29')].find((day) => isWorkday(CALENDAR, day)) ?? '';
  }
  const MONTHS = [
    '2026-12',
    ...Array.from({ length: 12 }, (_, i) => `2027-${String(i + 1).padStart(2, '0')}`),
    '2028-01',
  ];
  const FRIDAYS = [...datesBetween('2027-01-15', '2028-01-31')].filter((date) => new Date(date).getUTCDay() === 5);

  test('nothing leaves at night or on a day off; who asks at night is answered', () => {
    const outside = year.mail.filter(({ at }) => !inHours(CALENDAR, at));
    expect(outside.map(({ at, to, card, answer }) => [local(at), to, card, answer])).toEqual([
      ['2027-05-06T03:30', 'M01', 'me', true],
    ]);
  });

  /** Cards that come once for what they are about, whatever day it is; the others come again while something is owed. */
  const ONCE = new Set([
    'check_digest',
    'half_year',
    'league',
    'monthly_summary',
    'monthly_summary_reminder',
    'opinion_call',
    'opinion_mine',
    'plan',
    'summaries_overdue',
    'weekly_check',
    'weekly_check_reminder',
  ]);
  test('every person and every chat got each card once', () => {
    const scheduled = year.mail.filter(({ answer }) => !answer);
    const what = ({ at, to, card, args }: Mail) =>
      [ONCE.has(card) ? '' : local(at).slice(0, 10), to, card, JSON.stringify(args)].join(' ');
    expect([...Map.groupBy(scheduled, what)].filter(([, of]) => of.length > 1).map(([of]) => of)).toEqual([]);
    for (const card of ONCE)
      expect(
        scheduled.some((mail) => mail.card === card),
        card,
      ).toBe(true);
  });

  test('weekly checks: on every Friday that is a working day, to everybody with a task', () => {
    const asked = byDay(byCalendar('weekly_check'));
    const expected = FRIDAYS.filter((date) => isWorkday(CALENDAR, date)).map((date) => {
      const late = date > '2027-01-19' ? ['M02', 'M04'] : []; // approved on the 19th
      const leaver = date < '2027-09-01' ? ['M05'] : [];
      return [date, ['A01', 'D01', 'K01', 'M01', 'S01', 'S02', ...late, ...leaver].toSorted()] as const;
    });
    expect(asked).toEqual(Object.fromEntries(expected));
    // The Monday after, or the next working day: only those who owe.
    const reminded = expected.map(
      ([date, people]) => [workdayOn(addDays(date, 3)), people.filter((no) => no === 'M02' || no === 'M04')] as const,
    );
    expect(byDay(byCalendar('weekly_check_reminder'))).toEqual(
      Object.fromEntries(reminded.filter(([date, people]) => date <= '2028-01-31' && people.length > 0)),
    );
  });

  test('monthly summaries: on the 25th or the next working day, a make-up Saturday included', () => {
    const people = ['D01', 'S01', 'S02', 'S03'];
    const opened = MONTHS.map((month) => [workdayOn(`${month}-25`), people] as const);
    expect(byDay(byCalendar('monthly_summary'))).toEqual(Object.fromEntries(opened));
    expect(opened.map(([date]) => date)).toEqual(expect.arrayContaining(['2027-09-25', '2028-01-31']));
    for (const month of MONTHS.slice(0, -1)) {
      expect(
        byCalendar('monthly_summary_reminder', { month })
          .map(({ to }) => to)
          .toSorted(),
        month,
      ).toEqual(['S02', 'S03']);
      expect(
        byCalendar('summaries_overdue', { month }).map(({ to }) => to),
        month,
      ).toEqual(['L01']);
    }
    expect(byDay(byCalendar('summaries_overdue', { month: '2027-09' }))).toEqual({ '2027-10-08': ['L01'] });
  });

  test('commitments: who has handed in is not called again', () => {
    const called = byDay(byCalendar('commitment', { whose: 'own' }));
    for (const y of ['2027', '2028']) {
      const first = called[workdayOn(`${y}-01-06`)] ?? [];
      expect(first).toEqual(expect.arrayContaining(['A01', 'D01', 'K01', 'M01', 'M02', 'M03', 'M04', 'S01', 'S02']));
      for (const no of ['A01', 'D01', 'K01', 'M01', 'S01', 'S02']) expect(called[`${y}-01-13`], no).not.toContain(no);
      expect(called[`${y}-01-13`]).toEqual(expect.arrayContaining(['M02', 'M03', 'M04']));
      for (const no of ['M02', 'M04']) expect(called[`${y}-01-18`], no).not.toContain(no);
      expect(called[`${y}-01-18`]).toContain('M03');
    }
  });

  test('reviews: every form, ballot and result once to everybody; reminders only to those who owe', () => {
    const members = ['A01', 'D01', 'K01', 'M01', 'M02', 'M03', 'M05', 'S01'];
    const due = [...members, 'C01', 'C02', 'C03'];
    const stayed = (people: string[], n: number) => (n < 3 ? people : people.filter((no) => no !== 'M05')).toSorted();
    for (const card of ['opinion', 'ballot'])
      expect(byReview(card), card).toEqual([0, 1, 2, 3, 4].map((n) => stayed(due, n)));
    expect(byReview('my_result')).toEqual([0, 1, 2, 3, 4].map((n) => stayed(members, n)));
    for (const key of ['branch:B001', 'district:D1']) {
      const card = key === 'branch:B001' ? 'results_branch' : 'results_district';
      expect(
        byReview(card).map((of) => of.filter((to) => to === key)),
        card,
      ).toEqual(Array.from({ length: 5 }, () => [key]));
    }
    expect(byCalendar('league').map(({ to, args }) => [to, args['period']])).toEqual(
      ['2026-Q4', '2027-Q1', '2027-Q2', '2027-Q3', '2027-Q4'].map((period) => ['district:D1', period]),
    );
    for (const card of ['ballot_reminder', 'self_review_reminder'])
      for (const [n, of] of byReview(card).entries()) {
        expect(
          of.filter((to) => to === 'M02'),
          `${card} ${n}`,
        ).toEqual(['M02']); // answered it, and was left alone
        expect(new Set(of.filter((to) => to !== 'M02')), `${card} ${n}`).toEqual(
          new Set(['M03', ...(card === 'ballot_reminder' && n < 3 ? ['M05'] : [])]),
        );
      }
  });

  test('who has left gets nothing any more', () => {
    expect(year.mail.filter(({ to, at }) => to === 'M05' && at > moment('2027-09-01T10:01'))).toEqual([]);
  });

  test('every job was killed in the middle of a run, and every run came to its end once', async () => {
    expect([...year.bots.killed.before_end.keys()].toSorted()).toEqual(jobs.map(({ name }) => name).toSorted());
    expect([...year.bots.killed.between_branches.keys()]).toEqual(
      expect.arrayContaining([
        'commitment-call',
        'monthly-summary-open',
        'opinion-open',
        'weekly-check-close',
        'weekly-check-open',
        'weekly-check-remind',
      ]),
    );
    const killed = new Set(
      Object.values(year.bots.killed).flatMap((runs) => [...runs].map(([job, slot]) => `${job} ${slot}`)),
    );
    for (const [name, run] of year.runs) {
      expect(run.state, name).toBe('done');
      const { attempts } = outcomeSchema.parse(JSON.parse(run.outcome));
      if (killed.has(name)) expect(attempts, name).toBeGreaterThan(1);
      else expect(attempts, name).toBe(1);
    }
    const ended = year.bots.all.flatMap((bot) =>
      bot
        .lines()
        .filter(({ msg }) => msg === 'job: ended')
        .map(nameOfLine),
    );
    expect(new Set(ended).size).toBe(ended.length);
  });

  test('nothing is left over: the outbox is empty, the audit trail whole', async () => {
    const states = await year.db.read.all(z.object({ state: z.string() }), 'SELECT DISTINCT state FROM outbox');
    expect(states).toEqual([{ state: 'sent' }]);
    expect(await year.world.cliOk('audit', 'verify')).toMatch(/./);
  });

  test('the year leaves as a file and comes into an empty installation equal', async () => {
    const { world } = year;
    const file = (name: string) => join(world.dir, name);
    await world.cliOk('year', 'export', '--year', '2027', '--out', file('2027.jsonl'));
    const other = { ...world.env, DATABASE_URL: `file:${file('other.db')}`, KEYS_DIR: file('other-keys') };
    for (const args of [
      ['import', file('2027.jsonl')],
      ['export', '--year', '2027', '--out', file('again.jsonl')],
    ])
      expect(await runTenstar(['year', ...args], other, world.dir)).toMatchObject({ code: 0 });
    const written = readFileSync(file('2027.jsonl'), 'utf8');
    expect(readFileSync(file('again.jsonl'), 'utf8')).toBe(written);
    for (const table of ['review', 'sheet', 'commitment_item', 'task', 'monthly_summary', 'meeting', 'objection'])
      expect(written, table).toContain(`{"t":"${table}",`);
    const results = async (env: NodeJS.ProcessEnv) =>
      JSON.parse((await runTenstar(['results', '--period', '2027-Q2', '--format', 'json'], env, world.dir)).stdout) as {
        branches: unknown;
      };
    expect((await results(other)).branches).toEqual((await results(world.env)).branches);
  }, 60_000);
});
