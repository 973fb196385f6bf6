import type { CardDefinition } from '../src/card-def.ts';
import { activitiesCard } from './activities.ts';
import { activityCard, activityFormCard, activitySignInCard } from './activity.ts';
import { ballotDoneCard } from './ballot-done.ts';
import { ballotCard, ownBallotCard } from './ballot.ts';
import { ballotLinkCard } from './ballot-link.ts';
import { bindCodeCard } from './bind-code.ts';
import { budgetCard } from './budget.ts';
import { cardCheckCard } from './card-check.ts';
import { chatSetupCard } from './chat-setup.ts';
import { checkDigestCard, checkMissedCard } from './check-digest.ts';
import { commitmentCard } from './commitment.ts';
import { commitmentQueueCard, commitmentReviewCard } from './commitment-review.ts';
import { commitmentsCard, commitmentsPublishedCard } from './commitments.ts';
import { confirmationCard } from './confirmation.ts';
import { consoleCard } from './console.ts';
import { districtDigestCard } from './district-digest.ts';
import { dueEditCard } from './due-edit.ts';
import { dueListCard } from './due-list.ts';
import { electorExcuseCard } from './elector-excuse.ts';
import { excuseEditCard } from './excuse-edit.ts';
import { exportCard } from './export.ts';
import { guidanceCard, guidanceFormCard, guidanceReceiptsCard } from './guidance.ts';
import { guideCard, guideListCard } from './guide.ts';
import { hearingCard } from './hearing.ts';
import { helpCard } from './help.ts';
import { jobsCard } from './jobs.ts';
import { leadingGroupCard, leadingReminderCard, leadingUnitsCard } from './leading-group.ts';
import { leagueCard } from './league.ts';
import { meCard } from './me.ts';
import { meetingCard } from './meeting.ts';
import { leaderAttendanceCard, meetingCallCard, meetingSignInCard } from './meeting-call.ts';
import { meetingInvitationCard } from './meeting-guest.ts';
import { minutesReminderCard } from './meeting-minutes.ts';
import { meetingFormCard, meetingNoticeCard } from './meeting-notice.ts';
import { meetingRegisterCard } from './meeting-register.ts';
import { meetingsCard } from './meetings.ts';
import { monthSheetCard } from './month-sheet.ts';
import { monthlySummaryCard, summariesOverdueCard, summaryReminderCard } from './monthly-summary.ts';
import { myPostCard, postReviewCard } from './post-review.ts';
import { myResultCard, personResultCard } from './my-result.ts';
import { noticeCard } from './notice.ts';
import { objectionSettleCard } from './objection-settle.ts';
import { objectionAnswerCard, objectionCaseCard, objectionFormCard } from './objection.ts';
import { opinionCard } from './opinion.ts';
import { opinionDeskCard } from './opinion-desk.ts';
import { opinionCallCard, opinionMineCard, opinionReplyCard } from './opinion-mine.ts';
import { outboxCard } from './outbox.ts';
import { postGroupsCard } from './post-groups.ts';
import { ballotReminderCard, selfReviewReminderCard } from './reminder.ts';
import { planCard } from './plan.ts';
import { rosterGapsCard } from './roster-gaps.ts';
import { rulesCard } from './rules.ts';
import { branchResultsCard, districtResultsCard } from './results.ts';
import { ratingEditCard } from './rating-edit.ts';
import { reviewGuestsCard, reviewGuestSignInCard, reviewInvitationCard } from './review-guest.ts';
import { scoresCard } from './scores.ts';
import { branchReviewCard, selfReviewCard } from './self-review.ts';
import { selfReviewsCard, selfReviewTextCard } from './self-reviews.ts';
import { reviewOpeningCard } from './review-opening.ts';
import { signInCard } from './sign-in.ts';
import { signInAnswerCard } from './sign-in-answer.ts';
import { starItemCard } from './star-item.ts';
import { starCard, starsCard } from './stars.ts';
import { statusCard } from './status.ts';
import { taskCard, taskGivenCard } from './task.ts';
import { tasksCard } from './tasks.ts';
import { visitFormCard } from './visit.ts';
import { halfYearCard, yearStatusCard } from './year-status.ts';
import { yearBranchCard } from './year-branch.ts';
import { yearReportCard } from './year-report.ts';
import { weeklyCheckCard, weeklyCheckNoneCard, weeklyCheckReminderCard } from './weekly-check.ts';

/** Every card that can be composed from a reference. */
export const cards: readonly CardDefinition[] = [
  activitiesCard,
  activityCard,
  activityFormCard,
  activitySignInCard,
  districtDigestCard,
  guidanceCard,
  guidanceFormCard,
  guidanceReceiptsCard,
  guideCard,
  guideListCard,
  ballotDoneCard,
  ballotCard,
  ballotLinkCard,
  ownBallotCard,
  cardCheckCard,
  chatSetupCard,
  bindCodeCard,
  budgetCard,
  checkDigestCard,
  checkMissedCard,
  commitmentCard,
  commitmentQueueCard,
  commitmentReviewCard,
  commitmentsCard,
  commitmentsPublishedCard,
  confirmationCard,
  consoleCard,
  dueEditCard,
  dueListCard,
  electorExcuseCard,
  ratingEditCard,
  excuseEditCard,
  exportCard,
  hearingCard,
  helpCard,
  jobsCard,
  leagueCard,
  meCard,
  leaderAttendanceCard,
  leadingGroupCard,
  leadingReminderCard,
  leadingUnitsCard,
  meetingCallCard,
  meetingCard,
  meetingInvitationCard,
  meetingRegisterCard,
  meetingsCard,
  meetingSignInCard,
  minutesReminderCard,
  monthSheetCard,
  monthlySummaryCard,
  summariesOverdueCard,
  summaryReminderCard,
  meetingFormCard,
  meetingNoticeCard,
  myResultCard,
  personResultCard,
  noticeCard,
  objectionFormCard,
  objectionCaseCard,
  objectionSettleCard,
  objectionAnswerCard,
  opinionCard,
  opinionDeskCard,
  opinionMineCard,
  opinionReplyCard,
  opinionCallCard,
  outboxCard,
  myPostCard,
  postGroupsCard,
  postReviewCard,
  ballotReminderCard,
  selfReviewReminderCard,
  branchResultsCard,
  districtResultsCard,
  reviewGuestsCard,
  reviewGuestSignInCard,
  reviewInvitationCard,
  reviewOpeningCard,
  planCard,
  rosterGapsCard,
  rulesCard,
  scoresCard,
  selfReviewCard,
  branchReviewCard,
  selfReviewsCard,
  selfReviewTextCard,
  signInCard,
  signInAnswerCard,
  starCard,
  starItemCard,
  starsCard,
  statusCard,
  taskCard,
  taskGivenCard,
  tasksCard,
  visitFormCard,
  halfYearCard,
  yearBranchCard,
  yearReportCard,
  yearStatusCard,
  weeklyCheckCard,
  weeklyCheckNoneCard,
  weeklyCheckReminderCard,
];
