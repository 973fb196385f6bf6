/** Files ordered by the button below a result or a league; they and the list of them go to the private chat, wherever it was pressed. */
import {
  type ActionDefinition,
  type ClickContext,
  type ClickOutcome,
  defineAction,
  failure,
  success,
} from '../action-def.ts';
import { say } from '../i18n.ts';
import { periodName } from '../period-name.ts';
import { exportCardOf, orderShown } from '../usecases/export.ts';
import { sendFileToPeople, sendToPeople } from '../usecases/notify.ts';

async function order(
  { actor, now, t, use, write }: ClickContext,
  shown: Parameters<typeof orderShown>[3],
): Promise<ClickOutcome> {
  const ordered = await write(async (tx) => {
    const result = await orderShown(tx, use, actor, shown, now);
    if (!result.ok) return result;
    await sendToPeople(tx, [actor.employeeNo], exportCardOf(result.order), { now, urgent: true });
    for (const file of result.order.files) await sendFileToPeople(tx, [actor.employeeNo], file, { now, urgent: true });
    return result;
  });
  if (ordered.ok) return { toast: success(t('export.on_their_way')) };
  const { ok: _, reason, ...about } = ordered;
  const period = 'period' in about ? { period: periodName(t, about.period) } : {};
  return { toast: failure(say(t, `notice.${reason}`, { ...about, ...period })) };
}

export const exportActions: readonly ActionDefinition[] = [
  defineAction('export_review', (context) => order(context, { review: context.action.r })),
  defineAction('export_league', (context) =>
    order(context, { period: context.action.k, district: context.action.d ?? null }),
  ),
];
