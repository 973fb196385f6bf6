import { createHash } from 'node:crypto';
import { z } from 'zod';
import { TenstarError } from '../errors.ts';
import { datesSchema } from './dates.ts';
import { compare, fraction, parseFraction } from './fraction.ts';
import { problemSentences } from './problems.ts';

/** A fraction or a mark, kept as text so that it is read exactly: "8", "2/3". */
const exact = z
  .string({ error: 'must be text in quotation marks, such as "8" or "2/3", so that it is read exactly' })
  .refine((text) => parseFraction(text) !== null, {
    error: 'must be a number such as "8", "8.5" or "2/3"',
    abort: true,
  });
const within = (low: string, high: string) => {
  const [bottom, top] = [readExact(low), readExact(high)];
  return exact.refine(
    (text) => {
      const value = parseFraction(text);
      return value === null || (compare(value, bottom) >= 0 && compare(value, top) <= 0);
    },
    { error: `must lie between ${low} and ${high}`, abort: true },
  );
};
const share = within('0', '1');
const days = z.int().min(1).max(365);
const percent = z.int().min(0).max(100);
const clock = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, { error: 'must be a time of day such as "09:00"', abort: true });
const range = (low: number, high: number) =>
  z
    .tuple([z.int().min(1), z.int().min(1)])
    .refine(([from, to]) => from <= to, { error: 'must be two numbers, the smaller one first' })
    .default([low, high]);
/** Of a setting nothing acts on yet (README, "Not yet"): only what is really done is accepted, so that nobody sets what has no effect. */
const NOT_YET = 'in this version: nothing acts on another value yet (README, "Not yet")';
const only = <const T extends string | number | boolean>(value: T) =>
  z.literal(value, { error: `can only be ${JSON.stringify(value)} ${NOT_YET}` }).default(value);
const onlyList = <const T extends readonly string[]>(values: T) =>
  z
    .array(z.string())
    .refine((list) => list.length === values.length && list.every((it, i) => it === values[i]), {
      error: `can only be ${JSON.stringify(values)} ${NOT_YET}`,
    })
    .default([...values]);
const hundred = (section: Record<string, number>): boolean =>
  Object.values(section).reduce((sum, part) => sum + part, 0) === 100;
const SUM_100 = { error: 'must add up to 100' };

const weights = z
  .strictObject({
    self: percent.default(10),
    members_and_colleagues: percent.default(30),
    committee: percent.default(30),
    leadership: percent.default(30),
  })
  .refine(hundred, SUM_100);
const branchWeights = z.strictObject({
  self: only(10),
  members_and_colleagues: only(30),
  leadership: only(30),
  assessment_group: only(30),
});
const CATEGORY_PRIORITY = ['leadership', 'committee', 'members_and_colleagues'] as const;
const categories = z.strictObject({
  priority: z
    .array(z.enum(CATEGORY_PRIORITY))
    .refine((list) => list.length === CATEGORY_PRIORITY.length && new Set(list).size === list.length, {
      error: 'must name the three categories once each',
    })
    .default([...CATEGORY_PRIORITY]),
  empty: z.literal('redistribute_among_raters').default('redistribute_among_raters'),
  eligible_but_no_ballot: z.literal('refuse_tally').default('refuse_tally'),
});
const quorum = z
  .strictObject({
    fraction: within('1/2', '1').default('2/3'),
    floor: within('1/2', '1').default('1/2'), // half of those due is fixed by A13; nobody may set it lower
    valid_ballot_fraction: share.default('2/3'),
  })
  .refine((it) => compare(readExact(it.fraction), readExact(it.floor)) >= 0, {
    error: 'must not be below quorum.floor',
    path: ['fraction'],
  });
const messages = z
  .strictObject({
    from: clock.default('09:00'),
    to: clock.default('18:00'),
    working_days_only: z.boolean().default(true),
  })
  .refine((it) => it.from < it.to, { error: 'must be later than messages.from', path: ['to'] });
const league = z
  .strictObject({
    weekly_check_rate: percent.default(20),
    monthly_on_time: percent.default(15),
    turnout: percent.default(20),
    commitments_on_schedule: percent.default(15),
    activities: percent.default(10),
    mean_stars: percent.default(20),
  })
  .refine(hundred, SUM_100);

