import { describe, expect, it } from 'vitest';
import { catalogueHash, defaultCatalogue, parseCatalogue, unknownBarredStars } from '../../src/domain/catalogue.ts';
import { checkCriterion, NEUTRAL_WORDING, TOPICS } from '../../src/domain/criterion.ts';
import { defaultRules } from '../../src/domain/rules.ts';

const copy = () => structuredClone(defaultCatalogue);

describe('catalogue', () => {
  it('ships ten branch stars with 50 indicators and ten member stars with 32', () => {
    const count = (part: 'branch' | 'member') => defaultCatalogue[part].flatMap((star) => star.indicators).length;
    expect([defaultCatalogue.branch.length, count('branch'), defaultCatalogue.member.length, count('member')]).toEqual([
      10, 50, 10, 32,
    ]);
    expect(unknownBarredStars(defaultCatalogue, defaultRules)).toEqual([]);
  });
  it('puts stars in order and has a hash of its content', () => {
    const shuffled = { ...copy(), member: copy().member.toReversed() };
    expect(parseCatalogue(shuffled)).toEqual(defaultCatalogue);
    expect(catalogueHash(parseCatalogue(shuffled))).toBe(catalogueHash(defaultCatalogue));
  });
  it.each<[string, (it: ReturnType<typeof copy>) => void, RegExp]>([
    ['nine stars', (it) => it.member.pop(), /^member must have ten stars\.$/],
    ['an order twice', (it) => void (it.branch[1]!.order = 1), /^branch must have the orders 1 to 10, each once\.$/],
    [
      'a key twice',
      (it) => void (it.member[0]!.key = it.branch[0]!.key),
      /has the key "leadership_responsibility" twice/,
    ],
    [
      'a blank text',
      (it) => void (it.member[2]!.indicators[0]!.zh = '  '),
      /^member\[2\]\.indicators\[0\]\.zh must be at least 1 characters long\.$/,
    ],
    [
      'an unknown field',
      (it) => Object.assign(it.member[0]!, { indicator: [] }),
      /did you mean "member\[0\]\.indicators"/,
    ],
    [
      'a private matter',
      (it) => void (it.member[4]!.indicators[0]!.zh = '家庭和睦，婚姻稳定'),
      /^member\[4\]\.indicators\[0\]\.zh is about family, .* write for example: 办理公务时按规定主动回避$/,
    ],
  ])('refuses %s', (_, change, message) => {
    const it = copy();
    change(it);
    expect(() => parseCatalogue(it)).toThrow(message);
  });
  it('names all problems at once', () => {
    const wrong = copy();
    wrong.member[0]!.indicators[0]!.en = 'Attends church';
    wrong.branch[3]!.indicators[1]!.zh = '没有信访记录';
    expect(() => parseCatalogue(wrong)).toThrow(/branch\[3\][^\n]*petitions[^\n]*\nmember\[0\][^\n]*religion/);
  });
});

describe('criteria guard', () => {
  it.each([
    ['不信教、不参加宗教活动', 'religion'],
    ['Does not take part in religious events', 'religion'],
    ['信仰坚定', 'belief'],
    ['Holds firm beliefs', 'belief'],
    ['做好民族团结工作', 'ethnicity'],
    ['Belongs to an ethnic minority', 'ethnicity'],
    ['户籍在本市', 'origin'],
    ['Has the same home town as the team', 'origin'],
    ['家庭和睦', 'family'],
    ['A harmonious family', 'family'],
    ['八小时以外交友谨慎', 'private_life'],
    ['Behaves well after working hours, in spare time', 'private_life'],
    ['身体健康，无重大疾病', 'health'],
    ['Has taken no sick leave', 'health'],
    ['每月入户走访两次', 'home_visits'],
    ['Visits families every month', 'home_visits'],
    ['没有越级上访', 'petitions'],
    ['Has filed no complaints', 'petitions'],
    ['朋友圈内容积极向上', 'private_communications'],
    ['Keeps an eye on private messages', 'private_communications'],
    ['宗 教 活动', 'religion'],
    ['Ｆａｍｉｌｙ matters', 'family'],
  ])('%s: %s', (text, topic) => expect(checkCriterion(text)).toEqual({ ok: false, reason: topic }));
  it.each([
    '每季度组织一次健康向上的集体文化活动，自愿参加',
    '按时办结群众投诉事项',
    '对工作中的难点问题有人牵头、有办法、有进度',
    '为实现中华民族伟大复兴学习业务知识并完成学习任务',
    'Handles complaints from the public within the set time',
    'Originates two proposals a year and carries them out',
    'Is familiar with the rules of the post',
    '热情接待来访群众',
  ])('%s is about work', (text) => expect(checkCriterion(text)).toEqual({ ok: true, value: undefined }));
  it('offers a wording for every topic that passes itself', () => {
    for (const topic of TOPICS) {
      const { suggestion } = NEUTRAL_WORDING[topic];
      expect([checkCriterion(suggestion.zh), checkCriterion(suggestion.en)].every((it) => it.ok)).toBe(true);
    }
  });
});
