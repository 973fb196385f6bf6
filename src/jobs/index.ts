import type { Job } from '../job.ts';
import type { Use } from '../use.ts';
import { budgetWatch } from './budget-watch.ts';
import { commitmentCall } from './commitment-call.ts';
import { commitmentClock } from './commitment-clock.ts';
import { halfYearLook } from './half-year-look.ts';
import { league } from './league.ts';
import { leadingGroupRemind } from './leading-group-remind.ts';
import { linkPeopleJob } from './link-people.ts';
import { meetingClock } from './meeting-clock.ts';
import { monthlySummaryClose } from './monthly-summary-close.ts';
import { monthlySummaryOpen } from './monthly-summary-open.ts';
import { monthlySummaryRemind } from './monthly-summary-remind.ts';
import { noticeClose } from './notice-close.ts';
import { objectionClock } from './objection-clock.ts';
import { opinionClose } from './opinion-close.ts';
import { opinionOpen } from './opinion-open.ts';
import { planPublish } from './plan-publish.ts';
import { quarterGuidance } from './quarter-guidance.ts';
import { retention } from './retention.ts';
import { reviewAutoClose } from './review-auto-close.ts';
import { reviewRemind } from './review-remind.ts';
import { rosterCheck } from './roster-check.ts';
import { rulesReview } from './rules-review.ts';
import { selfReviewRemind } from './self-review-remind.ts';
import { weeklyCheckClose } from './weekly-check-close.ts';
import { weeklyCheckOpen } from './weekly-check-open.ts';
import { weeklyCheckRemind } from './weekly-check-remind.ts';

/** Every scheduled job, in the order of a quarter; the machinery last. */
export const jobs: readonly Job<Use>[] = [
  rulesReview,
  planPublish,
  rosterCheck,
  commitmentCall,
  commitmentClock,
  weeklyCheckOpen,
  weeklyCheckRemind,
  weeklyCheckClose,
  monthlySummaryOpen,
  monthlySummaryRemind,
  monthlySummaryClose,
  meetingClock,
  leadingGroupRemind,
  quarterGuidance,
  halfYearLook,
  opinionOpen,
  opinionClose,
  selfReviewRemind,
  reviewRemind,
  reviewAutoClose,
  noticeClose,
  league,
  objectionClock,
  budgetWatch,
  retention,
  linkPeopleJob,
];
