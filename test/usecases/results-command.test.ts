/** `/results` before there are any: a sentence, and nobody has looked at anything. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { translator } from '../../src/i18n.ts';
import { branchFeedbackOf } from '../../src/usecases/results.ts';
import { allText } from '../support/opinion-world.ts';
import { type Stage, stage, toBallot, toNotice, vote } from '../support/review-stage.ts';

it('the committee is told that nothing has been counted yet; a look is noted only when there is something to see', async () => {
  const at = await stage();
  const views = async () =>
    (await at.use.db.read.get(z.object({ n: z.int() }), 'SELECT count(*) AS n FROM sheet_view'))?.n;
  const ask = async (person: string) => {
    await at.type(person, '/结果');
    const answer = (await at.outbox()).at(-1);
    return `${answer?.card} ${answer?.args}`;
  };
  for (const person of ['S0', 'D0', 'K1']) expect(await ask(person)).toContain('"key":"not_counted"');
  await toBallot(at);
  await vote(at);
  expect(await ask('S0')).toContain('"key":"not_counted"');
  expect(await views()).toBe(0);
  await at.click('S0', { a: 'close_ballot', r: at.r });
  expect(await ask('S0')).toMatch(/^scores /);
  expect(await views()).toBeGreaterThan(0);
});

describe('feedback to a branch', () => {
  const FEEDBACK = translator('zh-CN')('result.feedback_title');
  const withRoles = async (colleagues = 3) => {
    const at = await stage({ colleagues });
    await at.use.db.script(`INSERT INTO person_role (person, role, scope) VALUES ('X0', 'office', '')`);
    await toNotice(at);
    return at;
  };
  const asked = async (at: Stage, person: string) => {
    await at.type(person, '/结果 2026-Q3 B001');
    const { card, args } = (await at.outbox()).at(-1) ?? { card: '', args: '{}' };
    return { name: card, text: allText(await at.card(card, JSON.parse(args), person)) };
  };
  it('reaches the office once results are published, and nobody else (A25, J20)', async () => {
    const at = await withRoles();
    const office = await asked(at, 'X0');
    expect(office.name).toBe('results_branch');
    expect(office.text).toContain(FEEDBACK);
    expect(office.text).toContain('9.00');
    await at.use.db.script(`DELETE FROM person_role WHERE person = 'X0';
      INSERT INTO person_role (person, role, scope) VALUES ('X0', 'liaison', 'D1')`);
    const liaison = await asked(at, 'X0');
    expect(liaison.name).toBe('results_branch');
    expect(liaison.text).not.toContain(FEEDBACK);
    for (const person of ['M01', 'R01'])
      expect(allText(await at.card('results_branch', { review: at.r }, person))).not.toContain(FEEDBACK);
  });
  it('is not there before, and goes through the gate', async () => {
    const at = await stage();
    await at.use.db.script(`INSERT INTO person_role (person, role, scope) VALUES ('X0', 'office', '')`);
    await toBallot(at);
    await vote(at, ['S0', 'D0', 'K1', 'M01', 'M02', 'M03', 'M04', 'M05']);
    await at.click('S0', { a: 'close_ballot', r: at.r });
    expect((await asked(at, 'X0')).text).not.toContain(FEEDBACK);
    await at.click('S0', { a: 'confirm_results', r: at.r, p: 0 });
    await at.click('S0', { a: 'publish_results', r: at.r });
    const stored = await branchFeedbackOf(at.use.db.read, at.r);
    const { text } = await asked(at, 'X0');
    for (const { members_and_colleagues: mean } of stored)
      expect(text).toContain(mean ?? translator('zh-CN')('result.withheld'));
  });
});
