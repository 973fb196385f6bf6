import { type Block, facts, text } from '../../src/card.ts';
import type { RenderContext } from '../../src/card-def.ts';
import { periodName } from '../../src/period-name.ts';
import { groupsWithout, type NetworkCounts } from '../../src/usecases/network/counts.ts';

/** Names listed at once; the rest as a number. */
const LISTED = 12;

function named(names: readonly string[], { t }: RenderContext): string {
  const shown = names.slice(0, LISTED).join(t('common.and'));
  return names.length > LISTED ? t('network.and_more', { names: shown, n: names.length - LISTED }) : shown;
}

/** Activities and visits of a district or the city: counted at both levels, and what is missing (R35, J11, R69). */
export function networkBlocks(counts: NetworkCounts, context: RenderContext): Block[] {
  const { t } = context;
  const { districts, groups, visits, unvisited, minimum, year, quarter } = counts;
  const held = (pick: (it: (typeof districts)[number]) => number) => districts.reduce((sum, it) => sum + pick(it), 0);
  const [only] = districts;
  const without = groupsWithout(counts);
  const groupNames = without.map(({ name, planned }) => (planned > 0 ? t('network.group_planned', { name }) : name));
  const short = districts.filter((district) => district.held < minimum);
  return [
    facts(
      [
        t('network.digest_district', { year }),
        districts.length === 1 && only !== undefined
          ? t('network.of_minimum', { n: only.held, minimum, planned: only.planned })
          : t('network.of_districts', { n: held((it) => it.held), short: short.length, minimum }),
      ],
      [t('network.digest_groups', { year }), String(held((it) => it.byGroups))],
      [t('network.digest_visits', { year }), t('network.visits_value', visits)],
    ),
    ...(groups.length === 0
      ? []
      : without.length === 0
        ? [text(t('network.groups_fine', { quarter: periodName(t, quarter) }), 'good')]
        : [
            text(
              t('network.groups_missing', {
                quarter: periodName(t, quarter),
                n: without.length,
                of: groups.length,
                names: named(groupNames, context),
              }),
              'warn',
            ),
          ]),
    ...(unvisited.length === 0
      ? []
      : [
          text(
            t('network.unvisited', {
              n: unvisited.length,
              names: named(
                unvisited.map(({ name }) => name),
                context,
              ),
            }),
            'muted',
          ),
        ]),
  ];
}
