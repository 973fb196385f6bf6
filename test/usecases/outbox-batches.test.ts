/** The outbox sends side by side, so that a platform whose calls are counted can put the same message to several people into one. */
import { randomUUID } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { createDingTalkPlatform } from '../../src/platform/dingtalk/index.ts';
import { enqueueMany } from '../../src/store/outbox.ts';
import { countByState } from '../../src/store/outbox-admin.ts';
import { createOutboxDispatcher } from '../../src/usecases/outbox/dispatcher.ts';
import { startApi } from '../support/api-server.ts';
import { dingtalkDouble } from '../support/dingtalk-double.ts';
import { dingtalkConfig } from '../support/dingtalk-push.ts';
import { tempDatabase } from '../support/temp-database.ts';

it('a file for thirty people: one upload, and a send for what may leave in a second', async () => {
  const api = await startApi(dingtalkDouble());
  onTestFinished(() => api.close());
  const platform = createDingTalkPlatform(dingtalkConfig({ apiBase: api.url, oapiBase: api.url }));
  const db = await tempDatabase();
  await db.write((tx) =>
    enqueueMany(
      tx,
      Array.from({ length: 30 }, (_, n) => ({
        uuid: randomUUID(),
        platform: 'dingtalk' as const,
        to: { kind: 'person' as const, employeeNo: `E${n}` },
        card: 'notice',
        args: {},
        notBefore: 0,
        createdAt: 0,
      })),
    ),
  );
  const silent = { info: () => {}, warn: () => {}, error: () => {} };
  const outbox = createOutboxDispatcher({
    db,
    platforms: new Map([['dingtalk', platform]]),
    compose: () => Promise.resolve({ kind: 'file', name: 'a.pdf', bytes: Buffer.from('x') }),
    resolveUser: (_, employeeNo) => Promise.resolve(`u-${employeeNo}`),
    now: Date.now,
    owner: randomUUID(),
    log: silent,
  });
  outbox.start();
  expect(await outbox.whenIdle(20_000)).toBe(true);
  await outbox.drain(1_000);
  expect(await countByState(db.read)).toMatchObject({ sent: 30 });
  const asked = api
    .to('/v1.0/robot/oToMessages/batchSend')
    .map(({ body }) => (JSON.parse(body.toString()) as { userIds: string[] }).userIds);
  expect(new Set(asked.flat()).size).toBe(30);
  expect(api.to('/media/upload')).toHaveLength(1);
  expect(asked.length).toBeLessThanOrEqual(6); // 14 a second at the most (pace.ts)
});
