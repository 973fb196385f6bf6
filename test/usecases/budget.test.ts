import { describe, expect, it } from 'vitest';
import { REVIEW_STATES } from '../../src/domain/review.ts';
import { createMetrics } from '../../src/http/metrics.ts';
import { translator } from '../../src/i18n.ts';
import { budgetWatch } from '../../src/jobs/budget-watch.ts';
import { budgetOf, type DingTalkPlan } from '../../src/platform/dingtalk/budget.ts';
import { createDingTalkPlatform } from '../../src/platform/dingtalk/index.ts';
import { createDingTalkProbe } from '../../src/platform/dingtalk/probe.ts';
import { addUsage, usageOf } from '../../src/store/api-usage.ts';
import { bindChat } from '../../src/store/chat.ts';
import { linkIdentity } from '../../src/store/identity.ts';
import { currentReview } from '../../src/store/reviews.ts';
import { setPreferredPlatform } from '../../src/store/roster.ts';
import { budgets, monthForecast, reviewForecast } from '../../src/usecases/budget.ts';
import { examineBudgets } from '../../src/usecases/doctor/budget.ts';
import { createUsageMeter, monthOf } from '../../src/usecases/usage-meter.ts';
import { dingtalkConfig, NOW } from '../support/dingtalk-push.ts';
import { allText, buttonNames, DAY, type OpinionWorld, opinionWorld, START } from '../support/opinion-world.ts';
import { stage, toBallot } from '../support/review-stage.ts';
import { tempDatabase } from '../support/temp-database.ts';

const ZONE = 'Asia/Shanghai';
const log = { warn: () => undefined };

it('a month ends at midnight of the time zone', () => {
  const midnight = Date.parse('2026-11-01T00:00:00+08:00');
  expect([monthOf(midnight - 1, ZONE), monthOf(midnight, ZONE)]).toEqual(['2026-10', '2026-11']);
});

it('counts in memory and writes sums by month', async () => {
  const db = await tempDatabase();
  let now = NOW;
  const meter = createUsageMeter({ db, platform: 'dingtalk', timezone: ZONE, now: () => now, log, flushMs: 3_600_000 });
  for (let n = 0; n < 3; n++) meter.count('call');
  meter.count('push');
  expect(await usageOf(db.read, 'dingtalk', '2026-10')).toEqual({ calls: 0, pushes: 0 });
  now = Date.parse('2026-11-01T08:00:00+08:00');
  meter.count('call');
  await meter.flush();
  await meter.flush();
  expect(await usageOf(db.read, 'dingtalk', '2026-10')).toEqual({ calls: 3, pushes: 1 });
  expect(await usageOf(db.read, 'dingtalk', '2026-11')).toEqual({ calls: 1, pushes: 0 });
  expect(await usageOf(db.read, 'lark', '2026-10')).toEqual({ calls: 0, pushes: 0 });
});

it('what could not be written is written the next time', async () => {
  const db = await tempDatabase();
  let broken = true;
  const write: typeof db.write = (fn) => (broken ? Promise.reject(new Error('locked')) : db.write(fn));
  const meter = createUsageMeter({ db: { write }, platform: 'dingtalk', timezone: ZONE, now: () => NOW, log });
  meter.count('push');
  await meter.flush();
  broken = false;
  meter.count('push');
  await meter.flush();
  expect(await usageOf(db.read, 'dingtalk', '2026-10')).toEqual({ calls: 0, pushes: 2 });
});

/** `dingtalk` beside Feishu; these people have accounts on both and used DingTalk last. */
async function onDingTalk(at: OpinionWorld, people: readonly string[], plan: DingTalkPlan = 'free'): Promise<void> {
  const dingtalk = createDingTalkPlatform(dingtalkConfig({ plan }));
  at.use.platforms = new Map([...at.use.platforms, ['dingtalk', dingtalk]]);
  await at.use.db.write(async (tx) => {
    for (const person of people) {
      await linkIdentity(tx, { platform: 'dingtalk', appId: dingtalk.appId, userId: `u-${person}`, person });
      await setPreferredPlatform(tx, person, 'dingtalk');
    }
  });
}
const spend = (at: OpinionWorld, calls: number, pushes: number) =>
  at.use.db.write(async (tx) => {
    await addUsage(tx, 'dingtalk', '2026-10', 'call', calls);
    await addUsage(tx, 'dingtalk', '2026-10', 'push', pushes);
  });
const ALL = ['S0', 'D0', 'K1', 'M01', 'M02', 'M03', 'M04', 'M05', 'M06', 'R01', 'R02', 'R03'];
const BRANCH = { code: 'B001', unit: 'U1' };