/** Every setting of the scheme (domain.md Appendix A), with its default. What is not offered as a choice accepts one value only. */
export const rulesSchema = z.strictObject({
  stars: z
    .strictObject({
      max_mark: z.literal(10).default(10),
      threshold: within('0', '10').default('8'),
      compare: z.literal('exact').default('exact'),
      display: z.literal('two_decimals_rounded_down').default('two_decimals_rounded_down'),
    })
    .prefault({}),
  weights: weights.prefault({}),
  branch_weights: branchWeights.prefault({}),
  categories: categories.prefault({}),
  self_missing: z
    .strictObject({ excused: z.literal('redistribute').default('redistribute'), otherwise: z.literal(0).default(0) })
    .prefault({}),
  ballot: z
    .strictObject({
      step: z.literal(1).default(1),
      abstain: z.boolean().default(true),
      max_abstain_share: share.default('1/2'),
      uniform: z.enum(['off', 'warn', 'reject']).default('warn'),
      late_window_working_days: days.default(3),
    })
    .prefault({}),
  trim: z
    .strictObject({ mode: z.enum(['off', 'one_high_one_low']).default('off'), min_valid: z.int().min(5).default(6) })
    .prefault({}),
  quorum: quorum.prefault({}),
  anonymity: z
    .strictObject({ min_total: z.int().min(3).default(5), min_category: z.int().min(2).default(3) })
    .prefault({}),
  colleagues: z.strictObject({ min_share: share.default('1/5'), min_count: z.int().min(0).default(3) }).prefault({}),
  party_group_split_above: z.int().min(10).default(30),
  quarters: z
    .strictObject({
      separate_q4: only(false),
      member_confirmation: z.literal('committee').default('committee'),
      branch_level: z.literal(false).default(false),
    })
    .prefault({}),
  annual: z.strictObject({ carry_over_percent: only(0) }).prefault({}),
  departure: z
    .strictObject({
      max_stars_per_step: only(1),
      reason_required: z.literal(true).default(true),
    })
    .prefault({}),
  barred_stars: z.array(z.string()).default(['political_steadfastness', 'organizational_responsibility']),
  barred_scope: z.literal('quarter').default('quarter'),
  thresholds: z
    .strictObject({
      unit_leaders_below: z.int().min(0).max(10).default(7),
      lagging_branch_below: z.int().min(0).max(10).default(6),
      member_talk_below: only(6),
      inclusive: z.boolean().default(false),
    })
    .prefault({}),
  ten_star_review: z
    .strictObject({
      levels: onlyList(['higher_organization', 'work_committee']),
      working_days_each: only(10),
    })
    .prefault({}),
  outstanding: z
    .strictObject({
      min_score: within('0', '10').default('9'),
      per_branch_period: z.int().min(0).default(3),
      per_member_period: z.int().min(0).max(1).default(1),
    })
    .prefault({}),
  individual_stars: z.strictObject({ max_per_post_group: z.int().min(0).max(10).default(3) }).prefault({}),
  commitment: z
    .strictObject({ member_items: range(3, 10), branch_items: range(5, 20), reply_working_days: days.default(5) })
    .prefault({}),
  publicity: z
    .strictObject({
      working_days: days.default(5),
      content: onlyList(['name', 'stars', 'outstanding', 'level']),
      quarter: only(true),
    })
    .prefault({}),
  objection: z
    .strictObject({
      decide_days: days.default(10),
      appeal_days: days.default(10),
      named: z.literal(true).default(true),
    })
    .prefault({}),
  hearing: z.strictObject({ working_days: days.default(3) }).prefault({}),
  caps: z
    .strictObject({
      enforce: z.literal(false).default(false),
      member_high_share_warn: share.default('1/3'),
      branch_high_share_warn: share.default('3/10'),
      high_from_stars: z.int().min(0).max(10).default(9),
    })
    .prefault({}),
  groups: z
    .strictObject({
      size: range(3, 4),
      mark: z.literal(false).default(false),
      labels: onlyList(['互学', '互检', '互鉴', '互评']),
    })
    .prefault({}),
  leading_group_meetings_min: z.int().min(0).default(3),
  meeting: z.strictObject({ notice_working_days: days.default(3), committee_min_full_members: only(7) }).prefault({}),
  opinion: z.strictObject({ forward_days: days.default(3), answer_days: days.default(7) }).prefault({}),
  requests: z.strictObject({ reply_days: only(3), extended_days: only(10) }).prefault({}),
  feedback: z
    .strictObject({
      to_self: z.literal('own_scores_no_rank').default('own_scores_no_rank'),
      acknowledge: z.boolean().default(true),
    })
    .prefault({}),
  duty_report: z.strictObject({ rated: z.literal(false).default(false) }).prefault({}),
  activity_count: z.strictObject({ show: z.boolean().default(false) }).prefault({}),
  roster_order: z.literal('as_loaded').default('as_loaded'),
  eligibility: z
    .strictObject({
      /** Months in the year below which somebody is rated for feedback only (A20). The roster has no joining date: the secretary records it. */
      min_months: z.int().min(0).max(12).default(6),
      probationary_graded: z.boolean().default(false),
      /** Whether retired, very ill or mobile members may ask not to be rated (A21). */
      exempt_on_request: z.boolean().default(true),
    })
    .prefault({}),
  attendance: z.strictObject({ public_for: z.array(z.literal('leaders')).default(['leaders']) }).prefault({}),
  talk_working_days: only(15),
  rectification: z
    .strictObject({
      plan_working_days: only(15),
      report: z.literal('monthly').default('monthly'),
      accept_by: only('06-30'),
    })
    .prefault({}),
  retention: z
    .strictObject({
      raw_ballots_days: z.int().min(0).default(30),
      raw_opinions_days: z.int().min(0).default(30),
      sheets_years: z.int().min(1).default(3),
      results_years: z.int().min(1).default(10),
    })
    .prefault({}),
  messages: messages.prefault({}),
  /** Points of the branch league table, one weight per indicator. */
  league: league.prefault({}),
  /** Activities in a period that earn the full points of the indicator. */
  league_activities_full: z.int().min(1).default(3),
  /** The dates of the year. */
  dates: datesSchema.prefault({}),
});

