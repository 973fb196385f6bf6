import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { nearest } from '../../src/domain/nearest.ts';

const KNOWN = [
  'help',
  'me',
  'ballot',
  'selfreview',
  'review',
  'results',
  'remind',
  '帮助',
  '我的',
  '投票',
  '评议',
  '结果',
  '征求意见',
];

describe('nearest', () => {
  it.each([
    ['revew', 'review'],
    ['REVIEW', 'review'],
    ['remnd', 'remind'],
    ['m', 'me'],
    ['评仪', '评议'],
    ['投', '投票'],
    ['评议开启', '评议'],
    ['征求意见表', '征求意见'],
    ['征求意见表格在哪里', '征求意见'],
    ['helpme', 'help'],
    ['reviews', 'review'],
    ['mexico', null], // two letters at the beginning are chance
    ['天气预报', null],
    ['constructor', null],
    ['', null],
  ])('%j: %j', (typed, want) => expect(nearest(typed, KNOWN)).toBe(want));

  property.prop([fc.string({ maxLength: 40 })])('answers with a known word or none, whatever is typed', (typed) => {
    const found = nearest(typed, KNOWN);
    expect(found === null || KNOWN.includes(found)).toBe(true);
  });
  property.prop([fc.constantFrom(...KNOWN)])('knows every word itself', (word) => {
    expect(nearest(word, KNOWN)).toBe(word);
  });
});
