import { z } from 'zod';
import { type Block, button, type Button, list, text } from '../src/card.ts';
import { defineCard, type RenderContext } from '../src/card-def.ts';
import { findPerson } from '../src/store/roster.ts';
import { type MeView, meView, type Owed } from '../src/usecases/me.ts';
import { periodName } from '../src/period-name.ts';
import { individualBlocks } from './shared/individual-stars.ts';
import { attendedLine } from './shared/meeting-words.ts';
import { day, when } from './shared/when.ts';
import { yearStepButton, yearStepLine } from './shared/year-steps.ts';

interface View extends MeView {
  timezone: string;
}

function owedLine(owed: Owed, { timezone }: View, context: RenderContext): string {
  const { t, locale } = context;
  const until = (at: number | null) => (at === null ? '' : when(at, timezone, locale));
  switch (owed.kind) {
    case 'self_review':
      return t('result.me_owe_self', { period: periodName(t, owed.period) });
    case 'ballot':
      return t('result.me_owe_ballot', {
        branch: owed.branchName,
        period: periodName(t, owed.period),
        until: until(owed.until),
      });
    case 'hearing':
      return t('result.me_owe_hearing', { until: until(owed.until) });
    case 'opinions':
      return t('opinion.me_owe', {
        period: periodName(t, owed.period),
        by: owed.by === null ? '—' : day(owed.by, locale),
      });
    case 'check':
      return t('commit.me_owe_check', { week: periodName(t, owed.week), until: until(owed.until) });
    case 'returned':
      return t('commit.me_owe_return', { year: owed.year });
    case 'commitment':
      return t('result.me_owe_commitment', { year: owed.year, date: day(owed.until, locale) });
    case 'opinion_form':
      return t('result.me_owe_opinion', { period: periodName(t, owed.period), until: until(owed.until) });
    case 'approve':
    case 'branch_commitment':
    case 'guidance':
    case 'invitation':
    case 'minutes':
    case 'publish':
    case 'summary':
      return yearStepLine(owed, context);
  }
}
function owedButton(owed: Owed, i: number, context: RenderContext): Button {
  const { t } = context;
  switch (owed.kind) {
    case 'self_review':
      return button(
        `self_review_${i + 1}`,
        t('result.open_self'),
        { a: 'self_review_open', r: owed.review },
        'primary',
      );
    case 'ballot':
      return button(
        `ballot_${i + 1}`,
        `${t('result.open_ballot')} ${owed.branchName}`,
        { a: 'ballot_open', r: owed.review },
        'primary',
      );
    case 'hearing':
      return button(`hearing_${i + 1}`, t('result.open_hearing'), { a: 'hearing_open', r: owed.review }, 'primary');
    case 'opinions':
      return button(`opinions_${i + 1}`, t('opinion.me_open'), { a: 'opinion_desk', r: owed.review, p: 0 }, 'primary');
    case 'check':
      return button('check', t('commit.open_check'), { a: 'check_show', k: owed.week, p: 0 }, 'primary');
    case 'returned':
      return button(
        `commitment_${owed.year}`,
        t('commit.open_own'),
        { a: 'commit_show', y: owed.year, w: 'own', n: 0 },
        'primary',
      );
    case 'commitment':
      return button(
        `commitment_${owed.year}`,
        t('commit.open_own'),
        { a: 'commit_show', y: owed.year, w: 'own', n: 0 },
        'primary',
      );
    case 'opinion_form':
      return button(`opinion_${i + 1}`, t('result.open_opinion'), { a: 'opinion_open', r: owed.review }, 'primary');
    case 'approve':
    case 'branch_commitment':
    case 'guidance':
    case 'invitation':
    case 'minutes':
    case 'publish':
    case 'summary':
      return yearStepButton(owed, i, context);
  }
}

