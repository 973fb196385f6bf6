/** Tenant tokens (platform/lark.md §4.1). */
import { Hono } from 'hono';
import { z } from 'zod';
import { TENANT_TOKEN_LIFE_MS, TENANT_TOKEN_RENEW_MS } from '../../platform/lark/limits.ts';
import type { Context } from '../context.ts';
import { type Env, fail, isRefusal, readBody, refuse } from './answer.ts';

export interface Tokens {
  routes: Hono<Env>;
  /** Null when the bearer is good. */
  check(authorization: string | undefined): ReturnType<typeof refuse> | null;
  /** Makes every token unknown, as a new app secret does. */
  revoke(): void;
}

export function createTokens({ config, clock, faults, world }: Context): Tokens {
  let issued: { token: string; until: number }[] = [];

  const routes = new Hono<Env>().post('/open-apis/auth/v3/tenant_access_token/internal', async (c) => {
    const read = await readBody(c, z.looseObject({ app_id: z.string(), app_secret: z.string() }));
    if (isRefusal(read)) return fail(c, refuse(10003, 'invalid param'));
    const { app_id: appId, app_secret: appSecret } = read.body;
    if (appId !== config.appId || appSecret !== config.appSecret) {
      return fail(c, refuse(99991543, 'app_id or app_secret is invalid'));
    }
    if (faults.app_disabled) return fail(c, refuse(10014, 'app is disabled'));
    const now = clock.now();
    issued = issued.filter(({ until }) => until > now);
    let current = issued.at(-1);
    if (!current || current.until - now < TENANT_TOKEN_RENEW_MS) {
      current = { token: world.newId('t'), until: now + TENANT_TOKEN_LIFE_MS };
      issued.push(current);
    }
    c.set('code', 0);
    const expire = Math.floor((current.until - now) / 1000);
    return c.json({ code: 0, msg: 'ok', tenant_access_token: current.token, expire });
  });

  return {
    routes,
    check(authorization) {
      const token = authorization?.match(/^Bearer\s+(\S+)$/i)?.[1];
      if (token === undefined) return refuse(99991661, 'Missing access token for authorization');
      const known = issued.some((item) => item.token === token && item.until > clock.now());
      return known ? null : refuse(99991663, 'Invalid access token for authorization');
    },
    revoke() {
      issued = [];
    },
  };
}
