/** The register of meetings: planning, sign-in, its end, minutes. */
import { loadMinutes, renderMinutes } from '../../cards/meeting-minutes.ts';
import { loadMeetingPlan, renderMeetingPlan } from '../../cards/meeting-plan.ts';
import {
  type ActionDefinition,
  cardContext,
  type ClickContext,
  type ClickOutcome,
  defineAction,
  failure,
  info,
  success,
  warning,
} from '../action-def.ts';
import type { CardRef } from '../card-ref.ts';
import { type MeetingKind, meetingKindSchema } from '../domain/meeting.ts';
import { today } from '../domain/period.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { Writer } from '../store/db.ts';
import { findMeeting, type Meeting } from '../store/meetings.ts';
import type { Actor } from '../store/roster.ts';
import type { Use } from '../use.ts';
import { runsBranch } from '../usecases/access.ts';
import { isInvited } from '../usecases/meeting/audience.ts';
import { endMeeting, markPresent, openMeeting, recordAbsence, signIn } from '../usecases/meeting/hold.ts';
import { fileMinutes, publishAfterMeeting } from '../usecases/meeting/minutes.ts';
import { cancelMeeting, planMeeting, type StepRefusal } from '../usecases/meeting/plan.ts';
import { privately } from './privately.ts';

const shown = (meeting: string): { card: CardRef } => ({ card: { card: 'meeting', args: { meeting } } });

type StepName = 'meeting_open' | 'meeting_end' | 'meeting_cancel';
type Step = (
  tx: Writer,
  use: Use,
  actor: Actor,
  id: string,
  now: number,
) => Promise<Verdict<Meeting, StepRefusal | 'too_early' | 'nobody_signed_in'>>;
const STEPS: Readonly<Record<StepName, Step>> = {
  meeting_open: openMeeting,
  meeting_end: endMeeting,
  meeting_cancel: cancelMeeting,
};
const DONE = {
  meeting_open: 'meeting.opened',
  meeting_end: 'meeting.ended',
  meeting_cancel: 'meeting.cancelled',
} as const;
/** A step of whoever runs the branch. */
const step = (name: StepName): ActionDefinition =>
  privately(name, async ({ action, actor, use, now, t, write }) => {
    const done = await write((tx) => STEPS[name](tx, use, actor, action.g, now));
    if (done.ok) return { toast: success(t(DONE[name])), ...shown(action.g) };
    if (done.reason === 'gone') return { toast: warning(t('notice.old_card')) };
    if (done.reason === 'not_secretary') return { toast: failure(t('notice.not_secretary')) };
    return { toast: warning(t(`meeting.problem.${done.reason}`)), ...shown(action.g) };
  });

async function planForm(
  context: ClickContext,
  kind: MeetingKind,
  id: string | null,
  typed: ClickContext['form'] | null,
): Promise<ClickOutcome> {
  const view = await loadMeetingPlan(kind, id, typed, cardContext(context));
  return view === null
    ? { toast: failure(context.t('notice.not_secretary')) }
    : { card: { ready: renderMeetingPlan(view, context) } };
}
async function minutesForm(
  context: ClickContext,
  id: string,
  typed: ClickContext['form'] | null,
): Promise<ClickOutcome> {
  const view = await loadMinutes(id, typed, cardContext(context));
  return view === null
    ? { toast: failure(context.t('notice.not_secretary')) }
    : { card: { ready: renderMinutes(view, context) } };
}

