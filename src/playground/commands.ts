/** What the page offers to type, unless whoever starts the playground hands in another list. */
const command = (name: string, zh: string, aboutZh: string, aboutEn: string) => ({
  name: `/${name}`,
  zh: `/${zh}`,
  about: { zh: aboutZh, en: aboutEn },
});

/** The first six are offered as chips. */
export const COMMANDS = [
  command('help', '帮助', '能用的命令', 'what you can do here'),
  command('me', '我的', '我要做什么、我的星', 'what I owe, my stars'),
  command('ballot', '投票', '再要一张测评票', 'another ballot'),
  command('review', '评议', '评议控制台（书记）', 'the review console (secretary)'),
  command('results', '结果', '评议结果', 'results of a review'),
  command('league', '排行', '争星排行', 'the league table'),
  command('signin', '签到', '到会签到', 'sign in to the meeting'),
  command('selfreview', '自评', '填写季度自评', 'write the self-review'),
  command('commit', '承诺', '写公开承诺', 'write public commitments'),
  command('check', '自查', '每周自查', 'the weekly check'),
  command('opinion', '意见', '填写征求意见表', 'give opinions'),
  command('meeting', '会议', '会议登记和记录', 'meetings and minutes'),
  command('guide', '模板', '项目说明和模板', 'project descriptions'),
  command('stars', '星项', '每颗星的标准、本单位的项目', 'what each star means, items of the unit'),
  command('rules', '规则', '本年按什么规则', 'by which rules the year is run'),
  command('status', '进度', '谁还没做完，只看数字', 'how far things are, in numbers'),
  command('remind', '催办', '提醒还没做的人', 'remind those who owe'),
  command('export', '导出', '导出汇总表、公示表', 'count sheet and publicity list'),
  command('summary', '总结', '每月总结（书记）', 'the monthly summary (secretary)'),
  command('activity', '活动', '活动登记', 'activities'),
  command('guidance', '指导', '季评指导意见', 'guidance for the review'),
  command('leading', '领导小组', '领导小组会议和材料', 'the leading group'),
  command('jobs', '任务', '定时任务（办公室）', 'scheduled jobs (office)'),
  command('outbox', '消息', '消息发送情况（办公室）', 'messages on their way (office)'),
  command('verify', '核验', '核验测评票回执', 'check a receipt'),
  command('object', '异议', '对结果提出异议', 'object to a result'),
  command('bind', '绑定', '绑定账号', 'link an account'),
  command('lang', '语言', '中文或英文', 'Chinese or English'),
];
