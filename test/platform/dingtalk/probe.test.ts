import { afterEach, describe, expect, it } from 'vitest';
import { createDingTalkProbe } from '../../../src/platform/dingtalk/probe.ts';
import { type ApiAnswer, type ApiServer, startApi } from '../../support/api-server.ts';
import { dingtalkConfig } from '../../support/dingtalk-push.ts';
import { dingtalkDouble } from '../../support/dingtalk-double.ts';

let api: ApiServer | null = null;
afterEach(() => api?.close());
async function probe(special: Record<string, ApiAnswer> = {}, over: Parameters<typeof dingtalkConfig>[0] = {}) {
  const double = dingtalkDouble();
  const created: ApiAnswer = { body: { success: true, result: 'tenstar-doctor' } };
  const server = await startApi(
    (request) => special[request.path] ?? (request.path === '/v1.0/card/instances' ? created : double(request)),
  );
  api = server;
  return createDingTalkProbe(dingtalkConfig({ apiBase: server.url, oapiBase: server.url, ...over }), { now: Date.now });
}
const no = (code: string, status = 400): ApiAnswer => ({ status, body: { code, message: 'm' } });
const DENIED = no('Forbidden.AccessDenied.AccessTokenPermissionDenied', 403);

it('an app that is set up passes, and the clocks are compared', async () => {
  const asked = await probe();
  expect(await asked.token()).toMatchObject({ ok: true });
  expect(await asked.bot()).toMatchObject({ ok: true, value: { enabled: true } });
  expect(await asked.send()).toMatchObject({ ok: true });
  expect(await asked.lookUp('+8613800000001')).toEqual({ ok: true, value: { found: true } });
  expect(await asked.lookUp('13800000009')).toEqual({ ok: true, value: { found: false } });
  expect(await asked.upload()).toMatchObject({ ok: true });
  expect(Math.abs(asked.clockAheadMs() ?? Number.NaN)).toBeLessThan(3_000);
  expect('chats' in asked).toBe(false);
});

describe('each trouble', () => {
  it('wrong secret', async () =>
    expect(await (await probe({}, { clientSecret: 'wrong' })).token()).toEqual({
      ok: false,
      reason: 'credentials',
      code: 'invalidClientIdOrSecret',
    }));
  it.each([
    ['no template', no('param.templateNotExist'), 'not_permitted'],
    ['template not published', no('param.templateUnpublished'), 'not_permitted'],
    ['no permission for cards', DENIED, 'not_permitted'],
    ['busy', no('system.busy', 500), 'busy'],
    ['down', { status: 502, body: '<html>' }, 'unreachable'],
  ] as const)('%s', async (_what, answer, reason) =>
    expect(await (await probe({ '/v1.0/card/instances': answer })).bot()).toMatchObject({ ok: false, reason }),
  );
  it('no template set at all, for which nobody is asked', async () => {
    expect(await (await probe({}, { cardTemplateId: null })).bot()).toMatchObject({ ok: false, reason: 'refused' });
    expect(api?.to('/v1.0/card/instances')).toEqual([]);
  });
  it('messages, lookups and uploads without permission', async () => {
    const asked = await probe({
      '/v1.0/robot/oToMessages/batchSend': DENIED,
      '/topapi/v2/user/getbymobile': { body: { errcode: 60011, errmsg: 'no' } },
      '/media/upload': { body: { errcode: 88, sub_code: '60011', errmsg: 'no' } },
    });
    for (const answer of [await asked.send(), await asked.lookUp('13800000001'), await asked.upload()])
      expect(answer).toMatchObject({ ok: false, reason: 'not_permitted' });
  });
});
it('pushes come over HTTP or over a connection of ours', async () => {
  expect((await probe()).advice.push?.path).toBe('/dingtalk/messages');
  expect((await probe({}, { transport: 'stream' })).advice.push).toBeNull();
});
