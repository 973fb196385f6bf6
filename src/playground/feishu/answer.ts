/** Answers of the platform: one envelope, with the code that the statistics count. */
import type { HttpBindings } from '@hono/node-server';
import type { Context as HonoContext } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';
import type { Json } from '../world.ts';

export interface Env {
  Bindings: HttpBindings;
  Variables: { code: string | number; requestId?: string };
}
export type Call = HonoContext<Env>;

/** A refusal on its way to the answer. `msg` is for people; callers must match on `code`. */
export interface Refusal {
  code: number;
  msg: string;
  status?: ContentfulStatusCode;
  extra?: Json;
  headers?: Readonly<Record<string, string>>;
}
export const refuse = (code: number, msg: string, more: Omit<Refusal, 'code' | 'msg'> = {}): Refusal => ({
  code,
  msg,
  ...more,
});
export const isRefusal = (value: object): value is Refusal => 'code' in value && 'msg' in value;

export function ok(c: Call, data: Json, top: Json = {}): Response {
  c.set('code', 0);
  return c.json({ code: 0, msg: 'success', ...top, data });
}

export function fail(c: Call, { code, msg, status = 400, extra = {}, headers = {} }: Refusal): Response {
  c.set('code', code);
  for (const [name, value] of Object.entries(headers)) c.header(name, value);
  return c.json({ code, msg, error: { log_id: c.res.headers.get('x-tt-logid') ?? '', ...extra } }, status);
}

/** Reads a JSON body; a body that does not fit is 99992402 with the fields that are wrong. */
export async function readBody<T>(c: Call, schema: z.ZodType<T>): Promise<{ body: T; bytes: number } | Refusal> {
  const raw = await c.req.text();
  let parsed: unknown;
  try {
    parsed = JSON.parse(raw);
  } catch {
    return refuse(9499, 'Bad Request: the body is not JSON');
  }
  const result = schema.safeParse(parsed);
  return result.success
    ? { body: result.data, bytes: Buffer.byteLength(raw) }
    : fieldViolations(result.error.issues.map(({ path, message }) => [path.join('.'), message]));
}

export const fieldViolations = (fields: readonly (readonly [field: string, description: string])[]): Refusal =>
  refuse(99992402, 'field validation failed', {
    extra: { field_violations: fields.map(([field, description]) => ({ field, description })) },
  });

/** One page of a list, with the token of the next. */
export function page<T>(items: readonly T[], c: Call, most: number): Json | Refusal {
  const size = Number(c.req.query('page_size') ?? 20);
  if (!Number.isInteger(size) || size < 1 || size > most) {
    return fieldViolations([['page_size', `must be between 1 and ${most}`]]);
  }
  const token = c.req.query('page_token') ?? '';
  if (token !== '' && !/^p\d+$/.test(token)) return fieldViolations([['page_token', 'unknown']]);
  const from = token === '' ? 0 : Number(token.slice(1));
  const more = from + size < items.length;
  return { items: items.slice(from, from + size), has_more: more, page_token: more ? `p${from + size}` : '' };
}
