import { type Block, list, text } from '../../src/card.ts';
import type { RenderContext } from '../../src/card-def.ts';
import type { PersonStar } from '../../src/domain/post-plan.ts';

/** `Warm service: keeps the queue short; explains each refusal`. */
export function individualLine(
  star: Pick<PersonStar, 'zh' | 'en' | 'indicators'>,
  { t, locale }: RenderContext,
): string {
  const lang = locale === 'en' ? 'en' : 'zh';
  const indicators = star.indicators.map((indicator) => indicator[lang]).join(t('common.semicolon'));
  return t('stars.individual_line', { star: star[lang], indicators });
}
/** The individual stars among these with the indicators of the post; nothing where all are common (A39). */
export function individualBlocks(stars: readonly PersonStar[], intro: string, context: RenderContext): Block[] {
  const own = stars.filter((star) => star.individual);
  return own.length === 0 ? [] : [text(intro, 'muted'), list(own.map((star) => individualLine(star, context)))];
}
