/** What a starting bot does about the scheme years. */
import { today } from '../../domain/period.ts';
import { noticeYears } from '../../domain/work-calendar.ts';
import type { SchemeChange } from '../../domain/scheme-diff.ts';
import type { Use } from '../../use.ts';
import { currentYear, tellPending, yearState } from './adopt.ts';
import { runningYears, settleYear } from './version.ts';

/**
 * Settles the years that run and learns by what they are run. Files that wait to be adopted for this year are logged, in words, and
 * told to the office; those that no longer fit the year before are no news: its reviews end as they began.
 */
export async function startYears(use: Use, inWords: (change: SchemeChange) => string): Promise<void> {
  const now = use.now();
  const year = currentYear(use, now);
  const { pending, changes, versions } = await use.db.write(async (tx) => {
    for (const running of runningYears(use, now)) await settleYear(tx, use, running, now);
    const state = await yearState(tx, use, year);
    if (state.pending) await tellPending(tx, use, year, now);
    return state;
  });
  await use.years.load(use.db.read);
  for (const unknown of noticeYears(today(now, use.config.timezone)).filter((one) => !use.calendar.official(one)))
    use.log.warn(
      { year: unknown },
      'the official holidays of this year are not loaded: name their notice in HOLIDAYS_FILE; until then only weekends and fixed holidays are days off',
    );
  if (pending)
    use.log.warn(
      { year, version: versions[0]?.version, changes: changes.map(inWords) },
      'the files differ from the rules this year has adopted, which go on to hold; adopt them with "tenstar rules adopt" or /rules, or put the files back',
    );
}
