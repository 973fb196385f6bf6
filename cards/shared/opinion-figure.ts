import type { Translate } from '../../src/i18n.ts';
import type { OpinionFigures } from '../../src/usecases/review/opinion-answers.ts';

/** Opinions in one line of numbers: `7 of 22 given`, and after passing on how many texts are answered. */
export const opinionFigure = ({ round, asked, given, passed, answered }: OpinionFigures, t: Translate): string =>
  round.state === 'open' || passed === 0
    ? t('opinion.desk.count', { given, asked })
    : t('opinion.desk.count_answered', { given, asked, passed, answered });
