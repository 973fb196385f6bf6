/**
 * Names for the synthetic city. Every one is invented and meant to look it: families are called after weather and water, given
 * names after seasons and scenery, areas after the stars of the Dipper. No place and no office of this city exists.
 */
export const DISTRICTS = ['天枢', '天璇', '天玑', '天权', '玉衡', '开阳', '摇光'] as const;

/** What a unit looks after; with its area in front it is the name of the unit. */
export const TRADES = [
  '档案',
  '统计',
  '测绘',
  '气象',
  '园林',
  '供水',
  '图书',
  '公交',
  '信息',
  '文化',
  '体育',
  '科普',
  '粮储',
  '计量',
  '排水',
  '路灯',
  '渔业',
  '林业',
  '印刷',
  '展览',
  '桥隧',
  '农机',
  '电教',
  '广播',
  '环卫',
  '防汛',
  '文保',
  '节能',
  '航标',
  '种苗',
] as const;

const FAMILIES = Array.from('晨霞露虹岚汐曦霁澜溪帆砚筝笺棠荷苇梧榆萤');
const GIVEN = [
  '立春',
  '雨水',
  '惊蛰',
  '春分',
  '谷雨',
  '立夏',
  '小满',
  '芒种',
  '夏至',
  '小暑',
  '立秋',
  '处暑',
  '白露',
  '秋分',
  '寒露',
  '立冬',
  '小雪',
  '冬至',
  '初晴',
  '长风',
  '远山',
  '晚星',
  '朝雾',
  '南窗',
  '北斗',
  '新月',
  '归帆',
  '听雨',
  '问渠',
  '知秋',
] as const;
export const NAME_COUNT = FAMILIES.length * GIVEN.length;

/** Shares no factor with the number of names, so that all come up before one comes again, and neighbours look different. */
const STEP = 47;

/** The name with a number; numbers that lie `NAME_COUNT` apart have the same. */
export function personName(n: number): string {
  const at = (n * STEP) % NAME_COUNT;
  const family = FAMILIES[at % FAMILIES.length] ?? '';
  const given = GIVEN[(Math.floor(at / FAMILIES.length) + (at % FAMILIES.length)) % GIVEN.length] ?? '';
  return `${family}${given}`;
}
