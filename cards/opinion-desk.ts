import { z } from 'zod';
import { type Block, button, list, text } from '../src/card.ts';
import { defineCard, type RenderContext } from '../src/card-def.ts';
import { findPerson } from '../src/store/roster.ts';
import { type DeskView as Desk, deskView } from '../src/usecases/review/opinion-desk.ts';
import { periodName } from '../src/period-name.ts';
import { day, when } from './shared/when.ts';

/** Grouped texts with answers a page: at their longest about 4 KB each. */
const TEXTS = 4;
/** Subjects shown in the list and offered again; a branch with more opens the rest one after another. */
const SUBJECTS = 100;

interface View extends Desk {
  timezone: string;
  page: number;
}

function groupingBlocks(view: View, { t, locale }: RenderContext): Block[] {
  const r = view.review;
  const nameOf = (name: string | null) => name ?? t('opinion.desk.branch');
  const next = view.mine.find(({ grouped }) => !grouped);
  const blocks: Block[] = [];
  if (view.mine.length > 0) {
    blocks.push(text(t('opinion.desk.grouping', { given: view.given })));
    if (view.forwardBy !== null)
      blocks.push(text(t('opinion.desk.grouping_by', { date: day(view.forwardBy, locale) }), 'strong'));
    blocks.push(
      list(
        view.mine
          .slice(0, SUBJECTS)
          .map(({ name, remarks: n, grouped }) =>
            t('opinion.desk.line', { mark: grouped ? '☑' : '☐', name: nameOf(name), n }),
          ),
      ),
    );
  }
  if (view.others > 0) blocks.push(text(t('opinion.desk.others', { n: view.others }), 'muted'));
  if (view.mine.length === 0 && view.others === 0) blocks.push(text(t('opinion.desk.nothing')));
  else if (view.mine.length === 0) blocks.push(text(t('opinion.desk.waiting')));
  if (next !== undefined)
    blocks.push({
      kind: 'buttons',
      buttons: [
        button(
          'opinion_group',
          t('opinion.desk.start', { name: nameOf(next.name) }),
          { a: 'opinion_group', r, s: next.subject, p: 0 },
          'primary',
        ),
      ],
    });
  if (view.mayPassOn)
    blocks.push({
      kind: 'buttons',
      buttons: [
        button('opinion_pass_on', t('opinion.desk.pass_on'), { a: 'opinion_pass_on', r }, 'primary', {
          title: t('opinion.desk.pass_title'),
          text: t('opinion.desk.pass_text', { days: view.answerDays }),
        }),
      ],
    });
  const again = view.mine.filter(({ grouped }) => grouped).slice(0, SUBJECTS);
  if (again.length > 0)
    blocks.push({
      kind: 'form',
      name: 'opinion_again',
      fields: [
        {
          kind: 'select',
          name: 'subject',
          label: t('opinion.desk.pick'),
          options: again.map(({ subject, name }) => ({ value: subject, label: nameOf(name) })),
          required: true,
        },
      ],
      buttons: [button('opinion_pick', t('opinion.desk.pick_button'), { a: 'opinion_pick', r })],
    });
  return blocks;
}

/** Texts that are passed on, with their answers: for the branch committee. */
function passedBlocks(view: View, { t, locale }: RenderContext): Block[] {
  const shown = view.passed.slice(view.page * TEXTS, view.page * TEXTS + TEXTS);
  const blocks = shown.flatMap(({ name, answerBy, body, answer }): Block[] => [
    { kind: 'divider' },
    text(
      t('opinion.desk.passed_line', {
        name: name ?? t('opinion.desk.branch'),
        date: answerBy === null ? '' : day(answerBy, locale),
      }),
      'strong',
    ),
    text(body),
    text(answer === null ? t('opinion.desk.no_answer') : t('opinion.desk.answer', { text: answer }), 'muted'),
  ]);
  const more = (view.page + 1) * TEXTS < view.passed.length;
  return more
    ? [
        ...blocks,
        {
          kind: 'buttons',
          buttons: [
            button('opinion_more', t('opinion.desk.more'), { a: 'opinion_desk', r: view.review, p: view.page + 1 }),
          ],
        },
      ]
    : blocks;
}

function stateBlocks(view: View, context: RenderContext): Block[] {
  const { t, locale } = context;
  switch (view.state) {
    case 'open':
      return [
        text(
          t('opinion.desk.open', {
            asked: view.asked,
            given: view.given,
            until: when(view.until, view.timezone, locale),
          }),
        ),
      ];
    case 'unopened':
      return [text(t('opinion.desk.unopened', { given: view.given, min: view.minForms }))];
    case 'grouping':
      return groupingBlocks(view, context);
    case 'passed_on':
      return [text(view.texts === 0 ? t('opinion.desk.passed_none') : t('opinion.desk.passed_on'))];
  }
}

/** Where the opinions of a review stand: numbers while they come in, what is left to group, then the grouped texts. Never a raw text. */
export const opinionDeskCard = defineCard({
  name: 'opinion_desk',
  audience: 'person',
  args: z.object({ review: z.string(), page: z.coerce.number().int().min(0) }),
  async view({ review, page }, { use, read, viewer }): Promise<View | null> {
    const person = viewer.person === null ? null : await findPerson(read, viewer.person);
    if (person === null || person.leftOn !== null) return null;
    const desk = await deskView(read, use, review, { ...person, leftOn: null });
    if (desk === null) return null;
    const last = Math.max(0, Math.ceil(desk.passed.length / TEXTS) - 1);
    return { ...desk, timezone: use.config.timezone, page: Math.min(page, last) };
  },
  render: (view, context) => ({
    title: context.t('opinion.desk.title', { period: periodName(context.t, view.period) }),
    tone: view.state === 'grouping' ? 'orange' : view.state === 'unopened' ? 'grey' : 'blue',
    blocks: [
      ...stateBlocks(view, context),
      ...passedBlocks(view, context),
      { kind: 'buttons', buttons: [button('console', context.t('common.back'), { a: 'console', r: view.review })] },
    ],
  }),
});
