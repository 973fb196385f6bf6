/** How long things are kept, and the short line of each form: who sees what is written in it (F6). Terms are settings. */
export const kept = {
  year: '1 年',
  years: '{{n}} 年',
  day: '1 天',
  days: '{{n}} 天',
  working_day: '1 个工作日',
  working_days: '{{n}} 个工作日',
} as const;
