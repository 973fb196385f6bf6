import { defineCommand } from '../src/command.ts';
import { currentYear } from '../src/usecases/scheme/adopt.ts';

/** By what this year is run, or the year that is named; the office can adopt what the files say. */
export const rulesCommand = defineCommand({
  name: 'rules',
  zh: ['规则'],
  group: 'member',
  usage: '[year]',
  async run({ args, use, now }) {
    const [typed] = args;
    if (typed === undefined) return { card: 'rules', args: { year: currentYear(use, now) } };
    const year = /^(20\d\d)年?$/.exec(typed)?.[1];
    return year === undefined
      ? { card: 'notice', args: { key: 'rules_bad_year' } }
      : { card: 'rules', args: { year: Number(year) } };
  },
});
