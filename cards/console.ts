import { z } from 'zod';
import type { Translate } from '../src/i18n.ts';
import { type Block, button, type Button, facts, list, text } from '../src/card.ts';
import { defineCard, type RenderContext } from '../src/card-def.ts';
import { type ConsoleStep, mayExcuseElectors } from '../src/domain/review.ts';
import { STEP_WORDS } from '../src/domain/review-words.ts';
import { type ConsoleView, consoleView } from '../src/usecases/review/console.ts';
import { reviewLine } from './shared/budget-words.ts';
import { opinionFigure } from './shared/opinion-figure.ts';
import { periodName } from '../src/period-name.ts';
import { refusedText } from '../src/refused-text.ts';
import { day, when } from './shared/when.ts';
import { yearStepBlocks } from './shared/year-steps.ts';

/** One sentence: what to do now. */
function nextSentence(view: ConsoleView, { t, locale }: RenderContext): string {
  const { review, quorum, hearings, timezone } = view;
  const until = (at: number | null) => (at === null ? '' : when(at, timezone, locale));
  switch (review.state) {
    case 'preparing':
      return t('review.console.next_preparing');
    case 'meeting':
      if (view.agenda.some((entry) => !entry.done)) return t('review.console.next_agenda');
      return quorum.missing > 0
        ? t('review.console.next_wait_quorum', { missing: quorum.missing })
        : t('review.console.next_ballot');
    case 'balloting':
      return t('review.console.next_balloting', { until: until(review.ballotUntil) });
    case 'closed':
      return t(mayExcuseElectors(review) ? 'review.console.next_closed_category' : 'review.console.next_closed', {
        why: review.refused === null ? '' : refusedText(t, review.refused, view.rules),
      });
    case 'tallied':
      if (hearings.length === 0) return t('review.console.next_tallied');
      return t('review.console.next_hearing', {
        names: hearings.map((h) => h.name).join(t('common.and')),
        until: until(Math.max(...hearings.map((h) => h.until))),
      });
    case 'confirmed':
      return t('review.console.next_confirmed');
    case 'notice':
      return t('review.console.next_notice', {
        until: review.noticeUntil === null ? '' : day(review.noticeUntil, locale),
      });
    case 'final':
      return t('review.console.next_final');
  }
}

function stepButton(step: ConsoleStep, view: ConsoleView, { t, locale }: RenderContext): Button {
  const { review, timezone } = view;
  const r = review.id;
  const until = review.ballotUntil === null ? '' : when(review.ballotUntil, timezone, locale);
  const owed = view.electors - (view.cast ?? 0);
  const item = view.agenda.find((entry) => !entry.done)?.item;
  switch (step) {
    case 'start_meeting':
      return button(
        step,
        t('review.step.start_meeting'),
        { a: step, r },
        'primary',
        view.opinionsTooFew === null
          ? undefined
          : {
              title: t('review.confirm.meeting_title'),
              text: t('review.confirm.meeting_opinions', view.opinionsTooFew),
            },
      );
    case 'agenda_next':
      return button(
        step,
        t('review.step.agenda_next', { item: item === undefined ? '' : t(`review.agenda.${item}`) }),
        { a: step, r, n: review.agendaDone },
        'primary',
      );
    case 'start_ballot':
      return button(step, t('review.step.start_ballot'), { a: step, r }, 'primary', {
        title: t('review.confirm.start_ballot_title'),
        text: [
          t('review.confirm.start_ballot', { n: view.electors }),
          ...view.forecast.map((it) => reviewLine(t, it, 'this')),
        ].join('\n'),
      });
    case 'extend_ballot':
      return button(step, t('review.step.extend_ballot'), { a: step, r, n: review.extensions });
    case 'close_ballot':
      return button(step, t('review.step.close_ballot'), { a: step, r }, 'primary', {
        title: t('review.confirm.close_title'),
        text:
          until === '' ? t('review.confirm.close_over', { n: owed }) : t('review.confirm.close', { n: owed, until }),
      });
    case 'reopen_ballot':
      return button(step, t('review.step.reopen_ballot'), { a: step, r }, 'primary');
    case 'confirm_results':
      return button(step, t('review.step.confirm_results'), { a: 'confirm_form', r, p: 0 }, 'primary');
    case 'publish_results':
      return button(step, t('review.step.publish_results'), { a: step, r }, 'primary', {
        title: t('review.confirm.publish_title'),
        text: t('review.confirm.publish'),
      });
  }
}

const MOST_OTHERS = 4;
const selfReviewsToRead = ({ selfReviews }: ConsoleView): boolean => selfReviews.filed > 0 || selfReviews.branch;

/** Smaller things that are possible beside the next step. */
function sideButtons(view: ConsoleView, t: Translate): Button[] {
  const { review } = view;
  const r = review.id;
  const early = view.runs && (review.state === 'preparing' || review.state === 'meeting');
  const forms = early || (view.runs && review.state === 'balloting');
  return [
    ...(view.runs && review.state === 'preparing'
      ? [button('meeting_notice', t('review.console.notice'), { a: 'meeting_form', r })]
      : []),
    ...(early || (view.runs && review.state === 'closed')
      ? [button('due_list', t('review.console.due_edit'), { a: 'due_page', r, p: 0 })]
      : []),
    ...(early ? [button('rating_list', t('review.console.rating_edit'), { a: 'rating_list', r, p: 0 })] : []),
    ...(view.runs && mayExcuseElectors(review)
      ? [button('elector_excuses', t('review.console.elector_excuses'), { a: 'elector_excuses', r, p: 0 })]
      : []),
    ...(forms ? [button('branch_review', t('review.console.branch_form'), { a: 'branch_review_open', r })] : []),
    ...(forms ? [button('excuse_list', t('review.console.excuse_edit'), { a: 'excuse_list', r, p: 0 })] : []),
    ...(selfReviewsToRead(view)
      ? [button('self_reviews', t('review.self.list_button'), { a: 'self_reviews', r })]
      : []),
    ...(view.opinions === null ? [] : [button('opinions', t('opinion.desk.button'), { a: 'opinion_desk', r, p: 0 })]),
    ...(view.guests === null ? [] : [button('guests', t('meeting.review_guest.button'), { a: 'review_guests', r })]),
    ...(forms ? [button('remind', t('review.console.remind'), { a: 'remind', r })] : []),
    button('refresh', t('review.console.refresh'), { a: 'console', r }),
    ...view.others.slice(0, MOST_OTHERS).map((other, i) =>
      button(`other_${i + 1}`, t('review.console.title', { period: periodName(t, other.period) }), {
        a: 'console',
        r: other.id,
      }),
    ),
  ];
}

