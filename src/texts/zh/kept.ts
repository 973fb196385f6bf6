/** How long things are kept, and the short line of each form: who sees what is written in it (F6). Terms are settings. */
export const kept = {
  year: '1 年',
  years: '{{n}} 年',
  day: '1 天',
  days: '{{n}} 天',
  working_day: '1 个工作日',
  working_days: '{{n}} 个工作日',
  /** By form. */
  form: {
    activity: '应邀支部、片区联络员和工委办公室能看到；保存 {{years}}。',
    chat_setup: '本群的人都能看到；机器人在群里期间一直保留。',
    commitment_decision: '意见只给本人和审定人看；随承诺保存 {{years}}。',
    confirmation: '决定和理由给本人、支部委员会、单位领导和处理异议的人看，突出星随结果公布；保存 {{years}}。',
    due: '名单和不能到会的类别会前在支部公布；保存到下一次年度评议终定。',
    excuse: '类别只给支部书记、副书记看，本人的结果只写有正当原因；保存 {{years}}。',
    guest_answer: '主办支部能看到，来宾支部随时可查；保存 {{years}}。',
    guest_checklist: '保存 {{years}}。',
    guidance: '支部书记、委员能看到，片区联络员能看到哪些支部未阅；保存 {{years}}。',
    leading: '保存 {{years}}。',
    meeting_notice: '支部和受邀的人能看到；随评议结果保存 {{years}}。',
    minutes: '保存 {{years}}。',
    objection_case: '答复给本人看，申诉时也给上一级办理人看；保存 {{years}}。',
    opinion_group: '归纳后的文字只给本人（关于支部的给支部书记）和支部委员会看，保存 {{years}}；原文转达后销毁。',
    post_decision: '意见只给支部书记和审定人看；保存 {{years}}。',
    task: '负责人和支部书记、副书记能看到；保存 {{years}}。',
  },
} as const;
