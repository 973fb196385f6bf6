/** Every card of opinions with the worst that people can bring about, in both languages, as the platform would judge it. */
import { describe, expect, it } from 'vitest';
import { opinionCard, type OpinionView } from '../../cards/opinion.ts';
import { opinionDeskCard } from '../../cards/opinion-desk.ts';
import { opinionGroupCard, rawPages } from '../../cards/opinion-group.ts';
import { opinionCallCard, opinionMineCard, opinionReplyCard } from '../../cards/opinion-mine.ts';
import { renderSelfReview } from '../../cards/self-review.ts';
import type { Card } from '../../src/card.ts';
import type { RenderContext } from '../../src/card-def.ts';
import { ANSWER_MAX, GROUPED_MAX, PEOPLE_MAX, REMARK_MAX } from '../../src/domain/opinion.ts';
import { LOCALES } from '../../src/i18n.ts';
import { CARD_SAFE_ELEMENTS } from '../../src/platform/lark/limits.ts';
import { countElements, lintCard } from '../../src/platform/lark/lint.ts';
import { renderCard } from '../../src/platform/lark/render.ts';
import { renderIn } from '../support/render-context.ts';

const NOON = Date.parse('2026-10-09T12:00:00+08:00');
const REVIEW = 'r'.repeat(40);
/** What costs most on the way: quotation marks travel as four bytes, and markup must not become markup. */
const worst = {
  quotes: '"'.repeat(REMARK_MAX),
  chinese: '意'.repeat(REMARK_MAX),
  markup: '**<at id=all></at>[a](b)\n# '.repeat(20).slice(0, REMARK_MAX),
};
const much = (text: string, length: number) => text.repeat(Math.ceil(length / text.length)).slice(0, length);
const person = (i: number) => `E${String(i).padStart(39, '0')}`;
const name = (i: number) => `${'欧阳'.repeat(10)}${i}`;

function check(card: Card): void {
  const rendered = renderCard(card);
  expect(lintCard(rendered)).toEqual([]);
  expect(countElements(rendered)).toBeLessThanOrEqual(CARD_SAFE_ELEMENTS);
}
const contexts: [string, RenderContext][] = LOCALES.map((locale) => [locale, renderIn(locale)]);

const paper = (people: number): OpinionView['paper'] => ({
  review: REVIEW,
  branch: 'B001',
  period: '2026-Q3',
  status: 'form',
  until: NOON,
  subjects: Array.from({ length: people }, (_, i) => ({ person: person(i), name: name(i) })),
  minForms: 5,
  keptDays: 30,
  keptYears: 3,
});

