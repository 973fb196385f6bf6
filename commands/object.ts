import { defineCommand } from '../src/command.ts';
import { objectionState } from '../src/usecases/review/objection.ts';

export const objectCommand = defineCommand({
  name: 'object',
  zh: ['异议'],
  group: 'member',
  for: ['party'],
  async run({ actor, tx }) {
    const state = await objectionState(tx, actor);
    const possible = state !== null && (state.review.state === 'notice' || state.objections.length > 0);
    return possible
      ? { card: 'objection_form', args: { review: state.review.id } }
      : { card: 'notice', args: { key: 'objection_none' } };
  },
});
