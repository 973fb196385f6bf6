/** By what a scheme year is run: adopted by itself, replaced while nothing rests on it, and from then on only with a reason (J1, J2, R48). */
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { codeOf } from '../../cards/shared/scheme-words.ts';
import { mergeRules, rulesHash } from '../../src/domain/rules.ts';
import { translator } from '../../src/i18n.ts';
import { verifyAudit } from '../../src/store/audit.ts';
import { reviewOf } from '../../src/store/reviews.ts';
import { schemesOf } from '../../src/store/schemes.ts';
import { putCatalogueVersion } from '../../src/store/versions.ts';
import type { Use } from '../../src/use.ts';
import { examineRules } from '../../src/usecases/doctor/rules.ts';
import { adoptFiles, yearState } from '../../src/usecases/scheme/adopt.ts';
import { startYears } from '../../src/usecases/scheme/start.ts';
import { versionOfReview, versionOfYear } from '../../src/usecases/scheme/version.ts';
import { createYearSchemes } from '../../src/usecases/scheme/year-schemes.ts';
import { catalogueOf, rulesOf } from '../../src/usecases/versions.ts';
import { type CommitWorld, commitWorld } from '../support/commit-world.ts';
import { allText, buttonNames, fieldNames, runJob } from '../support/opinion-world.ts';

let world: CommitWorld;
beforeEach(async () => {
  world = await commitWorld();
});
const at = (moment: string) => (world.clock.now = Date.parse(`${moment}+08:00`));
const read = () => world.use.db.read;

/** The files say something else from the next start on. Rules only, unless told otherwise. */
async function restart(rules: object, more: Partial<Pick<Use, 'catalogue'>> = {}): Promise<void> {
  const files = {
    rules: mergeRules(rules),
    catalogue: more.catalogue ?? world.use.catalogue,
    projects: world.use.projects,
  };
  Object.assign(world.use, files, { years: createYearSchemes(files) });
  await startYears(world.use, (change) => (change.kind === 'setting' ? change.path : change.kind));
}
const versions = async (year: number) =>
  (await schemesOf(read(), year)).map(({ version, reason, by, publishedAt }) => ({
    version,
    reason,
    by,
    published: publishedAt !== null,
  }));
const cardsTo = async (card: string) =>
  (await world.outbox()).filter((row) => row.card === card).map(({ recipient, args }) => `${recipient} ${args}`);
const thresholdOf = async (branch: string, period: string) =>
  (await rulesOf(read(), (await reviewOf(read(), branch, period))?.rules ?? '')).stars.threshold;
const adopt = (year: number, reason: string, by = 'O1') =>
  world.use.db.write((tx) => adoptFiles(tx, world.use, { year, reason, by }, world.clock.now));

describe('a year that nothing has used', () => {
  it('gets its first version when the bot starts, once', async () => {
    await restart({});
    await restart({});
    expect(await versions(2026)).toEqual([{ version: 1, reason: '@first_version', by: 'system', published: false }]);
    expect(await versions(2027)).toEqual([]);
  });
  it('gets it when its first review is opened, and changed files simply replace it before', async () => {
    await restart({});
    await restart({ stars: { threshold: '8.5' } });
    expect(await versions(2026)).toEqual([
      { version: 2, reason: '@unused', by: 'system', published: false },
      { version: 1, reason: '@first_version', by: 'system', published: false },
    ]);
    await world.open();
    expect(await thresholdOf('B001', '2026-Q3')).toBe('8.5');
    expect(await versions(2026)).toHaveLength(2);
  });
  it('gets it from the first review where the bot never settled it', async () => {
    await world.open();
    const [version] = await schemesOf(read(), 2026);
    expect(version).toMatchObject({ version: 1, reason: '@first_version', rules: rulesHash(world.use.rules) });
    expect((await reviewOf(read(), 'B001', '2026-Q3'))?.rules).toBe(version?.rules);
  });
  it('is not bound by a draft of commitments, but by one that was handed in', async () => {
    await restart({});
    for (const n of [1, 2, 3]) await world.add('M01', 'own', n);
    await restart({ commitment: { member_items: [2, 5] } });
    expect((await versions(2026)).map(({ reason }) => reason)).toEqual(['@unused', '@first_version']);
    await world.submit('M01', 'own');
    await restart({ commitment: { member_items: [4, 5] } });
    expect(await versions(2026)).toHaveLength(2);
    for (const n of [1, 2]) await world.add('M02', 'own', n);
    expect((await world.submit('M02', 'own')).toast).toMatchObject({ type: 'success' }); // two are enough, as adopted
  });
});

