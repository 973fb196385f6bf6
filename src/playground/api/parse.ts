/** Reading requests of the playground's own interface: a wrong one is answered 400 with a sentence. */
import type { Context as HonoContext } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import type { Context } from '../context.ts';
import type { DingTalk } from '../dingtalk/index.ts';
import type { Chat, Message, Person } from '../world.ts';

const stop = (status: 400 | 404, message: string): never => {
  throw new HTTPException(status, { message });
};

export async function bodyOf<T>(c: HonoContext, schema: z.ZodType<T>): Promise<T> {
  const raw = await c.req.text();
  let value: unknown;
  try {
    value = raw === '' ? {} : JSON.parse(raw);
  } catch {
    return stop(400, 'the body is not JSON');
  }
  const result = schema.safeParse(value);
  return result.success ? result.data : stop(400, z.prettifyError(result.error));
}

export const personOf = ({ world }: Context, id: string | undefined): Person =>
  world.people.get(id ?? '') ?? stop(404, `nobody has the id ${id ?? ''}`);
export const chatOf = ({ world }: Context, id: string | undefined): Chat =>
  world.chats.get(id ?? '') ?? stop(404, `no chat has the id ${id ?? ''}`);
export const messageOf = ({ world }: Context, id: string | undefined): Message =>
  world.messages.get(id ?? '') ?? stop(404, `no message has the id ${id ?? ''}`);
export const mobileOf = ({ world }: Context, mobile: string): Person =>
  world.byMobile(mobile) ?? stop(400, `nobody has the number ${mobile}`);

export const dingTalkOf = ({ dingtalk }: Context): DingTalk =>
  dingtalk ?? stop(400, 'this playground was started without an app of DingTalk');

/** A whole number from the query, within bounds. */
export const numberOf = (c: HonoContext, name: string, fallback: number, most: number): number => {
  const value = Number(c.req.query(name) ?? fallback);
  return Number.isFinite(value) ? Math.min(Math.max(0, Math.floor(value)), most) : fallback;
};
