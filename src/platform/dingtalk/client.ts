/** Calls of DingTalk's API (platform/dingtalk.md §2.2, §3, §4). Failures are results; only lookups and the self-check throw. */
import { z } from 'zod';
import { TenstarError } from '../../errors.ts';
import type { SendResult } from '../platform.ts';
import { createApi, exists, type Outcome, plain } from './api.ts';
import { type CardCalls, createCardCalls } from './cards.ts';
import { callbackRoute, type DingTalkConfig } from './config.ts';
import type { Deadline } from './deadline.ts';
import { PEOPLE_PER_BATCH } from './limits.ts';
import { createLookup, type LookupDeps } from './lookup.ts';
import { createPace, paceOf } from './pace.ts';
import { sentence } from './sentence.ts';

export interface RobotMessage {
  msgKey: 'sampleFile' | 'sampleImageMsg' | 'sampleMarkdown' | 'sampleText';
  msgParam: Readonly<Record<string, string>>;
}
export interface DingTalkClient extends CardCalls {
  sendToGroup(chatId: string, message: RobotMessage, by?: Deadline): Promise<Outcome<string>>;
  /** One result for each person, in batches of twenty. */
  sendToPeople(
    userIds: readonly string[],
    message: RobotMessage,
    by?: Deadline,
  ): Promise<ReadonlyMap<string, Outcome<string>>>;
  upload(type: 'file' | 'image', name: string, bytes: Uint8Array): Promise<Outcome<{ mediaId: string }>>;
  /** Tells DingTalk where clicks go. */
  registerCallback(): Promise<SendResult>;
  /** @throws {TenstarError} `platform_failed` */
  findByMobile(mobile: string): Promise<string | null>;
  /** That id and secret are good. @throws {TenstarError} `platform_failed` */
  checkToken(): Promise<void>;
}

/** Longer than a message may take (deadline.ts): its next try finds the upload done, or waits on for it. */
const UPLOAD_TIMEOUT_MS = 60_000;
const anyAnswer = z.looseObject({});
const groupAnswer = z.object({ processQueryKey: z.string().min(1) });
const listed = z.array(z.string()).nullish();
const peopleAnswer = z.object({
  processQueryKey: z.string().catch(''),
  invalidStaffIdList: listed,
  flowControlledStaffIdList: listed,
});
const mediaAnswer = z.object({ media_id: z.string().min(1) });

/** @param count called for each call that DingTalk counts towards the month */
export function createDingTalkClient(
  config: DingTalkConfig,
  { now, count, ...lookupDeps }: { now: () => number; count: () => void } & Omit<LookupDeps, 'pace'>,
): DingTalkClient {
  const api = createApi(config, { now, count });
  const { call } = api;
  const robot = { robotCode: config.robotCode };

  return {
    ...createCardCalls(api, config),
    sendToGroup: async (chatId, { msgKey, msgParam }, by) => {
      const json = { ...robot, openConversationId: chatId, msgKey, msgParam: JSON.stringify(msgParam) };
      const outcome = await call(
        { method: 'POST', path: '/v1.0/robot/groupMessages/send', json, ...(by === undefined ? {} : { by }) },
        groupAnswer,
      );
      return outcome.ok ? { ok: true, value: outcome.value.processQueryKey } : outcome;
    },
    sendToPeople: async (userIds, { msgKey, msgParam }, by) => {
      const results = new Map<string, Outcome<string>>();
      for (let from = 0; from < userIds.length; from += PEOPLE_PER_BATCH) {
        const batch = userIds.slice(from, from + PEOPLE_PER_BATCH);
        const json = { ...robot, userIds: batch, msgKey, msgParam: JSON.stringify(msgParam) };
        const outcome = await call(
          { method: 'POST', path: '/v1.0/robot/oToMessages/batchSend', json, ...(by === undefined ? {} : { by }) },
          peopleAnswer,
        );
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
    findByMobile: createLookup(api, config, { pace: createPace(paceOf(config.plan).perSecond), ...lookupDeps }),
    checkToken: async () => {
      const failure = await api.checkToken();
      if (failure !== null) throw new TenstarError('platform_failed', sentence('sign in', failure, config.apiBase));
    },
  };
}

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
