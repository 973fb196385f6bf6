/** Those who are rated in a review, frozen when the ballot opens. */
import { z } from 'zod';
import type { Reader, Writer } from './db.ts';

const subjectRow = z.object({
  position: z.int(),
  person: z.string(),
  name: z.string(),
  graded: z.int(),
  partyGroup: z.int(),
});
export type SubjectRow = z.infer<typeof subjectRow>;

export async function insertSubjects(
  tx: Writer,
  review: string,
  subjects: readonly { person: string; graded: boolean; partyGroup: number }[],
): Promise<void> {
  const rows = subjects.map(({ person, graded, partyGroup }, position) => ({
    position,
    person,
    graded: graded ? 1 : 0,
    partyGroup,
  }));
  await tx.run(
    `INSERT INTO review_subject (review, position, person, graded, party_group)
     SELECT ?, value->>'position', value->>'person', value->>'graded', value->>'partyGroup' FROM json_each(?)`,
    [review, JSON.stringify(rows)],
  );
}
export const subjectsOf = (h: Reader, review: string): Promise<SubjectRow[]> =>
  h.all(
    subjectRow,
    `SELECT s.position, s.person, p.name, s.graded, s.party_group AS partyGroup FROM review_subject s
     JOIN person p ON p.employee_no = s.person WHERE s.review = ? ORDER BY s.position`,
    [review],
  );
