/** What the office sees of jobs and messages: numbers, times and reasons; within the platform's limits, and nobody else's to see. */
import { describe, expect, it } from 'vitest';
import { jobsCard } from '../../cards/jobs.ts';
import { outboxCard } from '../../cards/outbox.ts';
import { LOCALES, translator } from '../../src/i18n.ts';
import { jobs } from '../../src/jobs/index.ts';
import { lintCard } from '../../src/platform/lark/lint.ts';
import { SEND_FAILURES } from '../../src/platform/platform.ts';
import { renderCard } from '../../src/platform/lark/render.ts';
import { enqueueMany } from '../../src/store/outbox.ts';
import { allText, START } from '../support/opinion-world.ts';
import { messages, stage, toBallot } from '../support/review-stage.ts';
import { renderIn } from '../support/render-context.ts';

describe.each(LOCALES)('in %s', (locale) => {
  const context = renderIn(locale);
  it('a table of failed and late jobs fits', () => {
    const note = '失'.repeat(200);
    const rows = jobs.map(({ name, schedule, summary }, i) => ({
      name,
      schedule,
      summary,
      next: START,
      last: {
        job: name,
        slot: '2026-10-09T10:00:00+08:00',
        state: (['failed', 'done', 'skipped', 'running'] as const)[i % 4] ?? 'failed',
        startedAt: START,
        finishedAt: START,
        outcome: {
          done: 99_999,
          failed: 99_999,
          note: i % 4 === 2 ? 'too_late' : note,
          lateMinutes: 99_999,
          attempts: 4,
        },
      },
    }));
    const card = jobsCard.render({ rows, hours: { from: '09:00', to: '18:00' }, timezone: 'Asia/Shanghai' }, context);
    expect(lintCard(renderCard(card))).toEqual([]);
    expect(JSON.stringify(card)).not.toMatch(/undefined|job\.|\{\{/);
  });

  it('every reason a message can be given up for has a sentence', () => {
    const reasons = [...Object.keys(SEND_FAILURES), 'uncertain', 'no_account', 'compose_failed'];
    const dead = reasons.map((reason) => ({ reason: `${reason} 230013`, n: 5_000 }));
    const card = outboxCard.render(
      { health: { waiting: 5_000, due: 5_000, dead: 80_000, oldestMs: 90_000_000 }, sent: 1, dead },
      context,
    );
    expect(lintCard(renderCard(card))).toEqual([]);
    for (const reason of reasons) expect(allText(card)).not.toContain(reason);
    expect(allText(card)).toContain(locale === 'en' ? '1 d' : '1 天');
  });
});

describe('who may see it', () => {
  it.each([
    ['/jobs', 'jobs'],
    ['/任务', 'jobs'],
    ['/outbox', 'outbox'],
    ['/消息', 'outbox'],
  ])('%s is for the office', async (typed, card) => {
    const at = await stage();
    await at.use.db.script(`INSERT INTO person_role (person, role) VALUES ('X0', 'office'); DELETE FROM outbox`);
    for (const person of ['S0', 'K1', 'M01', 'X0']) await at.type(person, typed);
    expect((await messages(at, card)).map(({ recipient }) => recipient)).toEqual(['X0']);
    expect((await messages(at, 'notice')).map(({ args }) => args)).toEqual(
      Array.from({ length: 3 }, () => '{"key":"not_office"}'),
    );
  });

  it('the answer to /outbox is not among the messages that wait', async () => {
    const at = await stage();
    await at.use.db.script(`INSERT INTO person_role (person, role) VALUES ('X0', 'office'); DELETE FROM outbox`);
    await at.type('X0', '/outbox');
    const card = await at.card('outbox', {}, 'X0');
    expect(allText(card)).toContain(translator('zh-CN')('job.all_sent'));
    await at.type('M01', '/help');
    expect(allText(await at.card('outbox', {}, 'X0'))).toContain('等待发送 1');
  });

  it('the card of messages names nobody and no content', async () => {
    const at = await stage();
    await toBallot(at);
    const now = at.clock.now;
    await at.use.db.write(async (tx) => {
      await enqueueMany(tx, [
        {
          uuid: 'a',
          platform: 'lark',
          to: { kind: 'person', employeeNo: 'M01' },
          card: 'my_result',
          args: { review: at.r },
          notBefore: now,
          createdAt: now,
        },
      ]);
      await tx.run(
        `UPDATE outbox SET state = 'dead', last_error = 'person_unreachable 230013', done_at = ? WHERE card = 'my_result'`,
        [now],
      );
    });
    const text = JSON.stringify(await at.card('outbox', {}, 'X0'));
    expect(text).toContain('230013');
    expect(text).not.toMatch(/M0|ou_|my_result|某/);
    expect(text).not.toContain(at.r);
    expect(JSON.stringify(await at.card('jobs', {}, 'X0', 'en'))).toContain('posts the league');
  });
});
