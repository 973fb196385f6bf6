/** Two ways to send prepared clicks: as fast as the server answers, and at a fixed rate whatever the server does. */
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import autocannon from 'autocannon';
import type { SignedClick } from './clicks.ts';

export interface Burst {
  perSecond: number;
  /** Answers by what `read` made of them; errors of the connection count as `error`. */
  answers: Map<string, number>;
}

const PATH = '/lark/events';
const TIMEOUT_S = 30;

/** Sends all of `clicks` once, over `connections` that wait for each answer. */
export function hammer(
  url: string,
  clicks: readonly SignedClick[],
  connections: number,
  read: (body: string) => string,
): Promise<Burst> {
  const answers = new Map<string, number>();
  const count = (what: string) => answers.set(what, (answers.get(what) ?? 0) + 1);
  const each = Math.floor(clicks.length / connections);
  let next = 0;
  let [first, last] = [0, 0];
  return new Promise((resolve, reject) => {
    const options: Parameters<typeof autocannon>[0] = {
      url,
      connections,
      amount: each * connections,
      timeout: TIMEOUT_S,
      setupClient(client) {
        const mine = clicks.slice(next, next + each);
        next += each;
        client.setRequests(
          mine.map(({ body, headers }) => ({
            method: 'POST',
            path: PATH,
            headers: { ...headers },
            body,
            onResponse: (status, text) => count(status === 200 ? read(text) : `status ${status}`),
          })),
        );
      },
    };
    const running = autocannon(options, (error, { errors }) => {
      if (error !== null) return reject(error);
      if (errors > 0) answers.set('error', errors);
      resolve({ perSecond: (each * connections * 1000) / (last - first), answers });
    });
    running.on('start', () => (first = performance.now()));
    running.on('response', () => (last = performance.now()));
  });
}

export interface Steady {
  /** Milliseconds from the moment a request was due, not from when it got away: a stalled server is charged for those who queue. */
  latencies: number[];
  answers: Map<string, number>;
}

/** Sends `clicks` at `perSecond`, evenly, and waits for the answers. */
export async function steady(
  url: string,
  clicks: readonly SignedClick[],
  perSecond: number,
  read: (body: string) => string,
): Promise<Steady> {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const answers = new Map<string, number>();
  const latencies: number[] = [];
  const target = new URL(PATH, url);
  const begin = performance.now();
  const send = async (click: SignedClick, due: number) => {
    const what = await post(agent, target, click, read).catch(() => 'error');
    latencies.push(performance.now() - due);
    answers.set(what, (answers.get(what) ?? 0) + 1);
  };
  const sent: Promise<void>[] = [];
  for (const [i, click] of clicks.entries()) {
    const due = begin + (i * 1000) / perSecond;
    const wait = due - performance.now();
    if (wait > 0) await sleep(wait);
    sent.push(send(click, due));
  }
  await Promise.all(sent);
  agent.destroy();
  return { latencies, answers };
}

function post(
  agent: Agent,
  target: URL,
  { body, headers }: SignedClick,
  read: (body: string) => string,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      target,
      { agent, method: 'POST', headers: { ...headers, 'content-length': body.length } },
      (answer) => {
        let text = '';
        answer
          .setEncoding('utf8')
          .on('data', (chunk: string) => (text += chunk))
          .on('end', () => resolve(answer.statusCode === 200 ? read(text) : `status ${answer.statusCode}`))
          .on('error', reject);
      },
    );
    outgoing.on('error', reject).end(body);
  });
}

/** One click, and what came back. */
export async function ask(url: string, { body, headers }: SignedClick): Promise<string> {
  const answer = await fetch(new URL(PATH, url), { method: 'POST', headers, body: Uint8Array.from(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`a click was answered with ${answer.status}: ${text.slice(0, 200)}`);
  return text;
}
