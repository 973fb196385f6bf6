import { afterEach, describe, expect, it } from 'vitest';
import type { ReadinessReport } from '../../src/http/readiness.ts';
import { OUTBOX_MAX_AGE_MS } from '../../src/store/outbox-admin.ts';
import { type Database, openDatabase } from '../../src/store/db.ts';
import { deliver, type HttpBot, startHttpBot } from '../support/http-bot.ts';
import { clickEvent, envelope, messageEvent, NOW, push } from '../support/lark-push.ts';
import { tempDatabase, tempDatabaseUrl } from '../support/temp-database.ts';

let bot: HttpBot;
afterEach(() => bot.close());

async function ready(): Promise<{ status: number; report: ReadinessReport }> {
  const response = await fetch(`${bot.url}/readyz`);
  return { status: response.status, report: (await response.json()) as ReadinessReport };
}
/** A message that should have left at `at`. */
const due = (db: Database, at: number, state = 'waiting') =>
  db.write((tx) =>
    tx.run(
      `INSERT INTO outbox (platform, recipient_kind, recipient, card, args, uuid, not_before, state, created_at)
       VALUES ('lark', 'person', 'E0001', 'notice', '{}', ?, ?, ?, ?)`,
      [`k${at}${state}`, at, state, at],
    ),
  );

it('says that the process lives, whatever the database does', async () => {
  bot = await startHttpBot({ db: broken });
  const response = await fetch(`${bot.url}/healthz`);
  expect([response.status, await response.json()]).toEqual([200, { ok: true }]);
});

describe('/readyz', () => {
  it('is 200 when everything is as it should be', async () => {
    bot = await startHttpBot();
    expect(await ready()).toMatchObject({ status: 200, report: { ready: true, failing: [] } });
  });

  it('names migrations that are missing', async () => {
    bot = await startHttpBot({ db: await openDatabase({ url: tempDatabaseUrl() }) });
    const { status, report } = await ready();
    expect(status).toBe(503);
    expect(report.failing).toEqual(['migrations', 'outbox']);
    expect(report.checks.database.ok).toBe(true);
    expect(report.checks.migrations.note).toContain('0001_foundation.sql');
  });
  it('names a migration of another version', async () => {
    const db = await tempDatabase();
    await db.write((tx) => tx.run("UPDATE migration SET sha256 = 'other' WHERE name = '0001_foundation.sql'"));
    bot = await startHttpBot({ db });
    const { status, report } = await ready();
    expect([status, report.failing]).toEqual([503, ['migrations']]);
    expect(report.checks.migrations.note).toContain('0001_foundation.sql was edited');
  });

  it('names messages that do not leave, and not those that may wait', async () => {
    const db = await tempDatabase();
    await due(db, NOW - OUTBOX_MAX_AGE_MS - 1_000);
    bot = await startHttpBot({ db });
    const { status, report } = await ready();
    expect([status, report.failing]).toEqual([503, ['outbox']]);
    expect(report.checks.outbox.note).toBe('1 due, the oldest for 1801 s');
  });
  it.each([
    ['due for a while', NOW - OUTBOX_MAX_AGE_MS, 'waiting'],
    ['planned for tomorrow', NOW + 86_400_000, 'waiting'],
    ['given up long ago', NOW - 86_400_000, 'dead'],
  ])('does not mind a message that is %s', async (_what, at, state) => {
    const db = await tempDatabase();
    await due(db, at, state);
    bot = await startHttpBot({ db });
    expect(await ready()).toMatchObject({ status: 200 });
  });

  it('names a database that does not answer, without what its driver says', async () => {
    bot = await startHttpBot({ db: broken });
    const { status, report } = await ready();
    expect([status, report.failing]).toEqual([503, ['database', 'migrations', 'outbox']]);
    expect(JSON.stringify(report)).not.toContain('SECRET');
  });

  it('asks the database once a second, however often it is asked itself', async () => {
    let asked = 0;
    const db = await tempDatabase();
    const get: Database['read']['get'] = (...args) => {
      asked += 1;
      return db.read.get(...args);
    };
    bot = await startHttpBot({ db: { ...db, read: { ...db.read, get } } });
    await ready();
    const once = asked;
    await Promise.all(Array.from({ length: 20 }, ready));
    expect(asked).toBe(once);
    bot.time += 1_000;
    await ready();
    expect(asked).toBe(2 * once);
  });
});

