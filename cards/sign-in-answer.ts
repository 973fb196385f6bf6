import { z } from 'zod';
import { text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import { findPerson } from '../src/store/roster.ts';

/** What became of a sign-in that was typed. In a group it names who typed it: several people do at once. */
export const signInAnswerCard = defineCard({
  name: 'sign_in_answer',
  audience: 'any',
  args: z.object({
    outcome: z.enum(['ok', 'again', 'not_due', 'exempt', 'closed', 'none']),
    person: z.string(),
  }),
  view: async ({ outcome, person }, { read, viewer }) => ({
    outcome,
    name: viewer.person === null ? ((await findPerson(read, person))?.name ?? null) : null,
  }),
  render({ outcome, name }, { t }) {
    const said = t(`review.sign_in.${outcome}`);
    return {
      title: t('common.app'),
      tone: 'blue',
      blocks: [text(name === null ? said : t('review.sign_in.said', { name, said }))],
    };
  },
});
