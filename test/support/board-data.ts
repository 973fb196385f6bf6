/** Boards with made-up data: names of every length, full items, rare characters, nothing at all. */
import { defaultBoardTemplate, parseBoardTemplate } from '../../src/domain/board-template.ts';
import { defaultCatalogue } from '../../src/domain/catalogue.ts';
import type { Review } from '../../src/domain/review.ts';
import type { BoardFile } from '../../src/exports/board/content.ts';
import { type Locale, translator } from '../../src/i18n.ts';
import { branchPart, memberPart } from '../../src/usecases/board/commitment-parts.ts';
import { starsPart } from '../../src/usecases/board/stars-part.ts';
import { boardFile, type BoardSpeech } from '../../src/usecases/board/words.ts';
import type { BoardSheet, CommitmentBoard } from '../../src/usecases/commit/publish.ts';
import type { PublishedMember } from '../../src/usecases/published.ts';

/** The last two hold characters beyond the first plane; no packaged font has the very last one. */
export const NAMES = [
  '林示',
  '欧阳示例',
  '买买提艾力·阿卜杜热合曼',
  '示例阿依古丽·吐尔逊江·买买提明·玉素甫江',
  '李示范',
  'Alexandria Montgomery-Featherstonehaugh',
  '龘龖示例',
  '陈𫖮',
] as const;
export const RARE = '王𡋾示例';
/** A hundred characters, as many as an item may have. */
export const LONG_TEXT = Array.from(
  '每月走访企业两次，公开办件时限、联系电话和投诉办法，对群众反映的每一件事当天登记、三天内答复、七天内办结，办不了的当面说明原因，并在支部会上逐件通报，请大家监督：凡逾期未办的，由本人向支部说明情况，提出改进办法，并按期整改到位不拖延。',
)
  .slice(0, 100)
  .join('');
export const LONG_RESULT = Array.from(
  '办件按期率不低于百分之九十五，群众满意率不低于百分之九十八，投诉件全部办结并有回访记录，全年无一件超期',
)
  .slice(0, 50)
  .join('');
export const LONG_ENGLISH = `Visit two enterprises every month, publish time limits, and answer every question within three working days without exception. ${'w'.repeat(60)}`;

const POST: BoardSheet['post'] = {
  year: 2027,
  name: '窗口服务岗',
  stars: defaultCatalogue.member.slice(0, 2).map((star) => ({ ...star, individual: true })),
};
const UNIT_ITEMS: CommitmentBoard['unitItems'] = [
  {
    name: '“一窗通办”专项行动',
    from: '2027-03-01',
    to: '2027-10-31',
    ownerName: '欧阳示例',
    stars: defaultCatalogue.branch.slice(0, 2),
  },
];

type Items = BoardSheet['items'];
const SHORT = ['每月公开一次办件时限', '按期率不低于95%'] as const;

function items(count: number, level: 'branch' | 'member', how: 'short' | 'long' | 'mixed' | 'english'): Items {
  const stars = defaultCatalogue[level];
  return Array.from({ length: count }, (_, n) => {
    const long = how === 'long' || how === 'english' || (how === 'mixed' && n % 3 === 0);
    const star = stars[Math.floor(n / 2) % stars.length] ?? { zh: '', en: '' };
    return {
      star: { zh: star.zh, en: star.en },
      text: long ? (how === 'english' ? LONG_ENGLISH : LONG_TEXT) : `第${n + 1}件事：${SHORT[0]}`,
      result: long ? LONG_RESULT : SHORT[1],
      due: `2027-${String((n % 12) + 1).padStart(2, '0')}-28`,
      done: n % 4 === 1,
    };
  });
}

export interface HeavyBoard {
  members: number;
  how?: 'short' | 'long' | 'mixed' | 'english';
  branchItems?: number;
  locale?: Locale;
  template?: unknown;
  extraNames?: readonly string[];
}
export const sheetsOf = ({ members, how = 'mixed', branchItems = 6, extraNames = [] }: HeavyBoard): BoardSheet[] => {
  const names = [
    ...extraNames,
    ...Array.from({ length: members }, (_, n) => `${NAMES[n % NAMES.length] ?? ''}${n < NAMES.length ? '' : n + 1}`),
  ];
  return [
    ...(branchItems > 0 ? [{ name: null, post: null, items: items(branchItems, 'branch', how) }] : []),
    ...names.slice(0, members).map((name, n) => ({
      name,
      post: n % 4 === 1 ? POST : null,
      items: items(how === 'long' || how === 'english' ? 10 : 3 + (n % 5), 'member', how),
    })),
  ];
};
const speech = ({ locale = 'zh-CN', template }: Pick<HeavyBoard, 'locale' | 'template'> = {}): BoardSpeech => ({
  template: template === undefined ? defaultBoardTemplate : parseBoardTemplate(template),
  branch: { name: '晴川第一党支部', unitName: '示例市晴川局', districtName: '示例片区' },
  locale,
  t: translator(locale),
});
const about = { version: { year: 2027, version: 2, hash: '1a2b3c4d5e6f' }, date: '2027-03-01' };

/** The board of a branch; with `each` every member's as well. */
export function commitmentFile(heavy: HeavyBoard, each = false): BoardFile {
  const said = speech(heavy);
  const sheets = sheetsOf(heavy);
  const whole = branchPart({ sheets, unitItems: UNIT_ITEMS }, 2027, said);
  const members = sheets.filter((sheet) => sheet.name !== null).map((sheet) => memberPart(sheet, 2027, said));
  return boardFile(each ? [whole, ...members] : [whole], { title: whole.title, ...about }, said);
}

/** `members` people, some with all ten stars and some with none. */
const starMembers = (members: number): PublishedMember[] =>
  Array.from({ length: members }, (_, n) => {
    const stars = defaultCatalogue.member.slice(0, [10, 7, 3, 0, 8][n % 5]);
    return {
      name: `${NAMES[n % NAMES.length] ?? ''}${n < NAMES.length ? '' : n + 1}`,
      level: stars.length,
      stars: stars.map(({ zh, en }, i) => ({ zh, en, outstanding: n % 3 === 0 && i < 2 })),
    };
  });
export function starFile(members: number, period: string): BoardFile {
  const said = speech();
  const part = starsPart({ review: { period } as Review, members: starMembers(members) }, said);
  return boardFile([part], { title: part.title, ...about }, said);
}
