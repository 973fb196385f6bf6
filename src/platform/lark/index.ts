/** Everything that is particular to Feishu/Lark ends in this folder; the rest of the program sees only `ChatPlatform`. */
import type { Card } from '../../card.ts';
import { plainText } from '../../plain-text.ts';
import type { ChatPlatform, Outgoing, SendResult } from '../platform.ts';
import type { LarkClient } from './client.ts';
import { type LarkConfig, larkSecrets } from './config.ts';
import {
  CARD_MESSAGE_MAX_BYTES,
  FILE_MAX_BYTES,
  GATEWAY_PER_MINUTE,
  GATEWAY_PER_SECOND,
  PERSON_PER_SECOND,
  PUSH_DEADLINE_MS,
} from './limits.ts';
import { parseEnvelope } from './parse.ts';
import { renderAnswer, renderCard } from './render.ts';
import type { LarkLog } from './sdk-log.ts';
import { verifyPush } from './verify.ts';
import type { LongConnection } from './websocket.ts';

export type { LarkConfig } from './config.ts';

export interface LarkDeps {
  log?: LarkLog;
  /** Unix ms. */
  now?: () => number;
}

/** After a failure to learn the bot's own id, the next message in a group tries again, but not more often than this. */
const LEARN_AGAIN_MS = 60_000;
const QUIET: LarkLog = { warn: () => undefined };

/**
 * The adapter for one app. Makes no call by itself: call `self()` at start-up, it also teaches the adapter the bot's own id,
 * by which mentions are recognised.
 * @throws {TenstarError} `config_invalid` for webhooks without a verification token
 */
export function createLarkPlatform(config: LarkConfig, deps: LarkDeps = {}): ChatPlatform {
  const log = deps.log ?? QUIET;
  const now = deps.now ?? Date.now;
  const secrets = larkSecrets(config);
  let loading: Promise<LarkClient> | null = null;
  let connection: LongConnection | null = null;
  let botId: string | null = null;
  let learnAfter = 0;

  const client = (): Promise<LarkClient> => {
    loading ??= import('./client.ts').then(({ createLarkClient }) => createLarkClient(config, { log, now }));
    return loading;
  };
  const self = async () => {
    const bot = await (await client()).botInfo();
    botId = bot.userId;
    return bot;
  };
  const learnSelf = () => {
    if (botId !== null || now() < learnAfter) return;
    learnAfter = now() + LEARN_AGAIN_MS;
    self().catch(() => log.warn('lark: the bot’s own id is not known yet, so mentions are recognised by kind only'));
  };
  const read = (envelope: unknown) => {
    const incoming = parseEnvelope(envelope, { appId: config.appId, botId });
    if (incoming.kind === 'message' && incoming.chat.type === 'group') learnSelf();
    return incoming;
  };

  return {
    name: 'lark',
    appId: config.appId,
    limits: {
      perMinute: GATEWAY_PER_MINUTE,
      perSecond: GATEWAY_PER_SECOND,
      perRecipientPerSecond: PERSON_PER_SECOND,
    },
    answerWithinMs: PUSH_DEADLINE_MS - 500,
    receive: (request) => {
      const verified = verifyPush(secrets, request);
      switch (verified.kind) {
        case 'rejected':
          return verified;
        case 'challenge':
          return { kind: 'challenge', reply: { challenge: verified.challenge } };
        case 'genuine':
          return { kind: 'incoming', incoming: read(verified.envelope) };
      }
    },
    answer: renderAnswer,
    send: async (message) => send(await client(), message),
    update: async (messageId, card) => {
      const content = JSON.stringify(renderCard(card));
      return tooLarge({ content }) ?? (await (await client()).patchMessage(messageId, content));
    },
    findByMobile: async (mobiles) => (mobiles.length === 0 ? new Map() : (await client()).findByMobile(mobiles)),
    self,
    chats: async () => (await client()).listChats(),
    ...(config.transport === 'websocket'
      ? {
          connect: async (handle) => {
            const { openLongConnection } = await import('./websocket.ts');
            connection = openLongConnection(config, log, async (envelope) => {
              const answer = await handle(read(envelope));
              return answer === null ? null : renderAnswer(answer);
            });
            await connection.ready;
          },
        }
      : {}),
    close: async () => {
      connection?.close();
      connection = null;
    },
  };
}

async function send(client: LarkClient, { to, content, idempotencyKey }: Outgoing): Promise<SendResult> {
  const receiver =
    to.kind === 'person'
      ? ({ receiveIdType: 'open_id', receiveId: to.userId } as const)
      : ({ receiveIdType: 'chat_id', receiveId: to.chatId } as const);
  if (content.kind === 'card' && content.card.plain === true)
    return client.sendMessage({ ...receiver, msgType: 'text', content: textOf(content.card), uuid: idempotencyKey });
  if (content.kind === 'card') {
    const message = {
      ...receiver,
      msgType: 'interactive',
      content: JSON.stringify(renderCard(content.card)),
      uuid: idempotencyKey,
    } as const;
    return tooLarge(message) ?? client.sendMessage(message);
  }
  if (content.bytes.byteLength > FILE_MAX_BYTES) return { ok: false, reason: 'too_large', code: '234006' };
  const file = await client.uploadFile(content.name, content.bytes);
  if (!file.ok) return file;
  return client.sendMessage({
    ...receiver,
    msgType: 'file',
    content: JSON.stringify({ file_key: file.value.fileKey }),
    uuid: idempotencyKey,
  });
}

/** The content of a text message. In those `<at …>` is a mention, whoever wrote it. */
const textOf = (card: Card): string => JSON.stringify({ text: plainText(card).replaceAll('<', '＜') });

/** The platform would refuse it after an upload of all of it; the code is the one it would use. */
function tooLarge(body: object): SendResult | null {
  return Buffer.byteLength(JSON.stringify(body)) > CARD_MESSAGE_MAX_BYTES
    ? { ok: false, reason: 'too_large', code: '230025' }
    : null;
}
