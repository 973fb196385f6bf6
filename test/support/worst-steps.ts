/** Everything a secretary may have to do next, with the longest names. */
import { TITLE_MAX as ACTIVITY_TITLE_MAX } from '../../src/domain/activity.ts';
import { TITLE_MAX } from '../../src/domain/meeting.ts';
import type { Meeting } from '../../src/store/meetings.ts';
import type { YearStep } from '../../src/usecases/year/steps.ts';
import { longName, nasty } from './fits.ts';

const id = 'g'.repeat(36);
const meeting: Meeting = {
  id,
  branch: 'B001',
  kind: 'general_meeting',
  title: nasty(TITLE_MAX),
  date: '2026-10-15',
  time: '09:30',
  place: '三楼',
  agenda: [],
  state: 'held',
  noticed: true,
  by: 'S0',
  due: 9,
  present: 8,
  minutesBy: '2026-10-20',
  points: null,
  followUp: '',
  version: 1,
};
export const WORST_STEPS: readonly YearStep[] = [
  { kind: 'summary', month: '2026-10', until: '2026-11-05' },
  { kind: 'minutes', meeting },
  { kind: 'minutes', meeting },
  { kind: 'minutes', meeting },
  { kind: 'approve', n: 99 },
  { kind: 'publish', year: 2026, n: 99 },
  { kind: 'branch_commitment', year: 2026, until: '2026-01-20' },
  { kind: 'guidance', id, period: '2026-Q3' },
  { kind: 'invitation', to: 'review', id, what: longName(1), when: '2026-Q3' },
  { kind: 'invitation', to: 'meeting', id, what: longName(2), when: '2026-02-10' },
  { kind: 'invitation', to: 'activity', id, what: nasty(ACTIVITY_TITLE_MAX), when: '2026-10-15' },
];
