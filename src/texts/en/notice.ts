import type { SameKeys } from '../same.ts';
import type { notice as zh } from '../zh/notice.ts';

export const notice: SameKeys<typeof zh> = {
  title: 'Note',
  not_a_command: 'I only read commands that start with "/". Send /help to see them.',
  unknown_command: 'There is no such command. Send /help to see what there is.',
  did_you_mean: 'There is no such command. Did you mean /{{command}}?',
  failed:
    'That did not work and nothing was changed. Please try again in a moment; if it still fails, ask the work committee office.',
  sent_privately: 'Sent to you privately: see your chat with me.',
  write_privately:
    'I do not know you yet. In our private chat, send: /bind employee-number code (ask your branch secretary for the code).',
  stranger_click: 'I do not know you yet. In our private chat, send: /bind employee-number code.',
  stranger:
    'I do not know this account yet. Send: /bind employee-number code. Your branch secretary gives you the code; it is good for 15 minutes.',
  no_user_id:
    'I cannot see whose account this is, so I can do nothing for you yet. Please make sure that you are in the contacts of this organisation; if everybody hears this, an administrator has to publish a version of the app.',
  old_card: 'This card is out of date. Send /me or /review to open the current one.',
  received: 'That tap was received. If the card does not change, tap again in a few seconds.',
  failed_late:
    'What you tapped a moment ago did not work. Please open that card again and try once more; if it still fails, ask the work committee office.',
  still_working: 'Still working on it. Please look again in a moment.',
  still_working_tap: 'Still working on it. Please tap the same button again in a moment: it tells you how it stands.',
  chat_lost:
    'The bot was removed from the group "{{chat}}" and no longer posts there. Add the bot to the group again to resume.',
  bind_usage: 'Send: /bind employee-number code. Your branch secretary gives you the code.',
  bind_ok: 'Linked: {{name}}. Send /help to see what you can do.',
  bind_expired: 'The code has expired. Ask your branch secretary for a new one.',
  bind_wrong: 'The employee number or the code is wrong. Check them and try again.',
  bind_too_many: 'Too many wrong tries; the code is void. Ask your branch secretary for a new one.',
  bind_taken: 'This account is linked to somebody else. Ask the work committee office.',
  bind_issued:
    'Code for {{name}}: {{code}} (good for 15 minutes, once). Tell them in person or by telephone; they send in our private chat: /bind {{employee}} {{code}}',
  bind_issued_own:
    'Your code: {{code}} (good for 15 minutes, once). From your other account, send in the private chat with the bot: /bind {{employee}} {{code}}',
  bind_has_account:
    '{{name}} already uses an account. To change it or add one, they send /bind {{employee}} from that account; if it can no longer be used, the work committee office makes the code.',
  bind_another:
    'Another account was just linked to you ({{name}}). If that was not you, tell the work committee office at once.',
  bind_not_yours:
    'Only the secretary or deputy of the branch, or the work committee office, can make a code for somebody else.',
  bind_unknown_person: 'The roster has no such employee number.',
  bind_already: 'You are linked as {{name}} ({{branch}}). To link another account as well, send /bind {{employee}}.',
  lang_set: 'The language is now English.',
  lang_usage: 'Send /lang en or /语言 中文.',
  rating_feedback:
    'Review of {{period}}: the branch has recorded that you are rated for feedback only, without a star level. Please file your self-review as usual. If this is wrong, tell your secretary.',
  rating_none:
    'Review of {{period}}: at your request the branch has recorded that you are not rated. You may still vote and make commitments. If this is wrong, tell your secretary.',
  rating_usual:
    'Review of {{period}}: the branch has recorded that you are rated as usual. Please file your self-review.',
  not_secretary:
    'Only the secretary or deputy secretary of this branch can do this; where there is neither, a committee member, and without a committee the office.',
  not_committee: 'Only members of the branch committee can do this.',
  rules_bad_year: 'Please write a year, for example /rules 2027.',
  not_office: 'Only the work committee office can do this.',
  not_allowed_results: 'You can see the results of your own branch and of the district you look after.',
  not_allowed_league:
    'League tables are for liaison officers and the work committee office; published ones go to the district chat.',
  no_review: 'Your branch has no review now. The secretary starts one with /review open.',
  no_review_budget:
    'Your branch has no review now. The secretary starts one with /review open: it needs about {{calls}} sent and {{pushes}} received; {{callsLeft}} and {{pushesLeft}} are left of this month’s quota.',
  no_opinions: 'Your branch is not gathering opinions now.',
  not_counted:
    'The ballot of {{branch}}, {{period}}, has not been counted yet. There are results after the close and the count.',
  not_published: 'The result of {{branch}}, {{period}}, has not been published yet.',
  no_review_period: 'There is no review for {{period}}.',
  bad_period: 'I cannot read that period. Write it like 2026-Q3.',
  bad_scope: 'I cannot read that. Write a period like 2026-Q3, a district or a branch by its code, like D1 or B001.',
  nothing_to_open: 'The last quarters all have a review. To open a certain quarter, send /review open 2026-Q3.',
  review_exists: 'The review for {{period}} is open already. Send /review to see the next step.',
  review_word: 'There is no such step. Words: open, meeting, agenda, ballot, extend, close, reopen, confirm, publish.',
  wrong_state: 'Not possible now: this review is in the state "{{state}}". Send /review to see the next step.',
  agenda_finished: 'All items of the agenda are done.',
  agenda_not_finished:
    'The ballot cannot open yet: it opens after mutual appraisal. Tick the agenda items in /review first.',
  agenda_moved_on: 'That item is done already; the card was updated.',
  extended_already: 'The ballot has just been extended; the card was updated.',
  quorum_missing: 'The ballot cannot open yet: {{due}} due, {{present}} present, {{missing}} missing.',
  bar_dropped:
    'The branch committee no longer intends not to count stars of yours, {{period}}; you need not state your side.',
  confirm_on_card: 'It cannot be confirmed like this: {{problem}} Please change it on the card.',
  hearing_open: 'A hearing is still open, so the results cannot be confirmed yet.',
  not_refused: 'Only a review whose tally was refused can be reopened.',
  nobody_to_rate: 'This branch has no member to rate, so the ballot cannot open. Check the roster.',
  year_follows:
    'The papers of {{year}} (XLSX, ready to print, without scores) follow privately. It is noted in the audit trail.',
  year_word:
    'Write /export year, or /export year 2027. A district may follow, as in /export year 2027 D1; office and liaison officers write /export year branch for their own branch.',
  year_future: 'The year {{year}} has not begun; there is nothing to export.',
  year_nothing: 'Nothing was recorded in {{year}}; there is nothing to export.',
  year_place: 'There is no such district, or it is not yours. Write it as in /export year 2027 D1.',
  not_allowed_year:
    'A whole year is for the secretary and deputy (their own branch), the liaison officer (the district) and the office.',
  boards_follow: 'All boards of {{year}} (the branch’s and each member’s, PDF) follow privately.',
  boards_none: 'The commitments of {{year}} are not published yet; the boards come with them.',
  boards_word: 'Write /export boards, or /export boards 2027.',
  commit_year: 'Years that can be opened now: {{years}}. Type /commit, or /commit and a year.',
  commit_not_member: 'Commitments are made by members. Nothing is waiting for your approval.',
  commit_word:
    'Not understood. Use /commit, /commit with a year, /commit branch, /commit posts, /commit review, /commit tasks, /commit status.',
  no_guidance: 'There is no guidance yet.',
  no_ballot: 'You have no ballot to cast now.',
  not_elector: 'You are not on the electoral roll of this review. The roll is fixed when the ballot opens.',
  verify_usage: 'Send /verify and your receipt, for example /verify K7Q2-M9TD.',
  verify_yes: 'This receipt is in the counted list of {{branch}}, {{period}}.',
  verify_no: 'No published list has this receipt. Check the spelling; lists exist only after the ballot has closed.',
  remind_done: 'Reminded {{n}} people who still owe something (privately; no list is shown to anyone).',
  remind_none: 'Nobody needs a reminder.',
  remind_quiet: '{{n}} people will be reminded at {{at}} (nobody is disturbed outside working hours).',
  objection_none: 'There is no result you can object to now. Objections are open during the notice.',
  objection_late:
    'An objection or appeal in the {{period}} review of {{branch}} was to be answered by {{by}} and is still open. Please see that it is dealt with; who filed it and what it says is for those who decide.',
  correction_late:
    'Review of {{branch}}, {{period}}: an upheld objection was to be followed by a correction by {{by}} and still waits. Please see to it; only those who handle the case see whose it is and what it says.',
  objection_nobody:
    'Review of {{branch}}, {{period}}: an objection (or appeal, or correction) has nobody who may handle it: it must be somebody who did not run the tally, has no part in the case and did not decide it before. Please name committee members or members of the leading group in the roster and check their chat accounts; they are reminded after that.',
  stepped_aside: 'You have stepped aside; others handle this case.',
  not_allowed_export:
    "Files with scores are for the branch's own committee and the leaders of its unit; published lists and the league for liaison officers and the work committee office. Your own result: /results.",
  export_place:
    'There is no such branch or district, or it is not within your work. Write it like this: /export 2026-Q3 B001.',
  export_not_counted:
    'The ballot of {{branch}}, {{period}}, has not been counted yet; it can be exported after the count.',
  export_nothing: 'Nothing of {{period}} has been published yet; it can be exported after publication.',
  self_not_member: 'Self-reviews are written by members.',
  month_not_a_month: 'That month cannot be read. Write it as /summary 2026-10.',
  month_too_early: 'That month has not begun.',
  month_too_old: 'Months more than a year back cannot be filed any more.',
  not_keeper: 'This register is kept by the members of the unit’s Party-building leading group.',
};
