/** Access tokens of both interfaces; either kind is good for both (platform/dingtalk.md §4.1). */
import { Hono } from 'hono';
import { z } from 'zod';
import { TOKEN_LIFE_MS } from '../../platform/dingtalk/limits.ts';
import type { Context } from '../context.ts';
import type { Call, Env } from '../feishu/answer.ts';
import { fail, failOld, isRefused, ok, okOld, readBody, refuse } from './answer.ts';
import type { DingTalkApp } from './app.ts';

export interface Tokens {
  routes: Hono<Env>;
  state(token: string | undefined): 'good' | 'unknown' | 'expired';
  /** Makes every token unknown, as a new secret does. */
  revoke(): void;
}

const body = z.looseObject({ appKey: z.string(), appSecret: z.string() });

export function createTokens(app: DingTalkApp, { clock, stats, world }: Context): Tokens {
  let issued: { token: string; until: number } | null = null;
  const expired = new Set<string>();

  /** The same token as long as it is good, with its life renewed. */
  function issue(): { token: string; seconds: number } {
    if (issued && issued.until <= clock.now()) {
      expired.add(issued.token);
      issued = null;
    }
    issued ??= { token: world.newId('ev'), until: 0 };
    issued.until = clock.now() + TOKEN_LIFE_MS;
    return { token: issued.token, seconds: TOKEN_LIFE_MS / 1000 };
  }
  /** These calls do not pass the gate, which counts the others. */
  const counted = (c: Call, answer: Response): Response => {
    stats.call(`${c.req.method} ${c.req.path}`, c.get('code'));
    return answer;
  };
  const isApp = (key: string | undefined, secret: string | undefined) =>
    key === app.clientId && secret === app.clientSecret;

  const routes = new Hono<Env>()
    .post('/v1.0/oauth2/accessToken', async (c) => {
      const read = await readBody(c, body);
      if (isRefused(read)) return counted(c, fail(c, read));
      if (!isApp(read.body.appKey, read.body.appSecret)) {
        return counted(c, fail(c, refuse('invalidClientIdOrSecret', 'the client id or secret is wrong')));
      }
      const { token, seconds } = issue();
      return counted(c, ok(c, { accessToken: token, expireIn: seconds }));
    })
    .get('/gettoken', (c) => {
      if (!isApp(c.req.query('appkey'), c.req.query('appsecret'))) {
        return counted(c, failOld(c, 40089, 'invalid appkey or appsecret'));
      }
      const { token, seconds } = issue();
      return counted(c, okOld(c, { access_token: token, expires_in: seconds }));
    });

  return {
    routes,
    state(token) {
      if (token === undefined || token === '') return 'unknown';
      if (issued?.token === token) return issued.until > clock.now() ? 'good' : 'expired';
      return expired.has(token) ? 'expired' : 'unknown';
    },
    revoke() {
      issued = null;
    },
  };
}
