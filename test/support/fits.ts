/** That a card keeps every platform's limits, says nothing unfinished, and loses nothing on DingTalk. */
import { expect } from 'vitest';
import type { Card } from '../../src/card.ts';
import { readCardData } from '../../src/platform/dingtalk/card-data.ts';
import { lintCardData, refusals } from '../../src/platform/dingtalk/lint.ts';
import { renderCard as renderDingTalk } from '../../src/platform/dingtalk/render.ts';
import { CARD_SAFE_ELEMENTS } from '../../src/platform/lark/limits.ts';
import { countElements, lintCard } from '../../src/platform/lark/lint.ts';
import { renderCard as renderLark } from '../../src/platform/lark/render.ts';

/** Text full of what a renderer must escape. */
export const nasty = (n: number): string => '**<at id=all></at>"[链](x)_'.repeat(60).slice(0, n);
/** As long as a name of a branch gets. */
export const longName = (i: number): string => `${'示例'.repeat(15)}${i}支部`;

export function fits(card: Card): void {
  const lark = renderLark(card);
  expect(lintCard(lark)).toEqual([]);
  expect(countElements(lark)).toBeLessThanOrEqual(CARD_SAFE_ELEMENTS);
  const dingtalk = renderDingTalk(card, 'r1');
  expect(refusals(lintCardData(dingtalk))).toEqual([]);
  const shown = readCardData(dingtalk);
  const names = [...shown.formButtons, ...shown.sections.flatMap(({ buttons }) => buttons)].map(({ id }) => id);
  const want = card.blocks.flatMap((block) => ('buttons' in block ? block.buttons.map(({ name }) => name) : []));
  expect(names.toSorted()).toEqual(want.toSorted());
  expect(JSON.stringify(card)).not.toMatch(/undefined|\{\{|"(meeting|network|result|review|export|job)\.[a-z]/);
}
