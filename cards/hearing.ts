import { z } from 'zod';
import { button, text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import { say } from '../src/i18n.ts';
import { decisionsOf } from '../src/store/decisions.ts';
import { findReview } from '../src/store/reviews.ts';
import { yearsName } from '../src/term-name.ts';
import { catalogueOf, rulesOf } from '../src/usecases/versions.ts';
import { barredStars, starNames } from './shared/barred-stars.ts';
import { when } from './shared/when.ts';

/** Asks a member for their side before stars are barred (A31, F9). */
export const hearingCard = defineCard({
  name: 'hearing',
  audience: 'person',
  args: z.object({ review: z.string() }),
  async view({ review: id }, { use, read, viewer }) {
    const review = await findReview(read, id);
    const decision = (await decisionsOf(read, id)).find(
      (it) => it.person === viewer.person && it.kind === 'barred' && it.state === 'hearing',
    );
    if (review === null || review.state !== 'tallied' || decision === undefined) return null;
    const rules = await rulesOf(read, review.rules);
    return {
      review: id,
      ground: decision.value,
      reason: decision.reason,
      until: decision.hearingUntil ?? 0,
      stated: decision.statedAt !== null,
      barred: barredStars(await catalogueOf(read, review.catalogue), rules),
      keptYears: rules.retention.sheets_years,
      timezone: use.config.timezone,
    };
  },
  render({ review: r, ground, reason, until, stated, barred, keptYears, timezone }, { t, locale }) {
    const title = t('result.hearing_title');
    const intro = t('result.hearing_intro', {
      barred: starNames(barred, { t, locale }),
      ground: say(t, `result.ground.${ground as 'refuses_management'}`),
      reason,
      until: when(until, timezone, locale),
    });
    if (stated) return { title, tone: 'green', blocks: [text(intro), text(t('result.hearing_ok'), 'good')] };
    return {
      title,
      tone: 'orange',
      blocks: [
        text(intro),
        text(t('result.hearing_who', { years: yearsName(t, keptYears) }), 'muted'),
        {
          kind: 'form',
          name: 'hearing',
          fields: [
            {
              kind: 'input',
              name: 'statement',
              label: t('result.hearing_text'),
              multiline: true,
              maxLength: 1_000,
              required: false,
            },
          ],
          buttons: [button('submit', t('result.hearing_send'), { a: 'hearing_statement', r }, 'primary')],
        },
      ],
    };
  },
});
