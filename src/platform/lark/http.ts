/**
 * The HTTP instance the SDK sends through: Node's own `fetch`, with a time limit and with errors that hold numbers only. The
 * SDK's default waits forever, and its errors carry the request with token and body (platform/lark.md §5.2).
 */
import type { HttpInstance, HttpRequestOptions } from '@larksuiteoapi/node-sdk';
import { z } from 'zod';
import { type LarkRefusal, refusalOf } from './errors.ts';

/** Connecting, sending and reading the answer together. */
export const REQUEST_TIMEOUT_MS = 8_000;

/** The API did not do what was asked. Message and fields hold numbers only, so it may be logged. */
export class LarkHttpError extends Error {
  readonly refusal: LarkRefusal;
  constructor(refusal: LarkRefusal) {
    super(`lark api: http ${refusal.status}, code ${refusal.code}`);
    this.name = 'LarkHttpError';
    this.refusal = refusal;
  }
}

const envelope = z.looseObject({ code: z.number().catch(0), msg: z.string().catch('') });

/**
 * @param onCode `throw`: an answer with a code other than 0 is an error whatever its HTTP status, so there is one way to fail;
 *   `return`: it is handed to the SDK, which has its own way with it (long connection)
 * @param onAnswer is shown the headers of every answer
 */
export function createHttp(onCode: 'throw' | 'return', onAnswer: (headers: Headers) => void = () => {}): HttpInstance {
  const request = async (options: HttpRequestOptions<unknown>) => {
    const response = await send(options);
    onAnswer(response.headers);
    const body = await read(response);
    const failed = !response.ok || body === null || body.code !== 0;
    if (failed && (onCode === 'throw' || body === null)) {
      throw new LarkHttpError(refusalOf(response.status, response.headers, body?.code ?? 0, body?.msg ?? ''));
    }
    // The SDK takes `data` apart before it looks at the code of the answer.
    return onCode === 'return' ? { data: {}, ...body } : body;
  };
  const without =
    (method: string) =>
    (url: string, options: HttpRequestOptions<unknown> = {}) =>
      request({ ...options, url, method });
  const withBody =
    (method: string) =>
    (url: string, data?: unknown, options: HttpRequestOptions<unknown> = {}) =>
      request({ ...options, url, data, method });
  const instance = {
    request,
    get: without('GET'),
    delete: without('DELETE'),
    head: without('HEAD'),
    options: without('OPTIONS'),
    post: withBody('POST'),
    put: withBody('PUT'),
    patch: withBody('PATCH'),
  };
  return instance as HttpInstance; // the SDK's interface promises each caller the type it asks for; callers check with zod
}

const unanswered = () => new LarkHttpError(refusalOf(0, null, 0, ''));

async function send(options: HttpRequestOptions<unknown>): Promise<Response> {
  const method = (options.method ?? 'GET').toUpperCase();
  const headers = new Headers(stringRecord(options.headers));
  const body = method === 'GET' || method === 'HEAD' ? undefined : encode(options.data, headers);
  try {
    return await fetch(address(options), {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
      redirect: 'error',
      signal: AbortSignal.timeout(options.timeout ?? REQUEST_TIMEOUT_MS),
    });
  } catch {
    throw unanswered(); // the cause is dropped: it may quote what was sent
  }
}

/** The body as an object, null when it is not one. */
async function read(response: Response): Promise<z.infer<typeof envelope> | null> {
  let text: string;
  try {
    text = await response.text();
  } catch {
    throw unanswered();
  }
  try {
    return envelope.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function address({ url = '', params = {} }: HttpRequestOptions<unknown>): URL {
  const target = new URL(url);
  for (const [name, value] of Object.entries(params)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean') {
        target.searchParams.append(name, String(one));
      }
    }
  }
  return target;
}

/** JSON, or a form with files when the caller's header says so (`fetch` then sets the header itself, with the boundary). */
function encode(data: unknown, headers: Headers): string | FormData {
  if (headers.get('content-type')?.startsWith('multipart/form-data') !== true) {
    headers.set('content-type', 'application/json; charset=utf-8');
    return JSON.stringify(data ?? {});
  }
  headers.delete('content-type');
  const form = new FormData();
  for (const [name, value] of Object.entries(data ?? {})) {
    if (value instanceof File) form.set(name, value, value.name);
    else form.set(name, String(value));
  }
  return form;
}

const stringRecord = (values: Readonly<Record<string, unknown>> | undefined): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values ?? {}).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
