import type { Translate } from '../../src/i18n.ts';
import type { JobRun } from '../../src/store/job-run.ts';

const isSkipNote = (note: string): note is 'before_first_start' | 'too_late' =>
  note === 'before_first_start' || note === 'too_late';

/** How a run of a job ended, in a few words. */
export function jobResult(t: Translate, { state, outcome }: JobRun): string {
  switch (state) {
    case 'running':
      return t('job.state.running');
    case 'skipped':
      return isSkipNote(outcome.note) ? t(`job.why.${outcome.note}`) : t('job.state.skipped');
    case 'done':
    case 'failed': {
      const ended = t(`job.state.${state}`, { n: state === 'done' ? outcome.done : outcome.failed });
      return outcome.lateMinutes > 0 ? `${ended} (${t('job.late', { n: outcome.lateMinutes })})` : ended;
    }
  }
}