describe('changed files of a year in use', () => {
  beforeEach(async () => {
    await restart({});
    await world.open();
    await restart({ stars: { threshold: '9' }, messages: { from: '08:30' } });
  });

  it('wait: new reviews go on by the version of the year', async () => {
    await world.type('X0', '/review open 2026-Q3');
    expect(await thresholdOf('B002', '2026-Q3')).toBe('8');
    expect(world.use.years.of(2026).rules.stars.threshold).toBe('8');
    expect(await yearState(read(), world.use, 2026)).toMatchObject({
      pending: true,
      against: { year: 2026, version: 1 },
      changes: [{ path: 'stars.threshold' }, { path: 'messages.from' }],
    });
  });
  it('are told to the office in private, once for each state of the files, and logged in words', async () => {
    expect(await cardsTo('rules')).toEqual(['O1 {"year":2026}']);
    await restart({ stars: { threshold: '9' }, messages: { from: '08:30' } });
    expect(await cardsTo('rules')).toHaveLength(1);
    await restart({ stars: { threshold: '9.5' } });
    expect(await cardsTo('rules')).toHaveLength(2);
    expect(world.logged()).toContain('"changes":["stars.threshold","messages.from"]');
    const card = await world.card('rules', { year: 2026 }, 'O1');
    expect(allText(card)).toContain('得星标准（stars.threshold）：8 → 9.5');
    const status = await world.card('status', { period: '2026-Q3' }, 'O1');
    expect(allText(status)).toContain('规则文件有 1 处改动还没有采用，2026 年仍按第 1 版进行');
    expect(buttonNames(status)).toEqual(['rules_show']);
    expect(allText(await world.card('status', { period: '2026-Q3', district: 'D1' }, 'P1'))).not.toContain('规则文件');
    expect(allText(card)).toContain('2026 年仍按第 1 版进行');
  });
  it('hold from their adoption on: for new reviews, not for open ones', async () => {
    const adopted = await adopt(2026, '工委会议决定');
    expect(adopted).toMatchObject({ ok: true, value: { version: 2, reason: '工委会议决定', by: 'O1' } });
    await world.type('X0', '/review open 2026-Q3');
    expect(await thresholdOf('B002', '2026-Q3')).toBe('9');
    expect(await thresholdOf('B001', '2026-Q3')).toBe('8');
    expect(await yearState(read(), world.use, 2026)).toMatchObject({ pending: false, changes: [] });
    const printed = async (branch: string) => {
      const review = await reviewOf(read(), branch, '2026-Q3');
      return review && versionOfReview(read(), review);
    };
    const [second, first] = await schemesOf(read(), 2026);
    expect(await printed('B001')).toEqual({ year: 2026, version: 1, hash: first && codeOf(first) });
    expect(await printed('B002')).toEqual({ year: 2026, version: 2, hash: second && codeOf(second) });
    expect(await versionOfYear(read(), world.use, 2026)).toEqual(await printed('B002'));
    const trail = await read().all(
      z.object({ detail: z.string() }),
      "SELECT detail FROM audit WHERE act = 'scheme_adopted' ORDER BY seq",
    );
    expect(trail.map(({ detail }) => JSON.parse(detail) as object)).toMatchObject([
      { version: 1 },
      { version: 2, reason: '工委会议决定' },
    ]);
    expect((await verifyAudit(read())).ok).toBe(true);
  });
  it.each([
    [2026, '  ', 'reason_missing'],
    [2026, '长'.repeat(201), 'reason_long'],
    [2025, '补记', 'year_closed'],
    [2027, '提前', 'year_closed'],
  ])('are not adopted for %i with %j: %s', async (year, reason, want) => {
    expect(await adopt(year, reason)).toEqual({ ok: false, reason: want });
    expect(await versions(2026)).toHaveLength(1);
  });
  it('are seen by the doctor, with what to do', async () => {
    const examined = () =>
      examineRules(read(), { ...world.use.config, rules: world.use.rules }, world.clock.now, translator('zh-CN'));
    expect(await examined()).toMatchObject({
      check: 'rules',
      state: 'warn',
      text: '2026 年按第 1 版进行，设置文件有 2 处不同，还没有采用。',
      fix: expect.stringContaining('--year 2026') as string,
    });
    await adopt(2026, '工委会议决定');
    expect(await examined()).toEqual({ check: 'rules', state: 'ok', text: '2026 年按第 2 版进行。' });
    at('2028-02-01T10:00');
    expect(await examined()).toMatchObject({
      state: 'ok',
      text: expect.stringContaining('2028 年还没有版本') as string,
    });
  });
  it('cannot be adopted twice', async () => {
    await adopt(2026, '工委会议决定');
    expect(await adopt(2026, '再来一次')).toEqual({ ok: false, reason: 'nothing_new' });
  });
  it('that are put back wait no longer', async () => {
    await restart({});
    expect(await yearState(read(), world.use, 2026)).toMatchObject({ pending: false, changes: [] });
  });
  it('about message hours alone hold at once and ask for nothing', async () => {
    await restart({ messages: { from: '08:30' } });
    expect(await yearState(read(), world.use, 2026)).toMatchObject({
      pending: false,
      changes: [{ path: 'messages.from' }],
    });
    expect(world.use.rules.messages.from).toBe('08:30');
  });
});

