import type { SameKeys } from '../same.ts';
import type { command as zh } from '../zh/command.ts';

export const command: SameKeys<typeof zh> = {
  title: 'Commands',
  intro:
    'Type them in our private chat, or in a group after @me. Nothing personal is shown in a group; it is sent to you privately.',
  member: 'Everybody',
  secretary: 'Branch work',
  office: 'District and city',
  line: '/{{name}} (/{{zh}}){{usage}}: {{what}}',
  privacy_title: 'How your information is treated',
  privacy:
    'Only what the work needs is kept: name, unit, branch, role, commitments and tasks, weekly checks, self-review, totals of ballots, decisions. Nobody can see a ballot, not even an administrator; raw ballots are destroyed {{days}} after the result is final; opinions are anonymous, only the one who groups them (the branch secretary; for those about the secretary, the deputy or a committee member) reads the raw texts after the close, and they are destroyed once passed on; self-reviews, result sheets and commitments are kept for {{years}}; a weekly check is seen by the person and the branch secretary only and kept until the annual appraisal is over. Nothing about private life is collected.',
  /** By the name of the command. */
  what: {
    help: 'the commands',
    me: 'what I owe, my stars, who looked at my results',
    check: 'weekly self-check',
    commit: 'my commitments',
    signin: 'sign in to the review meeting, once it has begun and I am there',
    ballot: 'get my ballot; "web" where you see no cards',
    selfreview: 'write my self-review',
    opinion: 'give opinions; see those passed on to you; group them',
    object: 'object to a published result',
    meeting: 'register of meetings, minutes, attendance of leaders',
    bind: 'link an account; secretaries make codes for others',
    lang: 'change the language',
    guide: 'project descriptions and templates',
    rules: 'The rules of the year, their version and the main dates; a year may follow',
    stars: 'standards of the ten stars, and the items of your branch and unit; with a name, that star',
    verify: 'check that a receipt was counted',
    review:
      'the review console; words: open, meeting, agenda, ballot, extend, close, reopen, confirm, publish; "confirm yes" where nobody is named',
    status: 'how far reviews and the year are, the half-year look, the report',
    remind: 'remind those who owe (privately)',
    results: 'results',
    summary: 'monthly summary',
    activity: 'activities',
    export: 'count sheet, publicity list and data, commitment boards, or a whole year, as files',
    league: 'league of branches',
    guidance: 'guidance for the review',
    leading: 'meetings of the leading group and evidence of the five sames',
    jobs: 'scheduled jobs',
    outbox: 'messages on their way',
  },
};
