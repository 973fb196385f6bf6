/** Printed boards (R59, R102). `name` goes into file names, so it is short and has no white space. */
export const boardfile = {
  name: { branch: '公开承诺公示板', all: '公开承诺公示板（支部和每名党员）', stars: '星榜' },
  stamp: '{{date}} · {{version}}',
  page: '第 {n} 页，共 {of} 页',
  continued: '（续）',
  missing: '〓：现有字体没有这个字（{codes}），请在公示板模板的 fonts 里加上有这个字的字体。',
  semicolon: '；',
  done: '✓ 已完成',
  none: '没有可以公布的内容。',
  mine: '我的公示板（PDF）',
  mine_year: '我的{{year}}年公示板（PDF）',
  branch: '支部公示板（PDF）',
  all: '全部公示板（PDF）',
  on_its_way: '正在生成，稍后私信发给您。',
  not_published: '{{year}}年的承诺还没有公布，公布后才有公示板。',
} as const;
