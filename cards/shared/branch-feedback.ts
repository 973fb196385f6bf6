/** What members and colleagues marked about the branch's own work, and how it marked itself (A25): no level, as the gate left it at the tally. */
import { type Block, list, text } from '../../src/card.ts';
import type { RenderContext } from '../../src/card-def.ts';
import type { BranchFeedback } from '../../src/domain/sheet.ts';

export interface BranchFeedbackView {
  feedback: BranchFeedback;
  branchStars: ReadonlyMap<string, { zh: string; en: string }>;
}
export function feedbackBlocks({ feedback, branchStars }: BranchFeedbackView, { t, locale }: RenderContext): Block[] {
  const lines = feedback.flatMap((star) => {
    const name = branchStars.get(star.key)?.[locale === 'en' ? 'en' : 'zh'];
    return name === undefined
      ? []
      : [
          `${name}${t('common.colon')}${t('result.self')} ${star.self ?? '—'}${t('common.comma')}${t('result.feedback_mean')} ${star.members_and_colleagues ?? t('result.withheld')}`,
        ];
  });
  return lines.length === 0 ? [] : [text(t('result.feedback_title'), 'strong'), list(lines)];
}
