import { z } from 'zod';
import { text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import { say } from '../src/i18n.ts';
import { zh } from '../src/texts/zh/index.ts';

type NoticeKey = keyof typeof zh.notice;
const KEYS = Object.keys(zh.notice) as [NoticeKey, ...NoticeKey[]];

/** One sentence. `args.key` names it; the other arguments fill it in. */
export const noticeCard = defineCard({
  name: 'notice',
  audience: 'any',
  args: z.object({ key: z.enum(KEYS) }).catchall(z.union([z.string(), z.number()])),
  view: async (args) => args,
  render: ({ key, ...params }, { t }) => ({
    title: t('common.app'),
    summary: t('notice.title'),
    tone: 'blue',
    blocks: [text(say(t, `notice.${key}`, params))],
  }),
});
