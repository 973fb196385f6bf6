export const common = {
  app: '双十星',
  next: '下一步',
  back: '返回',
  yes: '是',
  no: '否',
  dont_know: '不了解',
  /** Between the items of a list, between clauses, between a word and what it stands for. */
  and: '、',
  comma: '，',
  semicolon: '；',
  colon: '：',
} as const;