it('a version that was adopted can be read for good, even where it says what may be asked no longer', async () => {
  const catalogue = structuredClone(world.use.catalogue);
  if (catalogue.member[0]?.indicators[0]) catalogue.member[0].indicators[0].zh = '家庭和睦';
  await world.use.db.write((tx) => putCatalogueVersion(tx, 'old', JSON.stringify(catalogue), 0));
  expect((await catalogueOf(read(), 'old')).member[0]?.indicators[0]?.zh).toBe('家庭和睦');
});

it('of two versions with the same rules the one is printed under which the review was opened', async () => {
  await restart({});
  await world.open();
  const catalogue = { ...world.use.catalogue, version: 2 };
  await restart({}, { catalogue });
  world.clock.now += 60_000;
  await adopt(2026, '标准编号更正');
  const review = await reviewOf(read(), 'B001', '2026-Q3');
  expect(review && (await versionOfReview(read(), review)).version).toBe(1);
  await world.type('X0', '/review open 2026-Q3');
  const later = await reviewOf(read(), 'B002', '2026-Q3');
  expect(later && (await versionOfReview(read(), later)).version).toBe(2);
  expect(later && (await versionOfReview(read(), { ...later, rules: 'older'.repeat(4) }))).toEqual({
    year: 2026,
    version: null,
    hash: 'olderolderol',
  });
});

it('versions outlive everything that rested on them', async () => {
  await restart({});
  at('2045-06-01T03:30');
  await runJob(world, 'retention');
  expect(await versions(2026)).toHaveLength(1);
  const bodies = await read().get(z.object({ n: z.int() }), 'SELECT count(*) AS n FROM rules_version');
  expect(bodies?.n).toBe(1);
});

describe('two scheme years at once', () => {
  it('in January a review of the last quarter goes by last year’s version, commitments by this year’s', async () => {
    await restart({ commitment: { member_items: [3, 10] } });
    await world.open();
    at('2027-01-04T10:00');
    await restart({ stars: { threshold: '9' }, commitment: { member_items: [1, 10] } });
    expect(await versions(2026)).toHaveLength(1);
    expect(await versions(2027)).toEqual([{ version: 1, reason: '@first_version', by: 'system', published: false }]);
    await world.type('S0', '/review open 2026-Q4');
    expect(await thresholdOf('B001', '2026-Q4')).toBe('8');
    const due = { due: '2027-12-18 +0800' };
    await world.click('M01', { a: 'commit_put', y: 2027, w: 'own', n: 0 }, world.item(1, due));
    expect((await world.click('M01', { a: 'commit_submit', y: 2027, w: 'own', n: 0 })).toast?.type).toBe('success');
    // What no longer fits last year is no news: its reviews end as they began.
    expect(await cardsTo('rules')).toEqual([]);
    expect((await yearState(read(), world.use, 2026)).pending).toBe(true);
    expect((await yearState(read(), world.use, 2027)).pending).toBe(false);
  });
});

