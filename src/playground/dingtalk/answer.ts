/** Refusals of DingTalk's two interfaces (platform/dingtalk.md §3.7): the new one says it by status and word, the old one by number. */
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';
import type { Call } from '../feishu/answer.ts';
import type { Json } from '../world.ts';

export interface Refused {
  refused: string;
  message: string;
  status: ContentfulStatusCode;
  scopes?: readonly string[];
}
export const refuse = (
  refused: string,
  message: string,
  status: ContentfulStatusCode = 400,
  scopes?: readonly string[],
): Refused => ({ refused, message, status, ...(scopes ? { scopes } : {}) });
export const isRefused = (value: object): value is Refused => 'refused' in value;

export function ok(c: Call, body: Json): Response {
  c.set('code', 'ok');
  return c.json(body);
}

export function fail(c: Call, { refused, message, status, scopes }: Refused): Response {
  c.set('code', refused);
  const detail = scopes ? { accessdenieddetail: { requiredScopes: scopes } } : {};
  return c.json({ code: refused, requestid: c.get('requestId') ?? '', message, ...detail }, status);
}

/** Always HTTP 200. */
export function okOld(c: Call, body: Json): Response {
  c.set('code', 0);
  return c.json({ errcode: 0, errmsg: 'ok', ...body, request_id: c.get('requestId') ?? '' });
}
export function failOld(c: Call, errcode: number, errmsg: string, more: Json = {}): Response {
  c.set('code', errcode);
  return c.json({ errcode, errmsg, ...more, request_id: c.get('requestId') ?? '' });
}

/** The body of a call; a refusal that names the first field that is wrong. */
export async function readBody<T>(c: Call, schema: z.ZodType<T>): Promise<{ body: T } | Refused> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(await c.req.text());
  } catch {
    return refuse('invalidParameter.json', 'the body is not JSON');
  }
  const result = schema.safeParse(parsed);
  if (result.success) return { body: result.data };
  const { path = [], message = '' } = result.error.issues[0] ?? {};
  const field = path.map(String).join('.');
  return refuse(`invalidParameter.${field}`, `${field}: ${message}`);
}
