import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { PlatformName } from '../../src/platform/platform.ts';
import type { Database } from '../../src/store/db.ts';
import { takeLease } from '../../src/store/lease.ts';
import { enqueueMany, type MessageTo, type NewMessage } from '../../src/store/outbox.ts';
import { countByState, deadMessages, retryDead } from '../../src/store/outbox-admin.ts';
import { createOutboxDispatcher } from '../../src/usecases/outbox/dispatcher.ts';
import type { OutboxDeps, OutboxOptions } from '../../src/usecases/outbox/types.ts';
import { type ScriptedPlatform, scriptedPlatform } from '../support/scripted-platform.ts';
import { tempDatabase } from '../support/temp-database.ts';
import { type VirtualClock, virtualClock } from '../support/virtual-clock.ts';

const NOON = Date.UTC(2026, 9, 9, 4);
const LIMITS = { perMinute: 1_000, perSecond: 50, perRecipientPerSecond: 5 };
const faults: unknown[] = [];
const log = {
  info: () => {},
  warn: () => {},
  error: (fields: unknown, text?: string) => void faults.push([text, fields]),
};
afterEach(() => {
  expect(faults.splice(0)).toEqual([]);
});

const person = (n: number): MessageTo => ({ kind: 'person', employeeNo: `E${String(n).padStart(4, '0')}` });
const message = (to: MessageTo, n: number, more: Partial<NewMessage> = {}): NewMessage => ({
  uuid: randomUUID(),
  platform: 'lark',
  to,
  card: 'notice',
  args: { n },
  notBefore: NOON,
  createdAt: NOON,
  ...more,
});

function sender(
  db: Database,
  clock: VirtualClock,
  platform: ScriptedPlatform,
  more: Partial<OutboxDeps> = {},
  options: Partial<OutboxOptions> = {},
) {
  return createOutboxDispatcher(
    {
      db,
      platforms: new Map<PlatformName, ScriptedPlatform>([['lark', platform]]),
      compose: ({ args }) =>
        Promise.resolve({ kind: 'card', card: { title: `message ${args.n}`, tone: 'blue', blocks: [] } }),
      resolveUser: (_, employeeNo) => Promise.resolve(`ou_${employeeNo}`),
      now: clock.now,
      sleep: clock.sleep,
      owner: randomUUID(),
      log,
      random: () => 0.5,
      ...more,
    },
    options,
  );
}
/** Messages per recipient, in order of arrival. */
function perRecipient(platform: ScriptedPlatform): Map<string, string[]> {
  const texts = new Map<string, string[]>();
  for (const { to, text } of platform.arrived) texts.set(to, [...(texts.get(to) ?? []), text]);
  return texts;
}

