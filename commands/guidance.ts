import { defineCommand } from '../src/command.ts';
import { guidanceOf, latestGuidance } from '../src/store/guidance.ts';
import { isOffice } from '../src/usecases/access.ts';
import { quarterOf } from '../src/usecases/network/guidance.ts';
import { districtsOf } from '../src/usecases/scope.ts';

/** The office writes it and sees which branches have read it; everybody else reads the newest. */
export const guidanceCommand = defineCommand({
  name: 'guidance',
  zh: ['指导'],
  group: 'secretary',
  async run({ actor, now, use, tx }) {
    const office = isOffice(use, actor);
    const guidance = office ? await guidanceOf(tx, quarterOf(use, now)) : await latestGuidance(tx);
    if (guidance === null)
      return office ? { card: 'guidance_form', args: {} } : { card: 'notice', args: { key: 'no_guidance' } };
    const watches = office || districtsOf(actor).length > 0;
    return { card: watches ? 'guidance_receipts' : 'guidance', args: { guidance: guidance.id } };
  },
});
