/** What stands before every call of the bot: faults, bearer, scopes, gateway rate limit; and the count of what was answered. */
import { createMiddleware } from 'hono/factory';
import type { Context } from '../context.ts';
import { underFaults } from '../faulty-call.ts';
import { type Call, type Env, fail, type Refusal, refuse } from './answer.ts';
import type { Tokens } from './tokens.ts';

/** One of these must be granted (platform/lark.md §6.2). */
const SCOPES: readonly (readonly [path: RegExp, scopes: readonly string[]])[] = [
  [/\/im\/v1\/messages|\/interactive\//, ['im:message:send_as_bot', 'im:message']],
  [/\/im\/v1\/(files|images)/, ['im:resource', 'im:resource:upload']],
  [/\/contact\/v3\//, ['contact:user.id:readonly']],
  [/\/im\/v1\/chats/, ['im:chat:readonly', 'im:chat']],
];

/** `POST /open-apis/im/v1/messages/:id/reply`: what rate limits and statistics are counted by. */
export const apiName = (method: string, path: string): string =>
  `${method} ${path.replace(/\/(?:oc|om|ou|on|file|img)_[^/]+/g, '/:id')}`;

export function createGate(ctx: Context, tokens: Tokens) {
  const { faults, limiter } = ctx;

  /** The refusals that come before the call is looked at. */
  function refusal(c: Call, api: string): Refusal | null {
    const bearer = tokens.check(c.req.header('authorization'));
    if (bearer) return bearer;
    if (faults.app_disabled) return refuse(99991662, 'app is disabled');
    if (faults.quota_exceeded) return refuse(99991403, 'monthly quota of API calls is used up', { status: 429 });
    const scopes = SCOPES.find(([path]) => path.test(c.req.path))?.[1] ?? [];
    if (scopes.length > 0 && scopes.every((scope) => faults.missing_scopes.includes(scope))) {
      return refuse(99991672, `Access denied. One of the following scopes is required: [${scopes.join(', ')}]`);
    }
    const full = limiter.gateway(api);
    return full ? tooMany(full.limit, full.resetSec) : null;
  }

  return createMiddleware<Env>(async (c, next) => {
    const api = apiName(c.req.method, c.req.path);
    c.header('x-tt-logid', ctx.world.newId('ev'));
    const call = {
      api,
      hit: faults.scope === 'all' || c.req.path.includes('/im/v1/messages'),
      limited: () => fail(c, tooMany(50, ctx.clock.speed === 1 ? 1 : 1 / ctx.clock.speed)),
      broken: () => fail(c, refuse(2200, 'Internal Error', { status: 500 })),
      refused: () => {
        const found = refusal(c, api);
        return found && fail(c, found);
      },
    };
    return underFaults(ctx, c, call, next);
  });
}

const tooMany = (limit: number, resetSec: number): Refusal =>
  refuse(99991400, 'request trigger frequency limit', {
    status: 429,
    headers: { 'x-ogw-ratelimit-limit': String(limit), 'x-ogw-ratelimit-reset': String(resetSec) },
  });
