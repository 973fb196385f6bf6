/** The clicks of a ballot. Turning a page writes nothing; only `ballot_cast` does, once. */
import { ballotDoneCard } from '../../cards/ballot-done.ts';
import { ballotPageCard } from '../../cards/ballot-page.ts';
import { ballotReviewCard } from '../../cards/ballot-review.ts';
import type { Action } from '../action.ts';
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
import type { Draft } from '../ballot/draft.ts';
import { TenstarError } from '../errors.ts';
import { pageView, reviewView } from '../../cards/shared/ballot-views.ts';
import {
  asMarked,
  fill,
  firstIncomplete,
  isUniform,
  newDraft,
  openPaper,
  type Paper,
  type PaperRefusal,
  type PaperStar,
  unseal,
} from '../usecases/ballot/paper.ts';
import { createSameAnswer } from '../usecases/ballot/same-answer.ts';
import { ballotLink } from '../usecases/ballot/ticket.ts';

type Sealed =
  | 'ballot_web'
  | 'ballot_next'
  | 'ballot_back'
  | 'ballot_review'
  | 'ballot_edit'
  | 'ballot_page'
  | 'ballot_cast';

const names = (stars: readonly PaperStar[], { t, locale }: ClickContext): string =>
  stars.map((star) => star[locale === 'en' ? 'en' : 'zh']).join(t('common.and'));

const showPage = (context: ClickContext, paper: Paper, draft: Draft): ClickOutcome => ({
  card: { ready: ballotPageCard(pageView(context.use, paper, draft), context) },
});
const showReview = (context: ClickContext, paper: Paper, draft: Draft, part = 0): ClickOutcome => ({
  card: { ready: ballotReviewCard(reviewView(context.use, paper, draft, part), context) },
});

/** A refusal with the card that is true now. */
function refuse({ t }: ClickContext, review: string, reason: PaperRefusal | 'incomplete'): ClickOutcome {
  switch (reason) {
    case 'already_voted':
      return { toast: warning(t('ballot.already')), card: { card: 'ballot_done', args: { review } } };
    case 'not_elector':
      return { toast: failure(t('ballot.not_elector')) };
    case 'not_open':
      return { toast: warning(t('ballot.not_open')) };
    case 'window_over':
      return { toast: warning(t('ballot.window_over')) };
    case 'incomplete':
      return { toast: warning(t('ballot.stale')) };
  }
}

/** Opens the clicker's own paper and the draft on the card; everything that is not theirs and current ends here. */
function onDraft<A extends Sealed>(
  name: A,
  run: (context: ClickContext, paper: Paper, draft: Draft, action: Extract<Action, { a: A }>) => Promise<ClickOutcome>,
): ActionDefinition {
  return defineAction(name, async (context) => {
    const { r, d }: { r: string; d: string } = context.action;
    const paper = await openPaper(context.use, r, context.actor.employeeNo, context.now);
    if (!paper.ok) return refuse(context, r, paper.reason);
    const draft = unseal(context.use, paper.value, d);
    if (!draft.ok)
      return { toast: warning(context.t('ballot.stale')), ...showPage(context, paper.value, newDraft(paper.value)) };
    return run(context, paper.value, draft.value, context.action);
  });
}

/** Takes the page's values in and goes on to `next`, unless a mark is missing. */
function turn(context: ClickContext, paper: Paper, draft: Draft, next: (filled: Draft) => ClickOutcome): ClickOutcome {
  const { draft: filled, missing, bad } = fill(paper, draft, context.form);
  if (bad.length > 0)
    return {
      toast: warning(context.t(paper.abstain ? 'ballot.bad_mark' : 'ballot.bad_mark_all')),
      ...showPage(context, paper, filled),
    };
  if (missing.length > 0)
    return {
      toast: warning(context.t('ballot.missing', { stars: names(missing, context) })),
      ...showPage(context, paper, filled),
    };
  return next(filled);
}

const at = (draft: Draft, page: number): Draft => ({ ...draft, page });

/** The first page with something missing, else the check. */
function finish(context: ClickContext, paper: Paper, draft: Draft): ClickOutcome {
  const page = firstIncomplete(draft);
  if (page === null) return showReview(context, paper, draft);
  return { toast: info(context.t('ballot.missing', { stars: '…' })), ...showPage(context, paper, at(draft, page)) };
}

