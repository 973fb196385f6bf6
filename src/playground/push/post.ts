/** One push over HTTP: what came back, or why nothing did. Deadlines are real time. */
import type { Delivery } from '../stats.ts';

export interface Attempt {
  status: number;
  error: Delivery['error'];
  body: string;
  ms: number;
}

export async function post(
  url: string,
  {
    body,
    headers,
    deadlineMs,
    signal,
  }: { body: string; headers: Record<string, string>; deadlineMs: number; signal: AbortSignal },
): Promise<Attempt> {
  const started = performance.now();
  const ms = () => Math.round(performance.now() - started);
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
      signal: AbortSignal.any([AbortSignal.timeout(deadlineMs), signal]),
    });
    return { status: answer.status, error: null, body: await answer.text(), ms: ms() };
  } catch (error) {
    return { status: 0, error: reason(error), body: '', ms: ms() };
  }
}

function reason(error: unknown): Delivery['error'] {
  if (error instanceof DOMException) return 'timeout';
  const cause = error instanceof Error ? error.cause : undefined;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'dns';
  if (code === 'ECONNREFUSED' || code === 'EHOSTUNREACH' || code === 'UND_ERR_CONNECT_TIMEOUT') return 'connect';
  return 'reset';
}
