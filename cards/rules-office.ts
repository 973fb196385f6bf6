/** What the office sees of a year's rules besides: what the files would change, the form to adopt them, the versions so far. */
import { type Block, button, divider, list, text } from '../src/card.ts';
import type { RenderContext } from '../src/card-def.ts';
import { REASON_MAX } from '../src/domain/scheme.ts';
import type { YearState } from '../src/usecases/scheme/adopt.ts';
import { changeText, codeOf, reasonText } from './shared/scheme-words.ts';
import { day } from './shared/when.ts';

export interface OfficeView {
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
/** What the office may do now: it comes first on its card. */
export function adoptBlocks(view: RulesView, office: OfficeView, context: RenderContext): Block[] {
  const { t, locale } = context;
  const { year, versions } = view;
  const next = (versions[0]?.version ?? 0) + 1;
  const numbers = { year, version: next };
  return [
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
    divider,
  ];
}
export function versionBlocks({ versions }: RulesView, office: OfficeView, context: RenderContext): Block[] {
  if (versions.length === 0) return [];
  const { t } = context;
  const lines = versions.slice(0, VERSIONS_SHOWN).map((version, i) =>
    t('rules.version_line', {
      version: version.version,
      hash: codeOf(version),
      at: office.adoptedOn[i] ?? '',
      by: office.names.get(version.by) ?? t('rules.system'),
      reason: reasonText(version.reason, context),
    }),
  );
  return [text(t('rules.versions'), 'strong'), list(lines)];
}
