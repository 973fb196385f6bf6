/**
 * Calls of the server API through the official SDK. Importing this file loads the SDK (a quarter of a second, 40 MB), so only
 * `index.ts` does, and only when the first call is made.
 */
import { Client, LoggerLevel, withTenantToken } from '@larksuiteoapi/node-sdk';
import { z } from 'zod';
import { TenstarError } from '../../errors.ts';
import type { SendResult } from '../platform.ts';
import type { LarkConfig } from './config.ts';
import { failureOf, type LarkRefusal, refusalOf, TOKEN_CODES } from './errors.ts';
import { createHttp, LarkHttpError } from './http.ts';
import { BATCH_GET_ID_MAX, CHAT_PAGE_MAX } from './limits.ts';
import { type LarkLog, silentLogger } from './sdk-log.ts';
import { createTokenSource, type Token } from '../token-source.ts';

type Failed = Extract<SendResult, { ok: false }>;
type Outcome<T> = { ok: true; value: T } | Failed;
type CallOptions = ReturnType<typeof withTenantToken>;

export interface NewMessage {
  receiveIdType: 'open_id' | 'chat_id';
  receiveId: string;
  msgType: 'interactive' | 'file' | 'text';
  /** JSON text. */
  content: string;
  uuid: string;
}
export interface LarkClient {
  sendMessage(message: NewMessage): Promise<SendResult>;
  /** Replaces the card of a message. */
  patchMessage(messageId: string, content: string): Promise<SendResult>;
  uploadFile(name: string, bytes: Uint8Array): Promise<Outcome<{ fileKey: string }>>;
  /** open_ids by mobile number. @throws {TenstarError} `platform_failed` */
  findByMobile(mobiles: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** @throws {TenstarError} `platform_failed` */
  botInfo(): Promise<{ name: string; userId: string }>;
  /** @throws {TenstarError} `platform_failed` */
  listChats(): Promise<{ id: string; name: string }[]>;
}

/** Files may be 30 MB, over an office line. */
const UPLOAD_TIMEOUT_MS = 60_000;
/** 20,000 groups; a guard against a list that never ends. */
const MAX_CHAT_PAGES = 200;

const tokenAnswer = z.object({ tenant_access_token: z.string().min(1), expire: z.number().positive() });
const messageAnswer = z.object({ data: z.object({ message_id: z.string().min(1) }) });
const emptyAnswer = z.looseObject({});
const fileAnswer = z.object({ data: z.object({ file_key: z.string().min(1) }) });
const idAnswer = z.object({
  data: z.object({
    user_list: z.array(z.object({ user_id: z.string().optional(), mobile: z.string().optional() })).optional(),
  }),
});
const botAnswer = z.object({ bot: z.object({ app_name: z.string().catch(''), open_id: z.string().min(1) }) }); // not under `data`
const chatsAnswer = z.object({
  data: z.object({
    items: z.array(z.object({ chat_id: z.string(), name: z.string().catch('') })).optional(),
    has_more: z.boolean().optional(),
    page_token: z.string().optional(),
  }),
});

export function createLarkClient(config: LarkConfig, deps: { log: LarkLog; now: () => number }): LarkClient {
  const client = new Client({
    appId: config.appId,
    appSecret: config.appSecret,
    domain: config.baseUrl,
    httpInstance: createHttp('throw'),
    disableTokenCache: true, // means: attach no token; each call brings ours
    logger: silentLogger(deps.log),
    loggerLevel: LoggerLevel.warn,
  });
  const tokens = createTokenSource(fetchToken, deps.now);

  async function fetchToken(): Promise<Token> {
    const answer = tokenAnswer.safeParse(
      await client.auth.v3.tenantAccessToken.internal({
        data: { app_id: config.appId, app_secret: config.appSecret },
      }),
    );
    if (!answer.success) throw new LarkHttpError(refusalOf(0, null, 0, ''));
    return { value: answer.data.tenant_access_token, lifeMs: answer.data.expire * 1000 };
  }

  /** Runs a call with a token, once more with a fresh one when the platform no longer takes it. */
  async function call<T>(run: (options: CallOptions) => Promise<unknown>, answer: z.ZodType<T>): Promise<Outcome<T>> {
    for (let fresh = false; ; fresh = true) {
      let token: string;
      try {
        token = await tokens.get();
      } catch (error) {
        return tokenFailure(refusalIn(error));
      }
      try {
        const read = answer.safeParse(await run(withTenantToken(token)));
        // Success in an unknown shape: sent again with the same key, it costs nothing and may read better.
        return read.success ? { ok: true, value: read.data } : failureOf(refusalOf(200, null, 0, ''));
      } catch (error) {
        const refusal = refusalIn(error);
        if (fresh || !TOKEN_CODES.has(refusal.code)) return failureOf(refusal);
        tokens.drop(token);
      }
    }
  }

  async function need<T>(
    doing: string,
    run: (options: CallOptions) => Promise<unknown>,
    answer: z.ZodType<T>,
  ): Promise<T> {
    const outcome = await call(run, answer);
    if (outcome.ok) return outcome.value;
    throw new TenstarError('platform_failed', sentence(doing, outcome, config.baseUrl));
  }

  return {
    sendMessage: async ({ receiveIdType, receiveId, msgType, content, uuid }) => {
      const outcome = await call(
        (options) =>
          client.im.v1.message.create(
            {
              params: { receive_id_type: receiveIdType },
              data: { receive_id: receiveId, msg_type: msgType, content, uuid },
            },
            options,
          ),
        messageAnswer,
      );
      return outcome.ok ? { ok: true, messageId: outcome.value.data.message_id } : outcome;
    },
    patchMessage: async (messageId, content) => {
      const outcome = await call(
        (options) => client.im.v1.message.patch({ path: { message_id: messageId }, data: { content } }, options),
        emptyAnswer,
      );
      return outcome.ok ? { ok: true, messageId } : outcome;
    },
    uploadFile: async (name, bytes) => {
      const outcome = await call(
        // Not `im.file.create`: it answers null when the platform refuses, and the code is lost.
        (options) =>
          client.request(
            {
              method: 'POST',
              url: '/open-apis/im/v1/files',
              headers: { 'content-type': 'multipart/form-data' },
              data: { file_type: fileType(name), file_name: name, file: new File([Uint8Array.from(bytes)], name) },
              timeout: UPLOAD_TIMEOUT_MS,
            },
            options,
          ),
        fileAnswer,
      );
      return outcome.ok ? { ok: true, value: { fileKey: outcome.value.data.file_key } } : outcome;
    },
    findByMobile: async (mobiles) => {
      const found = new Map<string, string>();
      const unique = [...new Set(mobiles)];
      for (let from = 0; from < unique.length; from += BATCH_GET_ID_MAX) {
        const batch = unique.slice(from, from + BATCH_GET_ID_MAX);
        const { data } = await need(
          'look up mobile numbers (permission contact:user.id:readonly)',
          (options) =>
            client.contact.v3.user.batchGetId(
              { params: { user_id_type: 'open_id' }, data: { mobiles: batch } },
              options,
            ),
          idAnswer,
        );
        for (const { user_id, mobile } of data.user_list ?? []) {
          if (user_id && mobile) found.set(mobile, user_id);
        }
      }
      return found;
    },
    botInfo: async () => {
      const { bot } = await need(
        'read the bot’s own name (ability "Bot" added and a version published)',
        (options) => client.request({ method: 'GET', url: '/open-apis/bot/v3/info' }, options),
        botAnswer,
      );
      return { name: bot.app_name, userId: bot.open_id };
    },
    listChats: async () => {
      const chats: { id: string; name: string }[] = [];
      let page: string | undefined;
      for (let pages = 0; pages < MAX_CHAT_PAGES; pages++) {
        const { data } = await need(
          'list the bot’s groups (permission im:chat:readonly)',
          (options) =>
            client.im.v1.chat.list(
              { params: { page_size: CHAT_PAGE_MAX, ...(page === undefined ? {} : { page_token: page }) } },
              options,
            ),
          chatsAnswer,
        );
        chats.push(...(data.items ?? []).map(({ chat_id, name }) => ({ id: chat_id, name })));
        if (data.has_more !== true || !data.page_token || data.page_token === page) break;
        page = data.page_token;
      }
      return chats;
    },
  };
}

/** Anything thrown by a call, without what it says about the request. */
const refusalIn = (error: unknown): LarkRefusal =>
  error instanceof LarkHttpError ? error.refusal : refusalOf(0, null, 0, '');

/** Without a token nothing can go out, but the messages are not to blame: they wait until the operator has put it right. */
function tokenFailure(refusal: LarkRefusal): Failed {
  const failure = failureOf(refusal);
  return failure.reason === 'unreachable' || failure.reason === 'rate_limited' || failure.reason === 'overloaded'
    ? failure
    : { ...failure, reason: 'token' };
}

function fileType(name: string): 'pdf' | 'doc' | 'xls' | 'ppt' | 'stream' {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  switch (extension) {
    case 'pdf':
      return 'pdf';
    case 'doc':
    case 'docx':
      return 'doc';
    case 'xls':
    case 'xlsx':
      return 'xls';
    case 'ppt':
    case 'pptx':
      return 'ppt';
    default:
      return 'stream';
  }
}

/** What the operator should do about it. */
function sentence(doing: string, { reason, code }: Failed, baseUrl: string): string {
  const failed = `Feishu/Lark did not let the bot ${doing}: code ${code}.`;
  if (reason === 'unreachable') return `${failed} Check that this server reaches ${baseUrl} (LARK_DOMAIN).`;
  if (reason === 'token') return `${failed} Check LARK_APP_ID and LARK_APP_SECRET.`;
  if (reason === 'rate_limited' || reason === 'overloaded')
    return `${failed} The platform is busy: try again in a minute.`;
  return `${failed} Check the app’s permissions and its published version in the developer console.`;
}