it('says what is left, of the platforms that have a budget', async () => {
  const at = await opinionWorld();
  expect(await budgets(at.use, at.use.db.read, START)).toEqual([]);
  await onDingTalk(at, []);
  await spend(at, 4_990, 3_010);
  expect(await budgets(at.use, at.use.db.read, START)).toEqual([
    {
      platform: 'dingtalk',
      month: '2026-10',
      plan: { calls: 5_000, pushes: 3_000 },
      used: { calls: 4_990, pushes: 3_010 },
      left: { calls: 10, pushes: 0 },
    },
  ]);
});

it.each([
  ['free', [5_000, 3_000]],
  ['professional', [200_000, 50_000]],
  ['pack', [5_000_000, 500_000]],
] as const)('the plan %s holds %j', (plan, [calls, pushes]) => {
  expect(budgetOf(plan)?.plan).toEqual({ calls, pushes });
});
it('a plan that is not to be minded is no budget', async () => {
  const at = await opinionWorld();
  await onDingTalk(at, ALL, 'unlimited');
  expect(await budgets(at.use, at.use.db.read, START)).toEqual([]);
  expect(await reviewForecast(at.use, at.use.db.read, BRANCH, null, START)).toEqual([]);
});

describe('a review', () => {
  it('takes a card each for self-review, ballot, reminder and result, and a push for each page and a few more', async () => {
    const at = await opinionWorld();
    await onDingTalk(at, ALL);
    await at.use.db.write((tx) => bindChat(tx, 'dingtalk', 'cid1', 'branch', 'B001'));
    const [whole, ...others] = await reviewForecast(at.use, at.use.db.read, BRANCH, null, START);
    expect(others).toEqual([]);
    expect(whole).toMatchObject({
      platform: 'dingtalk',
      needed: { calls: 12 * 4 + 24 + 10, pushes: 12 * (9 + 6) + 30 },
      short: false,
    });
  });
  it('takes less the further it has come, and nothing once it is published', async () => {
    const at = await opinionWorld();
    await onDingTalk(at, ALL);
    const needed = [];
    for (const state of REVIEW_STATES)
      needed.push((await reviewForecast(at.use, at.use.db.read, BRANCH, state, START))[0]?.needed ?? null);
    const [preparing, meeting, balloting, closed, tallied, confirmed, notice, final] = needed;
    expect(meeting).toEqual(balloting);
    expect([tallied, confirmed]).toEqual([closed, closed]);
    expect([notice, final]).toEqual([null, null]);
    for (const [more, less] of [
      [preparing, meeting],
      [balloting, closed],
    ]) {
      expect(more?.calls).toBeGreaterThan(less?.calls ?? Number.POSITIVE_INFINITY);
      expect(more?.pushes).toBeGreaterThan(less?.pushes ?? Number.POSITIVE_INFINITY);
    }
  });
  it('counts only those who are written to there, with leaders of the unit from other branches', async () => {
    const at = await opinionWorld();
    await at.use.db.script(`INSERT INTO person_role (person, role) VALUES ('X0', 'leader')`);
    await onDingTalk(at, ['M01', 'X0']);
    const needs = async () => (await reviewForecast(at.use, at.use.db.read, BRANCH, null, START))[0]?.needed.calls;
    expect(await needs()).toBe(2 * 4 + 10);
    await at.use.db.write((tx) => setPreferredPlatform(tx, 'M01', 'lark'));
    expect(await needs()).toBe(4 + 10);
    await at.use.db.write((tx) => setPreferredPlatform(tx, 'X0', 'lark'));
    expect(await reviewForecast(at.use, at.use.db.read, BRANCH, null, START)).toEqual([]);
  });
});

const textOf = async (at: OpinionWorld, card: string, args: Record<string, string>, person = 'S0') =>
  allText((await at.card(card, args, person)) ?? { title: '', tone: 'blue', blocks: [] });