describe.each(contexts)('in %s', (_locale, context) => {
  const named = { branchName: much('示例支部', 60), timezone: 'Asia/Shanghai' };

  it.each(Object.entries(worst))('the form holds 300 colleagues and full rows of %s', (_name, text) => {
    for (const rows of [0, PEOPLE_MAX - 1, PEOPLE_MAX])
      for (const page of [0, 1, 2]) {
        const typed = {
          branch: text,
          rows: Array.from({ length: rows }, (_, i) => ({ subject: person(i), text })),
          who: person(250),
          about: text,
        };
        check(opinionCard.render({ ...named, paper: paper(300), typed, page }, context));
      }
  });

  it('the form of a branch of one, and its ends', () => {
    const typed = { branch: '', rows: [], who: null, about: '' };
    for (const status of ['form', 'given', 'closed', 'not_asked'] as const)
      check(opinionCard.render({ ...named, paper: { ...paper(0), status }, typed, page: 0 }, context));
  });

  it.each(Object.entries(worst))(
    'raw texts of 300 people in %s fit page after page, each shown once',
    (_name, text) => {
      const remarks = Array.from({ length: 300 }, () => text);
      const pages = rawPages(remarks);
      expect(pages.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => from + i))).toEqual(
        remarks.map((_, i) => i),
      );
      for (const page of pages.keys())
        check(
          opinionGroupCard(
            {
              review: REVIEW,
              subject: person(1),
              name: name(1),
              remarks,
              grouped: null,
              keptYears: 3,
              page,
              text: much(text, GROUPED_MAX),
            },
            context,
          ),
        );
    },
  );

  it('many short raw texts fit too', () => {
    const remarks = Array.from({ length: 300 }, () => '好');
    for (const page of rawPages(remarks).keys())
      check(
        opinionGroupCard(
          { review: REVIEW, subject: 'branch', name: null, remarks, grouped: null, keptYears: 3, page, text: '' },
          context,
        ),
      );
  });

  const desk = {
    review: REVIEW,
    period: '2026-Q3',
    until: NOON,
    forwardBy: '2026-10-12',
    asked: 300,
    given: 299,
    minForms: 5,
    answerDays: 7,
    others: 1,
    texts: 3,
    mayPassOn: true,
    timezone: 'Asia/Shanghai',
  };
  it('the desk holds 300 subjects, half of them grouped', () => {
    const mine = Array.from({ length: 300 }, (_, i) => ({
      subject: i === 0 ? 'branch' : person(i),
      name: i === 0 ? null : name(i),
      remarks: 299,
      grouped: i % 2 === 0,
    }));
    check(opinionDeskCard.render({ ...desk, state: 'grouping', mine, passed: [], page: 0 }, context));
    const grouped = mine.map((one) => ({ ...one, grouped: true }));
    check(opinionDeskCard.render({ ...desk, state: 'grouping', mine: grouped, passed: [], page: 0 }, context));
  });
  it.each(Object.entries(worst))('the desk holds grouped texts and answers of %s', (_name, text) => {
    const passed = Array.from({ length: 300 }, (_, i) => ({
      subject: person(i),
      name: name(i),
      body: much(text, GROUPED_MAX),
      answerBy: '2026-10-16',
      answer: i % 2 === 0 ? much(text, ANSWER_MAX) : null,
    }));
    for (const page of [0, 1, 74])
      check(opinionDeskCard.render({ ...desk, state: 'passed_on', mine: [], passed, page }, context));
  });
  it.each(['open', 'unopened'] as const)('the desk while %s', (state) =>
    check(opinionDeskCard.render({ ...desk, state, mine: [], passed: [], page: 0 }, context)),
  );

  it.each(Object.entries(worst))(
    'the text passed on, its answer and the self-review beside it, in %s',
    (_name, text) => {
      const body = much(text, GROUPED_MAX);
      const answer = much(text, ANSWER_MAX);
      for (const about of ['own', 'branch'] as const)
        for (const reminder of [true, false])
          check(
            opinionMineCard.render(
              {
                review: REVIEW,
                period: '2026-Q3',
                about,
                body,
                answerBy: '2026-10-16',
                answer,
                open: true,
                reminder,
                keptYears: 3,
              },
              context,
            ),
          );
      check(opinionReplyCard.render({ period: '2026-Q3', answer }, context));
      const stars = Array.from({ length: 10 }, (_, i) => ({
        key: `star_${i}`,
        zh: '示例星',
        en: 'Example Star',
        individual: i < 3,
        indicators: Array.from({ length: 4 }, () => ({ zh: much(text, 50), en: much(text, 50) })),
      }));
      const texts = { achievements: much(text, 1_000), shortcomings: much(text, 1_000), direction: much(text, 1_000) };
      check(
        renderSelfReview(
          {
            review: REVIEW,
            period: '2026-Q3',
            kind: 'own',
            stars,
            marks: {},
            texts,
            open: true,
            filed: true,
            opinions: body,
            keptYears: 3,
          },
          context,
        ),
      );
    },
  );

  it('the call to a secretary', () =>
    check(opinionCallCard.render({ period: '2026-Q3', until: '2026-09-25' }, context)));
});
