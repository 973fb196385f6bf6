import type { Job } from '../job.ts';
import type { Use } from '../use.ts';

/** Every scheduled job. */
export const jobs: readonly Job<Use>[] = [];
