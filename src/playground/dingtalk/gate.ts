/** What stands before every call of the bot on DingTalk: faults, token, scopes, rate, the month's quota; and the count of answers. */
import { createMiddleware } from 'hono/factory';
import type { Context } from '../context.ts';
import { underFaults } from '../faulty-call.ts';
import type { Call, Env } from '../feishu/answer.ts';
import { fail, failOld, refuse } from './answer.ts';
import type { DingTalkApp } from './app.ts';
import type { Quota } from './quota.ts';
import type { Tokens } from './tokens.ts';

/** What each call needs (platform/dingtalk.md §4.3, §7). */
const SCOPES: readonly (readonly [path: RegExp, scope: string])[] = [
  [/^\/v1\.0\/robot\/groups\//, 'qyapi_chat_manage'],
  [/^\/v1\.0\/robot\//, 'qyapi_robot_sendmsg'],
  [/^\/v1\.0\/card\//, 'Card.Instance.Write'],
  [/^\/v1\.0\/im\//, 'qyapi_chat_read'],
  [/getbymobile$/, 'qyapi_get_member_by_mobile'],
  [/^\/topapi\/user\/listsimple$/, 'qyapi_get_department_member'],
  [/^\/topapi\/v2\/department\//, 'qyapi_get_department_list'],
  [/^\/topapi\//, 'qyapi_get_member'],
  [/^\/media\//, 'qyapi_base'],
];
const DENIED = 'Forbidden.AccessDenied';

const isOld = (path: string): boolean => path.startsWith('/topapi/') || path.startsWith('/media/');
/** Lookups of people are free; the rest counts towards the month. */
const isFree = (path: string): boolean => path.startsWith('/topapi/');
const isMessage = (path: string): boolean => /^\/v1\.0\/(robot|card)\//.test(path);

export function createGate({ callsPerSecond }: DingTalkApp, ctx: Context, tokens: Tokens, quota: Quota) {
  const { faults, limiter, world } = ctx;

  const tooOften = (c: Call) =>
    isOld(c.req.path)
      ? failOld(c, 90018, 'the app calls this interface too often')
      : fail(c, refuse(`${DENIED}.QpsLimitForAppkeyAndApi`, 'the app calls this interface too often', 403));
  const busy = (c: Call) =>
    isOld(c.req.path) ? failOld(c, -1, 'system busy') : fail(c, refuse('system.busy', 'the system is busy', 500));

  function refused(c: Call, api: string): Response | null {
    const { path } = c.req;
    const old = isOld(path);
    const token = old ? c.req.query('access_token') : c.req.header('x-acs-dingtalk-access-token');
    const state = tokens.state(token);
    if (state !== 'good') {
      if (!old) return fail(c, refuse('InvalidAuthentication', 'the access token is not valid'));
      return state === 'expired'
        ? failOld(c, 42001, 'access_token expired')
        : failOld(c, 40014, 'invalid access_token');
    }
    if (faults.app_disabled && isMessage(path)) return fail(c, refuse('bot.stopped', 'the robot was switched off'));
    const scope = SCOPES.find(([known]) => known.test(path))?.[1];
    if (scope !== undefined && faults.missing_scopes.includes(scope)) {
      return old
        ? failOld(c, 88, 'permission denied', { sub_code: '60011', sub_msg: `the app lacks ${scope}` })
        : fail(c, refuse(`${DENIED}.AccessTokenPermissionDenied`, `the app lacks ${scope}`, 403, [scope]));
    }
    if (!limiter.allow(`dingtalk ${api}`, callsPerSecond)) return tooOften(c);
    if (isFree(path)) return null;
    if (!faults.quota_exceeded && quota.take('calls')) return null;
    return old
      ? failOld(c, 90020, 'the calls of this month are used up')
      : fail(c, refuse(`${DENIED}.ApiCountLimitForOrg`, 'the calls of this month are used up', 403));
  }

  return createMiddleware<Env>(async (c, next) => {
    const api = `${c.req.method} ${c.req.path.replace(/\/chat\/[^/]+/, '/chat/:id')}`;
    c.set('requestId', world.newId('ev').toUpperCase());
    const call = {
      api,
      hit: faults.scope === 'all' || isMessage(c.req.path),
      limited: () => tooOften(c),
      broken: () => busy(c),
      refused: () => refused(c, api),
    };
    return underFaults(ctx, c, call, next);
  });
}
