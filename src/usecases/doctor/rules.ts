/** Whether this year is run by what the files say. */
import { today } from '../../domain/period.ts';
import type { Config } from '../../config.ts';
import { yearOf } from '../../domain/dates.ts';
import type { Translate } from '../../i18n.ts';
import type { Reader } from '../../store/db.ts';
import { yearState } from '../scheme/adopt.ts';
import { type Finding, ok, warn } from './finding.ts';

/** @param now Unix ms */
export async function examineRules(h: Reader, config: Config, now: number, t: Translate): Promise<Finding> {
  const year = yearOf(today(now, config.timezone));
  const { versions, changes, pending } = await yearState(h, config, year);
  const [newest] = versions;
  if (newest === undefined) return ok('rules', t('doctor.rules_none', { year }));
  const { version } = newest;
  if (pending)
    return warn(
      'rules',
      t('doctor.rules_pending', { year, version, n: changes.length }),
      t('doctor.fix_rules', { year }),
    );
  return ok('rules', t('doctor.rules_ok', { year, version }));
}
