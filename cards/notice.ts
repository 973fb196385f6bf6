import { z } from 'zod';
import { text } from '../src/card.ts';
import { defineCard, type RenderContext } from '../src/card-def.ts';
import { parsePeriod } from '../src/domain/period.ts';
import { say } from '../src/i18n.ts';
import { periodName } from '../src/period-name.ts';
import { zh } from '../src/texts/zh/index.ts';
import { day } from './shared/when.ts';

type NoticeKey = keyof typeof zh.notice;
const KEYS = Object.keys(zh.notice) as [NoticeKey, ...NoticeKey[]];

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;
/** Periods and dates are stored as data and read as people say them, in the language of whoever reads. */
function inWords(value: string | number, { t, locale }: RenderContext): string | number {
  if (typeof value !== 'string') return value;
  if (ISO_DATE.test(value)) return day(value, locale);
  return parsePeriod(value) === null ? value : periodName(t, value);
}

/** One sentence. `args.key` names it; the other arguments fill it in. */
export const noticeCard = defineCard({
  name: 'notice',
  audience: 'any',
  args: z.object({ key: z.enum(KEYS) }).catchall(z.union([z.string(), z.number()])),
  view: async (args) => args,
  render({ key, ...params }, context) {
    const { t } = context;
    const said = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, inWords(value, context)]));
    return {
      title: t('common.app'),
      summary: t('notice.title'),
      tone: 'blue',
      blocks: [text(say(t, `notice.${key}`, said))],
    };
  },
});
