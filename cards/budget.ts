import { z } from 'zod';
import { text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import { PLATFORM_NAMES } from '../src/platform/platform.ts';
import { monthForecast } from '../src/usecases/budget.ts';
import { platformWord, usedLine } from './shared/budget-words.ts';

/** To the office: the month's budget of a platform will not do. Nothing any more once it will. */
export const budgetCard = defineCard({
  name: 'budget',
  audience: 'person',
  args: z.object({ platform: z.enum(PLATFORM_NAMES) }),
  async view({ platform }, { use, read, now }) {
    const forecast = (await monthForecast(use, read, now)).find((it) => it.platform === platform);
    return forecast?.short === true ? forecast : null;
  },
  render(forecast, { t }) {
    const platform = platformWord(t, forecast);
    return {
      title: t('budget.title', { platform }),
      tone: 'orange',
      blocks: [
        text(usedLine(t, forecast)),
        text(t('budget.ahead_short', { ...forecast.needed }), 'strong'),
        text(t('budget.advice', { platform }), 'muted'),
      ],
    };
  },
});
