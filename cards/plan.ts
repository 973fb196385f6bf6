/** The plan of the year for secretaries: by which version it is run, and what comes when (J2). */
import { z } from 'zod';
import { button, buttons, list, text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import type { Dates } from '../src/domain/dates.ts';
import { schemesOf, type SchemeVersion } from '../src/store/schemes.ts';
import { rulesOf } from '../src/usecases/versions.ts';
import { codeOf, dateLines, reasonText } from './shared/scheme-words.ts';

interface View {
  version: SchemeVersion;
  dates: Dates;
  /** An earlier version of the year was published before it. */
  later: boolean;
}
export const planCard = defineCard({
  name: 'plan',
  audience: 'person',
  args: z.object({ year: z.int(), version: z.int() }),
  async view({ year, version: number }, { read }): Promise<View | null> {
    const versions = await schemesOf(read, year);
    const version = versions.find((one) => one.version === number);
    if (version === undefined) return null;
    const later = versions.some((one) => one.version < number && one.publishedAt !== null);
    return { version, dates: (await rulesOf(read, version.rules)).dates, later };
  },
  render({ version, dates, later }, context) {
    const { t } = context;
    const { year } = version;
    const numbers = { year, version: version.version, hash: codeOf(version) };
    return {
      title: t('rules.plan.title', { year }),
      tone: 'blue',
      blocks: [
        text(
          later
            ? t('rules.plan.later', { ...numbers, reason: reasonText(version.reason, context) })
            : t('rules.plan.intro', numbers),
        ),
        text(t('rules.dates'), 'strong'),
        list(dateLines(year, dates, context)),
        buttons(
          button('rules_show', t('rules.plan.rules'), { a: 'rules_show', y: year }),
          button('guide_list', t('rules.plan.guide'), { a: 'guide_list' }),
        ),
      ],
    };
  },
});
