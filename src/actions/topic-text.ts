import { NEUTRAL_WORDING, type Topic } from '../domain/criterion.ts';
import type { Locale, Translate } from '../i18n.ts';

/** Why a text is no criterion, with a neutral wording to start from (F2). */
export function topicText(t: Translate, locale: Locale, about: Topic): string {
  const lang = locale === 'en' ? 'en' : 'zh';
  const { topic, suggestion } = NEUTRAL_WORDING[about];
  return t('commit.problem.topic', { topic: topic[lang], example: suggestion[lang] });
}
