/** The ballot's cards with the way to the web ballot on them, at their largest, as both platforms would judge them. */
import { describe, expect, it } from 'vitest';
import { ownBallotCard } from '../../cards/ballot.ts';
import { ballotLinkCard } from '../../cards/ballot-link.ts';
import { type BallotPageView, ballotPageCard } from '../../cards/ballot-page.ts';
import type { Card } from '../../src/card.ts';
import type { RenderContext } from '../../src/card-def.ts';
import { defaultCatalogue } from '../../src/domain/catalogue.ts';
import { LOCALES } from '../../src/i18n.ts';
import { plainText } from '../../src/plain-text.ts';
import { lintCardData, refusals as refusedData } from '../../src/platform/dingtalk/lint.ts';
import { renderCard as renderData } from '../../src/platform/dingtalk/render.ts';
import { CARD_SAFE_ELEMENTS } from '../../src/platform/lark/limits.ts';
import { countElements, lintCard } from '../../src/platform/lark/lint.ts';
import { renderCard } from '../../src/platform/lark/render.ts';
import { renderIn } from '../support/render-context.ts';

const NOON = Date.parse('2026-10-09T12:00:00+08:00');
const LINK = `https://a-rather-long-name-of-a-server.example.org/tenstar/ballot/${'e'.repeat(260)}`;
const BRANCH = '示范支部'.repeat(10);
const page: BallotPageView = {
  review: 'r'.repeat(40),
  draft: 'A'.repeat(520),
  branchName: BRANCH,
  period: '2026-Q3',
  page: 0,
  pages: 31,
  subject: 'E'.repeat(40),
  name: '欧阳'.repeat(10),
  graded: false,
  category: 'members_and_colleagues',
  stars: defaultCatalogue.member.map((star) => ({ ...star, individual: false })),
  marks: Array.from({ length: 10 }, () => 'x' as const),
  until: NOON,
  timezone: 'Asia/Shanghai',
  keptDays: 30,
  abstain: true,
};
function check(card: Card): void {
  const rendered = renderCard(card);
  expect(lintCard(rendered)).toEqual([]);
  expect(countElements(rendered)).toBeLessThanOrEqual(CARD_SAFE_ELEMENTS);
  expect(refusedData(lintCardData(renderData(card, 'rev')))).toEqual([]);
}
const buttonsOf = (card: Card) =>
  card.blocks.flatMap((block) => (block.kind === 'form' || block.kind === 'buttons' ? block.buttons : []));
const contexts: [string, RenderContext][] = LOCALES.map((locale) => [locale, renderIn(locale)]);

describe.each(contexts)('in %s', (_locale, context) => {
  const { t } = context;

  it('the first page offers to make a link; with one it has it, and nowhere is both', () => {
    const [none, ask, link] = [page, { ...page, web: 'ask' as const }, { ...page, web: { link: LINK } }].map((view) =>
      ballotPageCard(view, context),
    );
    for (const card of [none, ask, link]) check(card!);
    const names = (card: Card | undefined) =>
      buttonsOf(card!)
        .map(({ name }) => name)
        .filter((name) => name.startsWith('ballot_web'));
    expect([none, ask, link].map(names)).toEqual([[], ['ballot_web'], ['ballot_web_open']]);
    expect([none, ask, link].map((card) => card?.typed)).toEqual([
      undefined,
      t('webballot.typed'),
      t('webballot.typed'),
    ]);
    expect(buttonsOf(ballotPageCard({ ...page, page: 1, web: 'ask' }, context)).map(({ name }) => name)).toEqual([
      'ballot_next',
      'ballot_back',
    ]);
  });

  it('a leader of forty branches has one link before the forty cards', () => {
    const owed = Array.from({ length: 40 }, (_, i) => ({ review: `r${i}`, branchName: `${BRANCH}${i}` }));
    const card = ownBallotCard.render({ kind: 'choice', owed, link: LINK }, context);
    check(card);
    expect(buttonsOf(card)[0]).toMatchObject({
      name: 'ballot_web_open',
      link: LINK,
      label: t('webballot.open_all', { n: 40 }),
    });
    check(ownBallotCard.render({ kind: 'choice', owed, link: null }, context));
  });

  it('asked for by a client without cards, the link is ordinary text', () => {
    const card = ballotLinkCard.render({ kind: 'link', link: LINK }, context);
    expect(card.plain).toBe(true);
    expect(plainText(card)).toContain(`\n${LINK}`);
    for (const kind of ['none', 'unavailable'] as const)
      expect(plainText(ballotLinkCard.render({ kind }, context))).not.toContain('http');
  });
});
