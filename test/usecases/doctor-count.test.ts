/** What `doctor` asks of DingTalk is counted like every other call of the month. */
import { expect, it, onTestFinished } from 'vitest';
import { createDingTalkProbe } from '../../src/platform/dingtalk/probe.ts';
import type { DingTalkConfig } from '../../src/platform/dingtalk/config.ts';
import { usageOf } from '../../src/store/api-usage.ts';
import { openDatabase } from '../../src/store/db.ts';
import { migrate } from '../../src/store/migrations.ts';
import { examine } from '../../src/usecases/doctor.ts';
import { countCalls } from '../../src/usecases/doctor/count-calls.ts';
import { type ApiAnswer, startApi } from '../support/api-server.ts';
import { dingtalkDouble } from '../support/dingtalk-double.ts';
import { dingtalkConfig } from '../support/dingtalk-push.ts';
import { tempDatabaseUrl } from '../support/temp-database.ts';

async function counted(special: Record<string, ApiAnswer> = {}, over: Partial<DingTalkConfig> = {}) {
  const double = dingtalkDouble();
  const api = await startApi((request) => special[request.path] ?? double(request));
  onTestFinished(() => api.close());
  const config = dingtalkConfig({ apiBase: api.url, oapiBase: api.url, ...over });
  let calls = 0;
  const probe = countCalls(createDingTalkProbe(config, { now: Date.now }), () => void (calls += 1));
  await probe.token();
  await probe.bot();
  await probe.send();
  await probe.lookUp('13800000001');
  await probe.upload();
  return calls;
}

it.each<[string, Record<string, ApiAnswer>, Partial<DingTalkConfig>, number]>([
  ['the card, the message and the upload; the token and the lookup are free', {}, {}, 3],
  [
    'what is refused for its rate is not',
    {
      '/media/upload': { body: { errcode: 90018, errmsg: 'x' } },
    },
    {},
    2,
  ],
  ['without a template no card is asked for', {}, { cardTemplateId: null }, 2],
  ['a plan without an end needs no count', {}, { plan: 'unlimited' }, 0],
])('%s', async (_what, special, over, calls) => {
  expect(await counted(special, over)).toBe(calls);
});

it('and stands in the month', async () => {
  const api = await startApi(dingtalkDouble());
  onTestFinished(() => api.close());
  const url = tempDatabaseUrl();
  const db = await openDatabase({ url });
  onTestFinished(() => db.close());
  await migrate(db, 0);
  const probe = createDingTalkProbe(dingtalkConfig({ apiBase: api.url, oapiBase: api.url }), { now: Date.now });
  await examine({
    env: { DATABASE_URL: url, PUBLIC_URL: 'http://127.0.0.1:1', TIMEZONE: 'Asia/Shanghai' },
    probesOf: () => Promise.resolve([probe]),
    fetch: () => Promise.resolve({ status: 200 }),
    now: () => Date.UTC(2026, 9, 1),
  });
  expect(await usageOf(db.read, 'dingtalk', '2026-10')).toEqual({ calls: 3, pushes: 0 });
});
