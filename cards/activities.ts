import { z } from 'zod';
import { type Block, button, buttons, list, text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import { activitiesFor, activitiesOfDistrict, type Activity } from '../src/store/activities.ts';
import { isOffice } from '../src/usecases/access.ts';
import { plansAt } from '../src/usecases/network/activities.ts';
import { type NetworkCounts, networkNow } from '../src/usecases/network/counts.ts';
import { visitableBranches } from '../src/usecases/network/visits.ts';
import { districtsOf } from '../src/usecases/scope.ts';
import { readerOf } from './shared/actor.ts';
import { networkBlocks } from './shared/network-words.ts';
import { day } from './shared/when.ts';

const SHOWN = 15;

interface ActivitiesView {
  mayPlan: boolean;
  mayVisit: boolean;
  activities: readonly Activity[];
  /** For liaison officers and the office: what is counted and what is missing. */
  network: NetworkCounts | null;
}
/** What is planned and was held: for a branch what it is invited to, for liaison officers and the office their scope. */
export const activitiesCard = defineCard({
  name: 'activities',
  audience: 'person',
  args: z.object({}),
  async view(_args, context): Promise<ActivitiesView | null> {
    const { use, read, now } = context;
    const actor = await readerOf(context);
    if (actor === null) return null;
    const [own] = districtsOf(actor);
    const district = isOffice(use, actor) ? null : own;
    const activities =
      district === undefined
        ? await activitiesFor(read, actor.branch, actor.employeeNo, SHOWN)
        : await activitiesOfDistrict(read, district, SHOWN);
    return {
      mayPlan: plansAt(use, actor).length > 0,
      mayVisit: (await visitableBranches(read, use, actor)).length > 0,
      activities,
      network: district === undefined ? null : await networkNow(read, use, district, now),
    };
  },
  render({ mayPlan, mayVisit, activities, network }, context) {
    const { t, locale } = context;
    const current = activities.filter((activity) => activity.state === 'planned' || activity.state === 'open');
    const past = activities.filter((activity) => activity.state === 'held');
    const line = (activity: Activity) =>
      t('network.line', {
        date: day(activity.date, locale),
        title: activity.title,
        kind: t(`network.kinds.${activity.kind}`),
      });
    const plan = [
      ...(mayPlan ? [button('activity_new', t('network.plan'), { a: 'activity_new' }, 'primary')] : []),
      ...(mayVisit ? [button('visit_new', t('network.visit.button'), { a: 'visit_new' })] : []),
    ];
    const blocks: Block[] = [
      ...(plan.length === 0 ? [] : [buttons(...plan)]),
      ...(network === null ? [] : networkBlocks(network, context)),
      text(t('network.current'), 'strong'),
      current.length === 0
        ? text(t('network.none'), 'muted')
        : {
            kind: 'buttons',
            buttons: current.map((activity, i) =>
              button(`activity_${i + 1}`, line(activity), { a: 'activity_show', y: activity.id }),
            ),
          },
      ...(past.length === 0 ? [] : [text(t('network.past'), 'strong'), list(past.map(line))]),
    ];
    return { title: t('network.activities'), tone: 'blue', blocks };
  },
});
