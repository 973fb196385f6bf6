import { nearest } from '../../domain/nearest.ts';
import { TenstarError } from '../../errors.ts';
import type { Job } from '../../job.ts';

/** The job of that name. @throws {TenstarError} `not_found` with the nearest name, or all of them. */
export function findJob<J extends Pick<Job<never>, 'name'>>(jobs: readonly J[], name: string): J {
  const job = jobs.find((one) => one.name === name);
  if (job !== undefined) return job;
  const names = jobs.map((one) => one.name);
  const close = nearest(name, names);
  const hint = close === null ? `The jobs are: ${names.join(', ')}.` : `Did you mean ${close}?`;
  throw new TenstarError('not_found', `There is no job ${JSON.stringify(name)}. ${hint}`);
}
