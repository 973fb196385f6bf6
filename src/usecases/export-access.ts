/** Who may have which results as files; asked when they are ordered and again when they are made (F14, F24; domain.md section 5). */
import type { Review } from '../domain/review.ts';
import type { Actor, Branch } from '../store/roster.ts';
import type { Use } from '../use.ts';
import { has, isOffice, seesScores } from './access.ts';
import { isPublished } from './published.ts';

/** In the order they are sent. */
export const EXPORT_FILES = [
  'count_sheet',
  'publicity',
  'results_csv',
  'results_json',
  'stars_csv',
  'stars_json',
  'league_csv',
] as const;
export type ExportFile = (typeof EXPORT_FILES)[number];
/** Those that hold scores. */
export const SCORE_FILES: readonly ExportFile[] = ['count_sheet', 'results_csv', 'results_json'];

/** `scores`: committee and leaders of the unit. `figures`: the office. `lists`: the liaison officer of the district. */
export type ExportRight = 'scores' | 'figures' | 'lists';

/** What somebody may take away about a branch; null for nothing. */
export function rightToBranch(use: Use, actor: Actor, branch: Branch): ExportRight | null {
  return seesScores(actor, branch) ? 'scores' : rightToDistrict(use, actor, branch.district);
}
/** What somebody may take away about a district, or the whole city with null. */
export function rightToDistrict(use: Use, actor: Actor, district: string | null): ExportRight | null {
  if (isOffice(use, actor)) return 'figures';
  return district !== null && has(actor, 'liaison', district) ? 'lists' : null;
}

const COUNTED: readonly Review['state'][] = ['tallied', 'confirmed', 'notice', 'final'];
/** Whether there is a result, published or not. */
export const isCounted = ({ state }: Review): boolean => COUNTED.includes(state);

/** The files there are about a review for somebody with this right, now. */
export function filesOfReview(right: ExportRight, review: Review): ExportFile[] {
  const published = isPublished(review);
  const held: Readonly<Record<ExportRight, readonly ExportFile[]>> = {
    // The list is printed when the committee has confirmed, to hang out on the day of publication.
    scores: isCounted(review)
      ? [...SCORE_FILES, ...(published || review.state === 'confirmed' ? (['publicity'] as const) : [])]
      : [],
    figures: published ? ['publicity', 'stars_csv', 'stars_json'] : [],
    lists: published ? ['publicity'] : [],
  };
  return EXPORT_FILES.filter((file) => held[right].includes(file));
}

/** The files there are about a district or the city, once something has been published. */
export const filesOfDistrict = (right: ExportRight): ExportFile[] =>
  right === 'lists' ? ['publicity', 'league_csv'] : ['publicity', 'stars_csv', 'stars_json', 'league_csv'];
