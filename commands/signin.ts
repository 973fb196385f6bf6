import { defineCommand } from '../src/command.ts';
import { findChat } from '../src/store/chat.ts';
import { signInByWord } from '../src/usecases/review/typed-sign-in.ts';

/** Does what the button of the sign-in card does, where no button can be pressed. */
export const signInCommand = defineCommand({
  name: 'signin',
  zh: ['签到'],
  group: 'member',
  async run({ actor, chat, platform, now, tx }) {
    const group = chat.type === 'group' ? await findChat(tx, platform, chat.id) : null;
    const outcome = await signInByWord(tx, actor, group?.scope === 'branch' ? group.code : null, now);
    return { here: true, card: 'sign_in_answer', args: { outcome, person: actor.employeeNo } };
  },
});
