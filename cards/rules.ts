/** By what a year is run, in short for everybody. */
import { z } from 'zod';
import { type Block, button, buttons, type Card, facts, list, text } from '../src/card.ts';
import { type CardContext, defineCard, type RenderContext } from '../src/card-def.ts';
import { today } from '../src/domain/period.ts';
import type { Rules } from '../src/domain/rules.ts';
import { namesOf } from '../src/store/roster.ts';
import { isOffice } from '../src/usecases/access.ts';
import { currentYear, yearState } from '../src/usecases/scheme/adopt.ts';
import { adoptableYears, filesCode } from '../src/usecases/scheme/version.ts';
import { adoptBlocks, type RulesView, versionBlocks } from './rules-office.ts';
import { readerOf } from './shared/actor.ts';
import { codeOf, dateLines } from './shared/scheme-words.ts';

/** Null for who is not in the roster. @param typed a reason that was refused */
export async function loadRules(year: number, context: CardContext, typed = ''): Promise<RulesView | null> {
  const { use, read, now } = context;
  const reader = await readerOf(context);
  if (reader === null) return null;
  const state = await yearState(read, use, year);
  const open = adoptableYears(use, now);
  const current = currentYear(use, now);
  const upcoming = year > current;
  const view = { ...state, upcoming, others: open.filter((one) => one !== year) };
  if (!isOffice(use, reader)) return { ...view, office: null };
  return {
    ...view,
    office: {
      names: await namesOf(
        read,
        state.versions.map((version) => version.by),
      ),
      adoptedOn: state.versions.map((version) => today(version.at, use.config.timezone)),
      // The year before ends as it began unless somebody really means it: the command line is the place for that.
      seen:
        open.includes(year) && year >= current && (state.versions.length === 0 || state.changes.length > 0)
          ? filesCode(use)
          : null,
      until: upcoming ? `${current}-${use.years.of(current).rules.dates.rules_review[1]}` : null,
      noticeMissing: upcoming && !use.calendar.official(year),
      typed,
    },
  };
}

function inShort(rules: Rules, { t }: RenderContext): Block[] {
  const shares = (weights: Readonly<Record<string, number>>): string =>
    Object.entries(weights)
      .filter(([, percent]) => percent > 0)
      .map(([key, percent]) => `${t(`rules.weight.${key as keyof Rules['weights'] | 'assessment_group'}`)} ${percent}%`)
      .join(t('common.comma'));
  const { commitment, publicity, objection, thresholds } = rules;
  const [from, to] = commitment.member_items;
  const [branchFrom, branchTo] = commitment.branch_items;
  return [
    facts(
      [t('rules.threshold'), t('rules.threshold_value', { mark: rules.stars.threshold })],
      [t('rules.weights'), shares(rules.weights)],
      [t('rules.branch_weights'), shares(rules.branch_weights)],
      [
        t('rules.quorum'),
        t('rules.quorum_value', { fraction: rules.quorum.fraction, valid: rules.quorum.valid_ballot_fraction }),
      ],
      [t('rules.items'), t('rules.items_value', { from, to, branchFrom, branchTo })],
      [t('rules.notice'), t('rules.notice_value', { days: publicity.working_days, decide: objection.decide_days })],
    ),
    text(
      t(thresholds.inclusive ? 'rules.below_inclusive' : 'rules.below_exclusive', {
        unit: thresholds.unit_leaders_below,
        lagging: thresholds.lagging_branch_below,
      }),
      'muted',
    ),
  ];
}

export function renderRules(view: RulesView, context: RenderContext): Card {
  const { t } = context;
  const { year, versions, scheme, office, others, pending, upcoming } = view;
  const [newest] = versions;
  const holds = newest === undefined ? 'rules.draft' : upcoming ? 'rules.holds_later' : 'rules.holds';
  return {
    title: t('rules.title', { year }),
    subtitle:
      newest === undefined
        ? t('rules.none_yet')
        : t('rules.version', { version: newest.version, hash: codeOf(newest) }),
    tone: office !== null && pending ? 'orange' : 'blue',
    blocks: [
      text(t(holds, { year })),
      ...(office === null ? [] : adoptBlocks(view, office, context)),
      ...inShort(scheme.rules, context),
      text(t('rules.dates'), 'strong'),
      list(dateLines(year, scheme.rules.dates, context)),
      ...(office === null ? [] : versionBlocks(view, office, context)),
      ...(others.length === 0
        ? []
        : [
            buttons(
              ...others.map((other) =>
                button(`rules_show_${other}`, t('rules.other_year', { year: other }), { a: 'rules_show', y: other }),
              ),
            ),
          ]),
    ],
  };
}
export const rulesCard = defineCard({
  name: 'rules',
  audience: 'person',
  args: z.object({ year: z.int() }),
  view: ({ year }, context) => loadRules(year, context),
  render: renderRules,
});
