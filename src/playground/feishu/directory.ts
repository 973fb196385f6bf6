/** People, chats and the bot itself (platform/lark.md §4.8, §4.9). */
import { Hono } from 'hono';
import { z } from 'zod';
import { BATCH_GET_ID_MAX, CHAT_PAGE_MAX } from '../../platform/lark/limits.ts';
import type { Context } from '../context.ts';
import type { Person } from '../world.ts';
import { type Env, fail, isRefusal, ok, page, readBody, refuse } from './answer.ts';

const some = z.array(z.string()).max(BATCH_GET_ID_MAX).optional();
const lookup = z.looseObject({ emails: some, mobiles: some, include_resigned: z.boolean().optional() });
const KEYS = { open_id: 'openId', union_id: 'unionId', user_id: 'userId' } as const;
type IdType = keyof typeof KEYS;
const isIdType = (type: string): type is IdType => type in KEYS;

export function directoryRoutes({ world, config }: Context): Hono<Env> {
  const status = (person: Person) => ({
    is_frozen: false,
    is_resigned: person.resigned,
    is_activated: true,
    is_exited: false,
    is_unjoin: false,
  });

  return new Hono<Env>()
    .post('/open-apis/contact/v3/users/batch_get_id', async (c) => {
      const type = c.req.query('user_id_type') ?? 'open_id';
      if (!isIdType(type)) return fail(c, refuse(99992402, 'field validation failed'));
      const read = await readBody(c, lookup);
      if (isRefusal(read)) return fail(c, read);
      const { emails = [], mobiles = [], include_resigned: resigned = false } = read.body;
      const found = mobiles.map((mobile) => {
        const person = world.byMobile(mobile.replace(/^\+86/, ''));
        return person?.platforms.includes('lark') && (resigned || !person.resigned)
          ? { user_id: person[KEYS[type]], mobile, status: status(person) }
          : { mobile }; // no user_id at all, as the platform does
      });
      return ok(c, { user_list: [...found, ...emails.map((email) => ({ email }))] });
    })
    .get('/open-apis/im/v1/chats', (c) => {
      const groups = [...world.chats.values()].filter(
        (chat) => chat.platform === 'lark' && chat.type === 'group' && chat.bot && !chat.dissolved,
      );
      const items = groups.map((chat) => ({
        chat_id: chat.chatId,
        avatar: '',
        name: chat.name,
        description: '',
        owner_id: [...chat.members][0] ?? '',
        owner_id_type: 'open_id',
        external: false,
        tenant_key: world.tenantKey,
        chat_status: 'normal',
      }));
      const answer = page(items, c, CHAT_PAGE_MAX);
      return isRefusal(answer) ? fail(c, answer) : ok(c, answer);
    })
    .get('/open-apis/im/v1/chats/:id/members', (c) => {
      const chat = world.chats.get(c.req.param('id'));
      const type = c.req.query('member_id_type') ?? 'open_id';
      if (!isIdType(type)) return fail(c, refuse(99992402, 'field validation failed'));
      if (chat?.platform !== 'lark') return fail(c, refuse(232006, 'the chat_id is invalid'));
      if (chat.dissolved) return fail(c, refuse(232009, 'the chat has been dissolved'));
      if (!chat.bot) return fail(c, refuse(232011, 'the bot is not in the chat'));
      const people = [...chat.members].flatMap((id) => world.people.get(id) ?? []);
      const items = people.map((person) => ({
        member_id_type: type,
        member_id: person[KEYS[type]],
        name: person.name,
        tenant_key: world.tenantKey,
      }));
      const answer = page(items, c, CHAT_PAGE_MAX);
      return isRefusal(answer) ? fail(c, answer) : ok(c, { ...answer, member_total: people.length });
    })
    .get('/open-apis/bot/v3/info', (c) => {
      c.set('code', 0);
      const bot = {
        activate_status: 2,
        app_name: world.bot.name,
        avatar_url: '',
        ip_white_list: [],
        open_id: world.bot.openId,
      };
      return c.json({ code: 0, msg: 'ok', bot, app_id: config.appId });
    });
}
