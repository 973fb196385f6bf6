/** Calls of DingTalk's API (platform/dingtalk.md §2.2, §3, §4). Failures are results; only lookups and the self-check throw. */
import { z } from 'zod';
import { TenstarError } from '../../errors.ts';
import type { Recipient, SendResult } from '../platform.ts';
import { type ApiFailure, createApi, type Failed, type Outcome } from './api.ts';
import type { CardData } from './card-data.ts';
import { contents, place, undelivered, unsaid } from './card-request.ts';
import { callbackRoute, type DingTalkConfig } from './config.ts';
import { PEOPLE_PER_BATCH } from './limits.ts';
import { createPace, paceOf } from './pace.ts';

interface NewCard {
  to: Recipient;
  outTrackId: string;
  data: CardData;
  /** Line in the list of chats and in the notification. */
  summary: string;
}
export interface RobotMessage {
  msgKey: 'sampleFile' | 'sampleImageMsg' | 'sampleMarkdown' | 'sampleText';
  msgParam: Readonly<Record<string, string>>;
}
export interface DingTalkClient {
  /** Creates a card and puts it into the chat; the same id again changes nothing. */
  sendCard(card: NewCard): Promise<SendResult>;
  /** @param answered people whose last answer in a group's card is taken away */
  updateCard(outTrackId: string, to: Recipient, data: CardData, answered?: readonly string[]): Promise<SendResult>;
  sendToGroup(chatId: string, message: RobotMessage): Promise<Outcome<string>>;
  /** One result for each person, in batches of twenty. */
  sendToPeople(userIds: readonly string[], message: RobotMessage): Promise<ReadonlyMap<string, Outcome<string>>>;
  upload(type: 'file' | 'image', name: string, bytes: Uint8Array): Promise<Outcome<{ mediaId: string }>>;
  /** Tells DingTalk where clicks go. */
  registerCallback(): Promise<SendResult>;
  /** @throws {TenstarError} `platform_failed` */
  findByMobile(mobile: string): Promise<string | null>;
  /** That id and secret are good. @throws {TenstarError} `platform_failed` */
  checkToken(): Promise<void>;
}

const UPLOAD_TIMEOUT_MS = 60_000;
/** The old API's ways of saying that nobody has this number. */
const NOBODY = new Set(['60121', '40104']);
const EXISTS = new Set(['param.cardalreadyexist', 'param.callbackroutekeyexist']);
const anyAnswer = z.looseObject({});
const deliveredAnswer = z.object({
  result: z.object({
    deliverResults: z.array(z.object({ success: z.boolean(), errorMsg: z.string().nullish() })).optional(),
  }),
});
const groupAnswer = z.object({ processQueryKey: z.string().min(1) });
const listed = z.array(z.string()).nullish();
const peopleAnswer = z.object({
  processQueryKey: z.string().catch(''),
  invalidStaffIdList: listed,
  flowControlledStaffIdList: listed,
});
const mediaAnswer = z.object({ media_id: z.string().min(1) });
const userAnswer = z.object({ result: z.object({ userid: z.string().min(1) }) });

