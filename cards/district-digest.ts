import { z } from 'zod';
import { type Block, list, text } from '../src/card.ts';
import { defineCard, type RenderContext } from '../src/card-def.ts';
import { findDistrict } from '../src/store/roster.ts';
import { type BranchDigest, type DistrictDigest, districtDigest } from '../src/usecases/network/digest.ts';
import { periodName } from '../src/period-name.ts';
import { networkBlocks } from './shared/network-words.ts';

interface View extends DistrictDigest {
  districtName: string;
}

/** Why a branch may need a call; empty when nothing is late. */
function late(branch: BranchDigest, month: string | null, { t }: RenderContext): string[] {
  return [
    ...(branch.review === null
      ? []
      : [
          branch.review === 'not_opened'
            ? t('network.late_review_none')
            : t('network.late_review', { state: t(`review.state.${branch.review}`) }),
        ]),
    ...(branch.guidanceUnread ? [t('network.late_guidance')] : []),
    ...(branch.summaryMissing && month !== null ? [t('network.late_summary', { month: periodName(t, month) })] : []),
  ];
}

/** To the liaison officer on Monday: which branch needs a call, what is missing of activities, rates of branches. Nothing about persons. */
export const districtDigestCard = defineCard({
  name: 'district_digest',
  audience: 'person',
  args: z.object({ district: z.string() }),
  async view({ district }, { use, read, now }): Promise<View | null> {
    const known = await findDistrict(read, district);
    return known === null ? null : { ...(await districtDigest(read, use, district, now)), districtName: known.name };
  },
  render(view, context) {
    const { t } = context;
    const calls = view.branches.flatMap((branch) => {
      const reasons = late(branch, view.month, context);
      return reasons.length === 0
        ? []
        : [
            t('network.digest_line', {
              branch: `${branch.code} ${branch.name}`,
              reasons: reasons.join(t('common.and')),
            }),
          ];
    });
    const blocks: Block[] = [
      text(calls.length === 0 ? t('network.digest_fine') : t('network.digest_call', { n: calls.length }), 'strong'),
      ...(calls.length === 0 ? [] : [list(calls)]),
      ...networkBlocks(view.network, context),
      ...(view.week === null ? [] : [text(t('network.digest_rates', { week: periodName(t, view.week) }), 'strong')]),
      {
        kind: 'table',
        pageSize: 10,
        columns: [
          { key: 'branch', label: t('result.branch'), kind: 'text' },
          { key: 'weekly', label: t('result.weekly_check_rate'), kind: 'text' },
          { key: 'monthly', label: t('result.monthly_on_time'), kind: 'text' },
          { key: 'activities', label: t('result.activities'), kind: 'number' },
        ],
        rows: view.branches.map((branch) => ({
          branch: `${branch.code} ${branch.name}`,
          weekly: branch.checkRate === null ? '—' : String(branch.checkRate),
          monthly: branch.monthlyOnTime ?? '—',
          activities: branch.activities,
        })),
      },
    ];
    return {
      title: t('network.digest_title', { district: view.districtName }),
      subtitle: periodName(t, view.quarter),
      tone: calls.length === 0 ? 'green' : 'orange',
      blocks,
    };
  },
});
