import { expect, it } from 'vitest';
import { createDingTalkPlatform } from '../../src/platform/dingtalk/index.ts';
import { createLarkPlatform } from '../../src/platform/lark/index.ts';
import { addUsage, usageOf } from '../../src/store/api-usage.ts';
import { budgets } from '../../src/usecases/budget.ts';
import { createUsageMeter, monthOf } from '../../src/usecases/usage-meter.ts';
import { dingtalkConfig, NOW } from '../support/dingtalk-push.ts';
import { larkConfig } from '../support/lark-push.ts';
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

it('says what is left, and what a review takes, of the platforms that have a budget', async () => {
  const db = await tempDatabase();
  await db.write((tx) => addUsage(tx, 'dingtalk', '2026-10', 'call', 4_990));
  await db.write((tx) => addUsage(tx, 'dingtalk', '2026-10', 'push', 3_010));
  const use = {
    config: { timezone: ZONE } as Parameters<typeof budgets>[0]['config'],
    platforms: new Map([
      ['lark', createLarkPlatform(larkConfig())],
      ['dingtalk', createDingTalkPlatform(dingtalkConfig())],
    ] as const),
  };
  const [stand, ...others] = await budgets(use, db.read, NOW, { electors: 27, subjects: 22, chats: 2 });
  expect(others).toEqual([]);
  expect(stand).toMatchObject({
    platform: 'dingtalk',
    month: '2026-10',
    used: { calls: 4_990, pushes: 3_010 },
    left: { calls: 10, pushes: 0 },
  });
  // A card each for self-review, ballot, reminder and result; a push for each page and a few more.
  expect(stand?.needed).toEqual({ calls: 27 * 4 + 2 * 24 + 10, pushes: 27 * (22 + 6) + 30 });
  expect((await budgets(use, db.read, NOW))[0]?.needed).toBeNull();
});