describe('who runs a review', () => {
  it('hears before opening what it will take', async () => {
    const at = await opinionWorld();
    await at.type('S0', '/review');
    await onDingTalk(at, ALL);
    await at.type('S0', '/review');
    const [plain, budgeted] = await at.outbox();
    expect(JSON.parse(plain?.args ?? '')).toEqual({ key: 'no_review' });
    expect(JSON.parse(budgeted?.args ?? '')).toMatchObject({ key: 'no_review_budget', calls: 54, callsLeft: 5_000 });
    expect(await textOf(at, 'notice', JSON.parse(budgeted?.args ?? ''))).toContain('约需发送 54 次');
  });
  it('sees it on the console and is asked nothing more', async () => {
    const at = await opinionWorld();
    await onDingTalk(at, ALL);
    const review = await at.open();
    expect(await textOf(at, 'console', { review })).toMatch(
      /钉钉额度：本次评议约还需发送 54 次、接收 195 次，本月还剩 5000 次、3000 次/,
    );
    await spend(at, 4_999, 0);
    expect(await textOf(at, 'console', { review })).toMatch(/钉钉额度可能不够.*只剩 1 次/);
    // Committee members who do not run it decide nothing about it.
    expect(await textOf(at, 'console', { review }, 'K1')).not.toContain('额度');
  });
  it('has it in the dialog before ballots go out, which go out all the same', async () => {
    const at = await stage();
    await toBallot(at, { until: 'agenda' });
    await onDingTalk(at, ALL); // signing in was a click on Feishu
    await spend(at, 5_000, 3_000);
    const card = await at.card('console', { review: at.r }, 'S0');
    const start = card?.blocks
      .flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
      .find(({ name }) => name === 'start_ballot');
    expect(start?.confirm?.text).toMatch(/共 12 人。\n钉钉额度可能不够/);
    const { toast } = await at.click('S0', { a: 'start_ballot', r: at.r });
    expect(toast?.type).toBe('success');
  });
  describe('before it is opened', () => {
    const short = async () => {
      const at = await opinionWorld();
      await onDingTalk(at, ALL);
      await spend(at, 4_990, 0);
      return at;
    };
    const opened = (at: OpinionWorld) => currentReview(at.use.db.read, 'B001');
    it('hears it when the month will not do, and nothing is opened yet', async () => {
      const at = await short();
      await at.type('S0', '/review open 2026-Q3');
      expect(await opened(at)).toBeNull();
      const [asked] = await at.outbox();
      expect(asked).toMatchObject({ card: 'review_opening', recipient: 'S0', args: '{"period":"2026-Q3"}' });
      const card = await at.card('review_opening', { period: '2026-Q3' }, 'S0');
      expect(allText(card)).toMatch(/钉钉额度可能不够：这次评议约需发送 54 次、接收 195 次，本月只剩 10 次、3000 次/);
      expect(buttonNames(card)).toEqual(['open_review']);
      expect(card?.typed).toContain('/评议 开启 2026-Q3 是');
    });
    it('opens it all the same by the button, once', async () => {
      const at = await short();
      const { toast, card } = await at.click('S0', { a: 'open_review', q: '2026-Q3' });
      expect(toast?.type).toBe('success');
      expect(buttonNames(card)).toContain('start_meeting');
      expect((await opened(at))?.period).toBe('2026-Q3');
      const again = await at.click('S0', { a: 'open_review', q: '2026-Q3' });
      expect(again.toast?.type).toBe('warning');
      expect(buttonNames(again.card)).toContain('start_meeting');
    });
    it.each(['/review open 2026-Q3 yes', '/review open YES', '/评议 开启 三季度 是', '/评议 开启 是'])(
      'or by typing %s',
      async (typed) => {
        const at = await short();
        await at.type('S0', typed);
        expect((await opened(at))?.period).toBe('2026-Q3');
      },
    );
    it.each(['M01', 'K1', 'X0'])('but not %s, for another branch or without the part', async (person) => {
      const at = await short();
      await at.click(person, { a: 'open_review', q: '2026-Q3' });
      expect(await opened(at)).toBeNull();
    });
    it.each(['2026-Q9', 'x'])('nor a period like %j', async (q) => {
      const at = await short();
      expect((await at.click('S0', { a: 'open_review', q })).toast?.type).toBe('warning');
      expect(await opened(at)).toBeNull();
    });
    it('where the month will do, it opens at once and the answer says what it takes', async () => {
      const at = await opinionWorld();
      await onDingTalk(at, ALL);
      await at.type('S0', '/review open 2026-Q3');
      expect((await opened(at))?.period).toBe('2026-Q3');
      const answer = (await at.outbox()).findLast(({ recipient, card }) => recipient === 'S0' && card === 'console');
      expect(await textOf(at, 'console', JSON.parse(answer?.args ?? '{}'))).toMatch(/约还需发送 54 次.*还剩 5000 次/);
    });
  });
  it('of people on a platform without a budget sees nothing of it', async () => {
    const at = await opinionWorld();
    await onDingTalk(at, ['X0']);
    const review = await at.open();
    expect(await textOf(at, 'console', { review })).not.toContain('额度');
  });
});

