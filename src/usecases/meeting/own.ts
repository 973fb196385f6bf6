/** What a person was at, as `/me` lists it (F8). */
import type { Reader } from '../../store/db.ts';
import { type Attended, attendanceOf, attendedIn } from '../../store/meeting-people.ts';

const ATTENDED_SHOWN = 10;

export interface OwnAttendance {
  /** Of the year. */
  present: number;
  excused: number;
  latest: readonly Attended[];
}
export const ownAttendance = async (h: Reader, person: string, year: number): Promise<OwnAttendance> => ({
  ...(await attendedIn(h, person, year)),
  latest: await attendanceOf(h, person, ATTENDED_SHOWN),
});
