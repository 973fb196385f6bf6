import { z } from 'zod';
import { type Block, list, text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import { say } from '../src/i18n.ts';
import { jobs } from '../src/jobs/index.ts';
import { jobCalendar } from '../src/usecases/scheduler/slots.ts';
import { type JobTableRow, jobTable } from '../src/usecases/scheduler/job-table.ts';
import { jobResult } from './shared/job-result.ts';
import { when } from './shared/when.ts';

interface JobsView {
  rows: readonly JobTableRow[];
  hours: { from: string; to: string };
  timezone: string;
}

/** For the office: when each job ran, how it ended, when it runs next. */
export const jobsCard = defineCard({
  name: 'jobs',
  audience: 'person',
  args: z.object({}),
  async view(_args, { use, read, now }): Promise<JobsView> {
    const { from, to } = use.rules.messages;
    const { timezone } = use.config;
    return {
      rows: await jobTable(read, jobs, { timezone, calendar: jobCalendar(use) }, now),
      hours: { from, to },
      timezone,
    };
  },
  render({ rows, hours, timezone }, { t, locale }) {
    const moment = (at: number | null | undefined) =>
      at === null || at === undefined ? t('job.never') : when(at, timezone, locale);
    const failed = rows.flatMap(({ summary, last }) =>
      last?.state === 'failed'
        ? [t('job.failed_line', { job: say(t, summary), why: last.outcome.note || t('job.failed_unknown') })]
        : [],
    );
    const trouble: Block[] = failed.length === 0 ? [] : [text(t('job.failed_title'), 'strong'), list(failed)];
    return {
      title: t('job.title'),
      tone: failed.length === 0 ? 'blue' : 'orange',
      blocks: [
        text(t('job.intro', hours), 'muted'),
        ...trouble,
        {
          kind: 'table',
          pageSize: 10,
          columns: [
            { key: 'job', label: t('job.name'), kind: 'text' },
            { key: 'last', label: t('job.last'), kind: 'text' },
            { key: 'result', label: t('job.result'), kind: 'text' },
            { key: 'next', label: t('job.next'), kind: 'text' },
          ],
          rows: rows.map(({ summary, last, next }) => ({
            job: say(t, summary),
            last: moment(last?.startedAt),
            result: last === null ? '' : jobResult(t, last),
            next: moment(next),
          })),
        },
      ],
    };
  },
});
