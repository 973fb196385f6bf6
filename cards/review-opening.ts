import { z } from 'zod';
import { button, buttons, text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import { periodName } from '../src/period-name.ts';
import { findPerson } from '../src/store/roster.ts';
import { reviewForecast } from '../src/usecases/budget.ts';
import { reviewLine } from './shared/budget-words.ts';

/** Before a review is opened that a platform's month may not hold: what it takes, what is left, and one way on. */
export const reviewOpeningCard = defineCard({
  name: 'review_opening',
  audience: 'person',
  args: z.object({ period: z.string() }),
  async view({ period }, { use, read, viewer, now }) {
    const person = viewer.person === null ? null : await findPerson(read, viewer.person);
    if (person === null) return null;
    const branch = { code: person.branch, unit: person.unit };
    return { period, forecast: await reviewForecast(use, read, branch, null, now) };
  },
  render: ({ period: q, forecast }, { t }) => ({
    title: t('budget.open_title', { period: periodName(t, q) }),
    tone: 'orange',
    blocks: [
      ...forecast.map((it) => text(reviewLine(t, it, 'first'), it.short ? 'warn' : 'muted')),
      text(t('budget.open_choice')),
      buttons(button('open_review', t('budget.open_anyway'), { a: 'open_review', q }, 'primary')),
    ],
    typed: t('budget.open_typed', { period: q }),
  }),
});
