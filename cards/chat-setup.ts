import { z } from 'zod';
import { button, type Field, text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import { CHAT_SCOPES, type ChatScope, findChat } from '../src/store/chat.ts';
import { findBranch, findDistrict, findGroup } from '../src/store/roster.ts';
import { keptLine } from './shared/kept-line.ts';

interface View {
  scope: ChatScope | null;
  name: string;
}
/** Posted when the bot joins a group: an authorised person says what the group belongs to. */
export const chatSetupCard = defineCard({
  name: 'chat_setup',
  audience: 'any',
  args: z.object({ chat: z.string(), platform: z.string() }),
  async view({ chat: id, platform }, { read }): Promise<View | null> {
    const chat = await findChat(read, platform, id);
    if (chat === null) return null;
    const { scope, code } = chat;
    const find = { district: findDistrict, group: findGroup, branch: findBranch };
    const named = scope === null || scope === 'city' || code === null ? null : await find[scope](read, code);
    return { scope, name: named?.name ?? code ?? '' };
  },
  render({ scope, name }, context) {
    const { t } = context;
    const title = t('result.chat_title');
    if (scope !== null)
      return {
        title,
        tone: 'green',
        blocks: [text(t('result.chat_bound', { scope: t(`result.chat_scopes.${scope}`), name }))],
      };
    const fields: Field[] = [
      {
        kind: 'select',
        name: 'scope',
        label: t('result.chat_scope'),
        options: CHAT_SCOPES.map((value) => ({ value, label: t(`result.chat_scopes.${value}`) })),
        required: true,
      },
      {
        kind: 'input',
        name: 'code',
        label: t('result.chat_code'),
        placeholder: t('result.chat_code_hint'),
        multiline: false,
        maxLength: 40,
        required: false,
      },
    ];
    return {
      title,
      tone: 'orange',
      blocks: [
        text(t('result.chat_intro')),
        keptLine(context, 'chat_setup'),
        {
          kind: 'form',
          name: 'chat_setup',
          fields,
          buttons: [button('submit', t('result.chat_save'), { a: 'chat_bind' }, 'primary')],
        },
      ],
    };
  },
});
