import { archive } from './archive.ts';
import { backup } from './backup.ts';
import { ballot } from './ballot.ts';
import { board } from './board.ts';
import { boardfile } from './boardfile.ts';
import { budget } from './budget.ts';
import { command } from './command.ts';
import { commit } from './commit.ts';
import { common } from './common.ts';
import { doctor } from './doctor.ts';
import { exporting } from './export.ts';
import { guide } from './guide.ts';
import { job } from './job.ts';
import { kept } from './kept.ts';
import { leading } from './leading.ts';
import { meeting } from './meeting.ts';
import { network } from './network.ts';
import { notice } from './notice.ts';
import { opinion } from './opinion.ts';
import { result } from './result.ts';
import { review } from './review.ts';
import { roster } from './roster.ts';
import { rules } from './rules.ts';
import { sheets } from './sheets.ts';
import { stars } from './stars.ts';
import { webballot } from './webballot.ts';

/** All Chinese texts; the first language of the interface and the one that types the keys. */
export const zh = {
  archive,
  backup,
  ballot,
  board,
  boardfile,
  budget,
  command,
  commit,
  common,
  doctor,
  export: exporting,
  guide,
  job,
  kept,
  leading,
  meeting,
  network,
  notice,
  opinion,
  result,
  review,
  roster,
  rules,
  sheets,
  stars,
  webballot,
} as const;
