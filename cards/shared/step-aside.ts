import { button, type Button } from '../../src/card.ts';
import type { Translate } from '../../src/i18n.ts';

/** For whoever handles a case and has a declared relation to the person (F17). */
export const stepAsideButton = (o: string, t: Translate): Button =>
  button('step_aside', t('result.step_aside'), { a: 'step_aside', o }, 'default', {
    title: t('result.step_aside_title'),
    text: t('result.step_aside_text'),
  });
