/** What is left of a month's budget, on platforms that have one, and whether it will do. */
import { say, type Translate } from '../../i18n.ts';
import type { PlatformProbe } from '../../platform/probe.ts';
import type { Reader } from '../../store/db.ts';
import { monthForecast } from '../budget.ts';
import { type Finding, ok, warn } from './finding.ts';

export async function examineBudgets(
  probes: readonly PlatformProbe[],
  config: { timezone: string },
  h: Reader,
  now: number,
  t: Translate,
): Promise<Finding[]> {
  const platforms = new Map(probes.map((probe) => [probe.name, probe]));
  return (await monthForecast({ platforms, config }, h, now)).map(({ platform, used, plan, needed, short }) => {
    const text = t(short ? 'doctor.budget_short' : 'doctor.budget_ok', {
      platform: t(`budget.platform.${platform}`),
      used: `${used.calls} / ${plan.calls}`,
      received: `${used.pushes} / ${plan.pushes}`,
      ...needed,
    });
    const fix = platforms.get(platform)?.advice.budget;
    return short && fix !== undefined ? warn('budget', text, say(t, fix, {})) : ok('budget', text);
  });
}
