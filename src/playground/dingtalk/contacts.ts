/** Lookups of people, old interface (platform/dingtalk.md §4.3). One department holds everybody. */
import { Hono } from 'hono';
import { z } from 'zod';
import type { Context } from '../context.ts';
import type { Call, Env } from '../feishu/answer.ts';
import type { Json, Person } from '../world.ts';
import { failOld, isRefused, okOld, readBody } from './answer.ts';
import { findPerson } from './target.ts';

const ROOT = 1;
const PAGE_MAX = 100;
const department = z.looseObject({ dept_id: z.coerce.number() });
const list = department.extend({ cursor: z.coerce.number().min(0), size: z.coerce.number().min(1).max(PAGE_MAX) });

export function contactRoutes(ctx: Context): Hono<Env> {
  const { world } = ctx;
  const result = (c: Call, value: unknown) => okOld(c, { result: value });
  const nobody = (c: Call) => failOld(c, 60121, 'there is no such user');
  const employees = () =>
    [...world.people.values()].filter(({ platforms, resigned }) => platforms.includes('dingtalk') && !resigned);
  const details = ({ dingtalk, name, available }: Person): Json => ({
    userid: dingtalk.userId,
    unionid: dingtalk.unionId,
    name,
    dept_id_list: [ROOT],
    title: '',
    admin: false,
    boss: false,
    active: available,
  });
  /** Reads the body; a wrong one is 40035. */
  async function bodyOf<T>(c: Call, schema: z.ZodType<T>): Promise<T | Response> {
    const read = await readBody(c, schema);
    return isRefused(read) ? failOld(c, 40035, `invalid parameter: ${read.message}`) : read.body;
  }

  return new Hono<Env>()
    .post('/topapi/v2/user/getbymobile', async (c) => {
      const body = await bodyOf(c, z.looseObject({ mobile: z.string() }));
      if (body instanceof Response) return body;
      const mobile = body.mobile.replace(/^\+?86-?/, '');
      if (!/^\d{5,15}$/.test(mobile)) return failOld(c, 40104, 'invalid mobile');
      const person = world.byMobile(mobile);
      return person?.platforms.includes('dingtalk') && !person.resigned
        ? result(c, { userid: person.dingtalk.userId, exclusive_account_userid_list: [] })
        : nobody(c);
    })
    .post('/topapi/v2/user/get', async (c) => {
      const body = await bodyOf(c, z.looseObject({ userid: z.string() }));
      if (body instanceof Response) return body;
      const person = findPerson(ctx, body.userid);
      return person && !person.resigned ? result(c, details(person)) : nobody(c);
    })
    .post('/topapi/user/getbyunionid', async (c) => {
      const body = await bodyOf(c, z.looseObject({ unionid: z.string() }));
      if (body instanceof Response) return body;
      const person = findPerson(ctx, body.unionid, 2);
      return person && !person.resigned ? result(c, { contact_type: 0, userid: person.dingtalk.userId }) : nobody(c);
    })
    .post('/topapi/user/listsimple', async (c) => {
      const body = await bodyOf(c, list);
      if (body instanceof Response) return body;
      if (body.dept_id !== ROOT) return failOld(c, 60003, 'there is no such department');
      const all = employees();
      const end = body.cursor + body.size;
      const page = all.slice(body.cursor, end).map(({ dingtalk, name }) => ({ userid: dingtalk.userId, name }));
      const more = end < all.length;
      return result(c, { list: page, has_more: more, ...(more ? { next_cursor: end } : {}) });
    })
    .post('/topapi/user/listid', async (c) => {
      const body = await bodyOf(c, department);
      if (body instanceof Response) return body;
      return body.dept_id === ROOT
        ? result(c, { userid_list: employees().map(({ dingtalk }) => dingtalk.userId) })
        : failOld(c, 60003, 'there is no such department');
    })
    .post('/topapi/v2/department/listsub', async (c) => {
      const body = await bodyOf(c, department.partial());
      return body instanceof Response ? body : result(c, []);
    });
}
