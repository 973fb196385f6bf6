/**
 * Whether the card template is ours and of this version. The platform shows an app nothing of it, so all that is known is what the
 * last tapped card told: `unseen` is a warning and not a yes.
 */
import { say, type Translate } from '../../i18n.ts';
import type { PlatformProbe } from '../../platform/probe.ts';
import { templateSeen } from '../../store/card-template.ts';
import type { Reader } from '../../store/db.ts';
import { fail, type Finding, ok, skipped, warn } from './finding.ts';

export async function examineTemplate(probe: PlatformProbe, h: Reader | null, t: Translate): Promise<Finding[]> {
  const { template } = probe;
  if (template === undefined) return [];
  if (h === null) return [skipped('template', t('doctor.skipped_template'))];
  const { id, version, fix } = template;
  const seen = await templateSeen(h, probe.name, id);
  if (seen === version) return [ok('template', t('doctor.template_ok', { version }))];
  if (seen === null) return [warn('template', t('doctor.template_unseen'), t('doctor.fix_template_unseen'))];
  const text = seen === 0 ? t('doctor.template_foreign', { id }) : t('doctor.template_other', { seen, version });
  return [fail('template', text, say(t, fix, {}))];
}
