/** The display-board template: a file holds only what differs, and what is wrong in it is said in sentences. */
import { describe, expect, it } from 'vitest';
import defaults from '../../src/domain/board-template.default.json' with { type: 'json' };
import { defaultBoardTemplate, fillIn, parseBoardTemplate } from '../../src/domain/board-template.ts';

const problems = (data: unknown): string[] => {
  try {
    parseBoardTemplate(data);
    return [];
  } catch (error) {
    return error instanceof Error ? error.message.split('\n') : [];
  }
};

describe('a template', () => {
  it('is the default where nothing else is said', () => {
    expect(parseBoardTemplate({})).toEqual(defaults);
    expect(defaultBoardTemplate).toEqual(defaults);
  });
  it('takes over single values, and whole lists', () => {
    const columns = [{ show: 'text', width: 60, zh: '内容', en: 'What' }];
    const template = parseBoardTemplate({ paper: 'A4', colours: { accent: '#004488' }, member: { columns } });
    expect(template).toMatchObject({
      paper: 'A4',
      orientation: 'landscape',
      colours: { accent: '#004488', text: '#1C1B1F' },
    });
    expect(template.member).toEqual({ ...defaults.member, columns });
    expect(template.branch).toEqual(defaults.branch);
  });
  it.each<[string, unknown, string]>([
    ['a list', [], 'The whole must be a section in braces, not a list.'],
    ['a paper nobody has', { paper: 'A5' }, 'paper must be one of "A3", "A4".'],
    [
      'a name for a colour',
      { colours: { accent: 'red' } },
      'colours.accent must be a colour written as # and six digits, such as "#B3261E".',
    ],
    [
      'a slip in a key',
      { colours: { acent: '#000000' } },
      '"colours.acent" is not known; did you mean "colours.accent"?',
    ],
    ['small type', { text_size: 4 }, 'text_size must be at least 8.'],
    [
      'a placeholder of another board',
      { branch: { title: { zh: '{name}' } } },
      'branch.title.zh holds {name}, which is not known; known here are {branch}, {unit}, {district}, {year}.',
    ],
    [
      'stars without names',
      { stars: { columns: [{ show: 'stars', width: 50, zh: '星', en: 'Stars' }] } },
      'stars.columns must show at least name and stars.',
    ],
    [
      'a column twice',
      { member: { columns: Array.from({ length: 2 }, () => ({ show: 'text', width: 50, zh: '内容', en: 'What' })) } },
      'member.columns must show each thing once.',
    ],
    [
      'a column of scores',
      { stars: { columns: [...defaults.stars.columns, { show: 'score', width: 10, zh: '得分', en: 'Score' }] } },
      'stars.columns[4].show must be one of "name", "stars", "outstanding", "level".',
    ],
    ['a collection of fonts', { fonts: ['simsun.ttc'] }, 'fonts[0] must be a font file that ends with .ttf or .otf.'],
  ])('with %s is refused in a sentence', (_what, data, sentence) => {
    expect(problems(data)).toEqual([sentence]);
  });
  it('names everything that is wrong at once', () => {
    expect(problems({ paper: 'B4', margin_mm: 1, text_size: '16' })).toHaveLength(3);
  });
  it('has its braces filled in', () => {
    expect(fillIn('{branch}{year}年{x}', { branch: '晴川{year}', year: '2027' })).toBe('晴川{year}2027年');
  });
});