describe('the month', () => {
  it('holds the reviews it should still open, those under way, and weekly checks', async () => {
    const at = await opinionWorld();
    await onDingTalk(at, ALL);
    const needed = async (date: string) =>
      (await monthForecast(at.use, at.use.db.read, Date.parse(`${date}T10:00:00+08:00`)))[0]?.needed;
    // October: the review of the third quarter. November: none.
    expect(await needed('2026-10-09')).toEqual({ calls: 58, pushes: 210 });
    expect(await needed('2026-11-09')).toEqual({ calls: 0, pushes: 0 });
    await at.open();
    const opened = await needed('2026-11-09');
    expect(opened).toEqual({ calls: 54, pushes: 195 }); // the secretary opened it on Feishu, and is written to there now
    await at.use.db.script(`INSERT INTO task (id, branch, year, own, owner, text, due, state)
      VALUES ('t1', 'B001', 2026, 0, 'M01', '示例', '2026-12-01', 'open')`);
    // Fridays 13, 20 and 27 November, two of each for one person.
    expect(await needed('2026-11-09')).toEqual({ calls: 54 + 6, pushes: 195 + 6 });
  });

  it('is told to the office once, when it will not do, and no longer once it does', async () => {
    const at = await opinionWorld();
    await at.use.db.script(`INSERT INTO person_role (person, role) VALUES ('X0', 'office')`);
    await onDingTalk(at, ALL);
    const run = () => budgetWatch.run(at.use, { now: at.clock.now, slot: at.clock.now });
    expect(await run()).toMatchObject({ done: 0 });
    await spend(at, 4_950, 0);
    for (let day = 0; day < 3; day++, at.clock.now += DAY) expect(await run()).toMatchObject({ done: 1 });
    const told = (await at.outbox()).filter(({ card }) => card === 'budget');
    expect(told.map(({ recipient }) => recipient)).toEqual(['X0']);
    const card = await at.card('budget', { platform: 'dingtalk' }, 'X0');
    expect(allText(card ?? { title: '', tone: 'blue', blocks: [] })).toMatch(/已发送 4950 \/ 5000 次.*还需发送 58 次/s);
    await at.use.db.script('DELETE FROM api_usage');
    expect(await at.card('budget', { platform: 'dingtalk' }, 'X0')).toBeNull();
    at.clock.now = Date.parse('2027-01-11T10:00:00+08:00');
    await at.use.db.write((tx) => addUsage(tx, 'dingtalk', '2027-01', 'call', 4_999));
    await run();
    expect((await at.outbox()).filter(({ card: name }) => name === 'budget')).toHaveLength(2);
  });

  it('is shown to the office in /status, for the whole city only', async () => {
    const at = await opinionWorld();
    await at.use.db.script(`INSERT INTO person_role (person, role) VALUES ('X0', 'office')`);
    await onDingTalk(at, ALL);
    await spend(at, 12, 34);
    expect(await textOf(at, 'status', { period: '2026-Q3' }, 'X0')).toMatch(
      /钉钉本月额度：已发送 12 \/ 5000 次，已接收 34 \/ 3000 次.*还需发送 58 次、接收 210 次/s,
    );
    expect(await textOf(at, 'status', { period: '2026-Q3', district: 'D1' }, 'X0')).not.toContain('额度');
  });

  it('is in the metrics, by platform and kind', async () => {
    const at = await opinionWorld();
    await onDingTalk(at, []);
    await spend(at, 12, 34);
    const text = await createMetrics(at.use).text();
    expect(text).toContain('tenstar_platform_used_this_month{platform="dingtalk",kind="calls"} 12');
    expect(text).toContain('tenstar_platform_used_this_month{platform="dingtalk",kind="pushes"} 34');
    expect(text).toContain('tenstar_platform_monthly_quota{platform="dingtalk",kind="pushes"} 3000');
  });

  it('is looked at by doctor', async () => {
    const at = await opinionWorld();
    await onDingTalk(at, ALL);
    const examined = () =>
      examineBudgets(
        [createDingTalkProbe(dingtalkConfig(), { now: Date.now })],
        { timezone: ZONE },
        at.use.db.read,
        START,
        translator('en'),
      );
    expect(await examined()).toMatchObject([{ check: 'budget', state: 'ok' }]);
    await spend(at, 0, 2_999);
    expect(await examined()).toMatchObject([
      {
        check: 'budget',
        state: 'warn',
        text: expect.stringMatching(/2999 \/ 3000 received/),
        fix: expect.stringMatching(/DINGTALK_PLAN/),
      },
    ]);
  });
});