export const meetingActions: readonly ActionDefinition[] = [
  step('meeting_open'),
  step('meeting_end'),
  step('meeting_cancel'),
  privately('meeting_list', async () => ({ card: { card: 'meetings', args: {} } })),
  privately('leaders_show', async ({ actor, use, now }) => ({
    card: {
      card: 'leader_attendance',
      args: { branch: actor.branch, year: Number(today(now, use.config.timezone).slice(0, 4)) },
    },
  })),
  privately('meeting_show', async ({ action, actor, use, t }) => {
    const meeting = await findMeeting(use.db.read, action.g);
    if (meeting === null) return { toast: warning(t('notice.old_card')) };
    return isInvited(actor, meeting) ? shown(meeting.id) : { toast: failure(t('meeting.problem.not_invited')) };
  }),
  privately('meeting_new', async (context) => {
    const kind = meetingKindSchema.safeParse(context.form.kind);
    return kind.success
      ? planForm(context, kind.data, null, null)
      : { toast: warning(context.t('meeting.problem.bad_kind')) };
  }),
  privately('meeting_edit', async (context) => {
    const meeting = await findMeeting(context.use.db.read, context.action.g);
    if (meeting === null) return { toast: warning(context.t('notice.old_card')) };
    return planForm(context, meeting.kind, meeting.id, null);
  }),
  privately('meeting_plan', async (context) => {
    const { action, actor, use, form, now, t, write } = context;
    const id = action.g ?? null;
    const planned = await write((tx) => planMeeting(tx, use, actor, { kind: action.k, id }, form, now));
    if (planned.ok)
      return {
        toast: (planned.value.short ? warning : success)(
          t(planned.value.short ? 'meeting.planned_short' : 'meeting.planned'),
        ),
        ...shown(planned.value.meeting.id),
      };
    if (planned.reason === 'not_secretary') return { toast: failure(t('notice.not_secretary')) };
    if (planned.reason === 'gone') return { toast: warning(t('notice.old_card')) };
    const toast = warning(t(`meeting.problem.${planned.reason}`));
    if (planned.reason === 'wrong_state') return { toast, ...(id === null ? {} : shown(id)) };
    return { ...(await planForm(context, action.k, id, form)), toast };
  }),
  defineAction('meeting_sign_in', async ({ action, actor, t, write }) => {
    const signed = await write((tx) => signIn(tx, actor, action.g));
    if (signed.ok) return { toast: success(t('review.sign_in.ok')) };
    if (signed.reason === 'again') return { toast: info(t('review.sign_in.again')) };
    return { toast: warning(signed.reason === 'gone' ? t('notice.old_card') : t(`meeting.problem.${signed.reason}`)) };
  }),
  privately('meeting_register', async ({ action, actor, use, t }) => {
    const meeting = await findMeeting(use.db.read, action.g);
    if (meeting === null || !runsBranch(actor, meeting.branch)) return { toast: failure(t('notice.not_secretary')) };
    return { card: { card: 'meeting_register', args: { meeting: meeting.id, page: action.p } } };
  }),
  privately('meeting_mark', async ({ action, actor, use, form, now, t, write }) => {
    const marked = await write((tx) => markPresent(tx, use, actor, action.g, form.person ?? '', now));
    const register = { card: { card: 'meeting_register', args: { meeting: action.g, page: action.p } } };
    if (marked.ok) return { toast: success(t('meeting.entered')), ...register };
    if (marked.reason === 'gone') return { toast: warning(t('notice.old_card')) };
    if (marked.reason === 'not_secretary') return { toast: failure(t('notice.not_secretary')) };
    return {
      toast: warning(t(`meeting.problem.${marked.reason}`)),
      ...(marked.reason === 'wrong_state' ? shown(action.g) : register),
    };
  }),
  privately('meeting_absent', async ({ action, actor, use, form, now, t, write }) => {
    const noted = await write((tx) => recordAbsence(tx, use, actor, action.g, form, now));
    const register = { card: { card: 'meeting_register', args: { meeting: action.g, page: action.p } } };
    if (noted.ok) return { toast: success(t('meeting.absence.saved')), ...register };
    if (noted.reason === 'gone') return { toast: warning(t('notice.old_card')) };
    if (noted.reason === 'not_secretary') return { toast: failure(t('notice.not_secretary')) };
    return {
      toast: warning(t(`meeting.problem.${noted.reason}`)),
      ...(noted.reason === 'wrong_state' ? shown(action.g) : register),
    };
  }),
  privately('minutes_form', (context) => minutesForm(context, context.action.g, null)),
  privately('minutes_file', async (context) => {
    const { action, actor, form, now, t, write } = context;
    const filed = await write((tx) => fileMinutes(tx, actor, action.g, form, now));
    if (filed.ok) return { toast: success(t('meeting.minutes.saved')), ...shown(action.g) };
    if (filed.reason === 'gone') return { toast: warning(t('notice.old_card')) };
    if (filed.reason === 'not_secretary') return { toast: failure(t('notice.not_secretary')) };
    const toast = warning(t(`meeting.problem.${filed.reason}`));
    return filed.reason === 'wrong_state'
      ? { toast, ...shown(action.g) }
      : { ...(await minutesForm(context, action.g, form)), toast };
  }),
  privately('meeting_publish', async ({ action, actor, use, now, t, write }) => {
    const published = await write((tx) => publishAfterMeeting(tx, use, actor, action.g, now));
    if (published.ok) return { toast: success(t('meeting.published', { n: published.value })), ...shown(action.g) };
    if (published.reason === 'gone') return { toast: warning(t('notice.old_card')) };
    if (published.reason === 'not_secretary') return { toast: failure(t('notice.not_secretary')) };
    return { toast: warning(t(`meeting.problem.${published.reason}`)), ...shown(action.g) };
  }),
];
