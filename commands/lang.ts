import { defineCommand } from '../src/command.ts';
import type { Locale } from '../src/i18n.ts';
import { setLocale } from '../src/store/roster.ts';

const WORDS: Readonly<Record<string, Locale>> = { zh: 'zh-CN', 'zh-cn': 'zh-CN', 中文: 'zh-CN', 汉语: 'zh-CN', chinese: 'zh-CN', en: 'en', english: 'en', 英文: 'en', 英语: 'en' };

export const langCommand = defineCommand({
  name: 'lang',
  zh: ['语言'],
  group: 'member',
  usage: 'zh|en',
  async run({ actor, args, tx }) {
    const locale = WORDS[args[0]?.toLowerCase() ?? ''];
    if (locale === undefined) return { card: 'notice', args: { key: 'lang_usage' } };
    await setLocale(tx, actor.employeeNo, locale);
    return { card: 'notice', args: { key: 'lang_set' } };
  },
});
