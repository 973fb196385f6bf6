import { z } from 'zod';
import type { Reader, Writer } from './db.ts';

const meetingRow = z.object({ date: z.string(), time: z.string(), place: z.string() });
/** When and where a review meets. */
export type ReviewMeeting = z.infer<typeof meetingRow>;

export const meetingOf = (h: Reader, review: string): Promise<ReviewMeeting | null> =>
  h.get(meetingRow, 'SELECT on_date AS "date", at_time AS "time", place FROM review_meeting WHERE review = ?', [
    review,
  ]);

export const putMeeting = (tx: Writer, review: string, { date, time, place }: ReviewMeeting): Promise<number> =>
  tx.run(
    `INSERT INTO review_meeting (review, on_date, at_time, place) VALUES (?, ?, ?, ?)
     ON CONFLICT (review) DO UPDATE SET on_date = excluded.on_date, at_time = excluded.at_time, place = excluded.place`,
    [review, date, time, place],
  );
