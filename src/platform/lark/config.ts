import { createHash, createSecretKey, type KeyObject } from 'node:crypto';
import { TenstarError } from '../../errors.ts';

/** One Feishu/Lark app. */
export interface LarkConfig {
  appId: string;
  appSecret: string;
  /** Encrypt Key of the developer console, or two separated by a comma while one replaces the other; empty when none is set there. */
  encryptKey: string;
  /** Verification Token of the developer console, or two separated by a comma. */
  verificationToken: string;
  /** `https://open.feishu.cn`, `https://open.larksuite.com` or an emulator, without a slash at the end. */
  baseUrl: string;
  transport: 'webhook' | 'websocket';
}

/** An Encrypt Key in both its uses. */
export interface EncryptKey {
  /** As it stands in the console; goes into the signature. */
  secret: string;
  /** The AES key made of it. Made once: doing so costs as much as the rest of the checks. */
  cipher: KeyObject;
}
export const encryptKey = (secret: string): EncryptKey => ({
  secret,
  cipher: createSecretKey(createHash('sha256').update(secret).digest()),
});

/** Secrets a push may be checked with. Several are good at once so that a rotation loses nothing. */
export interface LarkSecrets {
  appId: string;
  encryptKeys: readonly EncryptKey[];
  verificationTokens: readonly string[];
}

const listed = (value: string): string[] =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/**
 * The secrets in the form the checks need. Without a verification token every push over HTTP is refused, which is right for the
 * long connection, where nothing comes over HTTP.
 * @throws {TenstarError} `config_invalid` for webhooks without a verification token: it is what ties a push to this app.
 */
export function larkSecrets(config: LarkConfig): LarkSecrets {
  const verificationTokens = listed(config.verificationToken);
  if (verificationTokens.length === 0 && config.transport === 'webhook') {
    throw new TenstarError(
      'config_invalid',
      'LARK_VERIFICATION_TOKEN is empty: copy it from Events & Callbacks → Encryption Strategy in the developer console.',
    );
  }
  return { appId: config.appId, encryptKeys: listed(config.encryptKey).map(encryptKey), verificationTokens };
}
