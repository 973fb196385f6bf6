import { type Block, text } from '../../src/card.ts';
import type { RenderContext } from '../../src/card-def.ts';
import { yearsName } from '../../src/term-name.ts';
import type { kept } from '../../src/texts/zh/kept.ts';

/**
 * F6: what a form says before anybody fills it in: who sees it, and how long it is kept.
 * @param years by the rules of the review the form belongs to, else of the year now running
 */
export const keptLine = (
  { t, terms }: RenderContext,
  form: keyof typeof kept.form,
  years = terms.sheets_years,
): Block => text(t(`kept.form.${form}`, { years: yearsName(t, years) }), 'muted');