function warningLines({ review, warnings, unreachable, waiting }: ConsoleView, { t, locale }: RenderContext): string[] {
  const lines: string[] = [];
  for (const warning of warnings) {
    if (warning.kind === 'few_representatives')
      lines.push(t('review.console.warn_representatives', { have: warning.have, need: warning.need }));
  }
  const few = warnings.filter((warning) => warning.kind === 'few_raters');
  const [worst] = few.toSorted((a, b) => a.raters - b.raters);
  if (worst !== undefined) lines.push(t('review.console.warn_too_small', { have: worst.raters, need: worst.need }));
  if (unreachable.length > 0) lines.push(t('review.console.unreachable', { names: unreachable.join(t('common.and')) }));
  if (waiting.open > 0) lines.push(t('review.console.objections_open', { n: waiting.open }));
  if (waiting.unsettled > 0) lines.push(t('result.wait_settle', { n: waiting.unsettled }));
  if (waiting.appealUntil !== null && review.state === 'notice')
    lines.push(t('result.wait_appeal', { until: day(waiting.appealUntil, locale) }));
  return lines;
}

/** What the month's budget of a platform still has to give, while that can change a decision. */
const forecastLines = ({ review, forecast }: ConsoleView, t: Translate): Block[] =>
  review.state === 'closed' || review.state === 'tallied' || review.state === 'confirmed'
    ? []
    : forecast.map((it) =>
        text(reviewLine(t, it, review.state === 'final' ? 'next' : 'this'), it.short ? 'warn' : 'muted'),
      );

/** The words for the steps that are possible now. */
function typedSteps(steps: readonly Button[], view: ConsoleView, { t, locale }: RenderContext): string {
  if (steps.length === 0) return t('review.console.typed_none');
  const lines = view.steps.map((step, i) =>
    t('review.console.typed_step', {
      step: steps[i]?.label ?? '',
      word: STEP_WORDS[step][locale === 'en' ? 'en' : 'zh'][0],
    }),
  );
  return [t('review.console.typed'), ...lines].join('\n');
}

/** The console: the next step first, then the figures it rests on. */
export const consoleCard = defineCard({
  name: 'console',
  audience: 'person',
  args: z.object({ review: z.string() }),
  view: ({ review }, { use, read, viewer, now }) => consoleView(read, use, review, viewer.person, now),
  render(view, context) {
    const { t } = context;
    const { review, quorum, selfReviews } = view;
    const steps = view.steps.map((step) => stepButton(step, view, context));
    const meeting = review.state === 'meeting';
    const figures: [string, string][] = [
      [t('review.console.due'), String(quorum.due)],
      [t('review.console.present'), String(quorum.present)],
      ...(meeting ? [[t('review.console.missing'), String(quorum.missing)] satisfies [string, string]] : []),
      [t('review.console.self_reviews'), `${selfReviews.filed} / ${selfReviews.expected}`],
      [
        t('review.console.branch_review'),
        selfReviews.branch ? t('review.console.filed') : t('review.console.not_filed'),
      ],
      ...(view.opinions === null
        ? []
        : [[t('opinion.desk.figures'), opinionFigure(view.opinions, t)] satisfies [string, string]]),
      ...(view.guests === null
        ? []
        : [
            [t('meeting.review_guest.figure'), t('meeting.review_guest.figure_value', view.guests)] satisfies [
              string,
              string,
            ],
          ]),
      [t('review.console.electors'), String(view.electors)],
      ...(view.cast === null
        ? []
        : [[t('review.console.cast'), `${view.cast} / ${view.electors}`] satisfies [string, string]]),
    ];
    const blocks: Block[] = [
      text(t('review.console.next'), 'muted'),
      text(nextSentence(view, context), 'strong'),
      ...(steps.length === 0 ? [] : [{ kind: 'buttons', buttons: steps } satisfies Block]),
      facts(...figures),
    ];
    if (meeting)
      blocks.push(
        text(t('review.console.agenda'), 'muted'),
        list(view.agenda.map(({ item, done }) => `${done ? '☑' : '☐'} ${t(`review.agenda.${item}`)}`)),
      );
    blocks.push(
      ...yearStepBlocks(view.yearSteps, context),
      ...warningLines(view, context).map((line) => text(line, 'warn')),
      ...forecastLines(view, t),
      {
        kind: 'buttons',
        buttons: sideButtons(view, t),
        compact: true,
      },
    );
    return {
      title: t('review.console.title', { period: periodName(t, review.period) }),
      subtitle: t('review.console.subtitle', { branch: view.branchName, state: t(`review.state.${review.state}`) }),
      tone: review.state === 'final' ? 'grey' : review.state === 'closed' ? 'orange' : 'blue',
      blocks,
      typed: typedSteps(steps, view, context),
    };
  },
});
