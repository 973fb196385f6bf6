/** One activity: the form it is planned with, what those invited see, the sign-in. */
import { z } from 'zod';
import { type Block, button, type Button, buttons, type Card, facts, list, text } from '../src/card.ts';
import { type CardContext, defineCard, type RenderContext } from '../src/card-def.ts';
import { ACTIVITY_KINDS } from '../src/domain/activity.ts';
import { type Activity, findActivity, invitedTo } from '../src/store/activities.ts';
import { runsBranch } from '../src/usecases/access.ts';
import { leadsActivity, type Place, placeName, plansAt } from '../src/usecases/network/activities.ts';
import { readerOf } from './shared/actor.ts';
import { eventFields, initialOf } from './shared/event-fields.ts';
import { day } from './shared/when.ts';
import { keptLine } from './shared/kept-line.ts';

interface FormView {
  places: readonly (Place & { name: string })[];
  typed: Readonly<Record<string, string>>;
}
export async function loadActivityForm(typed: FormView['typed'], context: CardContext): Promise<FormView | null> {
  const actor = await readerOf(context);
  const places = actor === null ? [] : plansAt(context.use, actor);
  if (places.length === 0) return null;
  return {
    places: await Promise.all(places.map(async (place) => ({ ...place, name: await placeName(context.read, place) }))),
    typed,
  };
}
export function renderActivityForm({ places, typed }: FormView, context: RenderContext): Card {
  const { t } = context;
  const initial = initialOf(typed);
  return {
    title: t('network.plan_title'),
    tone: 'blue',
    blocks: [
      text(t('network.plan_intro')),
      keptLine(context, 'activity'),
      {
        kind: 'form',
        name: 'activity',
        fields: [
          {
            kind: 'select',
            name: 'place_of',
            label: t('network.level'),
            options: places.map(({ level, scope, name }) => ({
              value: `${level}:${scope}`,
              label: `${t(`network.levels.${level}`)} · ${name}`,
            })),
            required: true,
            ...initial('place_of'),
          },
          {
            kind: 'select',
            name: 'kind',
            label: t('network.kind'),
            options: ACTIVITY_KINDS.map((kind) => ({ value: kind, label: t(`network.kinds.${kind}`) })),
            required: true,
            ...initial('kind'),
          },
          ...eventFields(t, t('network.title'), typed),
        ],
        buttons: [button('submit', t('network.plan'), { a: 'activity_plan' }, 'primary')],
      },
    ],
  };
}
export const activityFormCard = defineCard({
  name: 'activity_form',
  audience: 'person',
  args: z.object({}),
  view: (_args, context) => loadActivityForm({}, context),
  render: renderActivityForm,
});

interface ActivityView {
  activity: Activity;
  placeName: string;
  invited: Awaited<ReturnType<typeof invitedTo>>;
  leads: boolean;
  /** Set for a secretary of an invited branch that has not answered. */
  mayAnswer: boolean;
}
function leadButtons({ activity }: ActivityView, { t }: RenderContext): Button[] {
  const y = activity.id;
  const cancel = button('activity_cancel', t('network.cancel'), { a: 'activity_cancel', y }, 'default', {
    title: t('network.cancel_sure_title'),
    text: t('network.cancel_sure'),
  });
  if (activity.state === 'planned')
    return [button('activity_open', t('network.open_sign_in'), { a: 'activity_open', y }, 'primary'), cancel];
  if (activity.state === 'open')
    return [button('activity_end', t('network.end'), { a: 'activity_end', y }, 'primary'), cancel];
  return [];
}
export const activityCard = defineCard({
  name: 'activity',
  audience: 'person',
  args: z.object({ activity: z.string() }),
  async view({ activity: id }, context): Promise<ActivityView | null> {
    const activity = await findActivity(context.read, id);
    const actor = await readerOf(context);
    if (activity === null || actor === null) return null;
    const invited = await invitedTo(context.read, id);
    const own = invited.find((one) => one.branch === actor.branch);
    const mayAnswer =
      own?.comes === null &&
      activity.level !== 'branch' &&
      activity.state === 'planned' &&
      runsBranch(actor, actor.branch);
    return {
      activity,
      placeName: await placeName(context.read, activity),
      invited,
      leads: leadsActivity(context.use, actor, activity),
      mayAnswer,
    };
  },
  render(view, context) {
    const { activity, placeName: where, invited } = view;
    const { t, locale } = context;
    const y = activity.id;
    const lines = invited.map(({ name, comes, present }) => {
      const said =
        present > 0
          ? t('network.present', { n: present })
          : comes === null
            ? t('network.no_answer')
            : t(comes === 1 ? 'network.comes' : 'network.comes_not');
      return t('network.branch_line', { name, said });
    });
    const actions = view.leads ? leadButtons(view, context) : [];
    const blocks: Block[] = [
      ...(view.mayAnswer
        ? [
            buttons(
              button('activity_yes', t('network.we_come'), { a: 'activity_answer', y, c: 1 }, 'primary'),
              button('activity_no', t('network.we_come_not'), { a: 'activity_answer', y, c: 0 }),
            ),
          ]
        : []),
      ...(actions.length === 0 ? [] : [buttons(...actions)]),
      facts(
        [t('network.kind'), t(`network.kinds.${activity.kind}`)],
        [t('network.level'), `${t(`network.levels.${activity.level}`)} · ${where}`],
        [t('network.date'), day(activity.date, locale)],
        ...(activity.place === '' ? [] : [[t('network.place'), activity.place] as const]),
      ),
      list(lines.slice(0, MOST_BRANCHES)),
      ...(lines.length > MOST_BRANCHES
        ? [text(t('network.more_branches', { n: lines.length - MOST_BRANCHES }), 'muted')]
        : []),
    ];
    return {
      title: activity.title,
      subtitle: t(`network.states.${activity.state}`),
      tone: activity.state === 'cancelled' ? 'grey' : activity.state === 'held' ? 'green' : 'blue',
      blocks,
    };
  },
});
/** Lines of branches on one card. */
const MOST_BRANCHES = 50;

/** Goes to the group chat of the level; whoever taps it sees only a toast. */
export const activitySignInCard = defineCard({
  name: 'activity_sign_in',
  audience: 'any',
  args: z.object({ activity: z.string() }),
  view: ({ activity }, { read }) => findActivity(read, activity),
  render: (activity, { t, locale }) => ({
    title: activity.title,
    tone: 'blue',
    blocks: [
      text(t('network.sign_in_intro', { date: day(activity.date, locale) })),
      buttons(
        button('activity_sign_in', t('review.sign_in.button'), { a: 'activity_sign_in', y: activity.id }, 'primary'),
      ),
    ],
  }),
});
