/** Pushes as Feishu/Lark sends them: encrypted, signed, with the app's own tokens (all invented). */
import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import type { LarkConfig } from '../../src/platform/lark/config.ts';
import type { RawRequest } from '../../src/platform/platform.ts';

export const NOW = Date.parse('2026-10-09T15:00:00+08:00');
export const BOT_ID = 'ou_demo_bot';
export const larkConfig = (over: Partial<LarkConfig> = {}): LarkConfig => ({
  appId: 'cli_00aa11bb22cc33dd',
  appSecret: 'demo-app-secret-0001',
  encryptKey: 'demo-encrypt-key',
  verificationToken: 'vtok_demo',
  baseUrl: 'http://127.0.0.1:9', // nobody listens there
  transport: 'webhook',
  ...over,
});

export function encrypt(text: string, key: string): string {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(key).digest(), iv);
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
}

export interface PushOptions {
  encryptKey?: string;
  /** Send the payload as it is. */
  plain?: boolean;
  /** Leave the signature out. */
  unsigned?: boolean;
  /** `X-Lark-Request-Timestamp`; seconds of `NOW` by default. */
  timestamp?: string;
  now?: number;
}
/** @param payload an object, or the raw text of a body */
export function push(payload: unknown, options: PushOptions = {}): RawRequest {
  const { encryptKey = larkConfig().encryptKey, timestamp = `${NOW / 1000}`, now = NOW } = options;
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const rawBody = Buffer.from(options.plain === true ? text : JSON.stringify({ encrypt: encrypt(text, encryptKey) }));
  const headers = new Headers({ 'content-type': 'application/json;charset=utf-8' });
  if (options.unsigned !== true) {
    const nonce = randomBytes(8).toString('hex');
    const signature = createHash('sha256')
      .update(timestamp)
      .update(nonce)
      .update(encryptKey)
      .update(rawBody)
      .digest('hex');
    headers.set('X-Lark-Request-Timestamp', timestamp);
    headers.set('X-Lark-Request-Nonce', nonce);
    headers.set('X-Lark-Signature', signature);
  }
  return { headers, rawBody, now };
}

export interface EnvelopeOptions {
  token?: string;
  appId?: string;
  /** Null leaves it out. */
  eventId?: string | null;
}
export function envelope(eventType: string, event: unknown, over: EnvelopeOptions = {}) {
  return {
    schema: '2.0',
    header: {
      ...(over.eventId === null ? {} : { event_id: over.eventId ?? 'e7b1f0demo0001' }),
      token: over.token ?? larkConfig().verificationToken,
      create_time: '1791528900123',
      event_type: eventType,
      tenant_key: 'tk_demo',
      app_id: over.appId ?? larkConfig().appId,
    },
    event,
  };
}

export const person = (name: string) => ({ open_id: `ou_demo_${name}`, union_id: `on_demo_${name}`, user_id: '' });
export const botMention = (n: number) => ({
  key: `@_user_${n}`,
  id: { open_id: BOT_ID, union_id: 'on_demo_bot', user_id: '' },
  mentioned_type: 'bot',
  name: 'Tenstar',
});
export const personMention = (n: number, name: string) => ({
  key: `@_user_${n}`,
  id: person(name),
  mentioned_type: 'user',
  name,
});
export function messageEvent(text: string, mentions: readonly object[] = [], over: Record<string, unknown> = {}) {
  return {
    sender: { sender_id: person('anna'), sender_type: 'user', tenant_key: 'tk_demo' },
    message: {
      message_id: 'om_demo_0001',
      create_time: '1791528900100',
      chat_id: 'oc_demo_group',
      chat_type: 'group',
      message_type: 'text',
      content: JSON.stringify({ text }),
      ...(mentions.length === 0 ? {} : { mentions }),
      ...over,
    },
  };
}
export function clickEvent(action: Record<string, unknown>, over: Record<string, unknown> = {}) {
  return {
    operator: { tenant_key: 'tk_demo', ...person('anna') },
    token: 'c-demo-update-token',
    action: { tag: 'button', name: 'ballot_open', ...action },
    host: 'im_message',
    context: { open_message_id: 'om_demo_card', open_chat_id: 'oc_demo_p2p' },
    ...over,
  };
}
