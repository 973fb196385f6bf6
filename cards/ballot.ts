import { z } from 'zod';
import { button, buttons, type Card, text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import { owedBy } from '../src/store/ballot-access.ts';
import { pageView } from './shared/ballot-views.ts';
import { newDraft, openPaper } from '../src/usecases/ballot/paper.ts';
import { type BallotPageView, ballotPageCard } from './ballot-page.ts';

/** A new, empty ballot for its reader; nothing when the ballot is over or the reader has voted by then. */
export const ballotCard = defineCard({
  name: 'ballot',
  audience: 'person',
  args: z.object({ review: z.string() }),
  async view({ review }, { use, read, viewer, now }): Promise<BallotPageView | null> {
    if (viewer.person === null) return null;
    const paper = await openPaper(use, review, viewer.person, now, read);
    return paper.ok ? pageView(use, paper.value, newDraft(paper.value)) : null;
  },
  render: (view, context): Card => ballotPageCard(view, context),
});

/** For somebody with several ballots, a leader of a unit for instance: one button each. */
export const ballotChoiceCard = defineCard({
  name: 'ballot_choice',
  audience: 'person',
  args: z.object({}),
  view: async (_args, { read, viewer, now }) => (viewer.person === null ? null : { owed: await owedBy(read, viewer.person, now) }),
  render: ({ owed }, { t }) => ({
    title: t('ballot.check_title'),
    tone: 'blue',
    blocks: [
      text(t('ballot.choose')),
      buttons(...owed.slice(0, 40).map((access, i) => button(`ballot_open_${i + 1}`, t('ballot.open', { branch: access.branchName }), { a: 'ballot_open', r: access.review }))),
    ],
  }),
});
