import { z } from 'zod';
import { button, buttons, type Card, text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import { type BallotAccess, lastVoted, owedBy } from '../src/store/ballot-access.ts';
import { pageView } from './shared/ballot-views.ts';
import { newDraft, openPaper } from '../src/usecases/ballot/paper.ts';
import { ballotLink } from '../src/usecases/ballot/ticket.ts';
import { ballotDoneCard } from './ballot-done.ts';
import { linkBlocks } from './ballot-link.ts';
import { type BallotPageView, ballotPageCard } from './ballot-page.ts';
import { noticeCard } from './notice.ts';

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

type OwnBallot =
  | { kind: 'page'; page: BallotPageView }
  | { kind: 'choice'; owed: readonly Pick<BallotAccess, 'review' | 'branchName'>[]; link: string | null }
  | { kind: 'done'; branchName: string; period: string }
  | { kind: 'none' };

const CHOICES = 40;

/**
 * What the command brings: another, equally valid ballot (design.md 12.5), a choice of several (a leader of a unit has one in each
 * branch), or that there is none to cast. One card whatever it is, decided when it is sent: the outbox keeps a name and a time,
 * which must not say who had voted by then (design.md 12.16).
 */
export const ownBallotCard = defineCard({
  name: 'own_ballot',
  audience: 'person',
  args: z.object({}),
  async view(_args, { use, read, viewer, now }): Promise<OwnBallot> {
    if (viewer.person === null) return { kind: 'none' };
    const owed = await owedBy(read, viewer.person, now);
    const [first] = owed;
    const link = first === undefined ? null : await ballotLink(use, viewer.person);
    if (first !== undefined && owed.length > 1) return { kind: 'choice', owed, link };
    const paper = first === undefined ? null : await openPaper(use, first.review, viewer.person, now, read);
    if (paper?.ok) return { kind: 'page', page: pageView(use, paper.value, newDraft(paper.value), link) };
    const voted = await lastVoted(read, viewer.person);
    return voted === null ? { kind: 'none' } : { kind: 'done', branchName: voted.branchName, period: voted.period };
  },
  render(own, context) {
    const { t } = context;
    switch (own.kind) {
      case 'page':
        return ballotPageCard(own.page, context);
      case 'choice':
        return {
          title: t('ballot.check_title'),
          tone: 'blue',
          blocks: [
            text(t('ballot.choose')),
            ...(own.link === null ? [] : linkBlocks(t, own.link, t('webballot.open_all', { n: own.owed.length }))),
            buttons(
              ...own.owed.slice(0, CHOICES).map((access, i) =>
                button(`ballot_open_${i + 1}`, t('ballot.open', { branch: access.branchName }), {
                  a: 'ballot_open',
                  r: access.review,
                }),
              ),
            ),
          ],
        };
      case 'done':
        return ballotDoneCard.render(own, context);
      case 'none':
        return noticeCard.render({ key: 'no_ballot' }, context);
    }
  },
});
