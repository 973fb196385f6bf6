/** A load balancer: hands each request to the next of several bots, so that all of them work on one database at once. */
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Balancer {
  url: string;
  /** Where requests go from now on, in turn. */
  targets: string[];
  close(): Promise<void>;
}

export async function startBalancer(targets: readonly string[]): Promise<Balancer> {
  let turn = 0;
  const balancer: Balancer = { url: '', targets: [...targets], close: () => Promise.resolve() };
  const server = createServer((incoming, answer) => {
    const target = balancer.targets[turn++ % balancer.targets.length] ?? '';
    const passed = request(
      `${target}${incoming.url ?? ''}`,
      { method: incoming.method ?? 'GET', headers: incoming.headers },
      (result) => {
        answer.writeHead(result.statusCode ?? 502, result.headers);
        result.pipe(answer);
      },
    );
    passed.on('error', () => answer.destroy());
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  balancer.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  balancer.close = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return balancer;
}
