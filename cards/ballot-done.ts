import { z } from 'zod';
import { facts, text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import { ballotAccess } from '../src/store/ballot-access.ts';
import { periodName } from '../src/period-name.ts';

interface BallotDoneView {
  branchName: string;
  period: string;
  /** Only in the answer to the cast itself; it is stored nowhere (design.md 12.16). */
  receipt?: string;
}

/** What is left of a ballot once it is cast. */
export const ballotDoneCard = defineCard({
  name: 'ballot_done',
  audience: 'person',
  args: z.object({ review: z.string() }),
  async view({ review }, { read, viewer }): Promise<BallotDoneView | null> {
    return viewer.person === null ? null : ballotAccess(read, review, viewer.person);
  },
  render: ({ branchName, period, receipt }, { t }) => ({
    title: t('ballot.done_title'),
    subtitle: t('ballot.title', { branch: branchName, period: periodName(t, period) }),
    summary: t('ballot.done_title'),
    tone: 'green',
    blocks:
      receipt === undefined
        ? [text(t('ballot.already_text'))]
        : [text(t('ballot.done')), facts([t('ballot.receipt'), receipt]), text(t('ballot.receipt_why'), 'muted')],
  }),
});