describe('outbox dispatcher', () => {
  it('sends 5,000 private cards at 95 % of the permitted rate or more, never over it', async () => {
    const clock = virtualClock(NOON);
    const db = await tempDatabase();
    let seed = 1;
    const latencyMs = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return 20 + (seed % 120);
    };
    const platform = scriptedPlatform({ limits: LIMITS, now: clock.now, sleep: clock.sleep, latencyMs });
    await db.write((tx) =>
      enqueueMany(
        tx,
        Array.from({ length: 5_000 }, (_, n) => message(person(n), n)),
      ),
    );
    const outbox = sender(db, clock, platform);
    outbox.start();
    await clock.runUntil(() => platform.arrived.length === 5_000, 600_000);
    const minutes = (clock.now() - NOON) / 60_000;
    expect(platform.tooFast).toBe(0);
    expect(5_000 / minutes).toBeGreaterThanOrEqual(0.95 * LIMITS.perMinute);
    await clock.during(outbox.drain(5_000));
    expect(await countByState(db.read)).toEqual({ waiting: 0, sent: 5_000, dead: 0, dropped: 0 });
  }, 60_000);

  it('keeps the rate and loses nothing when the platform answers 429, 500 and not at all', async () => {
    const clock = virtualClock(NOON);
    const db = await tempDatabase();
    const kinds = ['limited', 'server_error', 'lost_before', 'lost_after'] as const;
    const platform = scriptedPlatform({
      limits: LIMITS,
      now: clock.now,
      sleep: clock.sleep,
      latencyMs: () => 40,
      fault: (_, request) => (request % 29 === 3 ? (kinds[request % 4] ?? null) : null),
    });
    const rows = Array.from({ length: 3_000 }, (_, n) => message(person(n % 1_000), n));
    await db.write((tx) => enqueueMany(tx, rows));
    const outbox = sender(db, clock, platform);
    outbox.start();
    await clock.runUntil(() => platform.arrived.length === 3_000, 600_000);
    expect(platform.requests / ((clock.now() - NOON) / 60_000)).toBeGreaterThanOrEqual(0.95 * LIMITS.perMinute);
    await clock.during(outbox.whenIdle(60_000));
    await clock.during(outbox.drain(5_000));
    for (const [to, texts] of perRecipient(platform)) {
      const n = Number(to.slice(-4));
      expect(texts).toEqual([n, n + 1_000, n + 2_000].map((i) => `message ${i}`));
    }
    expect(await countByState(db.read)).toEqual({ waiting: 0, sent: 3_000, dead: 0, dropped: 0 });
  }, 60_000);

  it('finds the real rate when the platform permits less than it publishes', async () => {
    const clock = virtualClock(NOON);
    const db = await tempDatabase();
    const enforced = { ...LIMITS, perMinute: 300 };
    const platform = scriptedPlatform({
      limits: LIMITS,
      enforced,
      now: clock.now,
      sleep: clock.sleep,
      latencyMs: () => 30,
    });
    await db.write((tx) =>
      enqueueMany(
        tx,
        Array.from({ length: 900 }, (_, n) => message(person(n), n)),
      ),
    );
    const outbox = sender(db, clock, platform);
    outbox.start();
    await clock.runUntil(() => platform.arrived.length === 900, 600_000);
    expect((clock.now() - NOON) / 60_000).toBeLessThan(4);
    expect(platform.tooFast).toBeLessThan(200);
    await clock.during(outbox.drain(5_000));
  }, 60_000);

  it('lets an answer somebody waits for pass a fan-out', async () => {
    const clock = virtualClock(NOON);
    const db = await tempDatabase();
    const platform = scriptedPlatform({ limits: LIMITS, now: clock.now, sleep: clock.sleep, latencyMs: () => 50 });
    await db.write((tx) =>
      enqueueMany(
        tx,
        Array.from({ length: 2_000 }, (_, n) => message(person(n), n)),
      ),
    );
    const outbox = sender(db, clock, platform);
    outbox.start();
    await clock.runUntil(() => platform.arrived.length >= 970);
    const asked = clock.now();
    await db.write((tx) => enqueueMany(tx, [message(person(9_000), 9_000, { urgent: true })]));
    outbox.wake();
    const answered = () => platform.arrived.find(({ text }) => text === 'message 9000');
    await clock.runUntil(() => answered() !== undefined);
    expect(answered()!.at - asked).toBeLessThan(1_000);
    await clock.during(outbox.drain(5_000));
  });

  it('a message planned for later holds nothing back, one that waits for its retry holds its recipient back', async () => {
    const clock = virtualClock(NOON);
    const db = await tempDatabase();
    const platform = scriptedPlatform({
      limits: LIMITS,
      now: clock.now,
      sleep: clock.sleep,
      fault: ({ content }, request) =>
        request < 3 && content.kind === 'card' && content.card.title === 'message 2' ? 'server_error' : null,
    });
    await db.write((tx) =>
      enqueueMany(tx, [
        message(person(1), 1, { notBefore: NOON + 3_600_000 }),
        message(person(1), 2),
        message(person(1), 3),
        message(person(2), 4),
      ]),
    );
    const outbox = sender(db, clock, platform);
    outbox.start();
    await clock.runUntil(() => platform.arrived.length === 4);
    expect(perRecipient(platform)).toEqual(
      new Map([
        ['ou_E0002', ['message 4']],
        ['ou_E0001', ['message 2', 'message 3', 'message 1']],
      ]),
    );
    expect(clock.now()).toBeGreaterThanOrEqual(NOON + 3_600_000);
    await clock.during(outbox.drain(5_000));
  });

  it('gives up what will never arrive, tells who is lost, and tries again when asked', async () => {
    const clock = virtualClock(NOON);
    const db = await tempDatabase();
    let broken = true;
    const platform = scriptedPlatform({
      limits: LIMITS,
      now: clock.now,
      sleep: clock.sleep,
      fault: ({ to }) => {
        if (!broken) return null;
        if (to.kind === 'chat') return { ok: false, reason: 'chat_gone', code: '232009' };
        return { ok: false, reason: 'person_unreachable', code: 'a name 张三 and text' };
      },
    });
    const lost: string[] = [];
    const outbox = sender(db, clock, platform, {
      resolveUser: (_, employeeNo) => Promise.resolve(employeeNo === 'E0003' ? null : `ou_${employeeNo}`),
      compose: ({ args }) =>
        Promise.resolve(
          args.n === 4 ? null : { kind: 'card', card: { title: `message ${args.n}`, tone: 'blue', blocks: [] } },
        ),
      onUnreachable: (_, employeeNo) => Promise.resolve(void lost.push(employeeNo)),
      onChatLost: (_, chatId) => Promise.resolve(void lost.push(chatId)),
    });
    await db.write((tx) =>
      enqueueMany(tx, [
        message({ kind: 'chat', chatId: 'oc_1' }, 1),
        message(person(2), 2),
        message(person(3), 3),
        message(person(4), 4),
      ]),
    );
    outbox.start();
    await clock.during(outbox.whenIdle(10_000));
    expect((await deadMessages(db.read, 10)).map(({ lastError }) => lastError)).toEqual([
      'no_account',
      'person_unreachable',
      'chat_gone 232009',
    ]);
    expect(lost.sort()).toEqual(['E0002', 'oc_1']);
    expect(await countByState(db.read)).toEqual({ waiting: 0, sent: 0, dead: 3, dropped: 0 });

    broken = false;
    expect(await db.write((tx) => retryDead(tx, { employeeNo: 'E0002' }, clock.now()))).toBe(1);
    outbox.wake();
    await clock.during(outbox.whenIdle(10_000));
    expect(platform.arrived.map(({ text }) => text)).toEqual(['message 2']);
    await clock.during(outbox.drain(5_000));
  });

  it('a message that must leave in message hours and was held up waits for the next ones', async () => {
    const hour = 3_600_000;
    const evening = NOON + 6 * hour;
    const clock = virtualClock(evening + 2 * hour); // the bot was down since the afternoon
    const morning = clock.now() + hour / 6; // a short night
    const db = await tempDatabase();
    const platform = scriptedPlatform({ limits: LIMITS, now: clock.now, sleep: clock.sleep });
    const outbox = sender(db, clock, platform, {
      messageHours: (at) =>
        at < morning ? { from: morning, until: morning + 9 * hour } : { from: at, until: morning + 9 * hour },
    });
    await db.write((tx) =>
      enqueueMany(tx, [
        message(person(1), 1, { leaveBy: evening }),
        message(person(1), 2),
        message(person(2), 3, { leaveBy: evening + 3 * hour }),
      ]),
    );
    outbox.start();
    await clock.runUntil(() => platform.arrived.length === 3);
    const late = platform.arrived.filter(({ at }) => at >= morning).map(({ text }) => text);
    expect(late).toEqual(['message 1']);
    await clock.during(outbox.drain(5_000));
  });

  it('a message that is no longer true leaves no row: it would say when somebody did what it asks for', async () => {
    const clock = virtualClock(NOON);
    const db = await tempDatabase();
    const platform = scriptedPlatform({ limits: LIMITS, now: clock.now, sleep: clock.sleep });
    const outbox = sender(db, clock, platform, { compose: () => Promise.resolve(null) });
    await db.write((tx) => enqueueMany(tx, [message(person(1), 1), message(person(2), 2)]));
    outbox.start();
    await clock.during(outbox.whenIdle(10_000));
    expect(await countByState(db.read)).toEqual({ waiting: 0, sent: 0, dead: 0, dropped: 0 });
    await clock.during(outbox.drain(5_000));
  });

  it('does not repeat a send without an answer once the platform has forgotten the key', async () => {
    const clock = virtualClock(NOON);
    const db = await tempDatabase();
    let answers = false;
    const platform = scriptedPlatform({
      limits: LIMITS,
      now: clock.now,
      sleep: clock.sleep,
      fault: () => (answers ? null : 'lost_after'),
    });
    await db.write((tx) => enqueueMany(tx, [message(person(1), 1)]));
    const first = sender(db, clock, platform);
    first.start();
    await clock.runUntil(() => platform.requests === 1);
    await clock.during(first.drain(5_000));
    clock.set(NOON + 2 * 3_600_000);
    answers = true;
    const second = sender(db, clock, platform);
    second.start();
    await clock.during(second.whenIdle(10_000));
    await clock.during(second.drain(5_000));
    expect(platform.arrived).toHaveLength(1);
    expect((await deadMessages(db.read, 10)).map(({ lastError }) => lastError)).toEqual(['uncertain']);
  });

  it('survives ninety minutes without the platform: nothing is lost when no connection was made', async () => {
    const clock = virtualClock(NOON);
    const db = await tempDatabase();
    const back = NOON + 90 * 60_000;
    const platform = scriptedPlatform({
      limits: LIMITS,
      now: clock.now,
      sleep: clock.sleep,
      fault: () => (clock.now() < back ? { ok: false, reason: 'unreachable', code: 'ECONNREFUSED' } : null),
    });
    await db.write((tx) =>
      enqueueMany(
        tx,
        Array.from({ length: 200 }, (_, n) => message(person(n), n)),
      ),
    );
    const outbox = sender(db, clock, platform);
    outbox.start();
    await clock.runUntil(() => platform.arrived.length === 200);
    expect(clock.now() - back).toBeLessThan(6 * 60_000);
    expect(platform.requests).toBeLessThan(1_000);
    await clock.during(outbox.drain(5_000));
    expect(await countByState(db.read)).toEqual({ waiting: 0, sent: 200, dead: 0, dropped: 0 });
  }, 60_000);

  it('an outage of ninety minutes with lost answers puts only the few tried messages in doubt', async () => {
    const clock = virtualClock(NOON);
    const db = await tempDatabase();
    const back = NOON + 90 * 60_000;
    const platform = scriptedPlatform({
      limits: LIMITS,
      now: clock.now,
      sleep: clock.sleep,
      fault: () => (clock.now() < back ? 'lost_before' : null),
    });
    await db.write((tx) =>
      enqueueMany(
        tx,
        Array.from({ length: 500 }, (_, n) => message(person(n), n)),
      ),
    );
    const outbox = sender(db, clock, platform);
    outbox.start();
    await clock.runUntil(() => clock.now() > back);
    await clock.during(outbox.whenIdle(600_000));
    await clock.during(outbox.drain(5_000));
    const { sent, dead, waiting } = await countByState(db.read);
    expect({ all: sent + dead, waiting }).toEqual({ all: 500, waiting: 0 });
    expect(dead).toBeLessThan(120);
    expect(platform.arrived).toHaveLength(sent);
  }, 60_000);

  it('of two dispatchers one sends; the other takes over when it stops', async () => {
    const clock = virtualClock(NOON);
    const db = await tempDatabase();
    const platforms = [0, 1].map(() => scriptedPlatform({ limits: LIMITS, now: clock.now, sleep: clock.sleep }));
    const [a, b] = platforms.map((platform) => sender(db, clock, platform));
    a!.start();
    b!.start();
    await db.write((tx) =>
      enqueueMany(
        tx,
        Array.from({ length: 300 }, (_, n) => message(person(n), n)),
      ),
    );
    await clock.during(a!.whenIdle(60_000));
    expect(platforms.map(({ requests }) => requests).sort((x, y) => x - y)).toEqual([0, 300]);
    const [leader, other] = a!.stats().sender ? [a!, b!] : [b!, a!];
    expect(other.stats().sender).toBe(false);
    await clock.during(leader.drain(5_000));
    await db.write((tx) => enqueueMany(tx, [message(person(1), 1)]));
    await clock.during(other.whenIdle(60_000));
    expect(platforms.reduce((sum, { arrived }) => sum + arrived.length, 0)).toBe(301);
    await clock.during(other.drain(5_000));
  });

  it('waits for the lease of a process that died', async () => {
    const clock = virtualClock(NOON);
    const db = await tempDatabase();
    await db.write((tx) => takeLease(tx, { name: 'outbox', owner: 'dead process', now: NOON, forMs: 10_000 }));
    const platform = scriptedPlatform({ limits: LIMITS, now: clock.now, sleep: clock.sleep });
    await db.write((tx) => enqueueMany(tx, [message(person(1), 1)]));
    const outbox = sender(db, clock, platform);
    outbox.start();
    await clock.runUntil(() => platform.arrived.length === 1);
    expect(clock.now() - NOON).toBeGreaterThanOrEqual(10_000);
    await clock.during(outbox.drain(5_000));
  });

  it('drain waits for sends under way and notes their results', async () => {
    const clock = virtualClock(NOON);
    const db = await tempDatabase();
    const platform = scriptedPlatform({ limits: LIMITS, now: clock.now, sleep: clock.sleep, latencyMs: () => 400 });
    await db.write((tx) =>
      enqueueMany(
        tx,
        Array.from({ length: 100 }, (_, n) => message(person(n), n)),
      ),
    );
    const outbox = sender(db, clock, platform);
    outbox.start();
    await clock.runUntil(() => outbox.stats().underWay > 0);
    expect(await clock.during(outbox.drain(5_000))).toEqual({ unfinished: 0 });
    const counts = await countByState(db.read);
    expect(counts.sent).toBe(platform.arrived.length);
    expect(counts.sent).toBeLessThan(100);
  });
});