/** `late`: it came when nobody was shown it any more. */
interface CastAnswer {
  outcome: ClickOutcome;
  late: boolean;
}
/** One for the process: an answer is found by its draft, and no two are alike. Only a ballot that was cast is a success. */
const casts = createSameAnswer<CastAnswer>(({ outcome }) => outcome.toast?.type === 'success');

/**
 * Two taps on one button are one cast. The second is told that it counts no more (design.md 12.6), on the card of the first: clients
 * may show the second answer. After an answer that came too late to be shown the next tap is the first to hear of it.
 */
function castOnce(definition: ActionDefinition): ActionDefinition {
  return {
    name: definition.name,
    async run(context) {
      const { action, actor, platform, t, use } = context;
      if (!('d' in action && 'r' in action)) return definition.run(context);
      const shownWithinMs = use.platforms.get(platform)?.answerWithinMs ?? Number.POSITIVE_INFINITY;
      let first = false;
      const work = async (): Promise<CastAnswer> => {
        first = true;
        const started = performance.now();
        const outcome = await definition.run(context);
        return { outcome, late: performance.now() - started > shownWithinMs };
      };
      const { outcome, late } = await casts.of([actor.employeeNo, action.r, action.d], work, shownWithinMs);
      if (first || late || outcome.toast?.type !== 'success') return outcome;
      return { ...outcome, toast: warning(t('ballot.already')) };
    },
  };
}

export const ballotActions: readonly ActionDefinition[] = [
  defineAction('ballot_open', async (context) => {
    const paper = await openPaper(context.use, context.action.r, context.actor.employeeNo, context.now);
    return paper.ok
      ? showPage(context, paper.value, newDraft(paper.value))
      : refuse(context, context.action.r, paper.reason);
  }),
  onDraft('ballot_web', async (context, paper, draft) => {
    const { draft: filled } = fill(paper, draft, context.form);
    const link = await ballotLink(context.use, paper.person);
    return { card: { ready: ballotPageCard(pageView(context.use, paper, filled, link), context) } };
  }),
  onDraft('ballot_next', async (context, paper, draft) =>
    turn(context, paper, draft, (filled) =>
      draft.page + 1 < paper.lines.length
        ? showPage(context, paper, at(filled, draft.page + 1))
        : finish(context, paper, filled),
    ),
  ),
  onDraft('ballot_back', async (context, paper, draft) => {
    const { draft: filled } = fill(paper, draft, context.form);
    return showPage(context, paper, at(filled, Math.max(0, draft.page - 1)));
  }),
  onDraft('ballot_review', async (context, paper, draft) =>
    turn(context, paper, draft, (filled) => finish(context, paper, filled)),
  ),
  onDraft('ballot_edit', async (context, paper, draft, action) => {
    const page = paper.lines.findIndex((line) => line.subject === action.s);
    return showPage(context, paper, at(draft, page === -1 ? 0 : page));
  }),
  onDraft('ballot_page', async (context, paper, draft, action) => showReview(context, paper, draft, action.p)),
  castOnce(
    onDraft('ballot_cast', async (context, paper, draft) => {
      const { use, t } = context;
      if (firstIncomplete(draft) !== null) return finish(context, paper, draft);
      if (paper.uniform === 'reject' && isUniform(draft))
        return { toast: warning(t('ballot.check_uniform_reject')), ...showReview(context, paper, draft) };
      const { review, rollNo } = paper.access;
      try {
        const verdict = await use.caster.cast({ review, rollNo, person: paper.person, marks: asMarked(paper, draft) });
        if (!verdict.ok) return refuse(context, review, verdict.reason);
        const view = {
          branchName: paper.access.branchName,
          period: paper.access.period,
          receipt: verdict.value.receipt,
        };
        return { toast: success(t('ballot.cast_ok')), card: { ready: ballotDoneCard.render(view, context) } };
      } catch (error) {
        if (error instanceof TenstarError && error.code === 'overloaded') return { toast: warning(t('ballot.busy')) };
        throw error;
      }
    }),
  ),
];
