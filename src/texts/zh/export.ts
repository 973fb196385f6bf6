/** Results as files. `name` goes into file names, so it is short and has no white space. */
export const exporting = {
  title: '导出',
  about: '{{place}}{{period}}',
  city: '全市',
  intro: '以下文件随后逐个私信发给您：',
  file: {
    count_sheet: '测评汇总表（XLSX，可直接打印）',
    publicity: '公示表（XLSX，可直接打印）',
    results_csv: '结果数据（CSV，含分数）',
    results_json: '结果数据（JSON，含分数）',
    stars_csv: '星级数据（CSV，不含分数）',
    stars_json: '星级数据（JSON，不含分数）',
    league_csv: '支部排行（CSV）',
  },
  name: {
    count_sheet: '测评汇总表',
    publicity: '公示表',
    results_csv: '测评结果',
    results_json: '测评结果',
    stars_csv: '星级结果',
    stars_json: '星级结果',
    league_csv: '支部排行',
  },
  with_scores: '文件含分数，仅供支部委员会和单位领导使用，请勿转发。导出会记入审计记录，名单上的同志能看到谁导出过。',
  without_scores: '文件只含已公布的星和星级，不含分数。导出会记入审计记录。',
  publicity_later: '公示表在支部委员会确认结果后可以导出。',
} as const;
