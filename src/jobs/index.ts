import type { Job } from '../job.ts';
import type { Use } from '../use.ts';
import { opinionClose } from './opinion-close.ts';
import { opinionOpen } from './opinion-open.ts';

/** Every scheduled job. */
export const jobs: readonly Job<Use>[] = [opinionOpen, opinionClose];
