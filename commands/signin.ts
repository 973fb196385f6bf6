import { defineCommand } from '../src/command.ts';
import { findChat } from '../src/store/chat.ts';
import { reviewsOfBranch } from '../src/store/reviews.ts';
import { signIn } from '../src/usecases/review/meeting.ts';

/** Does what the button of the sign-in card does, where no button can be pressed. */
export const signInCommand = defineCommand({
  name: 'signin',
  zh: ['签到'],
  group: 'member',
  groupAnswer: 'here',
  async run({ actor, chat, platform, now, tx }) {
    const answer = (outcome: string) => ({ card: 'sign_in_answer', args: { outcome, person: actor.employeeNo } });
    // In a branch's group its own meeting is meant, as with the card that was posted there.
    const place = chat.type === 'group' ? await findChat(tx, platform, chat.id) : null;
    const branch = place?.scope === 'branch' && place.code !== null ? place.code : actor.branch;
    const reviews = await reviewsOfBranch(tx, branch);
    const review =
      reviews.find(({ state }) => state === 'meeting') ?? reviews.find(({ state }) => state === 'balloting');
    if (review === undefined) return answer('none');
    const signed = await signIn(tx, actor, review, now);
    return answer(signed.ok ? 'ok' : signed.reason);
  },
});