/** @param count called for each call that DingTalk counts towards the month */
export function createDingTalkClient(
  config: DingTalkConfig,
  deps: { now: () => number; count: () => void },
): DingTalkClient {
  const { call, checkToken } = createApi(config, deps);
  const pace = createPace(paceOf(config.plan).perSecond);
  const robot = { robotCode: config.robotCode };
  const callback =
    config.transport === 'stream'
      ? { callbackType: 'STREAM' }
      : { callbackType: 'HTTP', callbackRouteKey: callbackRoute(config).callbackRouteKey };

  return {
    sendCard: async ({ to, outTrackId, data, summary }) => {
      const json = {
        cardTemplateId: config.cardTemplateId,
        outTrackId,
        userIdType: 1,
        ...callback,
        ...place(to, summary, config.robotCode),
        ...contents(to, data),
      };
      const outcome = await call(
        { method: 'POST', path: '/v1.0/card/instances/createAndDeliver', json },
        deliveredAnswer,
      );
      // Made by an earlier try whose answer was lost.
      if (!outcome.ok) return exists(outcome) ? { ok: true, messageId: outTrackId } : plain(outcome);
      const refused = outcome.value.result.deliverResults?.find(({ success }) => !success);
      return refused === undefined ? { ok: true, messageId: outTrackId } : undelivered(to, refused.errorMsg ?? '');
    },
    updateCard: async (outTrackId, to, data, answered = []) => {
      // The whole map is replaced: what the card no longer has must not stay.
      const json = {
        outTrackId,
        userIdType: 1,
        ...contents(to, data),
        ...unsaid(answered),
        cardUpdateOptions: { updateCardDataByKey: false, updatePrivateDataByKey: answered.length > 0 },
      };
      const outcome = await call({ method: 'PUT', path: '/v1.0/card/instances', json }, anyAnswer);
      return outcome.ok ? { ok: true, messageId: outTrackId } : plain(outcome);
    },
    sendToGroup: async (chatId, { msgKey, msgParam }) => {
      const json = { ...robot, openConversationId: chatId, msgKey, msgParam: JSON.stringify(msgParam) };
      const outcome = await call({ method: 'POST', path: '/v1.0/robot/groupMessages/send', json }, groupAnswer);
      return outcome.ok ? { ok: true, value: outcome.value.processQueryKey } : outcome;
    },
    sendToPeople: async (userIds, { msgKey, msgParam }) => {
      const results = new Map<string, Outcome<string>>();
      for (let from = 0; from < userIds.length; from += PEOPLE_PER_BATCH) {
        const batch = userIds.slice(from, from + PEOPLE_PER_BATCH);
        const json = { ...robot, userIds: batch, msgKey, msgParam: JSON.stringify(msgParam) };
        const outcome = await call({ method: 'POST', path: '/v1.0/robot/oToMessages/batchSend', json }, peopleAnswer);
        for (const userId of batch) results.set(userId, outcome.ok ? personal(userId, outcome.value) : outcome);
      }
      return results;
    },
    upload: async (type, name, bytes) => {
      const form = new FormData();
      form.set('type', type);
      form.set('media', new Blob([Uint8Array.from(bytes)]), name);
      const outcome = await call(
        { method: 'POST', path: '/media/upload', old: true, form, timeoutMs: UPLOAD_TIMEOUT_MS },
        mediaAnswer,
      );
      return outcome.ok ? { ok: true, value: { mediaId: outcome.value.media_id } } : outcome;
    },
    registerCallback: async () => {
      const json = { ...callbackRoute(config), forceUpdate: false };
      const outcome = await call({ method: 'POST', path: '/v1.0/card/callbacks/register', json }, anyAnswer);
      if (outcome.ok || exists(outcome)) return { ok: true, messageId: '' };
      return plain(outcome);
    },
    findByMobile: async (number) => {
      const mobile = number.replace(/^\+86/, ''); // numbers of the mainland are kept without their country
      await pace();
      const outcome = await call(
        { method: 'POST', path: '/topapi/v2/user/getbymobile', old: true, free: true, json: { mobile } },
        userAnswer,
      );
      if (outcome.ok) return outcome.value.result.userid;
      if (NOBODY.has(outcome.refusal?.code ?? '')) return null;
      throw new TenstarError(
        'platform_failed',
        sentence('look up mobile numbers (permission qyapi_get_member_by_mobile)', outcome, config),
      );
    },
    checkToken: async () => {
      const failure = await checkToken();
      if (failure !== null) throw new TenstarError('platform_failed', sentence('sign in', failure, config));
    },
  };
}

const exists = ({ refusal }: ApiFailure): boolean => EXISTS.has((refusal?.code ?? '').toLowerCase());
const plain = ({ reason, code, retryAfterMs }: Failed): Failed => ({
  ok: false,
  reason,
  code,
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});

function personal(
  userId: string,
  { processQueryKey, invalidStaffIdList, flowControlledStaffIdList }: z.infer<typeof peopleAnswer>,
): Outcome<string> {
  if (invalidStaffIdList?.includes(userId) === true)
    return { ok: false, reason: 'person_unreachable', code: 'invalidStaffId', uncertain: false };
  if (flowControlledStaffIdList?.includes(userId) === true)
    return { ok: false, reason: 'rate_limited', code: 'flowControlled', retryAfterMs: 10_000, uncertain: false };
  return { ok: true, value: processQueryKey };
}

/** What the operator should do about it. */
function sentence(doing: string, { reason, code, refusal }: ApiFailure, { apiBase }: DingTalkConfig): string {
  const failed = `DingTalk did not let the bot ${doing}: code ${code}.`;
  const scopes = refusal?.scopes ?? [];
  if (scopes.length > 0) return `${failed} Ask for the permissions ${scopes.join(', ')} in the developer console.`;
  if (reason === 'unreachable') return `${failed} Check that this server reaches ${apiBase} (DINGTALK_API_BASE).`;
  if (reason === 'token') return `${failed} Check DINGTALK_CLIENT_ID and DINGTALK_CLIENT_SECRET.`;
  if (reason === 'rate_limited' || reason === 'overloaded') return `${failed} DingTalk is busy: try again in a minute.`;
  return `${failed} Check the app’s permissions and its published version in the developer console.`;
}
