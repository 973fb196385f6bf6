/** What `doctor` asks of DingTalk, call by call and with the code of each refusal. Nobody receives anything. */
import { z } from 'zod';
import type { PlatformProbe, ProbeAnswer, ProbeFailure } from '../probe.ts';
import { type ApiFailure, createApi, type Outcome } from './api.ts';
import { budgetOf } from './budget.ts';
import { TEMPLATE_VERSION } from './card-data.ts';
import type { DingTalkConfig } from './config.ts';

const CONSOLE = 'https://open-dev.dingtalk.com';
const REASONS: Partial<Record<string, ProbeFailure>> = {
  unreachable: 'unreachable',
  rate_limited: 'busy',
  overloaded: 'busy',
  token: 'credentials',
  not_permitted: 'not_permitted',
};
const anyAnswer = z.looseObject({});
/** The old API's ways of saying that nobody has this number. */
const NOBODY = new Set(['60121', '40104']);
/** Smallest PNG there is. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** @param now Unix ms */
export function createDingTalkProbe(config: DingTalkConfig, { now }: { now: () => number }): PlatformProbe {
  let ahead: number | null = null;
  const budget = budgetOf(config.plan);
  const api = createApi(config, {
    now,
    count: () => undefined,
    onAnswer: (headers) => {
      const dated = Date.parse(headers.get('date') ?? '');
      if (Number.isFinite(dated)) ahead = dated - now();
    },
  });
  const failed = ({ reason, code }: ApiFailure): ProbeAnswer<never> => ({
    ok: false,
    reason: REASONS[reason] ?? 'refused',
    code,
  });
  const answerOf = (outcome: Outcome<unknown>): ProbeAnswer<null> =>
    outcome.ok ? { ok: true, value: null } : failed(outcome);

  return {
    name: 'dingtalk',
    appId: config.clientId,
    baseUrl: config.apiBase,
    ...(budget === null ? {} : { budget }),
    ...(config.cardTemplateId === null
      ? {}
      : {
          template: {
            id: config.cardTemplateId,
            version: TEMPLATE_VERSION,
            fix: 'doctor.dingtalk_fix_template' as const,
          },
        }),
    consoleUrl: config.apiBase === 'https://api.dingtalk.com' ? CONSOLE : null,
    advice: {
      token: 'doctor.dingtalk_fix_token',
      bot: 'doctor.dingtalk_fix_card',
      botOff: 'doctor.dingtalk_fix_card',
      permission: 'doctor.dingtalk_fix_permission',
      budget: 'doctor.dingtalk_fix_budget',
      scopes: {
        messages: 'qyapi_robot_sendmsg',
        lookup: 'qyapi_get_member_by_mobile',
        files: 'qyapi_base',
        chats: 'qyapi_chat_read',
      },
      push:
        config.transport === 'stream'
          ? null
          : {
              path: '/dingtalk/messages',
              publicAddress: 'doctor.dingtalk_fix_public',
              pathLeadsElsewhere: 'doctor.dingtalk_fix_path',
            },
    },
    async token() {
      const failure = await api.checkToken();
      return failure === null ? { ok: true, value: null } : failed(failure);
    },
    /**
     * DingTalk tells a robot nothing about itself; what can be asked is whether its card template is there: a card for nobody.
     * Any published template passes; whether it is ours, only a tap tells (usecases/doctor/template.ts).
     */
    async bot() {
      if (config.cardTemplateId === null) return { ok: false, reason: 'refused', code: 'no template' };
      const json = {
        cardTemplateId: config.cardTemplateId,
        outTrackId: `tenstar-doctor-${now()}`,
        cardData: { cardParamMap: { template_version: `${TEMPLATE_VERSION}` } },
        callbackType: 'STREAM',
      };
      const outcome = await api.call({ method: 'POST', path: '/v1.0/card/instances', json }, anyAnswer);
      return outcome.ok
        ? { ok: true, value: { name: config.robotCode, userId: config.robotCode, enabled: true } }
        : failed(outcome);
    },
    async send() {
      const json = { robotCode: config.robotCode, userIds: [], msgKey: 'sampleText', msgParam: '{}' };
      const outcome = await api.call({ method: 'POST', path: '/v1.0/robot/oToMessages/batchSend', json }, anyAnswer);
      // That nobody is named in it is said only to whom DingTalk would let send.
      return outcome.ok || outcome.reason === 'bad_request' ? { ok: true, value: null } : failed(outcome);
    },
    async lookUp(mobile) {
      const json = { mobile: mobile.replace(/^\+86/, '') };
      const outcome = await api.call(
        { method: 'POST', path: '/topapi/v2/user/getbymobile', old: true, free: true, json },
        anyAnswer,
      );
      if (outcome.ok) return { ok: true, value: { found: true } };
      return NOBODY.has(outcome.refusal?.code ?? '') ? { ok: true, value: { found: false } } : failed(outcome);
    },
    async upload() {
      const form = new FormData();
      form.set('type', 'image');
      form.set('media', new Blob([PICTURE]), 'tenstar-doctor.png');
      return answerOf(await api.call({ method: 'POST', path: '/media/upload', old: true, form }, anyAnswer));
    },
    clockAheadMs: () => ahead,
  };
}
