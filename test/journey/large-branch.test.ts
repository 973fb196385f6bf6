/** The largest branch there may be, 50 members in two Party groups (A50): every card fits the platform, everything adds up. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultCatalogue } from '../../src/domain/catalogue.ts';
import {
  forAll,
  openBallots,
  publishedReceipts,
  refusedCalls,
  resultsOfBranch,
  sealedBallots,
  castSealed,
  sentBallot,
} from '../support/ballot-play.ts';
import type { ShownCard } from '../support/playground.ts';
import { castFilled, fillBallot, fileSelfReview, type MarkOf } from '../support/review-play.ts';
import { type Member, nameOf, PLATFORMS, World } from '../support/world.ts';

const no = (n: number) => `E${String(n).padStart(2, '0')}`;
const ROLES: Record<number, string> = {
  1: 'secretary',
  2: 'deputy_secretary',
  3: 'committee',
  4: 'committee',
  30: 'committee',
  31: 'leader',
  32: 'leader',
  33: 'leader',
  34: 'leader',
};
const LONG = '阿不都热依木·买买提艾力·赛义夫拉';
const MEMBERS: readonly Member[] = [
  ...Array.from(
    { length: 50 },
    (_, i): Member => ({ no: no(i + 1), branch: 'B001', roles: ROLES[i + 1] ?? '', name: `${LONG}${i + 1}` }),
  ),
  ...[51, 52, 53, 54, 55, 56, 57, 58, 59, 60].map(
    (n): Member => ({ no: no(n), branch: 'B001', status: 'colleague', name: `${LONG}${n}` }),
  ),
];
const PEOPLE = MEMBERS.map((member) => member.no);
const RATED = PEOPLE.slice(0, 50);
const nameBy = (person: string): string => nameOf(MEMBERS[PEOPLE.indexOf(person)] ?? { no: person, branch: '' });
const groupOf = (person: string): number => (RATED.indexOf(person) < 25 ? 1 : 2);

describe.each(PLATFORMS)('%s', (platform) => {
  let world: World;
  let check: ShownCard;
  beforeAll(async () => {
    world = await World.start({ platform, branches: [{ code: 'B001', unit: 'U1' }], members: MEMBERS });
  }, 60_000);
  afterAll(() => world?.stop());

  /** Nine for the first eight stars; the second half of the roster gets eight there. */
  const mark: MarkOf = (subject, _star, i) => (i >= 8 ? 7 : subject !== 'branch' && groupOf(subject) === 2 ? 8 : 9);

  test('the due list has pages, everybody signs in, everybody gets a ballot', async () => {
    await openBallots(world, 'E01', 'B001', PEOPLE.slice(0, 40), async () => {
      let page = (await (await world.as('E01').ask('/评议', { button: 'due_list' })).press('due_list')).card;
      const listed = page.fields();
      for (; page.has('due_more'); listed.push(...page.fields())) page = (await page.press('due_more')).card;
      expect(listed.sort()).toEqual(PEOPLE.map((person) => `due_${person}`).sort());
      await forAll(['E01', 'E02', 'E26'], (person) => fileSelfReview(world, person, 9));
    });
  }, 60_000);

  test('members rate their own Party group, committee, leaders and representatives rate all', async () => {
    const ballots = await sealedBallots(world, 'B001');
    const others = (of: string, group?: number) =>
      RATED.filter((person) => person !== of && (group === undefined || groupOf(person) === group));
    expect(ballots.subjectsOf('E05')).toEqual([...others('E05', 1), 'branch']);
    expect(ballots.subjectsOf('E50')).toEqual([...others('E50', 2), 'branch']);
    for (const person of ['E01', 'E30', 'E31'])
      expect(ballots.subjectsOf(person)).toEqual([...others(person), 'branch']);
    expect(ballots.subjectsOf('E60')).toEqual([...RATED, 'branch']);
  });

  test('the largest ballot: 51 pages, a check in two parts, an edit that comes back', async () => {
    const seen: string[] = [];
    check = await fillBallot(
      world,
      'E60',
      (subject, star, i) => (seen.push(`${subject} ${star}`), mark(subject, star, i)),
      await sentBallot(world, 'E60'),
    );
    expect(seen).toHaveLength(51 * 10);
    const lines = (card: ShownCard) =>
      card
        .buttons()
        .filter((button) => button.startsWith('ballot_edit_'))
        .map((button) => button.slice('ballot_edit_'.length));
    const second = (await check.press('ballot_page_2')).card;
    expect([...lines(check), ...lines(second)]).toEqual([...RATED, 'branch']);
    expect(second.has('ballot_cast')).toBe(true);
    const page = (await second.press('ballot_edit_E50')).card;
    expect(page.view.forms[0]?.name).toBe('ballot_E50');
    expect(page.view.forms[0]?.fields.map(({ initial }) => initial)).toEqual(
      Array.from({ length: 10 }, (_, i) => String(mark('E50', '', i))),
    );
    check = (await page.press('ballot_next', {})).card;
    check = (await check.press('ballot_review', {})).card;
    expect((await castFilled(check)).toast).toBe('success');
  }, 60_000);

  test('everybody else casts', async () => {
    const ballots = await sealedBallots(world, 'B001');
    const cast = await forAll(
      PEOPLE.filter((person) => person !== 'E60'),
      async (person) => castSealed(world, ballots, await ballots.seal(person, mark)),
    );
    expect([...cast.values()].map(({ toast }) => toast)).toEqual(Array.from({ length: 59 }, () => 'success'));
  }, 60_000);

  test('the tally, the pages of the confirmation, the scores, the published tables', async () => {
    let card = await world.as('E01').ask('/评议', { button: 'close_ballot' });
    card = (await card.press('close_ballot')).card;
    card = (await card.press('confirm_results')).card;
    const asked: string[] = [];
    for (let pages = 1; ; pages++) {
      expect(card.view.subtitle).toMatch(new RegExp(`^${pages} / \\d+$`));
      asked.push(...card.fields().filter((name) => name.startsWith('barred_')));
      if (!card.has('confirm_next')) break;
      card = (
        await card.press(
          'confirm_next',
          pages === 1 ? { outstanding_E02: defaultCatalogue.member[0]?.key ?? '', reason_E02: '带头完成重点任务' } : {},
        )
      ).card;
    }
    expect(asked).toEqual(RATED.map((person) => `barred_${person}`));
    const confirmed = await card.press('confirm_results', {});
    expect(confirmed.toast?.type).toBe('success');
    for (const person of ['E01', 'E50']) {
      const scores = await world.as('E31').ask('/结果', { button: `person_${person}` });
      expect(scores.view.tables.flatMap(({ rows }) => rows)).toHaveLength(50);
      const opened = await scores.press(`person_${person}`);
      expect(opened.card.title).toBe(nameBy(person));
    }
    expect((await confirmed.card.press('publish_results')).toast?.type).toBe('success');
    const published = await world.inChat('E50', 'branch:B001', { title: /B001支部/ });
    expect(published.view.tables.flatMap(({ rows }) => rows.map(([name]) => name))).toEqual(RATED.map(nameBy));
    await world.inChat('E01', 'district:D1', { text: '50' });
    for (const person of ['E01', 'E25', 'E50'])
      await world.as(person).card({ button: 'acknowledge' }, { timeoutMs: 30_000 });
  }, 60_000);

  test('exact results, all receipts, and no card the platform refused', async () => {
    const result = await resultsOfBranch(world, 'B001');
    expect(result.counts).toEqual({ due: 60, present: 40, electors: 60, cast: 60, valid: 60 });
    expect(result.members.map(({ employee_no }) => employee_no)).toEqual(RATED);
    for (const member of result.members) {
      const filed = ['E01', 'E02', 'E26'].includes(member.employee_no);
      const mean = groupOf(member.employee_no) === 1 ? 9 : 8;
      // All marks of a star are one number: self counts a tenth, missing self-reviews count 0.
      const [first, last] = [(filed ? 90 : 0) + 90 * mean, (filed ? 90 : 0) + 90 * 7];
      const shown = (hundredths: number) =>
        `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
      expect(member.stars.map(({ score }) => score)).toEqual([
        ...Array.from({ length: 8 }, () => shown(first)),
        shown(last),
        shown(last),
      ]);
      expect(member.total).toBe(shown(8 * first + 2 * last));
      expect(member.level).toBe(first >= 800 ? 8 : 0);
      expect(member.stars[0]?.outstanding).toBe(member.employee_no === 'E02');
      expect(member.stars[0]?.means).toEqual({
        self: filed ? '9.00' : '0.00',
        members_and_colleagues: `${mean}.00`,
        committee: `${mean}.00`,
        leadership: `${mean}.00`,
      });
    }
    expect(new Set(await publishedReceipts(world)).size).toBe(60);
    expect(await refusedCalls(world)).toEqual({});
  });
});
