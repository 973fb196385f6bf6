/** Groups, as far as an ordinary robot has them: no list of chats, no list of members (platform/dingtalk.md §4.5). */
import { Hono } from 'hono';
import { z } from 'zod';
import type { Context } from '../context.ts';
import type { Env } from '../feishu/answer.ts';
import { fail, isRefused, ok, readBody, refuse } from './answer.ts';
import type { DingTalkApp } from './app.ts';
import { groupOf } from './target.ts';

const body = z.looseObject({ openConversationId: z.string() });

export function groupRoutes(app: DingTalkApp, ctx: Context): Hono<Env> {
  return new Hono<Env>()
    .post('/v1.0/im/chat/:chatId/convertToOpenConversationId', (c) => {
      // The old id of a group, `chat` and its open id without the first letters.
      const chat = ctx.world.chats.get(c.req.param('chatId').replace(/^chat/, 'cid'));
      return chat?.platform === 'dingtalk' && chat.type === 'group'
        ? ok(c, { openConversationId: chat.chatId })
        : fail(c, refuse('invalideChatId', 'there is no such chat'));
    })
    .post('/v1.0/im/sceneGroups/members/batchQuery', (c) =>
      fail(c, refuse('permession.checkFailed', 'only scene groups and groups with the app’s own add-on', 403)),
    )
    .post('/v1.0/robot/groups/robots/query', async (c) => {
      const read = await readBody(c, body);
      if (isRefused(read)) return fail(c, read);
      const chat = groupOf(ctx, read.body.openConversationId);
      if (isRefused(chat)) return fail(c, chat);
      return ok(c, { chatbotInstanceVOList: [{ robotCode: app.clientId, name: ctx.world.bot.name }] });
    });
}