const broken: Database = {
  read: { all: () => Promise.reject(new Error('SECRET')), get: () => Promise.reject(new Error('SECRET')) },
  write: () => Promise.reject(new Error('SECRET')),
  snapshot: () => Promise.reject(new Error('SECRET')),
  script: () => Promise.resolve(),
  backup: () => Promise.resolve(),
  checkpoint: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

describe('/metrics', () => {
  const scrape = async () => {
    const response = await fetch(`${bot.url}/metrics`);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    return response.text();
  };
  const click = envelope('card.action.trigger', clickEvent({ value: { a: 'ballot_cast', r: 'rv_demo', d: 'eA' } }));
  const message = envelope('im.message.receive_v1', messageEvent('/help'));

  it('counts deliveries by what they were and how they ended', async () => {
    bot = await startHttpBot();
    await deliver(bot, push(click));
    await deliver(bot, push(click));
    await deliver(bot, push(message));
    await deliver(bot, push(click, { unsigned: true }));
    await deliver(bot, push('junk'));
    await deliver(bot, push({ padding: 'x'.repeat(300_000) }));
    bot.handle = () => Promise.reject(new Error('no'));
    await deliver(bot, push(message));
    const lines = (await scrape()).split('\n');
    expect(lines.filter((line) => line.startsWith('tenstar_callbacks_total{')).toSorted()).toEqual([
      'tenstar_callbacks_total{platform="lark",kind="click",result="ok"} 2',
      'tenstar_callbacks_total{platform="lark",kind="message",result="failed"} 1',
      'tenstar_callbacks_total{platform="lark",kind="message",result="ok"} 1',
      'tenstar_callbacks_total{platform="lark",kind="unknown",result="junk"} 1',
      'tenstar_callbacks_total{platform="lark",kind="unknown",result="too_large"} 1',
      'tenstar_callbacks_total{platform="lark",kind="unknown",result="unauthorised"} 1',
    ]);
    expect(lines).toContain('tenstar_callback_duration_seconds_count{platform="lark",kind="click"} 2');
  });

  it('shows the outbox, the event loop and the memory', async () => {
    const db = await tempDatabase();
    await due(db, NOW - 90_000);
    await due(db, NOW + 90_000);
    await due(db, NOW - 500_000, 'dead');
    bot = await startHttpBot({ db });
    bot.metrics.finished('lark', 'retry', 'rate_limited');
    const text = await scrape();
    for (const line of [
      'tenstar_outbox_messages{state="waiting"} 2',
      'tenstar_outbox_messages{state="due"} 1',
      'tenstar_outbox_messages{state="dead"} 1',
      'tenstar_outbox_oldest_due_seconds 90',
      'tenstar_outbox_finished_total{platform="lark",outcome="retry",reason="rate_limited"} 1',
      'tenstar_database_up 1',
    ])
      expect(text.split('\n')).toContain(line);
    expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
    expect(text).toMatch(/^process_resident_memory_bytes \d/m);
  });

  it('says who nobody is: no person, chat, review or button in a label', async () => {
    bot = await startHttpBot();
    await deliver(bot, push(click));
    await deliver(bot, push(message));
    expect(await scrape()).not.toMatch(/ou_demo|oc_demo|om_demo|rv_demo|ballot_cast/);
  });

  it('answers without a database too', async () => {
    bot = await startHttpBot({ db: broken });
    const text = await scrape();
    expect(text).toContain('tenstar_database_up 0');
    expect(text).not.toMatch(/^tenstar_outbox_messages\{/m);
  });
});
