import type { SameKeys } from '../same.ts';
import type { budget as zh } from '../zh/budget.ts';

export const budget: SameKeys<typeof zh> = {
  what: { budget_watch: 'Tell the office when a platform’s quota of the month will not do (once a month)' },
  platform: { lark: 'Feishu', dingtalk: 'DingTalk' },
  title: '{{platform}}: this month’s quota may not do',
  used: '{{platform}} this month: {{calls}} of {{callsPlan}} sent, {{pushes}} of {{pushesPlan}} received',
  ahead: 'Until the end of the month about {{calls}} more to send and {{pushes}} to receive.',
  ahead_short:
    'Until the end of the month about {{calls}} more to send and {{pushes}} to receive: that may be too much.',
  advice:
    'Once the quota is used up, the bot stops sending and receiving on {{platform}} until next month. Ask the organisation’s administrator for a larger plan, or move the reviews of some branches to next month.',
  review:
    '{{platform}} quota: this review still needs about {{calls}} sent and {{pushes}} received; {{callsLeft}} and {{pushesLeft}} are left this month.',
  review_short:
    'The {{platform}} quota may not do: this review still needs about {{calls}} sent and {{pushes}} received; only {{callsLeft}} and {{pushesLeft}} are left this month. You can go on; please tell the office.',
  first_short:
    'The {{platform}} quota may not do: this review needs about {{calls}} sent and {{pushes}} received; only {{callsLeft}} and {{pushesLeft}} are left this month.',
  open_title: 'Open the review, {{period}}?',
  open_choice:
    'The review is not open yet. You can ask the office first and put it off to next month, or open it now all the same.',
  open_anyway: 'Open all the same',
  open_typed: 'To open it all the same, send /review open {{period}} yes.',
  next: '{{platform}} quota: another review needs about {{calls}} sent and {{pushes}} received; {{callsLeft}} and {{pushesLeft}} are left this month.',
};
