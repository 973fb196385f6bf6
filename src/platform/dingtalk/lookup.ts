/** Looking people up by mobile number, one call for each (platform/dingtalk.md §4.3). */
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { TenstarError } from '../../errors.ts';
import { SEND_FAILURES } from '../platform.ts';
import type { Api, ApiFailure } from './api.ts';
import { sentence } from './sentence.ts';

/** The old API's ways of saying that nobody has this number. */
const NOBODY = new Set(['60121', '40104']);
/** Of one number. A run of thousands must not end for one busy second, nor two processes that start at once for each other. */
const MOST_RETRIES = 4;
const FIRST_WAIT_MS = 1_000;
/** A longer wait that is asked for is not sat out: the next run begins where this one ended. */
const MAX_WAIT_MS = 60_000;
const userAnswer = z.object({ result: z.object({ userid: z.string().min(1) }) });

export interface LookupDeps {
  /** Resolves when the next call may begin. */
  pace: () => Promise<void>;
  sleep?: (ms: number) => Promise<unknown>;
  /** From 0 to 1. */
  random?: () => number;
}

/** @returns the user id of a number, null when nobody has it. @throws {TenstarError} `platform_failed` */
export function createLookup(
  { call }: Pick<Api, 'call'>,
  { apiBase }: { apiBase: string },
  { pace, sleep = delay, random = Math.random }: LookupDeps,
): (number: string) => Promise<string | null> {
  /** How long to wait before the next try; null when there is none. One second, then doubling, with some chance (§3.7). */
  function waitMs({ reason, retryAfterMs }: ApiFailure, retries: number): number | null {
    if (SEND_FAILURES[reason] === 'final' || reason === 'token' || retries >= MOST_RETRIES) return null;
    const wait = Math.max(retryAfterMs ?? 0, FIRST_WAIT_MS * 2 ** retries);
    return wait > MAX_WAIT_MS ? null : wait * (1 + random() / 2);
  }
  return async (number) => {
    const mobile = number.replace(/^\+86/, ''); // numbers of the mainland are kept without their country
    for (let retries = 0; ; retries += 1) {
      await pace();
      const outcome = await call(
        { method: 'POST', path: '/topapi/v2/user/getbymobile', old: true, free: true, json: { mobile } },
        userAnswer,
      );
      if (outcome.ok) return outcome.value.result.userid;
      if (NOBODY.has(outcome.refusal?.code ?? '')) return null;
      const wait = waitMs(outcome, retries);
      if (wait === null) {
        const doing = 'look up mobile numbers (permission qyapi_get_member_by_mobile)';
        throw new TenstarError('platform_failed', sentence(doing, outcome, apiBase));
      }
      await sleep(wait);
    }
  };
}
