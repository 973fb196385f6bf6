import { z } from 'zod';
import { type Block, list, text } from '../src/card.ts';
import { defineCard, type RenderContext } from '../src/card-def.ts';
import { INDICATORS, type LeagueRow } from '../src/domain/league.ts';
import { leagueBoardLink } from '../src/usecases/board-link.ts';
import { type LeagueView, leagueView } from '../src/usecases/league-view.ts';
import { periodName } from '../src/period-name.ts';
import { versionName } from '../src/version-name.ts';
import { resultButtons } from './shared/result-buttons.ts';

interface LeagueCardView extends LeagueView {
  board: string;
}

/** Branches in the chart; more would be unreadable on a phone. */
const CHART_BARS = 12;
/** Branches without a rank that are listed one by one. */
const LIST_LINES = 40;

function move({ move }: LeagueRow, { t }: RenderContext): string {
  if (move === null) return '';
  if (move === 0) return t('result.same');
  return move > 0 ? t('result.up', { n: move }) : t('result.down', { n: -move });
}

/** Branches only, never persons (F12): rank, points, what they are made of, movement. */
export const leagueCard = defineCard({
  name: 'league',
  audience: 'any',
  args: z.object({ period: z.string(), district: z.string().optional() }),
  async view({ period, district = null }, { use, read }): Promise<LeagueCardView> {
    const view = await leagueView(read, use, period, district);
    return { ...view, board: await leagueBoardLink(use, period, district) };
  },
  render(view, context) {
    const { t } = context;
    const { rows, names } = view;
    const ranked = rows.filter((row) => row.rank !== null);
    const unranked = rows.filter((row) => row.rank === null);
    const collected = INDICATORS.filter((indicator) => ranked.some((row) => row[indicator] !== null));
    const missing = INDICATORS.filter((indicator) => !collected.includes(indicator));
    const title = t('result.league_title', {
      scope: view.districtName ?? t('result.league_city'),
      period: periodName(t, view.period),
    });
    const unrankedList: Block[] =
      unranked.length === 0
        ? []
        : [
            text(t('result.unranked'), 'strong'),
            list(
              unranked.slice(0, LIST_LINES).map((row) =>
                t('result.unranked_line', {
                  branch: names.get(row.branch) ?? row.branch,
                  reason: t(`result.reason.${row.reason ?? 'no_figures'}`),
                }),
              ),
            ),
            ...(unranked.length > LIST_LINES
              ? [text(t('result.league_more', { n: unranked.length - LIST_LINES }), 'muted')]
              : []),
          ];
    if (ranked.length === 0) return { title, tone: 'blue', blocks: [text(t('result.league_empty')), ...unrankedList] };
    return {
      title,
      tone: 'blue',
      blocks: [
        {
          kind: 'table',
          pageSize: 10,
          columns: [
            { key: 'rank', label: t('result.rank'), kind: 'number' },
            { key: 'branch', label: t('result.branch'), kind: 'text' },
            { key: 'points', label: t('result.points'), kind: 'text' },
            { key: 'move', label: t('result.move'), kind: 'text' },
            ...collected.map((indicator) => ({
              key: indicator,
              label: t(`result.${indicator}`),
              kind: 'text' as const,
            })),
          ],
          rows: ranked.map((row) => ({
            rank: row.rank ?? 0,
            branch: names.get(row.branch) ?? row.branch,
            points: row.points ?? '',
            move: move(row, context),
            ...Object.fromEntries(collected.map((indicator) => [indicator, row[indicator] ?? ''])),
          })),
        },
        text(
          ranked
            .slice(0, CHART_BARS)
            .map((row) => `${row.rank}. ${names.get(row.branch) ?? row.branch} ${row.points}`)
            .join(t('common.semicolon')),
        ),
        {
          kind: 'chart',
          chart: 'bar',
          points: ranked
            .slice(0, CHART_BARS)
            .map((row) => ({ label: names.get(row.branch) ?? row.branch, value: Number(row.points) })),
        },
        ...unrankedList,
        resultButtons(
          { label: t('result.league_link'), link: view.board },
          { a: 'export_league', k: view.period, ...(view.district === null ? {} : { d: view.district }) },
          context,
        ),
        text(t('result.league_note'), 'muted'),
        text(versionName(t, view.version), 'muted'),
        ...(missing.length === 0
          ? []
          : [
              text(
                t('result.not_collected', {
                  names: missing.map((indicator) => t(`result.${indicator}`)).join(t('common.and')),
                }),
                'muted',
              ),
            ]),
      ],
    };
  },
});
