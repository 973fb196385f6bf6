/** One call of DingTalk's API: a time limit, an answer read with care, and errors that hold nothing of what was sent. */
import { type DingTalkRefusal, noAnswer, refusalOf } from './errors.ts';

export interface ApiCall {
  method: 'GET' | 'POST' | 'PUT';
  /** Whole address without secrets. */
  url: string;
  /** Query parameters; the old API takes its token there, so addresses are never logged. */
  query?: Readonly<Record<string, string>>;
  headers?: Readonly<Record<string, string>>;
  json?: unknown;
  form?: FormData;
  timeoutMs: number;
  onAnswer?: (headers: Headers) => void;
}
export type ApiResult =
  | { ok: true; body: unknown }
  | { ok: false; refusal: DingTalkRefusal /** Whether it may have been done all the same. */; uncertain: boolean };

/** Answers are small; a gateway's page of HTML is not read to its end. */
const MAX_ANSWER_CHARS = 1_000_000;

export async function callApi({
  method,
  url,
  query = {},
  headers = {},
  json,
  form,
  timeoutMs,
  onAnswer,
}: ApiCall): Promise<ApiResult> {
  const address = new URL(url);
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  let status = 0;
  let body: unknown;
  try {
    const response = await fetch(address, {
      method,
      headers: {
        accept: 'application/json',
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(json === undefined ? (form === undefined ? {} : { body: form }) : { body: JSON.stringify(json) }),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    onAnswer?.(response.headers);
    status = response.status;
    body = parse(await response.text());
  } catch {
    // Whatever fetch throws may quote the address, and with it the token.
    return { ok: false, refusal: { ...noAnswer, status }, uncertain: true };
  }
  const refusal = refusalOf(status, body);
  if (refusal !== null) return { ok: false, refusal, uncertain: status >= 502 };
  return typeof body === 'object' && body !== null
    ? { ok: true, body }
    : { ok: false, refusal: { ...noAnswer, status }, uncertain: true };
}

function parse(text: string): unknown {
  if (text.length > MAX_ANSWER_CHARS) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
