import { JOB_DAYS } from '../domain/dates.ts';
import { defineJob } from '../job.ts';
import type { Use } from '../use.ts';
import { currentYear } from '../usecases/scheme/adopt.ts';
import { publishPlan } from '../usecases/scheme/plan.ts';

/** 5 January: the rules of the year are frozen, and secretaries hear by which version it is run (J2). */
export const planPublish = defineJob<Use>({
  name: 'plan-publish',
  schedule: '15 9 * * *',
  days: JOB_DAYS.plan,
  summary: 'rules.job.plan',
  workdayRule: 'next_workday',
  missed: 'catch_up',
  async run(use, { now }) {
    const done = await use.db.write((tx) => publishPlan(tx, use, currentYear(use, now), now));
    await use.years.load(use.db.read);
    use.wake();
    return { done, failed: 0, note: '' };
  },
});
