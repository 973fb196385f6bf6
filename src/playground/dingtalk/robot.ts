/** Robot messages, to a group or to people, and taking them back (platform/dingtalk.md §3.2, §3.6). */
import { Hono } from 'hono';
import { z } from 'zod';
import { PEOPLE_PER_BATCH, RECALL_PER_BATCH } from '../../platform/dingtalk/limits.ts';
import type { Context } from '../context.ts';
import type { Env } from '../feishu/answer.ts';
import type { Chat, Message } from '../world.ts';
import { fail, isRefused, ok, readBody, type Refused, refuse } from './answer.ts';
import type { DingTalkApp } from './app.ts';
import { type Content, readMessage } from './message-param.ts';
import { findPerson, groupOf, isReachable, mayCount, tooFast } from './target.ts';

const RECALL_MS = 24 * 3_600_000;
const message = { robotCode: z.string(), msgKey: z.string(), msgParam: z.string() };
const groupBody = z.looseObject({ ...message, openConversationId: z.string() });
const peopleBody = z.looseObject({ ...message, userIds: z.array(z.string()).min(1).max(PEOPLE_PER_BATCH) });
const keys = z.array(z.string()).min(1).max(RECALL_PER_BATCH);
const recallGroupBody = z.looseObject({
  robotCode: z.string(),
  openConversationId: z.string(),
  processQueryKeys: keys,
});
const recallPeopleBody = z.looseObject({ robotCode: z.string(), processQueryKeys: keys });

export function robotRoutes(app: DingTalkApp, ctx: Context): Hono<Env> {
  const { clock, random, world } = ctx;
  const { switches } = app;
  /** By the key of a batch: what it sent. The key of one message is its id. */
  const batches = new Map<string, Message[]>();

  function post(chat: Chat, msgKey: string, content: Content): Message {
    const now = clock.now();
    return world.post({
      chatId: chat.chatId,
      sender: { kind: 'bot', id: app.clientId, name: world.bot.name },
      msgType: msgKey,
      content: '',
      card: null,
      ...content,
      uuid: null,
      parentId: null,
      created: now,
      updated: now,
    });
  }
  const isRobot = (code: string): Refused | null =>
    code === app.clientId ? null : refuse('invalidParameter.robotCode.notExsit', 'there is no such robot');

  /** Takes back what a key names, as far as `fits` allows. */
  function recall(names: readonly string[], fits: (found: Message) => string | null) {
    const successResult: string[] = [];
    const failedResult: Record<string, string> = {};
    for (const name of names) {
      const own = world.messages.get(name);
      const found = batches.get(name) ?? (own ? [own] : []);
      const wrong = found.length === 0 ? 'not found' : found.map(fits).find((why) => why !== null);
      if (wrong !== undefined && wrong !== null) {
        failedResult[name] = wrong;
        continue;
      }
      for (const one of found) {
        one.recalled = true;
        world.touch(one);
      }
      successResult.push(name);
    }
    return { successResult, failedResult };
  }

  return new Hono<Env>()
    .post('/v1.0/robot/groupMessages/send', async (c) => {
      const read = await readBody(c, groupBody);
      if (isRefused(read)) return fail(c, read);
      const { robotCode, msgKey, msgParam, openConversationId } = read.body;
      const chat = isRobot(robotCode) ?? groupOf(ctx, openConversationId);
      if (isRefused(chat)) return fail(c, chat);
      const content = readMessage(world, msgKey, msgParam, switches.unsafe_word);
      if (isRefused(content)) return fail(c, content);
      if (!mayCount(ctx, chat)) return fail(c, tooFast());
      return ok(c, { processQueryKey: post(chat, msgKey, content).messageId });
    })
    .post('/v1.0/robot/oToMessages/batchSend', async (c) => {
      const read = await readBody(c, peopleBody);
      if (isRefused(read)) return fail(c, read);
      const { robotCode, msgKey, msgParam, userIds } = read.body;
      const robot = isRobot(robotCode);
      if (robot) return fail(c, robot);
      const content = readMessage(world, msgKey, msgParam, switches.unsafe_word);
      if (isRefused(content)) return fail(c, content);
      const invalid: string[] = [];
      const controlled: string[] = [];
      const sent: Message[] = [];
      for (const id of new Set(userIds)) {
        const person = findPerson(ctx, id);
        const chat = person && isReachable(person) ? world.privateChat(person.openId, 'dingtalk') : null;
        if (chat === null) invalid.push(id);
        else if (random.chance(switches.flow_controlled) || !mayCount(ctx, chat)) controlled.push(id);
        else sent.push(post(chat, msgKey, content));
      }
      const processQueryKey = world.newId('pqk');
      batches.set(processQueryKey, sent);
      return ok(c, { processQueryKey, invalidStaffIdList: invalid, flowControlledStaffIdList: controlled });
    })
    .post('/v1.0/robot/groupMessages/recall', async (c) => {
      const read = await readBody(c, recallGroupBody);
      if (isRefused(read)) return fail(c, read);
      const wrong = isRobot(read.body.robotCode);
      if (wrong) return fail(c, wrong);
      const { openConversationId, processQueryKeys } = read.body;
      return ok(
        c,
        recall(processQueryKeys, ({ chatId }) => (chatId === openConversationId ? null : 'not in this conversation')),
      );
    })
    .post('/v1.0/robot/otoMessages/batchRecall', async (c) => {
      const read = await readBody(c, recallPeopleBody);
      if (isRefused(read)) return fail(c, read);
      const wrong = isRobot(read.body.robotCode);
      if (wrong) return fail(c, wrong);
      const late = ({ created }: Message) => clock.now() - created > RECALL_MS;
      return ok(
        c,
        recall(read.body.processQueryKeys, (found) => (late(found) ? 'robot.processQueryKey.expired' : null)),
      );
    });
}
