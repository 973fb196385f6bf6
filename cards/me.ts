import { z } from 'zod';
import { type Block, button, type Button, list, text } from '../src/card.ts';
import { defineCard, type RenderContext } from '../src/card-def.ts';
import { findPerson } from '../src/store/roster.ts';
import { type MeView, meView, type Owed } from '../src/usecases/me.ts';
import { periodName } from '../src/period-name.ts';
import { when } from './shared/when.ts';

interface View extends MeView {
  timezone: string;
}

function owedLine(owed: Owed, { timezone }: View, { t, locale }: RenderContext): string {
  const until = (at: number | null) => (at === null ? '' : when(at, timezone, locale));
  switch (owed.kind) {
    case 'self_review':
      return t('result.me_owe_self', { period: periodName(t, owed.period) });
    case 'ballot':
      return t('result.me_owe_ballot', { branch: owed.branchName, period: periodName(t, owed.period), until: until(owed.until) });
    case 'hearing':
      return t('result.me_owe_hearing', { until: until(owed.until) });
  }
}
function owedButton(owed: Owed, i: number, { t }: RenderContext): Button {
  const r = owed.review;
  switch (owed.kind) {
    case 'self_review':
      return button(`self_review_${i + 1}`, t('result.open_self'), { a: 'self_review_open', r }, 'primary');
    case 'ballot':
      return button(`ballot_${i + 1}`, `${t('result.open_ballot')} ${owed.branchName}`, { a: 'ballot_open', r }, 'primary');
    case 'hearing':
      return button(`hearing_${i + 1}`, t('result.open_hearing'), { a: 'hearing_open', r }, 'primary');
  }
}

/** What I owe, my stars so far, who has looked at my sheet. */
export const meCard = defineCard({
  name: 'me',
  audience: 'person',
  args: z.object({}),
  async view(_args, { use, read, viewer, now }): Promise<View | null> {
    const person = viewer.person === null ? null : await findPerson(read, viewer.person);
    if (person === null || person.leftOn !== null) return null;
    return { ...(await meView(read, { ...person, leftOn: null }, now)), timezone: use.config.timezone };
  },
  render(view, context) {
    const { t, locale } = context;
    const stars = view.results.map(({ period, sheet, stars }) =>
      t('result.me_stars_line', {
        period: periodName(t, period),
        n: sheet.level ?? 0,
        names: stars.length === 0 ? '—' : stars.map((star) => star[locale === 'en' ? 'en' : 'zh']).join(t('common.and')),
      }),
    );
    const buttons = [
      ...view.owed.slice(0, 20).map((owed, i) => owedButton(owed, i, context)),
      ...view.results.map(({ review, period }, i) => button(`result_${i + 1}`, t('result.mine_title', { period: periodName(t, period) }), { a: 'my_result', r: review })),
    ];
    const blocks: Block[] = [
      text(t('result.me_owe'), 'strong'),
      view.owed.length === 0 ? text(t('result.me_owe_none')) : list(view.owed.map((owed) => owedLine(owed, view, context))),
      ...(buttons.length === 0 ? [] : [{ kind: 'buttons', buttons } satisfies Block]),
      text(t('result.me_stars'), 'strong'),
      stars.length === 0 ? text(t('result.me_stars_none')) : list(stars),
      text(t('result.me_views'), 'strong'),
      view.views.length === 0
        ? text(t('result.me_views_none'), 'muted')
        : list(view.views.map(({ name, period, at }) => t('result.me_view_line', { name, period: periodName(t, period), at: when(at, view.timezone, locale) }))),
    ];
    return {
      title: t('result.me_title'),
      subtitle: t('result.me_role', { branch: view.branchName, status: t(`result.status.${view.status}`) }),
      tone: view.owed.length === 0 ? 'green' : 'blue',
      blocks,
    };
  },
});
