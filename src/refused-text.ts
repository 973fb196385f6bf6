import type { Review } from './domain/review.ts';
import type { Rules } from './domain/rules.ts';
import type { Translate } from './i18n.ts';

/** Why a tally was refused, with the figures of the rules it was refused by. */
export const refusedText = (
  t: Translate,
  why: NonNullable<Review['refused']>,
  { anonymity, quorum }: Pick<Rules, 'anonymity' | 'quorum'>,
): string => t(`review.refused.${why}`, { min: anonymity.min_total, share: quorum.valid_ballot_fraction });
