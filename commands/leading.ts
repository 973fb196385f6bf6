import { defineCommand } from '../src/command.ts';
import { isOffice } from '../src/usecases/access.ts';
import { keepsRegister } from '../src/usecases/leading/register.ts';

/** The unit's own register; for the office how all units stand. */
export const leadingCommand = defineCommand({
  name: 'leading',
  zh: ['领导小组', '五同'],
  group: 'office',
  for: ['leader', 'office'],
  async run({ actor, use, tx }) {
    if (isOffice(use, actor)) return { card: 'leading_units', args: {} };
    return (await keepsRegister(tx, actor))
      ? { card: 'leading_group', args: {} }
      : { card: 'notice', args: { key: 'not_keeper' } };
  },
});
