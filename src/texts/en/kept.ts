import type { SameKeys } from '../same.ts';
import type { kept as zh } from '../zh/kept.ts';

export const kept: SameKeys<typeof zh> = {
  year: 'one year',
  years: '{{n}} years',
  day: 'one day',
  days: '{{n}} days',
  working_day: 'one working day',
  working_days: '{{n}} working days',
  /** By form. */
  form: {
    activity: 'The branches invited, the liaison officers and the work committee’s office see it; kept for {{years}}.',
    chat_setup: 'Everybody in this group sees it; kept as long as the bot is in the group.',
    commitment_decision:
      'Only the person and the approvers see the comment; kept for {{years}}, as the commitments are.',
    confirmation:
      'The person, the branch committee, the leaders of the unit and those who decide an objection see decisions and reasons; outstanding stars are published with the results; kept for {{years}}.',
    due: 'The list, and the category of those who cannot come, is published to the branch before the meeting; kept until the next annual appraisal is final.',
    excuse:
      'Only the secretary and the deputy see the category, the person’s result says only that there was a good reason; kept for {{years}}.',
    guest_answer: 'The host branch sees it, and your own; kept for {{years}}.',
    guest_checklist: 'Kept for {{years}}.',
    guidance:
      'Secretaries and committees of branches see it, liaison officers see which branches have not read it; kept for {{years}}.',
    leading: 'Kept for {{years}}.',
    meeting_notice: 'The branch and those invited see it; kept for {{years}}, as results are.',
    minutes: 'Kept for {{years}}.',
    elector_excuse: 'Only those who run the review see the category; kept for {{years}}.',
    rating: 'The person, the secretary and the deputy see it, of the reason only the category; kept for {{years}}.',
    settle: 'Kept with the case for {{years}}.',
    objection_case: 'The person sees the answer, and after an appeal those who decide it; kept for {{years}}.',
    opinion_group:
      'Only the person (for the branch, its secretary) and the branch committee see the reworded text, kept for {{years}}; the raw texts are destroyed once it is passed on.',
    post_decision: 'Only the branch secretary and the approvers see the comment; kept for {{years}}.',
    task: 'Whoever carries the task, the secretary and the deputy see it; kept for {{years}}.',
  },
};
