/** The little of autocannon that is used here; it ships no types. */
declare module 'autocannon' {
  import type { EventEmitter } from 'node:events';

  interface Request {
    method: 'POST';
    path: string;
    headers: Record<string, string>;
    body: Buffer;
    onResponse?: (status: number, body: string) => void;
  }
  interface Client {
    setRequests(requests: Request[]): void;
  }
  interface Options {
    url: string;
    connections: number;
    /** Requests in all, dealt out evenly over the connections. */
    amount: number;
    timeout: number;
    setupClient(client: Client): void;
  }
  interface Result {
    errors: number;
    timeouts: number;
    non2xx: number;
  }
  export default function autocannon(
    options: Options,
    done: (error: Error | null, result: Result) => void,
  ): EventEmitter;
}
