/** The half-year look goes out once a year: the city to the office, a district to its liaison officers (J21). */
import { today } from '../../domain/period.ts';
import type { Writer } from '../../store/db.ts';
import { allDistricts, peopleWithRole } from '../../store/roster.ts';
import type { Use } from '../../use.ts';
import { officePeople } from '../access.ts';
import { inMessageHours, sendToPeople } from '../notify.ts';

/** Twice is harmless. @returns how many people it is for */
export async function sendHalfYear(tx: Writer, use: Use, now: number): Promise<number> {
  const year = Number(today(now, use.config.timezone).slice(0, 4));
  const hours = inMessageHours(use, now);
  const office = await officePeople(tx, use);
  await sendToPeople(tx, office, { card: 'half_year', args: { year } }, { ...hours, once: `half-year:${year}` });
  let people = office.length;
  for (const { code } of await allDistricts(tx)) {
    const officers = (await peopleWithRole(tx, 'liaison', code)).map((person) => person.employeeNo);
    const card = { card: 'half_year', args: { year, district: code } };
    await sendToPeople(tx, officers, card, { ...hours, once: `half-year:${year}:${code}` });
    people += officers.length;
  }
  return people;
}
