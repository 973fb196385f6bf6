/**
 * The clicks of opinions. Giving one is not remembered as a click (no `write` of the context), so that no row joins a person, a day
 * and a form; a second delivery finds the person marked and is told so. Half-filled forms live in the answers only.
 */
import { opinionAgain } from '../../cards/opinion.ts';
import { rulesOf } from '../usecases/versions.ts';
import { opinionGroupCard } from '../../cards/opinion-group.ts';
import {
  type ActionContext,
  type ActionDefinition,
  type ClickContext,
  type ClickOutcome,
  defineAction,
  failure,
  success,
  warning,
} from '../action-def.ts';
import type { CardRef } from '../card-ref.ts';
import {
  ANSWER_MAX,
  cleanText,
  GROUPED_MAX,
  type OpinionForm,
  PEOPLE_MAX,
  readForm,
  REMARK_MAX,
} from '../domain/opinion.ts';
import { BRANCH_SUBJECT } from '../domain/marks.ts';
import type { Review } from '../domain/review.ts';
import { findReview } from '../store/reviews.ts';
import { namesOf } from '../store/roster.ts';
import { onCommittee } from '../usecases/access.ts';
import { type About, answerOpinions, ownText } from '../usecases/review/opinion-answers.ts';
import { type GroupRefusal, passOn, rawPage, saveGrouped } from '../usecases/review/opinion-grouping.ts';
import { destroyOpinionKey, type GiveRefusal, giveOpinion } from '../usecases/review/opinions.ts';

const formRef = (review: string): CardRef => ({ card: 'opinion', args: { review } });
const deskRef = (review: string, page = 0): CardRef => ({ card: 'opinion_desk', args: { review, page } });

/** The form again with what was typed. */
async function again(context: ClickContext, review: string, typed: OpinionForm, page: number): Promise<ClickOutcome> {
  const { actor, use, now, locale } = context;
  const card = await opinionAgain(
    review,
    typed,
    page,
    { use, read: use.db.read, viewer: { person: actor.employeeNo, locale }, now },
    context,
  );
  return card === null ? { toast: warning(context.t('notice.old_card')) } : { card: { ready: card } };
}

async function refused(
  context: ClickContext,
  review: string,
  typed: OpinionForm,
  reason: GiveRefusal,
): Promise<ClickOutcome> {
  const { t } = context;
  switch (reason) {
    case 'not_asked':
      return { toast: failure(t('opinion.not_asked')) };
    case 'already_given':
      return { toast: warning(t('opinion.already')), card: formRef(review) };
    case 'closed':
      return { toast: warning(t('opinion.closed')), card: formRef(review) };
    case 'who_missing':
    case 'unknown_person':
      return { ...(await again(context, review, typed, 0)), toast: warning(t(`opinion.problem.${reason}`)) };
    case 'too_long':
      return {
        ...(await again(context, review, typed, 0)),
        toast: warning(t('opinion.problem.too_long', { max: REMARK_MAX })),
      };
    case 'too_many':
      return {
        ...(await again(context, review, typed, 0)),
        toast: warning(t('opinion.problem.too_many', { max: PEOPLE_MAX })),
      };
  }
}

const groupRefused = ({ t }: ClickContext, review: string, reason: GroupRefusal): ClickOutcome =>
  reason === 'not_grouper'
    ? { toast: failure(t('opinion.group.not_grouper')) }
    : { toast: warning(t('opinion.group.not_grouping')), card: deskRef(review) };

/** Raw texts about one subject, in the answer to this click only. `typed`: what is in the input by now. */
async function showRaw(
  context: ClickContext,
  review: Review,
  subject: string,
  page: number,
  typed: string | null,
): Promise<ClickOutcome> {
  const { actor, use } = context;
  const raw = await rawPage(use.db.read, use, actor, review, subject);
  if (!raw.ok) return groupRefused(context, review.id, raw.reason);
  const name = subject === BRANCH_SUBJECT ? null : ((await namesOf(use.db.read, [subject])).get(subject) ?? subject);
  const keptYears = (await rulesOf(use.db.read, review.rules)).retention.sheets_years;
  const view = { ...raw.value, review: review.id, name, page, text: typed ?? raw.value.grouped ?? '', keptYears };
  return { card: { ready: opinionGroupCard(view, context) } };
}

/** Only in a private chat (F20); `run` is given the review as it is now. */
type OpinionAction =
  | 'opinion_desk'
  | 'opinion_pick'
  | 'opinion_group'
  | 'opinion_save'
  | 'opinion_pass_on'
  | 'opinion_mine'
  | 'opinion_answer';
