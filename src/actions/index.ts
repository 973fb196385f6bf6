import type { ActionDefinition } from '../action-def.ts';
import { activityActions } from './activity.ts';
import { ballotActions } from './ballot.ts';
import { boardFileActions } from './board-file.ts';
import { cardCheckActions } from './card-check.ts';
import { chatSetupActions } from './chat-setup.ts';
import { commitmentActions } from './commitment.ts';
import { commitmentReviewActions } from './commitment-review.ts';
import { confirmationActions } from './confirmation.ts';
import { dueListActions } from './due-list.ts';
import { exportActions } from './export.ts';
import { guidanceActions } from './guidance.ts';
import { guideActions } from './guide.ts';
import { leadingGroupActions } from './leading-group.ts';
import { meetingActions } from './meeting.ts';
import { meetingGuestActions } from './meeting-guest.ts';
import { meetingNoticeActions } from './meeting-notice.ts';
import { monthlySummaryActions } from './monthly-summary.ts';
import { objectionActions } from './objection.ts';
import { objectionSettleActions } from './objection-settle.ts';
import { opinionActions } from './opinion.ts';
import { postGroupActions } from './post-groups.ts';
import { postReviewActions } from './post-review.ts';
import { resultActions } from './results.ts';
import { reviewGuestActions } from './review-guest.ts';
import { reviewStepActions } from './review-steps.ts';
import { rulesActions } from './rules.ts';
import { selfReviewActions } from './self-review.ts';
import { signInActions } from './sign-in.ts';
import { starActions } from './stars.ts';
import { visitActions } from './visit.ts';
import { weeklyCheckActions } from './weekly-check.ts';

/** Everything a button of ours can do. */
export const actions: readonly ActionDefinition[] = [
  ...activityActions,
  ...ballotActions,
  ...boardFileActions,
  ...cardCheckActions,
  ...chatSetupActions,
  ...commitmentActions,
  ...commitmentReviewActions,
  ...confirmationActions,
  ...dueListActions,
  ...exportActions,
  ...guidanceActions,
  ...guideActions,
  ...leadingGroupActions,
  ...meetingActions,
  ...meetingGuestActions,
  ...meetingNoticeActions,
  ...monthlySummaryActions,
  ...objectionActions,
  ...objectionSettleActions,
  ...opinionActions,
  ...postGroupActions,
  ...postReviewActions,
  ...resultActions,
  ...reviewGuestActions,
  ...reviewStepActions,
  ...rulesActions,
  ...selfReviewActions,
  ...signInActions,
  ...starActions,
  ...visitActions,
  ...weeklyCheckActions,
];