describe('the card', () => {
  it('shows everybody in short what holds, and how 以下 is read (A30)', async () => {
    await restart({});
    await world.type('M01', '/规则');
    expect(await cardsTo('rules')).toEqual(['M01 {"year":2026}']);
    const card = await world.card('rules', { year: 2026 }, 'M01');
    const text = allText(card);
    expect(card?.title).toBe('2026 年评星规则');
    expect(card?.subtitle).toMatch(/^第 1 版（[0-9a-f]{12}）$/);
    for (const part of [
      '8 分及以上',
      '自评 10%，党员和群众 30%',
      '应到的 2/3 到会',
      '党员 3—10 项',
      '不足 7 颗、不足 6 颗才算',
      '起草承诺：1月6日至 1月20日，1月31日前批准',
    ])
      expect(text).toContain(part);
    expect(fieldNames(card)).toEqual([]);
    expect(text).not.toContain('历次版本');
    expect(allText(await world.card('rules', { year: 2026 }, 'M01', 'en'))).toContain('fewer than 7, fewer than 6');
  });
  it('says the other reading of 以下 where the rules say so', async () => {
    await restart({ thresholds: { inclusive: true } });
    expect(allText(await world.card('rules', { year: 2026 }, 'M01'))).toContain('7 颗、6 颗也算');
  });
  it('answers a year that is none with a sentence', async () => {
    await world.type('M01', '/rules next');
    expect((await cardsTo('notice'))[0]).toContain('rules_bad_year');
    await world.type('M01', '/rules 2031年');
    expect(allText(await world.card('rules', { year: 2031 }, 'M01'))).toContain('2031 年还没有定版');
  });

  describe('of the office', () => {
    beforeEach(async () => {
      await restart({});
      await world.open();
      await restart({ stars: { threshold: '9' } });
    });
    const pressed = async (person: string, form: Record<string, string>, over: { k?: string } = {}) => {
      const card = await world.card('rules', { year: 2026 }, 'O1');
      const button = card?.blocks
        .flatMap((block) => (block.kind === 'form' ? block.buttons : []))
        .find(({ name }) => name === 'adopt');
      if (button?.action?.a !== 'rules_adopt') throw new Error('no button');
      expect(button.confirm?.title).toBe('采用为 2026 年第 2 版？');
      return world.click(person, { ...button.action, ...over }, form);
    };
    it('adopts with a reason, shows the new version and keeps the old one', async () => {
      const { toast, card } = await pressed('O1', { reason: '工委会议决定' });
      expect(toast).toEqual({ type: 'success', text: '已采用，2026 年第 2 版。' });
      expect(card?.subtitle).toMatch(/^第 2 版/);
      expect(buttonNames(card)).toEqual([]);
      expect(allText(card)).toMatch(
        /第 2 版（[0-9a-f]{12}） 2026-10-09 某O1：工委会议决定[^]*第 1 版（[0-9a-f]{12}） 2026-10-09 系统：第一版/,
      );
      expect(world.use.years.of(2026).rules.stars.threshold).toBe('9');
    });
    it.each([
      [{}, '请写明采用的理由。'],
      [{ reason: '长'.repeat(201) }, '理由太长，请不超过 200 字。'],
    ])('refuses %j and brings the form back as it was', async (form: Record<string, string>, text) => {
      const { toast, card } = await pressed('O1', form);
      expect(toast).toEqual({ type: 'warning', text });
      expect(fieldNames(card)).toEqual(['reason']);
      expect(allText(card)).toContain(form.reason ?? '采用的理由');
    });
    it.each(['M01', 'S0', 'G1', 'P1'])('refuses %s', async (person) => {
      expect((await pressed(person, { reason: '我来改' })).toast?.type).toBe('error');
      expect(await versions(2026)).toHaveLength(1);
    });
    it('refuses files that have changed since they were looked at', async () => {
      const { toast, card } = await pressed('O1', { reason: '工委会议决定' }, { k: '0123456789ab' });
      expect(toast).toEqual({ type: 'warning', text: '设置文件又变了，请先看新的内容。' });
      expect(fieldNames(card)).toEqual(['reason']);
      expect(await versions(2026)).toHaveLength(1);
    });
    it('answers a late click with the version that holds', async () => {
      await adopt(2026, '工委会议决定');
      const { toast, card } = await world.click(
        'O1',
        { a: 'rules_adopt', y: 2026, k: '0123456789ab' },
        { reason: '再来一次' },
      );
      expect(toast).toEqual({ type: 'warning', text: '设置文件与现行版本一致，没有可采用的改动。' });
      expect(card?.subtitle).toMatch(/^第 2 版/);
    });
  });
});

