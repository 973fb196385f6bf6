import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { TenstarError } from '../../src/errors.ts';
import { defaultRules, mergeRules, rulesHash, rulesSchema, storedRules } from '../../src/domain/rules.ts';

/** The settings in one place, as the scheme lists them. */
const LISTED = {
  stars: { max_mark: 10, threshold: '8', compare: 'exact', display: 'two_decimals_rounded_down' },
  weights: { self: 10, members_and_colleagues: 30, committee: 30, leadership: 30 },
  ballot: { step: 1, abstain: true, max_abstain_share: '1/2', uniform: 'warn', late_window_working_days: 3 },
  trim: { mode: 'off', min_valid: 6 },
  quorum: { fraction: '2/3', floor: '1/2', valid_ballot_fraction: '2/3' },
  anonymity: { min_total: 5, min_category: 3 },
  colleagues: { min_share: '1/5', min_count: 3 },
  party_group_split_above: 30,
  barred_stars: ['political_steadfastness', 'organizational_responsibility'],
  outstanding: { min_score: '9', per_branch_period: 3, per_member_period: 1 },
  caps: { enforce: false, member_high_share_warn: '1/3', branch_high_share_warn: '3/10', high_from_stars: 9 },
  commitment: { member_items: [3, 10], branch_items: [5, 20], reply_working_days: 5 },
  publicity: { working_days: 5, content: ['name', 'stars', 'outstanding', 'level'], quarter: true },
  retention: { raw_ballots_days: 30, raw_opinions_days: 30, sheets_years: 3, results_years: 10 },
  messages: { from: '09:00', to: '18:00', working_days_only: true },
};

describe('rules', () => {
  it('have the defaults of the scheme', () => expect(defaultRules).toMatchObject(LISTED));
  it('league weights add up to 100', () =>
    expect(Object.values(defaultRules.league).reduce((a, b) => a + b)).toBe(100));
  it('of a version that set what nothing acts on are read as they were done; anything else wrong is refused', () => {
    const stored = {
      talk_working_days: 10,
      publicity: { quarter: false, working_days: 7 },
      groups: { labels: ['互学'] },
    };
    expect(storedRules(stored)).toEqual(mergeRules({ publicity: { working_days: 7 } }));
    expect(() => mergeRules(stored)).toThrow(TenstarError);
    expect(() => storedRules({ ...stored, stars: { threshold: '11' } })).toThrow(TenstarError);
  });
  it('are laid over the defaults section by section, lists as a whole', () => {
    const rules = mergeRules({
      anonymity: { min_category: 4 },
      barred_stars: ['integrity'],
      messages: { to: '24:00' },
    });
    expect(rules).toEqual({
      ...defaultRules,
      anonymity: { min_total: 5, min_category: 4 },
      barred_stars: ['integrity'],
      messages: { ...defaultRules.messages, to: '24:00' },
    });
    expect(mergeRules({})).toEqual(defaultRules);
    expect(mergeRules(defaultRules)).toEqual(defaultRules);
  });

  it.each([
    [{ quorum: { floor: '1/3' } }, 'quorum.floor must lie between 1/2 and 1.'],
    [{ quorum: { fraction: '0.49' } }, 'quorum.fraction must lie between 1/2 and 1.'],
    [{ quorum: { floor: '3/4' } }, 'quorum.fraction must not be below quorum.floor.'],
    [{ quorum: { fracton: '2/3' } }, '"quorum.fracton" is not known; did you mean "quorum.fraction"?'],
    [{ quorem: {} }, '"quorem" is not known; did you mean "quorum"?'],
    [
      { stars: { threshold: 8 } },
      'stars.threshold must be text in quotation marks, such as "8" or "2/3", so that it is read exactly.',
    ],
    [{ stars: { threshold: 'eight' } }, 'stars.threshold must be a number such as "8", "8.5" or "2/3".'],
    [{ stars: { threshold: '11' } }, 'stars.threshold must lie between 0 and 10.'],
    [{ weights: { self: 20 } }, 'weights must add up to 100.'],
    [{ ballot: { uniform: 'sometimes' } }, 'ballot.uniform must be one of "off", "warn", "reject".'],
    [
      { quarters: { separate_q4: true } },
      'quarters.separate_q4 can only be false in this version: nothing acts on another value yet (README, "Not yet").',
    ],
    [
      { publicity: { content: ['name'] } },
      'publicity.content can only be ["name","stars","outstanding","level"] in this version: nothing acts on another value yet (README, "Not yet").',
    ],
    [{ ballot: { step: 0.5 } }, 'ballot.step can only be 1.'],
    [{ anonymity: { min_total: 1 } }, 'anonymity.min_total must be at least 3.'],
    [{ anonymity: { min_total: 5.5 } }, 'anonymity.min_total must be a whole number, not a number.'],
    [{ messages: { from: '19:00' } }, 'messages.to must be later than messages.from.'],
    [{ messages: { from: '9:00' } }, 'messages.from must be a time of day such as "09:00".'],
    [{ commitment: { member_items: [10, 3] } }, 'commitment.member_items must be two numbers, the smaller one first.'],
    [{ barred_stars: 'integrity' }, 'barred_stars must be a list, not text.'],
    [{ trim: null }, 'trim must be a section in braces, not null.'],
    [[], 'The whole must be a section in braces, not a list.'],
  ])('%j: %s', (partial, sentence) => {
    expect(() => mergeRules(partial)).toThrow(new TenstarError('input_invalid', sentence));
  });
  it('name all problems at once', () => {
    const wrong = { quorum: { floor: '1/3' }, weights: { self: 20 }, hearing: { working_days: 0 }, mesages: {} };
    let message = '';
    try {
      mergeRules(wrong);
    } catch (error) {
      message = error instanceof Error ? error.message : '';
    }
    expect(message.split('\n').toSorted()).toEqual([
      '"mesages" is not known; did you mean "messages"?',
      'hearing.working_days must be at least 1.',
      'quorum.floor must lie between 1/2 and 1.',
      'weights must add up to 100.',
    ]);
  });
  it('have one hash however they were written', () => {
    const backwards = Object.fromEntries(Object.entries(defaultRules).toReversed());
    expect(rulesHash(rulesSchema.parse(backwards))).toBe(rulesHash(defaultRules));
    expect(rulesHash(defaultRules)).toMatch(/^[0-9a-f]{64}$/);
    expect(rulesHash(mergeRules({ anonymity: { min_category: 4 } }))).not.toBe(rulesHash(defaultRules));
  });
  test.prop([fc.jsonValue()])('whatever the file holds, the answer is rules or sentences', (value) => {
    try {
      expect(rulesSchema.safeParse(mergeRules(value)).success).toBe(true);
    } catch (error) {
      expect(error).toBeInstanceOf(TenstarError);
      expect(error instanceof Error ? error.message : '').toMatch(/^.+[.?]$/ms);
    }
  });
});
