import type { Command } from '../src/command.ts';
import { activityCommand } from './activity.ts';
import { ballotCommand } from './ballot.ts';
import { bindCommand } from './bind.ts';
import { checkCommand } from './check.ts';
import { commitCommand } from './commit.ts';
import { exportCommand } from './export.ts';
import { guidanceCommand } from './guidance.ts';
import { guideCommand } from './guide.ts';
import { helpCommand } from './help.ts';
import { jobsCommand } from './jobs.ts';
import { langCommand } from './lang.ts';
import { leadingCommand } from './leading.ts';
import { leagueCommand } from './league.ts';
import { meetingCommand } from './meeting.ts';
import { meCommand } from './me.ts';
import { objectCommand } from './object.ts';
import { opinionCommand } from './opinion.ts';
import { outboxCommand } from './outbox.ts';
import { remindCommand } from './remind.ts';
import { resultsCommand } from './results.ts';
import { reviewCommand } from './review.ts';
import { rulesCommand } from './rules.ts';
import { selfReviewCommand } from './selfreview.ts';
import { signInCommand } from './signin.ts';
import { starsCommand } from './stars.ts';
import { statusCommand } from './status.ts';
import { summaryCommand } from './summary.ts';
import { verifyCommand } from './verify.ts';

/** Every command, in the order help lists them. */
export const commands: readonly Command[] = [
  helpCommand,
  meCommand,
  checkCommand,
  commitCommand,
  signInCommand,
  ballotCommand,
  selfReviewCommand,
  opinionCommand,
  objectCommand,
  meetingCommand,
  guideCommand,
  rulesCommand,
  starsCommand,
  verifyCommand,
  bindCommand,
  langCommand,
  reviewCommand,
  statusCommand,
  remindCommand,
  resultsCommand,
  exportCommand,
  summaryCommand,
  activityCommand,
  guidanceCommand,
  leagueCommand,
  leadingCommand,
  jobsCommand,
  outboxCommand,
];
