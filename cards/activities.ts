import { z } from 'zod';
import { type Block, button, buttons, list, text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import { activitiesOfBranch, activitiesOfDistrict, type Activity } from '../src/store/activities.ts';
import { findPerson } from '../src/store/roster.ts';
import { isOffice } from '../src/usecases/access.ts';
import { plansAt } from '../src/usecases/network/activities.ts';
import { districtsOf } from '../src/usecases/scope.ts';
import { day } from './shared/when.ts';

const SHOWN = 15;

interface ActivitiesView {
  mayPlan: boolean;
  activities: readonly Activity[];
}
/** What is planned and was held: for a branch what it is invited to, for liaison officers and the office their scope. */
export const activitiesCard = defineCard({
  name: 'activities',
  audience: 'person',
  args: z.object({}),
  async view(_args, { use, read, viewer }): Promise<ActivitiesView | null> {
    const person = viewer.person === null ? null : await findPerson(read, viewer.person);
    if (person === null || person.leftOn !== null) return null;
    const actor = { ...person, leftOn: null };
    const [district] = districtsOf(actor);
    const wide = isOffice(use, actor) || district !== undefined;
    const activities = wide ? await activitiesOfDistrict(read, isOffice(use, actor) ? null : (district ?? null), SHOWN) : await activitiesOfBranch(read, actor.branch, SHOWN);
    return { mayPlan: plansAt(use, actor).length > 0, activities };
  },
  render({ mayPlan, activities }, { t, locale }) {
    const current = activities.filter((activity) => activity.state === 'planned' || activity.state === 'open');
    const past = activities.filter((activity) => activity.state === 'held');
    const line = (activity: Activity) => t('network.line', { date: day(activity.date, locale), title: activity.title, kind: t(`network.kinds.${activity.kind}`) });
    const blocks: Block[] = [
      ...(mayPlan ? [buttons(button('activity_new', t('network.plan'), { a: 'activity_new' }, 'primary'))] : []),
      text(t('network.current'), 'strong'),
      current.length === 0
        ? text(t('network.none'), 'muted')
        : { kind: 'buttons', buttons: current.map((activity, i) => button(`activity_${i + 1}`, line(activity), { a: 'activity_show', y: activity.id })) },
      ...(past.length === 0 ? [] : [text(t('network.past'), 'strong'), list(past.map(line))]),
    ];
    return { title: t('network.activities'), tone: 'blue', blocks };
  },
});
