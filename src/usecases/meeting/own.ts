/** What a person was at, and what those who run a branch owe of its months and meetings, as `/me` lists them (F8). */
import type { Reader } from '../../store/db.ts';
import { type Attended, attendanceOf } from '../../store/meeting-people.ts';
import type { Meeting } from '../../store/meetings.ts';
import type { Actor } from '../../store/roster.ts';
import { runsBranch } from '../access.ts';
import { owedMonth } from '../month/rounds.ts';
import { owedMinutes } from './minutes.ts';

const ATTENDED_SHOWN = 10;
const MINUTES_SHOWN = 3;

export interface OwnMeetings {
  attended: readonly Attended[];
  /** `until` is an ISO date. */
  summary: { month: string; until: string } | null;
  minutes: readonly Meeting[];
}
export async function ownMeetings(h: Reader, actor: Actor): Promise<OwnMeetings> {
  const attended = await attendanceOf(h, actor.employeeNo, ATTENDED_SHOWN);
  if (!runsBranch(actor, actor.branch)) return { attended, summary: null, minutes: [] };
  const round = await owedMonth(h, actor.branch);
  return {
    attended,
    summary: round === null ? null : { month: round.month, until: round.closesOn },
    minutes: (await owedMinutes(h, actor.branch)).slice(0, MINUTES_SHOWN),
  };
}
