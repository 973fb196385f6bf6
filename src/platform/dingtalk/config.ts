import { createHash, createHmac } from 'node:crypto';
import type { DingTalkPlan } from './budget.ts';

/** One internal app of one organisation. */
export interface DingTalkConfig {
  /** Client ID of the developer console, formerly AppKey. */
  clientId: string;
  clientSecret: string;
  /** The same as the client id for an internal app. */
  robotCode: string;
  /** Id of the published copy of card-template.json; null: there is none, and every message is ordinary text. */
  cardTemplateId: string | null;
  /** `https://api.dingtalk.com` or an emulator, without a slash at the end. */
  apiBase: string;
  /** `https://oapi.dingtalk.com` or an emulator: lookups and uploads are there. */
  oapiBase: string;
  transport: 'webhook' | 'stream';
  /** Where DingTalk reaches this server; clicks are delivered to an address under it. */
  publicUrl: string;
  /** What the organisation pays for: how many calls and pushes a month holds. */
  plan: DingTalkPlan;
}

/** What a push is checked with. */
export interface DingTalkSecrets {
  robotCode: string;
  clientSecret: string;
  /** Signs card callbacks. Made of the client secret, so there is nothing more to configure. */
  cardSecret: string;
}
export const dingtalkSecrets = ({
  robotCode,
  clientSecret,
}: Pick<DingTalkConfig, 'robotCode' | 'clientSecret'>): DingTalkSecrets => ({
  robotCode,
  clientSecret,
  cardSecret: createHmac('sha256', clientSecret).update('tenstar card callbacks').digest('base64url'),
});

export interface CallbackRoute {
  callbackRouteKey: string;
  callbackUrl: string;
  apiSecret: string;
}
/**
 * Where clicks are to go. The key names address and secret, so a changed one registers anew instead of overwriting: a second
 * deployment cannot take the first one's clicks.
 */
export function callbackRoute(config: DingTalkConfig): CallbackRoute {
  const callbackUrl = `${config.publicUrl}/dingtalk/cards`;
  const { cardSecret } = dingtalkSecrets(config);
  const mark = createHash('sha256')
    .update(`${config.clientId}\n${callbackUrl}\n${cardSecret}`)
    .digest('hex')
    .slice(0, 16);
  return { callbackRouteKey: `tenstar-${mark}`, callbackUrl, apiSecret: cardSecret };
}
