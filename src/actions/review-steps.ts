/** The console's buttons: each is a step of the review, and answers with the console as it is afterwards. */
import { day, when } from '../../cards/shared/when.ts';
import {
  type ActionDefinition,
  type ClickContext,
  type ClickOutcome,
  defineAction,
  failure,
  info,
  success,
  warning,
} from '../action-def.ts';
import type { CardRef } from '../card-ref.ts';
import { say } from '../i18n.ts';
import { periodName } from '../period-name.ts';
import { findReview, reviewOf } from '../store/reviews.ts';
import { refusedText } from '../refused-text.ts';
import type { Review } from '../domain/review.ts';
import { decidesReview, runsReview } from '../usecases/access.ts';
import { openReview } from '../usecases/review/open.ts';
import { remind } from '../usecases/review/remind.ts';
import { afterStep, type StepDone, type StepName, type StepResult, takeStep } from '../usecases/review/steps.ts';
import { rulesOf } from '../usecases/versions.ts';

export const consoleRef = (review: string): CardRef => ({ card: 'console', args: { review } });

const SECRETARY_ONLY = new Set<string>(['not_secretary', 'not_committee']);

async function doneText(done: StepDone, review: Review, { t, locale, use }: ClickContext): Promise<string> {
  switch (done.key) {
    case 'meeting_done':
    case 'closed_ok':
      return t(`review.${done.key}`);
    case 'agenda_ticked':
      return t('review.agenda_ticked', { item: t(`review.agenda.${done.item}`) });
    case 'ballot_started':
      return t('review.ballot_started', { n: done.n });
    case 'extended':
    case 'reopened':
      return t(`review.${done.key}`, { until: when(done.until, use.config.timezone, locale) });
    case 'closed_refused':
      return t('review.closed_refused', {
        why: refusedText(t, done.why, await rulesOf(use.db.read, review.rules)),
      });
    case 'published':
      return t('result.published', { until: day(done.until, locale) });
  }
}

function refusal(result: Extract<StepResult, { ok: false }>, review: Review, { t }: ClickContext): ClickOutcome {
  const text = say(t, `notice.${result.reason}`, { state: t(`review.state.${review.state}`), ...result.quorum });
  if (SECRETARY_ONLY.has(result.reason)) return { toast: failure(text) };
  return { toast: warning(text), card: consoleRef(review.id) };
}

const step = (name: StepName): ActionDefinition =>
  defineAction(name, async (context) => {
    const { action, actor, use, now, write } = context;
    const taken = await write(async (tx) => {
      const review = await findReview(tx, action.r);
      if (review === null) return null;
      return {
        review,
        result: await takeStep(tx, use, actor, review, name, ('n' in action ? action.n : undefined) ?? null, now),
      };
    });
    if (taken === null) return { toast: warning(context.t('notice.old_card')) };
    if (!taken.result.ok) return refusal(taken.result, taken.review, context);
    await afterStep(use, action.r, taken.result);
    const refused = taken.result.done.key === 'closed_refused';
    const said = await doneText(taken.result.done, taken.review, context);
    return { toast: (refused ? warning : success)(said), card: consoleRef(action.r) };
  });
const STEPS: readonly StepName[] = [
  'start_meeting',
  'agenda_next',
  'start_ballot',
  'extend_ballot',
  'close_ballot',
  'reopen_ballot',
  'publish_results',
];

export const reviewStepActions: readonly ActionDefinition[] = [
  ...STEPS.map(step),
  defineAction('open_review', async ({ action, actor, use, now, t, write }) => {
    const opened = await write((tx) => openReview(tx, use, actor, action.q, now));
    if (opened.ok)
      return {
        toast: success(t('review.opened', { period: periodName(t, action.q) })),
        card: consoleRef(opened.value.id),
      };
    const { reason, period = action.q } = opened; // a card from before somebody else opened it
    if (reason === 'not_secretary') return { toast: failure(t('notice.not_secretary')) };
    const toast = warning(say(t, `notice.${reason}`, { period: periodName(t, period) }));
    const review = await reviewOf(use.db.read, actor.branch, period);
    return { toast, ...(review === null ? {} : { card: consoleRef(review.id) }) };
  }),
  defineAction('console', async ({ action, actor, use, t }) => {
    const review = await findReview(use.db.read, action.r);
    if (review === null) return { toast: warning(t('notice.old_card')) };
    return decidesReview(actor, review.branch)
      ? { card: consoleRef(review.id) }
      : { toast: failure(t('notice.not_committee')) };
  }),
  defineAction('remind', async ({ action, actor, use, now, t, locale, write }) => {
    const reminded = await write(async (tx) => {
      const review = await findReview(tx, action.r);
      return review === null || !runsReview(actor, review.branch) ? null : remind(tx, use, review, now);
    });
    if (reminded === null) return { toast: failure(t('notice.not_secretary')) };
    const { people: n, at } = reminded;
    if (n === 0) return { toast: info(t('notice.remind_none')) };
    return {
      toast: success(
        at > now
          ? t('notice.remind_quiet', { n, at: when(at, use.config.timezone, locale) })
          : t('notice.remind_done', { n }),
      ),
    };
  }),
];
