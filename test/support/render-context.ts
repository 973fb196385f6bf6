/** What a card is rendered with, without a bot. */
import type { RenderContext } from '../../src/card-def.ts';
import { defaultRules } from '../../src/domain/rules.ts';
import { type Locale, translator } from '../../src/i18n.ts';

export const renderIn = (locale: Locale, terms: RenderContext['terms'] = defaultRules.retention): RenderContext => ({
  locale,
  t: translator(locale),
  terms,
});
