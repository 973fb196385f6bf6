export const common = {
  app: '双十星',
  submit: '提交',
  next: '下一步',
  back: '返回',
  cancel: '取消',
  yes: '是',
  no: '否',
  dont_know: '不了解',
  none: '无',
  /** Between the items of a list, between clauses, between a word and what it stands for. */
  and: '、',
  comma: '，',
  semicolon: '；',
  colon: '：',
} as const;
