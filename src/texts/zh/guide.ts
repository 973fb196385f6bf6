/** Project descriptions. */
export const guide = {
  title: '项目说明和操作模板',
  intro: '点一项查看怎么做；也可发送 /模板 序号。',
  who: '谁参加',
  when: '什么时候',
  steps: '怎么做',
  keep: '留下什么材料',
  stars: '服务的星',
  all: '全部项目',
} as const;
