import { type ActionDefinition, defineAction, failure, success, warning } from '../action-def.ts';
import { bindChatByCard } from '../usecases/bind-chat.ts';

export const chatSetupActions: readonly ActionDefinition[] = [
  defineAction('chat_bind', async ({ actor, use, form, chat, platform, now, t, write }) => {
    const bound = await write((tx) => bindChatByCard(tx, use, actor, { platform, id: chat.id }, form, now));
    if (!bound.ok) {
      const { reason } = bound;
      if (reason === 'unknown_chat') return { toast: warning(t('notice.old_card')) };
      return { toast: (reason === 'not_allowed' ? failure : warning)(t(`result.chat_problem.${reason}`)) };
    }
    return { toast: success(t('result.chat_saved')), card: { card: 'chat_setup', args: { chat: chat.id, platform } } };
  }),
];
