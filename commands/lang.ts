import { defineCommand } from '../src/command.ts';
import type { Locale } from '../src/i18n.ts';
import { setLocale } from '../src/store/roster.ts';

const WORDS: ReadonlyMap<string, Locale> = new Map([
  ...['zh', 'zh-cn', '中文', '汉语', 'chinese'].map((word) => [word, 'zh-CN'] as const),
  ...['en', 'english', '英文', '英语'].map((word) => [word, 'en'] as const),
]);

export const langCommand = defineCommand({
  name: 'lang',
  zh: ['语言'],
  group: 'member',
  usage: 'zh|en',
  async run({ actor, args, tx }) {
    const locale = WORDS.get(args[0]?.toLowerCase() ?? '');
    if (locale === undefined) return { card: 'notice', args: { key: 'lang_usage' } };
    await setLocale(tx, actor.employeeNo, locale);
    return { card: 'notice', args: { key: 'lang_set' } };
  },
});