function privately<A extends OpinionAction>(
  name: A,
  run: (context: ActionContext<A>, review: Review) => Promise<ClickOutcome>,
): ActionDefinition {
  return defineAction(name, async (context) => {
    const { r }: { r: string } = context.action;
    if (context.chat.group) return { toast: warning(context.t('opinion.group_chat')) };
    const review = await findReview(context.use.db.read, r);
    return review === null ? { toast: warning(context.t('notice.old_card')) } : run(context, review);
  });
}

const mineRef = (review: string, about: About): CardRef => ({ card: 'opinion_mine', args: { review, about } });

export const opinionActions: readonly ActionDefinition[] = [
  defineAction('opinion_open', async ({ action, chat, t }) =>
    chat.group ? { toast: warning(t('opinion.group_chat')) } : { card: formRef(action.r) },
  ),
  defineAction('opinion_add', async (context) => {
    const { action, chat, form, t } = context;
    if (chat.group) return { toast: warning(t('opinion.group_chat')) };
    const typed = readForm(form);
    const outcome = await again(context, action.r, typed, action.p);
    return typed.about !== '' && typed.who === null
      ? { ...outcome, toast: warning(t('opinion.problem.who_missing')) }
      : outcome;
  }),
  defineAction('opinion', async (context) => {
    const { action, actor, chat, form, now, use, t } = context;
    if (chat.group) return { toast: warning(t('opinion.group_chat')) };
    const typed = readForm(form);
    const given = await giveOpinion(use, { review: action.r, person: actor.employeeNo, form: typed, now });
    return given.ok
      ? { toast: success(t('opinion.given')), card: formRef(action.r) }
      : refused(context, action.r, typed, given.reason);
  }),
  privately('opinion_desk', async ({ action, actor, t }, review) =>
    onCommittee(actor, review.branch)
      ? { card: deskRef(review.id, action.p) }
      : { toast: failure(t('notice.not_committee')) },
  ),
  privately('opinion_pick', (context, review) => showRaw(context, review, context.form['subject'] ?? '', 0, null)),
  privately('opinion_group', (context, review) => {
    const typed = context.form['grouped'];
    // From the desk there is no input on the card; from another page of raw texts what was typed goes on to the next.
    const turned = context.buttonName === 'opinion_earlier' || context.buttonName === 'opinion_later';
    return showRaw(context, review, context.action.s, context.action.p, turned ? (typed ?? '') : null);
  }),
  privately('opinion_save', async (context, review) => {
    const { action, actor, form, use, t, write } = context;
    const typed = form['grouped'] ?? '';
    const saved = await write((tx) => saveGrouped(tx, use, actor, review, action.s, typed));
    if (saved.ok) {
      const next =
        saved.value === null ? { card: deskRef(review.id) } : await showRaw(context, review, saved.value, 0, null);
      return { ...next, toast: success(t('opinion.group.saved')) };
    }
    if (saved.reason !== 'too_long') return groupRefused(context, review.id, saved.reason);
    const shown = await showRaw(context, review, action.s, 0, cleanText(typed));
    return { ...shown, toast: warning(t('opinion.group.too_long', { max: GROUPED_MAX })) };
  }),
  privately('opinion_pass_on', async (context, review) => {
    const { actor, now, use, t, write } = context;
    const passed = await write((tx) => passOn(tx, use, actor, review, now));
    if (!passed.ok)
      return passed.reason === 'not_grouped'
        ? { toast: warning(t('opinion.group.not_grouped')), card: deskRef(review.id) }
        : groupRefused(context, review.id, passed.reason);
    const { texts: n, finished } = passed.value;
    if (finished) {
      await destroyOpinionKey(use.db, use.keys, review.id);
      await use.db.checkpoint();
    }
    return {
      toast: success(finished ? t('opinion.group.passed_finished', { n }) : t('opinion.group.passed', { n })),
      card: deskRef(review.id),
    };
  }),
  privately('opinion_mine', async ({ action, actor, use, t }, review) =>
    (await ownText(use.db.read, actor, review, action.w)) === null
      ? { toast: warning(t('opinion.mine.none')) }
      : { card: mineRef(review.id, action.w) },
  ),
  privately('opinion_answer', async ({ action, actor, form, now, t, write }, review) => {
    const answered = await write((tx) => answerOpinions(tx, actor, review, action.w, form['answer'] ?? '', now));
    if (answered.ok) return { toast: success(t('opinion.mine.saved')), card: mineRef(review.id, action.w) };
    switch (answered.reason) {
      case 'nothing_to_answer':
        return { toast: warning(t('opinion.mine.none')) };
      case 'empty':
        return { toast: warning(t('opinion.mine.empty')) };
      case 'too_long':
        return { toast: warning(t('opinion.mine.too_long', { max: ANSWER_MAX })) };
    }
  }),
];
