import type { SameKeys } from '../same.ts';
import type { meeting as zh } from '../zh/meeting.ts';

export const meeting: SameKeys<typeof zh> = {
  what: {
    monthly_summary_open: 'On the 25th: a draft of the month to the secretary of every branch',
    monthly_summary_remind: 'Three working days before the close: reminds secretaries who have not filed their summary',
    monthly_summary_close:
      'On the 5th of the next month: closes the monthly summary, tells liaison officers which branches are late',
    meeting_clock:
      'Sends notices three working days before a meeting, the sign-in card on the day, and reminders of missing minutes',
    leading_group_remind: 'In February, July and December: reminds leading groups to meet',
  },
  summary: {
    title: 'Summary of {{month}}',
    open: 'Please file it by {{date}}; until then it can be changed.',
    late: 'The close has passed; it can still be filed.',
    filed: 'Filed on {{date}}.',
    intro:
      'Say what was done, what the problems are, the plan and the measures. It goes to the branch chat; liaison officers and the work committee only see whether it was filed. Put the draft into your own words, and write no names under problems. Kept for three years.',
    agenda: 'Agenda of the monthly meeting (draft)',
    agenda_progress: '1. Progress: {{done}} tasks done, {{answered}} of {{due}} weekly checks answered',
    agenda_problems: '2. Problems: {{overdue}} tasks overdue, {{help}} need help',
    agenda_plan: '3. Plan: {{n}} tasks due next month',
    agenda_measures: '4. Measures: who, when, and how we shall know',
    progress: 'Progress',
    problems: 'Problems',
    plan: 'Plan',
    measures: 'Measures',
    draft_done: '{{n}} tasks done: {{texts}}',
    draft_checks: '{{weeks}} weekly checks, {{answered}} of {{due}} answered in time.',
    draft_overdue: '{{n}} tasks are overdue.',
    draft_help: '{{n}} tasks need the help of the branch.',
    draft_coming: '{{n}} tasks due next month: {{texts}}',
    submit: 'File it and post it to the branch chat',
    change: 'Change it and post it again',
    saved: 'Filed and posted to the branch chat.',
    saved_again: 'Changed and posted to the branch chat again.',
    saved_late: 'Filed late and posted to the branch chat.',
    write: 'Write the summary',
    remind: 'The monthly summary of your branch has not been filed yet; it closes on {{date}}.',
    sheet_title: '{{month}} in brief',
    sheet_changed: '{{branch}} (changed)',
    overdue_title: 'Branches without a summary of {{month}}',
    overdue: '{{n}} branches had not filed at the close. Please ask how they are getting on.',
    status: 'Summary of {{month}}: filed by {{filed}} of {{asked}} branches',
    me_owe: 'Summary of {{month}}, closes on {{date}}',
    problem: {
      missing: 'Please fill in: {{fields}}.',
      long: '{{fields}}: too long, at most {{max}} characters, please.',
      names: 'The summary goes to the branch chat; please write no names under problems: {{names}}.',
      closed: 'This month is closed; a summary that was filed cannot be changed any more.',
    },
  },
};
