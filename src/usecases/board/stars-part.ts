/** Published stars as a part of a printed board (R102). No score can get in: none is in the input (A45). */
import type { StarColumn } from '../../domain/board-template.ts';
import type { BoardPart, Piece } from '../../exports/board/content.ts';
import { periodName } from '../../period-name.ts';
import type { PublishedMember, PublishedResult } from '../published.ts';
import { type BoardSpeech, frame, headings, languageOf, plain } from './words.ts';

function starCell({ show }: StarColumn, { name, level, stars }: PublishedMember, { locale, t }: BoardSpeech): Piece[] {
  const named = (star: PublishedMember['stars'][number], look: Piece['look']): Piece => ({
    text: `★ ${star[languageOf(locale)]}`,
    look,
  });
  switch (show) {
    case 'name':
      return [{ text: name, look: 'strong' }];
    case 'stars':
      return stars.map((star) => named(star, star.outstanding ? 'accent' : 'plain'));
    case 'outstanding':
      return stars.filter((star) => star.outstanding).map((star) => named(star, 'accent'));
    case 'level':
      // What was not won is absent (A45).
      return level === null || level === 0 ? [] : plain(t('result.level_short', { n: level }));
  }
}

/** Stars won and outstanding stars, in the order of the roster. */
export function starsPart(
  { review, members }: Pick<PublishedResult, 'review' | 'members'>,
  speech: BoardSpeech,
): BoardPart {
  const { stars } = speech.template;
  return {
    ...frame(stars, speech, { year: review.period.slice(0, 4), period: periodName(speech.t, review.period) }),
    columns: headings(stars.columns, speech.locale),
    groups:
      members.length === 0
        ? []
        : [
            {
              name: null,
              notes: [],
              rows: members.map((member) => ({
                cells: stars.columns.map((column) => starCell(column, member, speech)),
                repeats: [],
              })),
            },
          ],
  };
}
