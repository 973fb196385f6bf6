/** Who is rated otherwise in a review than by status (A20, A21); the grounds themselves are read with the due list. */
import type { RatingGround } from '../domain/rating.ts';
import type { Writer } from './db.ts';

export const putRating = (
  tx: Writer,
  review: string,
  person: string,
  ground: RatingGround,
  by: string,
): Promise<number> =>
  tx.run(
    `INSERT INTO review_rating (review, person, ground, by_person) VALUES (?, ?, ?, ?)
     ON CONFLICT (review, person) DO UPDATE SET ground = excluded.ground, by_person = excluded.by_person`,
    [review, person, ground, by],
  );
export const dropRating = (tx: Writer, review: string, person: string): Promise<number> =>
  tx.run('DELETE FROM review_rating WHERE review = ? AND person = ?', [review, person]);
