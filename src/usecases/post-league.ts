/** The league in the district chats, on the day after notices end (J19, R128, F12). */
import { addDays, today } from '../domain/period.ts';
import { endedNotices } from '../store/reviews.ts';
import { peopleWithRole } from '../store/roster.ts';
import type { Use } from '../use.ts';
import { inMessageHours, sendToScope } from './notify.ts';

/** A league that could not be posted for longer than this is no news any more. */
const RECENT_DAYS = 31;

export interface LeagueDue {
  district: string;
  period: string;
  /** Branches whose notice is over: a league with more of them is a new one. */
  branches: number;
}

/** Districts in which notices have ended and none still runs, so that branches that publish in one week make one league. */
export function leaguesDue(use: Use, now: number): Promise<LeagueDue[]> {
  const date = today(now, use.config.timezone);
  return endedNotices(use.db.read, date, addDays(date, -RECENT_DAYS));
}

/** Posts a league once; its liaison officers get it where no chat of the district reaches them. */
export async function postLeague(use: Use, { district, period, branches }: LeagueDue, now: number): Promise<void> {
  const card = { card: 'league', args: { period, district } };
  const options = { ...inMessageHours(use, now), once: `league:${period}:${district}:${branches}` };
  await use.db.write(async (tx) => {
    const liaison = (await peopleWithRole(tx, 'liaison', district)).map((person) => person.employeeNo);
    await sendToScope(tx, 'district', district, liaison, card, options);
  });
}
