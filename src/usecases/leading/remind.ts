/** Reminders to leading groups that have met less often than they should have by now (J12). */
import { yearOf } from '../../domain/dates.ts';
import { expectedBy } from '../../domain/leading-group.ts';
import { today } from '../../domain/period.ts';
import type { Reader, Writer } from '../../store/db.ts';
import { keepersOf, type UnitStatus, unitsStatus } from '../../store/leading-groups.ts';
import type { Use } from '../../use.ts';
import { inMessageHours, sendToPeople } from '../notify.ts';

/** Units whose group is behind at the moment of a reminder. */
export async function unitsBehind(h: Reader, use: Use, now: number): Promise<UnitStatus[]> {
  const [year = '', month = ''] = today(now, use.config.timezone).split('-');
  const { dates, leading_group_meetings_min: minimum } = use.years.of(Number(year)).rules;
  const expected = expectedBy(month, minimum, dates.leading_group);
  return (await unitsStatus(h, Number(year))).filter((unit) => unit.meetings < expected);
}
/** One private card to each who keeps the register, once a month. @returns how many */
export async function remindLeadingGroup(tx: Writer, use: Use, unit: string, now: number): Promise<number> {
  const people = await keepersOf(tx, unit);
  const month = today(now, use.config.timezone).slice(0, 7);
  await sendToPeople(
    tx,
    people,
    { card: 'leading_reminder', args: { unit } },
    { ...inMessageHours(use, now), once: `leading:${unit}:${month}` },
  );
  return people.length;
}

/** How many units there are, and how many have not met often enough this year yet. */
export async function leadingStatus(
  h: Reader,
  use: Use,
  now: number,
): Promise<{ units: number; below: number; minimum: number }> {
  const year = yearOf(today(now, use.config.timezone));
  const units = await unitsStatus(h, year);
  const minimum = use.years.of(year).rules.leading_group_meetings_min;
  return { units: units.length, below: units.filter((unit) => unit.meetings < minimum).length, minimum };
}
