/** Where clicks go over HTTP: one address for a route key (platform/dingtalk.md §2.7). */
import { Hono } from 'hono';
import { z } from 'zod';
import type { Env } from '../../feishu/answer.ts';
import { fail, isRefused, ok, readBody, refuse } from '../answer.ts';

interface Route {
  callbackUrl: string;
  apiSecret: string;
}
export interface Callbacks {
  routes: Hono<Env>;
  find(key: string | null): Route | undefined;
}

const body = z.looseObject({
  callbackRouteKey: z.string().optional(),
  callbackUrl: z.string().optional(),
  apiSecret: z.string().default(''),
  forceUpdate: z.boolean().default(false),
});

export function createCallbacks(): Callbacks {
  const known = new Map<string, Route>();
  return {
    find: (key) => (key === null ? undefined : known.get(key)),
    routes: new Hono<Env>().post('/v1.0/card/callbacks/register', async (c) => {
      const read = await readBody(c, body);
      if (isRefused(read)) return fail(c, read);
      const { callbackRouteKey: key = '', callbackUrl = '', apiSecret, forceUpdate } = read.body;
      if (key === '') return fail(c, refuse('param.callbackRouteKeyEmpty', 'callbackRouteKey is missing'));
      if (!URL.canParse(callbackUrl)) return fail(c, refuse('param.callbackUrlEmpty', 'callbackUrl is no address'));
      const before = known.get(key);
      const same = before?.callbackUrl === callbackUrl && before.apiSecret === apiSecret;
      if (before && !same && !forceUpdate) {
        return fail(c, refuse('param.callbackRouteKeyExist', 'the route key has another address', 500));
      }
      known.set(key, { callbackUrl, apiSecret });
      return ok(c, { success: true, result: { callbackUrl, apiSecret } });
    }),
  };
}
