import { defineCommand } from '../src/command.ts';
import { openYears } from '../src/domain/commitment.ts';
import { today } from '../src/domain/period.ts';
import { onCommittee } from '../src/usecases/access.ts';
import { mayWrite } from '../src/usecases/commit/sheet.ts';
import { countWaiting } from '../src/usecases/stars/post-approval.ts';

const WORDS: ReadonlyMap<string, 'branch' | 'queue' | 'tasks' | 'status' | 'posts'> = new Map([
  ['branch', 'branch'],
  ['支部', 'branch'],
  ['review', 'queue'],
  ['approve', 'queue'],
  ['审定', 'queue'],
  ['审批', 'queue'],
  ['tasks', 'tasks'],
  ['任务', 'tasks'],
  ['status', 'status'],
  ['情况', 'status'],
  ['进度', 'status'],
  ['posts', 'posts'],
  ['岗位', 'posts'],
  ['个性星', 'posts'],
]);
const YEAR = /^(\d{4})年?$/;
const notice = (key: string, args: Record<string, string | number> = {}) => ({
  card: 'notice',
  args: { key, ...args },
});

/** The own sheet; for who has none, what waits for approval. Words open the other parts. */
export const commitCommand = defineCommand({
  name: 'commit',
  zh: ['承诺'],
  group: 'member',
  for: ['party', 'leader'],
  usage: '[year] [branch|posts|review|tasks|status]',
  async run({ actor, args, now, use, tx, t }) {
    const date = today(now, use.config.timezone);
    const years = openYears(date);
    const typed = args.map((word) => word.normalize('NFKC').toLowerCase());
    const year = Number(
      typed.map((word) => YEAR.exec(word)?.[1]).find((digits) => digits !== undefined) ?? date.slice(0, 4),
    );
    const words = typed.filter((word) => !YEAR.test(word));
    const word = words[0] === undefined ? undefined : WORDS.get(words[0]);
    if (words.length > 1 || (words.length === 1 && word === undefined)) return notice('commit_word');
    if (!years.includes(year)) return notice('commit_year', { years: years.join(t('common.and')) });
    switch (word) {
      case 'branch':
        return mayWrite(actor, 'branch')
          ? { card: 'commitment', args: { year, whose: 'branch', star: 0 } }
          : notice('not_secretary');
      case 'posts':
        return mayWrite(actor, 'branch') ? { card: 'post_groups', args: { year } } : notice('not_secretary');
      case 'queue':
        return { card: 'commitment_queue', args: {} };
      case 'tasks':
        return mayWrite(actor, 'branch') ? { card: 'tasks', args: { page: 0 } } : notice('not_secretary');
      case 'status':
        return onCommittee(actor, actor.branch) ? { card: 'commitments', args: { year } } : notice('not_committee');
      case undefined: {
        if (mayWrite(actor, 'own')) return { card: 'commitment', args: { year, whose: 'own', star: 0 } };
        return (await countWaiting(tx, use, actor)) > 0
          ? { card: 'commitment_queue', args: {} }
          : notice('commit_not_member');
      }
    }
  },
});
