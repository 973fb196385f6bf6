/** Boards sent as files to whoever asks; which one somebody may have is decided from who they are (F14). */
import { type ActionDefinition, failure, success, warning } from '../action-def.ts';
import { orderBoard } from '../usecases/board/order.ts';
import { sendFileToPeople } from '../usecases/notify.ts';
import { privately } from './privately.ts';

export const boardFileActions: readonly ActionDefinition[] = [
  privately('board_file', async ({ action, actor, now, t, write }) => {
    const ordered = await write(async (tx) => {
      const order = await orderBoard(tx, actor, action.w, action.y, now);
      if (order.ok) await sendFileToPeople(tx, [actor.employeeNo], order.value, { now, urgent: true });
      return order;
    });
    if (ordered.ok) return { toast: success(t('boardfile.on_its_way')) };
    return ordered.reason === 'not_secretary'
      ? { toast: failure(t('notice.not_secretary')) }
      : { toast: warning(t('boardfile.not_published', { year: action.y })) };
  }),
];
