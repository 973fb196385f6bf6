import { type Block, text } from '../../src/card.ts';
import type { RenderContext } from '../../src/card-def.ts';
import { TEXT_FIELDS, type TextField } from '../../src/usecases/review/self-review.ts';

/** A self-review as it was filed: the three texts and, unless they are hidden yet, the marks in the order of the stars. */
export function selfReviewBlocks(
  texts: Readonly<Partial<Record<TextField, string>>>,
  marks: readonly { zh: string; en: string; mark: number | string }[] | null,
  { t, locale }: RenderContext,
): Block[] {
  const written: Block[] = TEXT_FIELDS.flatMap((field) => [
    text(t(`review.self.${field}`), 'strong'),
    text(texts[field] ?? ''),
  ]);
  const marked: Block =
    marks === null
      ? text(t('review.self.marks_hidden'), 'muted')
      : {
          kind: 'facts',
          items: marks.map((star) => ({ label: star[locale === 'en' ? 'en' : 'zh'], value: String(star.mark) })),
        };
  return [...written, marked];
}
