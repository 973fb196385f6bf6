import { type Block, button, type Button, list, text } from '../../src/card.ts';
import type { RenderContext } from '../../src/card-def.ts';
import { periodName } from '../../src/period-name.ts';
import type { YearStep } from '../../src/usecases/year/steps.ts';
import { meetingTitle } from './meeting-words.ts';
import { day } from './when.ts';

function invitationLine(
  { to, what, when }: Extract<YearStep, { kind: 'invitation' }>,
  { t, locale }: RenderContext,
): string {
  if (to === 'review') return t('meeting.review_guest.me_owe', { branch: what, period: periodName(t, when) });
  if (to === 'meeting') return t('meeting.guest.me_owe', { branch: what, date: day(when, locale) });
  return t('network.me_owe_answer', { title: what, date: day(when, locale) });
}
/** What is to be done, in one line. */
export function yearStepLine(step: YearStep, context: RenderContext): string {
  const { t, locale } = context;
  switch (step.kind) {
    case 'summary':
      return t('meeting.summary.me_owe', { month: periodName(t, step.month), date: day(step.until, locale) });
    case 'minutes':
      return t('meeting.minutes.me_owe', {
        title: meetingTitle(step.meeting, context),
        date: day(step.meeting.date, locale),
        until: day(step.meeting.minutesBy ?? step.meeting.date, locale),
      });
    case 'approve':
      return t('result.step_approve', { n: step.n });
    case 'publish':
      return t('result.step_publish', { n: step.n, year: step.year });
    case 'branch_commitment':
      return t('result.step_branch_commitment', { year: step.year, date: day(step.until, locale) });
    case 'guidance':
      return t('network.me_owe_guidance', { period: periodName(t, step.period) });
    case 'invitation':
      return invitationLine(step, context);
  }
}
/** The button that does it. @param i distinguishes buttons of the same kind on one card */
export function yearStepButton(step: YearStep, i: number, { t }: RenderContext): Button {
  switch (step.kind) {
    case 'summary':
      return button('summary', t('meeting.summary.write'), { a: 'summary_show', m: step.month }, 'primary');
    case 'minutes':
      return button(
        `minutes_${i + 1}`,
        t('meeting.minutes.write'),
        { a: 'minutes_form', g: step.meeting.id },
        'primary',
      );
    case 'approve':
      return button('open_queue', t('commit.open_queue', { n: step.n }), { a: 'commit_queue' }, 'primary');
    case 'publish':
      return button(`publish_${step.year}`, t('commit.publish'), { a: 'commit_overview', y: step.year }, 'primary');
    case 'branch_commitment':
      return button(
        'branch_commitment',
        t('result.step_branch_commitment_button'),
        { a: 'commit_show', y: step.year, w: 'branch', n: 0 },
        'primary',
      );
    case 'guidance':
      return button('guidance', t('network.guidance_open'), { a: 'guidance_show', g: step.id }, 'primary');
    case 'invitation': {
      const label = t('meeting.review_guest.open', { branch: step.what });
      const name = `invitation_${i + 1}`;
      if (step.to === 'review') return button(name, label, { a: 'review_guest_show', r: step.id }, 'primary');
      if (step.to === 'meeting') return button(name, label, { a: 'guest_show', g: step.id }, 'primary');
      return button(name, label, { a: 'activity_show', y: step.id }, 'primary');
    }
  }
}

/** Lines and buttons of a card that is about something else. */
const MOST_LINES = 6;
const MOST_BUTTONS = 3;
export function yearStepBlocks(steps: readonly YearStep[], context: RenderContext): Block[] {
  if (steps.length === 0) return [];
  const { t } = context;
  const more = steps.length - MOST_LINES;
  const buttons = steps
    .slice(0, MOST_BUTTONS)
    .map((step, i) => ({ ...yearStepButton(step, i, context), style: 'default' as const }));
  return [
    text(t('result.year_steps'), 'strong'),
    list([
      ...steps.slice(0, MOST_LINES).map((step) => yearStepLine(step, context)),
      ...(more > 0 ? [t('result.year_steps_more', { n: more })] : []),
    ]),
    { kind: 'buttons', buttons, compact: true },
  ];
}