export type Rules = z.infer<typeof rulesSchema>;

function readExact(text: string) {
  return parseFraction(text) ?? fraction(0);
}

/** The settings of domain.md Appendix A, nothing changed. */
export const defaultRules: Rules = rulesSchema.parse({});

/**
 * The settings of a RULES_FILE laid over the defaults, section by section; a list replaces the whole default list.
 * @throws {TenstarError} `input_invalid`, naming every problem with its path, one sentence a line.
 */
export function mergeRules(partial: unknown): Rules {
  const result = rulesSchema.safeParse(partial);
  if (result.success) return result.data;
  throw new TenstarError('input_invalid', problemSentences(result.error, partial, defaultRules).join('\n'));
}

/**
 * Rules as a version kept them. Earlier versions took values of settings nothing acts on; they held as they are done, and still do.
 * @throws {TenstarError} as `mergeRules`
 */
export function storedRules(body: unknown): Rules {
  const result = rulesSchema.safeParse(body);
  if (result.success) return result.data;
  const idle = result.error.issues.filter(({ message }) => message.includes(NOT_YET));
  return mergeRules(idle.reduce((left, { path }) => without(left, path), body));
}
function without(value: unknown, [key, ...rest]: readonly PropertyKey[]): unknown {
  if (typeof value !== 'object' || value === null || typeof key !== 'string') return value;
  const entries = Object.entries(value);
  return Object.fromEntries(
    rest.length === 0
      ? entries.filter(([name]) => name !== key)
      : entries.map(([name, part]) => [name, name === key ? without(part, rest) : part]),
  );
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`).join(',')}}`;
}

/** SHA-256 (hex) of JSON with sorted keys: the same data has the same hash, however it was written. */
export function hashJson(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex');
}

/** Names one version of the rules; printed on every result (F15). */
export function rulesHash(rules: Rules): string {
  return hashJson(rules);
}
