/** The stars a ground bars (A31, R121): a setting, so texts never name them by themselves. */
import type { RenderContext } from '../../src/card-def.ts';
import type { Catalogue } from '../../src/domain/catalogue.ts';
import type { Rules } from '../../src/domain/rules.ts';

export interface StarName {
  zh: string;
  en: string;
}
export const barredStars = ({ member }: Catalogue, { barred_stars }: Pick<Rules, 'barred_stars'>): StarName[] =>
  member.filter(({ key }) => barred_stars.includes(key));
export const starNames = (stars: readonly StarName[], { t, locale }: Pick<RenderContext, 't' | 'locale'>): string =>
  stars.map((star) => star[locale === 'en' ? 'en' : 'zh']).join(t('common.and'));