/** Tasks listed at once. */
const TASKS_SHOWN = 10;
/** My commitments and what I carry. */
function workBlocks(
  { commitments, tasks }: MeView['work'],
  status: MeView['status'],
  { t, locale }: RenderContext,
): Block[] {
  if (status === 'colleague' && commitments.length === 0 && tasks.length === 0) return [];
  const lines = tasks.slice(0, TASKS_SHOWN).map(({ text: task, due, said }) =>
    t('commit.me_task_line', {
      text: task,
      due: day(due, locale),
      said: said === null ? t('commit.me_task_new') : t(`commit.check_states.${said}`),
    }),
  );
  return [
    text(t('commit.me_commitment'), 'strong'),
    commitments.length === 0
      ? text(t('commit.me_commitment_none'), 'muted')
      : list(
          commitments.map(({ year, state, items }) =>
            t('commit.me_commitment_line', { year, state: t(`commit.state.${state}`), n: items }),
          ),
        ),
    ...(lines.length === 0 ? [] : [text(t('commit.me_tasks'), 'strong'), list(lines)]),
    ...(tasks.length > TASKS_SHOWN
      ? [text(t('commit.me_tasks_more', { n: tasks.length - TASKS_SHOWN }), 'muted')]
      : []),
  ];
}

/** How often I was there this year, and the latest. */
const attendanceBlocks = ({ present, excused, latest }: MeView['attendance'], context: RenderContext): Block[] =>
  latest.length === 0
    ? []
    : [
        text(context.t('meeting.me_attendance'), 'strong'),
        text(context.t(excused > 0 ? 'meeting.me_attended_excused' : 'meeting.me_attended', { n: present, excused })),
        list(latest.map((one) => attendedLine(one, context))),
      ];

/** What I owe, my stars so far, my commitments and tasks, who has looked at my sheet. */
export const meCard = defineCard({
  name: 'me',
  audience: 'person',
  args: z.object({}),
  async view(_args, { use, read, viewer, now }): Promise<View | null> {
    const person = viewer.person === null ? null : await findPerson(read, viewer.person);
    if (person === null || person.leftOn !== null) return null;
    return { ...(await meView(read, use, { ...person, leftOn: null }, now)), timezone: use.config.timezone };
  },
  render(view, context) {
    const { t, locale } = context;
    const stars = view.results.map(({ period, sheet, stars }) =>
      t('result.me_stars_line', {
        period: periodName(t, period),
        n: sheet.level ?? 0,
        names:
          stars.length === 0 ? '—' : stars.map((star) => star[locale === 'en' ? 'en' : 'zh']).join(t('common.and')),
      }),
    );
    const buttons = [
      ...view.owed.slice(0, 20).map((owed, i) => owedButton(owed, i, context)),
      ...view.results.map(({ review, period }, i) =>
        button(`result_${i + 1}`, t('result.mine_title', { period: periodName(t, period) }), {
          a: 'my_result',
          r: review,
        }),
      ),
      ...view.work.commitments.flatMap(({ year: y, state }) =>
        state === 'published'
          ? [button(`board_file_${y}`, t('boardfile.mine_year', { year: y }), { a: 'board_file', w: 'own', y })]
          : [],
      ),
    ];
    const blocks: Block[] = [
      text(t('result.me_owe'), 'strong'),
      view.owed.length === 0
        ? text(t('result.me_owe_none'))
        : list(view.owed.map((owed) => owedLine(owed, view, context))),
      ...(buttons.length === 0 ? [] : [{ kind: 'buttons', buttons } satisfies Block]),
      text(t('result.me_stars'), 'strong'),
      stars.length === 0 ? text(t('result.me_stars_none')) : list(stars),
      ...(view.post === null
        ? []
        : individualBlocks(
            view.post.stars,
            t('stars.posts.me', { year: view.post.year, name: view.post.name }),
            context,
          )),
      ...workBlocks(view.work, view.status, context),
      ...attendanceBlocks(view.attendance, context),
      text(t('result.me_views'), 'strong'),
      view.views.length === 0
        ? text(t('result.me_views_none'), 'muted')
        : list(
            view.views.map(({ name, period, at }) =>
              t('result.me_view_line', { name, period: periodName(t, period), at: when(at, view.timezone, locale) }),
            ),
          ),
    ];
    return {
      title: t('result.me_title'),
      subtitle: t('result.me_role', { branch: view.branchName, status: t(`result.status.${view.status}`) }),
      tone: view.owed.length === 0 ? 'green' : 'blue',
      blocks,
    };
  },
});