describe('the year’s round', () => {
  it('in December the office looks through the next year’s rules, on the last day again unless they are adopted (J1)', async () => {
    await restart({});
    await world.open();
    at('2026-12-01T09:15');
    await runJob(world, 'rules-review');
    await runJob(world, 'rules-review');
    const asked = async () => (await cardsTo('rules')).filter((line) => line.includes('2027'));
    expect(await asked()).toEqual(['O1 {"year":2027}']);
    await restart({});
    expect(world.logged()).toMatch(/"year":2027[^\n]*the official holidays of this year are not loaded/);
    const card = await world.card('rules', { year: 2027 }, 'O1');
    const text = allText(card);
    for (const part of [
      '2027 年还没有定版',
      '设置文件与 2026 年第 1 版一致',
      '请在 12月20日前审议',
      '2027 年放假通知还没有载入',
    ])
      expect(text).toContain(part);
    expect(fieldNames(card)).toEqual(['reason']);
    at('2026-12-21T09:15');
    await runJob(world, 'rules-review');
    expect(await asked()).toHaveLength(2);

    await restart({ quorum: { fraction: '3/4' } });
    const changed = allText(await world.card('rules', { year: 2027 }, 'O1'));
    expect(changed).toContain('设置文件与 2026 年第 1 版有 1 处不同');
    expect(changed).toContain('会议人数（quorum.fraction）：2/3 → 3/4');
    expect(await adopt(2027, '按工委会议')).toMatchObject({ ok: true, value: { year: 2027, version: 1 } });
    at('2026-12-20T09:15');
    await runJob(world, 'rules-review');
    expect(await asked()).toHaveLength(2);
  });

  it('on the day of the plan the version binds and those who run branches hear of it, once; a later version is told with its reason (J2)', async () => {
    at('2027-01-05T09:15');
    await runJob(world, 'plan-publish');
    await runJob(world, 'plan-publish');
    const told = await cardsTo('plan');
    expect(told).toEqual([
      'S0 {"year":2027,"version":1}',
      'D0 {"year":2027,"version":1}',
      'X0 {"year":2027,"version":1}',
    ]);
    expect(await versions(2027)).toEqual([{ version: 1, reason: '@first_version', by: 'system', published: true }]);
    const plan = await world.card('plan', { year: 2027, version: 1 }, 'S0');
    expect(allText(plan)).toMatch(/2027 年的规则和计划已定，为第 1 版（[0-9a-f]{12}）/);
    expect(buttonNames(plan)).toEqual(['rules_show', 'guide_list']);

    await restart({ stars: { threshold: '9' } });
    expect(await versions(2027)).toHaveLength(1);
    await adopt(2027, '工委会议决定');
    expect(await cardsTo('plan')).toHaveLength(6);
    expect(allText(await world.card('plan', { year: 2027, version: 2 }, 'X0'))).toContain('理由：工委会议决定');
  });

  it('gaps of the roster go to whoever can see them closed; persons only to their own branch (J3)', async () => {
    await world.use.db.write(async (tx) => {
      await tx.run("UPDATE person SET name = '同名' WHERE employee_no IN ('M01', 'M02')");
    });
    at('2027-01-05T09:20');
    await runJob(world, 'roster-check');
    await runJob(world, 'roster-check');
    expect(await cardsTo('roster_gaps')).toEqual([
      'S0 {"year":2027,"scope":"branch","code":"B001"}',
      'D0 {"year":2027,"scope":"branch","code":"B001"}',
      'X0 {"year":2027,"scope":"branch","code":"B002"}',
      'P1 {"year":2027,"scope":"district","code":"D1"}',
      'O1 {"year":2027,"scope":"city","code":""}',
    ]);
    const own = allText(await world.card('roster_gaps', { year: 2027, scope: 'branch', code: 'B001' }, 'S0'));
    expect(own).toContain('支部 B001 有同名的人：同名。');
    expect(own).not.toContain('B002');
    const district = allText(await world.card('roster_gaps', { year: 2027, scope: 'district', code: 'D1' }, 'P1'));
    expect(district).toContain('支部 B003 没有书记');
    expect(district).not.toContain('同名');
    for (const person of ['M01', 'X0', 'P1'])
      expect(await world.card('roster_gaps', { year: 2027, scope: 'branch', code: 'B001' }, person)).toBe(null);
    expect(await world.card('roster_gaps', { year: 2027, scope: 'city', code: '' }, 'P1')).toBe(null);
  });
});
