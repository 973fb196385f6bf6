import { loadActivityForm, renderActivityForm } from '../../cards/activity.ts';
import { type ActionDefinition, defineAction, failure, info, success, warning } from '../action-def.ts';
import type { CardRef } from '../card-ref.ts';
import { findActivity } from '../store/activities.ts';
import {
  answerForBranch,
  cancelActivity,
  endActivity,
  openActivity,
  planActivity,
  plansAt,
  signIn,
} from '../usecases/network/activities.ts';

const shown = (activity: string): CardRef => ({ card: 'activity', args: { activity } });

const LEAD = { activity_open: openActivity, activity_end: endActivity, activity_cancel: cancelActivity } as const;
type LeadName = keyof typeof LEAD;
const DONE = {
  activity_open: 'network.opened',
  activity_end: 'network.ended',
  activity_cancel: 'network.cancelled',
} as const;

/** A step of whoever leads the activity. */
const leadStep = (name: LeadName): ActionDefinition =>
  defineAction(name, async ({ action, actor, use, now, t, write }) => {
    const done = await write((tx) => LEAD[name](tx, use, actor, action.y, now));
    if (done.ok) return { toast: success(t(DONE[name])), card: shown(action.y) };
    if (done.reason === 'gone') return { toast: warning(t('notice.old_card')) };
    if (done.reason === 'not_leader') return { toast: failure(t('network.problem.not_leader')) };
    return { toast: warning(t(`network.problem.${done.reason}`)), card: shown(action.y) };
  });

export const activityActions: readonly ActionDefinition[] = [
  leadStep('activity_open'),
  leadStep('activity_end'),
  leadStep('activity_cancel'),
  defineAction('activity_new', async ({ actor, use, t }) =>
    plansAt(use, actor).length > 0
      ? { card: { card: 'activity_form', args: {} } }
      : { toast: failure(t('network.problem.not_planner')) },
  ),
  defineAction('activity_plan', async (context) => {
    const { actor, use, form, now, t, locale, write } = context;
    const planned = await write((tx) => planActivity(tx, use, actor, form, now));
    if (planned.ok) return { toast: success(t('network.planned')), card: shown(planned.value.id) };
    if (planned.reason === 'not_planner') return { toast: failure(t('network.problem.not_planner')) };
    const view = await loadActivityForm(form, {
      use,
      read: use.db.read,
      viewer: { person: actor.employeeNo, locale },
      now,
    });
    return {
      toast: warning(t(`network.problem.${planned.reason}`)),
      ...(view === null ? {} : { card: { ready: renderActivityForm(view, context) } }),
    };
  }),
  defineAction('activity_show', async ({ action, use, t }) =>
    (await findActivity(use.db.read, action.y)) === null
      ? { toast: warning(t('notice.old_card')) }
      : { card: shown(action.y) },
  ),
  defineAction('activity_answer', async ({ action, actor, t, write }) => {
    const answered = await write((tx) => answerForBranch(tx, actor, action.y, action.c === 1));
    if (answered.ok) return { toast: success(t('network.answered')), card: shown(action.y) };
    if (answered.reason === 'not_secretary') return { toast: failure(t('notice.not_secretary')) };
    return {
      toast: warning(answered.reason === 'gone' ? t('notice.old_card') : t(`network.problem.${answered.reason}`)),
    };
  }),
  defineAction('activity_sign_in', async ({ action, actor, t, write }) => {
    const signed = await write((tx) => signIn(tx, actor, action.y));
    if (signed.ok) return { toast: success(t('review.sign_in.ok')) };
    if (signed.reason === 'again') return { toast: info(t('review.sign_in.again')) };
    return { toast: warning(signed.reason === 'gone' ? t('notice.old_card') : t(`network.problem.${signed.reason}`)) };
  }),
];
