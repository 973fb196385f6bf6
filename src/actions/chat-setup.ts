import { type ActionDefinition, defineAction, failure, success, warning } from '../action-def.ts';
import { bindChatByCard } from '../usecases/bind-chat.ts';

export const chatSetupActions: readonly ActionDefinition[] = [
  defineAction('chat_bind', async ({ actor, use, form, chat, platform, now, t, write }) => {
    const bound = await write((tx) => bindChatByCard(tx, use, actor, { platform, id: chat.id }, form, now));
    if (!bound.ok) return { toast: (bound.reason === 'not_allowed' ? failure : warning)(t(`result.chat_problem.${bound.reason}`)) };
    return { toast: success(t('result.chat_saved')), card: { card: 'chat_setup', args: { chat: chat.id, platform } } };
  }),
];
