/** By what a year is run: for everybody in short, for the office with its versions, what files would change, and a form to adopt them. */
import { z } from 'zod';
import { type Block, button, buttons, type Card, divider, facts, list, text } from '../src/card.ts';
import { type CardContext, defineCard, type RenderContext } from '../src/card-def.ts';
import { today } from '../src/domain/period.ts';
import type { Rules } from '../src/domain/rules.ts';
import { REASON_MAX } from '../src/domain/scheme.ts';
import { namesOf } from '../src/store/roster.ts';
import { isOffice } from '../src/usecases/access.ts';
import { currentYear, type YearState, yearState } from '../src/usecases/scheme/adopt.ts';
import { adoptableYears, filesCode } from '../src/usecases/scheme/version.ts';
import { readerOf } from './shared/actor.ts';
import { changeText, codeOf, dateLines, reasonText } from './shared/scheme-words.ts';
import { day } from './shared/when.ts';

/** What the office sees besides. */
interface OfficeView {
  names: ReadonlyMap<string, string>;
  /** Dates of the versions, in their order. */
  adoptedOn: readonly string[];
  /** Set when the files can be adopted: their short name. */
  seen: string | null;
  /** The last day of the review of rules, when the year is being prepared. */
  until: string | null;
  noticeMissing: boolean;
  typed: string;
}
export interface RulesView extends YearState {
  /** Years that may be looked at besides. */
  others: readonly number[];
  upcoming: boolean;
  office: OfficeView | null;
}

const CHANGES_SHOWN = 12;
const VERSIONS_SHOWN = 5;
const LINE_MAX = 160;
const short = (line: string): string =>
  Array.from(line).length > LINE_MAX ? `${Array.from(line).slice(0, LINE_MAX).join('')}…` : line;

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

function changeBlocks(
  { year, against, changes, versions, pending, upcoming }: RulesView,
  context: RenderContext,
): Block[] {
  const { t } = context;
  if (against === null) return [];
  const n = changes.length;
  const own = versions.length > 0;
  const numbers = { year, version: against.version, n };
  if (n === 0)
    return [
      text(
        own ? t('rules.same') : t('rules.same_as_before', { year: against.year, version: against.version }),
        'muted',
      ),
    ];
  const intro = own
    ? t(pending ? 'rules.pending' : 'rules.unbound', numbers)
    : t('rules.next_year', { before: against.year, version: against.version, n });
  return [
    text(intro, pending && !upcoming ? 'warn' : 'strong'),
    list(changes.slice(0, CHANGES_SHOWN).map((change) => short(changeText(change, context)))),
    ...(n > CHANGES_SHOWN ? [text(t('rules.more_changes', { n: n - CHANGES_SHOWN }), 'muted')] : []),
  ];
}
function officeBlocks(view: RulesView, office: OfficeView, context: RenderContext): Block[] {
  const { t, locale } = context;
  const { year, versions } = view;
  const next = (versions[0]?.version ?? 0) + 1;
  const numbers = { year, version: next };
  return [
    divider,
    ...changeBlocks(view, context),
    ...(office.until === null || versions.length > 0
      ? []
      : [text(t('rules.next_year_steps', { until: day(office.until, locale) }))]),
    ...(office.noticeMissing ? [text(t('rules.no_notice', { year }), 'warn')] : []),
    ...(office.seen === null
      ? []
      : [
          {
            kind: 'form',
            name: 'rules_adopt',
            fields: [
              { kind: 'text', text: t('rules.adopt_intro', numbers), tone: 'muted' },
              {
                kind: 'input',
                name: 'reason',
                label: t('rules.reason'),
                multiline: true,
                maxLength: REASON_MAX,
                required: true,
                ...(office.typed === '' ? {} : { initial: office.typed }),
              },
            ],
            buttons: [
              button('adopt', t('rules.adopt'), { a: 'rules_adopt', y: year, k: office.seen }, 'primary', {
                title: t('rules.adopt_sure_title', numbers),
                text: t('rules.adopt_sure'),
              }),
            ],
          } as const,
        ]),
    ...(versions.length === 0
      ? []
      : [
          text(t('rules.versions'), 'strong'),
          list(
            versions.slice(0, VERSIONS_SHOWN).map((version, i) =>
              t('rules.version_line', {
                version: version.version,
                hash: codeOf(version),
                at: office.adoptedOn[i] ?? '',
                by: office.names.get(version.by) ?? t('rules.system'),
                reason: reasonText(version.reason, context),
              }),
            ),
          ),
        ]),
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
      ...inShort(scheme.rules, context),
      text(t('rules.dates'), 'strong'),
      list(dateLines(year, scheme.rules.dates, context)),
      ...(office === null ? [] : officeBlocks(view, office, context)),
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
