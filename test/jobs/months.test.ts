/** When the jobs of months and meetings run: put off over weekends and holidays, on Saturdays that are worked (J9, J12). */
import { describe, expect, it } from 'vitest';
import { jobs } from '../../src/jobs/index.ts';
import { jobCalendar } from '../../src/usecases/scheduler/slots.ts';
import { jobTable } from '../../src/usecases/scheduler/job-table.ts';
import { parseMoment } from '../../src/usecases/scheduler/moment.ts';
import { opinionWorld } from '../support/opinion-world.ts';

describe('the next moment', () => {
  it.each([
    ['monthly-summary-open', '2026-10-20T10:00+08:00', '2026-10-26T09:00+08:00'], // the 25th is a Sunday
    ['monthly-summary-open', '2026-11-20T10:00+08:00', '2026-11-25T09:00+08:00'],
    ['monthly-summary-close', '2026-09-30T10:00+08:00', '2026-10-08T17:00+08:00'], // after the national holidays
    ['monthly-summary-close', '2026-09-01T10:00+08:00', '2026-09-07T17:00+08:00'], // the 5th is a Saturday
    ['monthly-summary-remind', '2026-10-09T10:00+08:00', '2026-10-10T09:00+08:00'], // a Saturday that is worked
    ['monthly-summary-remind', '2026-10-10T10:00+08:00', '2026-10-12T09:00+08:00'],
    ['meeting-clock', '2026-10-09T10:00+08:00', '2026-10-10T09:00+08:00'],
    ['meeting-clock', '2026-09-30T10:00+08:00', '2026-10-08T09:00+08:00'],
    ['leading-group-remind', '2026-01-20T10:00+08:00', '2026-02-02T09:30+08:00'], // 1 February is a Sunday
    ['leading-group-remind', '2026-06-20T10:00+08:00', '2026-07-01T09:30+08:00'],
  ])('of %s after %s is %s', async (name, now, next) => {
    const { use } = await opinionWorld();
    const rows = await jobTable(
      use.db.read,
      jobs,
      { timezone: 'Asia/Shanghai', calendar: jobCalendar(use) },
      parseMoment(now),
    );
    expect(rows.find((row) => row.name === name)?.next).toBe(parseMoment(next));
  });
});
