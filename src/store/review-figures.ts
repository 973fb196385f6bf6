/** What reviews of a period come to in numbers, for comparing branches. */
import { z } from 'zod';
import { countsSchema, reviewStateSchema } from '../domain/review.ts';
import type { Reader } from './db.ts';
import { jsonText } from './json-text.ts';

const figureRow = z.object({
  branch: z.string(),
  state: reviewStateSchema,
  counts: jsonText(countsSchema).nullable(),
  /** People with a level, and the sum of their levels. */
  graded: z.int(),
  stars: z.int().nullable(),
});
export type ReviewFigures = z.infer<typeof figureRow>;
const FIGURES = `SELECT r.branch, r.state, r.counts, count(s.body->>'level') AS graded, sum(s.body->>'level') AS stars
  FROM review r LEFT JOIN sheet s ON s.review = r.id AND s.person <> 'branch' WHERE r.period = ? GROUP BY r.id`;

/** One row a branch that has a review of this period. */
export const reviewFigures = (h: Reader, period: string): Promise<ReviewFigures[]> =>
  h.all(figureRow, FIGURES, [period]);
