/** What can be made to go wrong, all off at the start. Rates are probabilities from 0 to 1; times are real milliseconds. */
import { z } from 'zod';

const rate = z.number().min(0).max(1);
const ms = z.int().min(0).max(600_000);

export const faultsSchema = z.strictObject({
  /** Start of the random sequence that decides which call is hit. */
  seed: z.int(),
  /** Which calls of the bot are hit: sending and updating messages, or everything but the token. */
  scope: z.enum(['messages', 'all']),
  rate_429: rate,
  rate_5xx: rate,
  /** The call is accepted, nothing is stored, no answer comes. */
  timeout_before: rate,
  /** The message is stored, the answer comes late or never. */
  timeout_after: rate,
  /** How late; 0 = never. */
  timeout_ms: ms,
  reset_before: rate,
  reset_after: rate,
  /** Each call takes up to this long. */
  latency_ms: ms,
  /** Storing a message takes this long; the same `uuid` meanwhile gets 230049. */
  store_ms: ms,
  /** Events delivered twice: half with the same event id, half with another one for the same message. */
  duplicate_events: rate,
  /** Events held back up to `reorder_ms`, so that later ones overtake them. */
  reorder_events: rate,
  reorder_ms: ms,
  push_latency_ms: ms,
  /** How pushes are written: the signature covers the bytes, so a parsed and rewritten body no longer fits. */
  json_style: z.enum(['compact', 'spaced', 'escaped']),
  /** Messages with a mobile number or an e-mail address are refused (230028). */
  dlp: z.boolean(),
  /** A patch during an unanswered click: refused as locked, or taken and undone by the answer. */
  click_patch: z.enum(['lock', 'revert']),
  /** Taps made twice, the second after `double_tap_ms`; its answer is what stays on the screen. */
  double_taps: rate,
  double_tap_ms: ms,
  /** Form fields nobody touched: sent empty, or not at all. */
  untouched: z.enum(['empty', 'missing']),
  app_disabled: z.boolean(),
  quota_exceeded: z.boolean(),
  missing_scopes: z.array(z.string()),
});
export type Faults = z.infer<typeof faultsSchema>;

export const NO_FAULTS: Faults = {
  seed: 1,
  scope: 'messages',
  rate_429: 0,
  rate_5xx: 0,
  timeout_before: 0,
  timeout_after: 0,
  timeout_ms: 15_000,
  reset_before: 0,
  reset_after: 0,
  latency_ms: 0,
  store_ms: 0,
  duplicate_events: 0,
  reorder_events: 0,
  reorder_ms: 800,
  push_latency_ms: 0,
  json_style: 'compact',
  dlp: false,
  click_patch: 'lock',
  double_taps: 0,
  double_tap_ms: 0,
  untouched: 'empty',
  app_disabled: false,
  quota_exceeded: false,
  missing_scopes: [],
};
