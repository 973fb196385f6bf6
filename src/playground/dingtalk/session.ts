/** Answering by the address that came with a message: no token, for ninety minutes (platform/dingtalk.md §3.3). */
import { Hono } from 'hono';
import { z } from 'zod';
import type { Context } from '../context.ts';
import type { Env } from '../feishu/answer.ts';
import type { Chat } from '../tenant.ts';
import { failOld, isRefused, okOld, readBody } from './answer.ts';
import type { DingTalkApp } from './app.ts';
import type { Quota } from './quota.ts';
import { mayCount } from './target.ts';

const LIFE_MS = 90 * 60_000;
const KEPT = 20_000;
const titled = z.looseObject({ title: z.string().min(1), text: z.string().min(1) });
const body = z.discriminatedUnion('msgtype', [
  z.looseObject({ msgtype: z.literal('text'), text: z.looseObject({ content: z.string().min(1) }) }),
  z.looseObject({ msgtype: z.literal('markdown'), markdown: titled }),
  z.looseObject({ msgtype: z.literal('link'), link: titled.extend({ messageUrl: z.string() }) }),
  z.looseObject({ msgtype: z.literal('actionCard'), actionCard: titled }),
]);

export interface Sessions {
  routes: Hono<Env>;
  open(chat: Chat): { url: string; until: number };
}

/** Answers count like pushes (§3.9). */
export function createSessions(app: DingTalkApp, ctx: Context, quota: Quota): Sessions {
  const { clock, stats, world } = ctx;
  const known = new Map<string, { chat: Chat; until: number }>();

  return {
    open(chat) {
      const session = world.newId('ev');
      const until = clock.now() + LIFE_MS;
      for (const old of known.keys()) if (known.size >= KEPT) known.delete(old);
      known.set(session, { chat, until });
      return { url: `${app.base}/robot/sendBySession?session=${session}`, until };
    },
    routes: new Hono<Env>().post('/robot/sendBySession', async (c) => {
      const found = known.get(c.req.query('session') ?? '');
      const answer = async () => {
        if (!found || found.until < clock.now()) return failOld(c, 300_001, 'session 不存在');
        quota.take('pushes');
        const read = await readBody(c, body);
        if (isRefused(read)) return failOld(c, 400_105, read.message);
        if (!mayCount(ctx, found.chat)) return failOld(c, 410_100, 'send too fast');
        const now = clock.now();
        const said = read.body;
        const text =
          said.msgtype === 'text'
            ? said.text.content
            : said.msgtype === 'markdown'
              ? said.markdown.text
              : said.msgtype === 'link'
                ? `${said.link.title}\n${said.link.text}\n${said.link.messageUrl}`
                : `${said.actionCard.title}\n${said.actionCard.text}`;
        world.post({
          chatId: found.chat.chatId,
          sender: { kind: 'bot', id: app.clientId, name: world.bot.name },
          msgType: said.msgtype,
          content: '',
          card: null,
          text,
          file: null,
          uuid: null,
          parentId: null,
          created: now,
          updated: now,
        });
        return okOld(c, {});
      };
      const response = await answer();
      stats.call('POST /robot/sendBySession', c.get('code'));
      return response;
    }),
  };
}
