/** A port for a process that must know its own address before it starts. */
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the ports that are handed out by themselves, so that nobody takes it between two starts. */
const FIRST = 15_000;
const LAST = 32_000;

/** A port nobody listens on now. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST));
    const probe = createServer();
    try {
      await once(probe.listen(port), 'listening');
      return port;
    } catch {
      continue; // somebody has it
    } finally {
      probe.close();
    }
  }
}
