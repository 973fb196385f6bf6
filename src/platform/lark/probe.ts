/** What `doctor` asks of Feishu/Lark, through the official SDK as the bot does, but call by call and with the code of each refusal. */
import { Client, LoggerLevel, withTenantToken } from '@larksuiteoapi/node-sdk';
import { z } from 'zod';
import type { PlatformProbe, ProbeAnswer, ProbeFailure } from '../probe.ts';
import type { LarkConfig } from './config.ts';
import { failureOf, refusalOf } from './errors.ts';
import { createHttp, LarkHttpError } from './http.ts';
import { CHAT_PAGE_MAX } from './limits.ts';
import { type LarkLog, silentLogger } from './sdk-log.ts';

const tokenAnswer = z.object({ tenant_access_token: z.string().min(1) });
const botAnswer = z.object({
  bot: z.object({ app_name: z.string().catch(''), open_id: z.string().min(1), activate_status: z.int().optional() }),
});
const chatsAnswer = z.object({
  data: z.object({
    items: z.array(z.object({ chat_id: z.string(), name: z.string().catch('') })).optional(),
    has_more: z.boolean().optional(),
    page_token: z.string().optional(),
  }),
});
const idAnswer = z.object({
  data: z.object({ user_list: z.array(z.object({ user_id: z.string().optional() })).optional() }),
});
const fileAnswer = z.object({ data: z.object({ file_key: z.string() }) });

/** `activate_status` of an app the tenant may use; 0 and 3 to 6 are kinds of "not yet" and "no longer" (platform/lark.md §4.8). */
const ENABLED = 2;
const MAX_CHAT_PAGES = 20;
const PROBE_FILE = 'tenstar-doctor.txt';
const MESSAGES_TO_NOBODY = '/open-apis/im/v1/messages?receive_id_type=chat_id';
const CONSOLES: Readonly<Record<string, string>> = {
  'https://open.feishu.cn': 'https://open.feishu.cn/app',
  'https://open.larksuite.com': 'https://open.larksuite.com/app',
};

const REASONS: Partial<Record<string, ProbeFailure>> = {
  unreachable: 'unreachable',
  rate_limited: 'busy',
  overloaded: 'busy',
  token: 'credentials',
  not_permitted: 'not_permitted',
};

/** @param now Unix ms */
export function createLarkProbe(config: LarkConfig, { log, now }: { log: LarkLog; now: () => number }): PlatformProbe {
  let ahead: number | null = null;
  const onAnswer = (headers: Headers) => {
    const dated = Date.parse(headers.get('date') ?? '');
    if (Number.isFinite(dated)) ahead = dated - now();
  };
  const client = new Client({
    appId: config.appId,
    appSecret: config.appSecret,
    domain: config.baseUrl,
    httpInstance: createHttp('throw', onAnswer),
    disableTokenCache: true, // means: attach no token; each call brings ours
    logger: silentLogger(log),
    loggerLevel: LoggerLevel.warn,
  });
  let token: string | null = null;

  async function ask<T>(run: () => Promise<unknown>, answer: z.ZodType<T>): Promise<ProbeAnswer<T>> {
    try {
      const read = answer.safeParse(await run());
      return read.success ? { ok: true, value: read.data } : { ok: false, reason: 'refused', code: 'unknown answer' };
    } catch (error) {
      const { reason, code } = failureOf(error instanceof LarkHttpError ? error.refusal : refusalOf(0, null, 0, ''));
      return { ok: false, reason: REASONS[reason] ?? 'refused', code };
    }
  }
  async function fetchToken(): Promise<ProbeAnswer<null>> {
    const answer = await ask(
      () => client.auth.v3.tenantAccessToken.internal({ data: { app_id: config.appId, app_secret: config.appSecret } }),
      tokenAnswer,
    );
    if (answer.ok) {
      token = answer.value.tenant_access_token;
      return { ok: true, value: null };
    }
    // Whatever else the platform has against it, this call carries nothing but id and secret.
    return answer.reason === 'unreachable' || answer.reason === 'busy' ? answer : { ...answer, reason: 'credentials' };
  }
  async function withToken<T>(
    run: (options: ReturnType<typeof withTenantToken>) => Promise<unknown>,
    answer: z.ZodType<T>,
  ): Promise<ProbeAnswer<T>> {
    if (token === null) {
      const fetched = await fetchToken();
      if (!fetched.ok) return fetched;
    }
    return ask(() => run(withTenantToken(token ?? '')), answer);
  }

  return {
    name: 'lark',
    appId: config.appId,
    baseUrl: config.baseUrl,
    consoleUrl: CONSOLES[config.baseUrl] === undefined ? null : `${CONSOLES[config.baseUrl]}/${config.appId}`,
    advice: {
      token: 'doctor.fix_token',
      bot: 'doctor.fix_bot',
      botOff: 'doctor.fix_bot_off',
      permission: 'doctor.fix_permission',
      scopes: {
        messages: 'im:message:send_as_bot',
        lookup: 'contact:user.id:readonly',
        files: 'im:resource',
        chats: 'im:chat:readonly',
      },
      push:
        config.transport === 'websocket'
          ? null
          : {
              path: '/lark/events',
              publicAddress: 'doctor.fix_address_public',
              pathLeadsElsewhere: 'doctor.fix_address_path',
            },
    },
    token: fetchToken,
    async bot() {
      const answer = await withToken(
        (options) => client.request({ method: 'GET', url: '/open-apis/bot/v3/info' }, options),
        botAnswer,
      );
      if (!answer.ok) return answer;
      const { app_name: name, open_id: userId, activate_status: status } = answer.value.bot;
      return { ok: true, value: { name, userId, enabled: status === undefined || status === ENABLED } };
    },
    async chats() {
      const chats: { id: string; name: string }[] = [];
      let page: string | undefined;
      for (let pages = 0; pages < MAX_CHAT_PAGES; pages++) {
        const params = { page_size: CHAT_PAGE_MAX, ...(page === undefined ? {} : { page_token: page }) };
        const answer = await withToken((options) => client.im.v1.chat.list({ params }, options), chatsAnswer);
        if (!answer.ok) return answer;
        const { items = [], has_more: more, page_token: next } = answer.value.data;
        chats.push(...items.map(({ chat_id: id, name }) => ({ id, name })));
        if (more !== true || !next || next === page) break;
        page = next;
      }
      return { ok: true, value: chats };
    },
    async send() {
      const answer = await withToken(
        (options) => client.request({ method: 'POST', url: MESSAGES_TO_NOBODY, data: {} }, options),
        z.looseObject({}),
      );
      // That something is missing in it is said only to whom the platform would let send.
      return answer.ok || answer.reason === 'refused' ? { ok: true, value: null } : answer;
    },
    async lookUp(mobile) {
      const answer = await withToken(
        (options) =>
          client.contact.v3.user.batchGetId(
            { params: { user_id_type: 'open_id' }, data: { mobiles: [mobile] } },
            options,
          ),
        idAnswer,
      );
      return answer.ok
        ? { ok: true, value: { found: (answer.value.data.user_list ?? []).some((user) => Boolean(user.user_id)) } }
        : answer;
    },
    async upload() {
      const file = new File(['tenstar'], PROBE_FILE);
      const request = {
        method: 'POST',
        url: '/open-apis/im/v1/files',
        headers: { 'content-type': 'multipart/form-data' },
        data: { file_type: 'stream', file_name: PROBE_FILE, file },
      };
      const answer = await withToken((options) => client.request(request, options), fileAnswer);
      return answer.ok ? { ok: true, value: null } : answer;
    },
    clockAheadMs: () => ahead,
  };
}
