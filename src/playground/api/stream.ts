/** News for the page, as server-sent events: `data` holds `{type, …}`. */
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Context } from '../context.ts';
import type { Notice } from '../world.ts';

const KEEP_ALIVE_MS = 20_000;

export function streamRoutes({ world }: Context): Hono {
  const concerns = (notice: Notice, openId: string | undefined): boolean =>
    !('chat' in notice) || openId === undefined || world.chats.get(notice.chat)?.members.has(openId) === true;

  return new Hono().get('/stream', (c) => {
    const as = c.req.query('as');
    return streamSSE(c, async (stream) => {
      const stop = world.listen((notice) => {
        if (concerns(notice, as)) void stream.writeSSE({ data: JSON.stringify(notice) });
      });
      stream.onAbort(stop);
      await stream.write(': hello\n\n'); // opens the stream in the browser before the first news
      while (!stream.aborted) {
        await stream.sleep(KEEP_ALIVE_MS);
        await stream.write(': still here\n\n');
      }
      stop();
    });
  });
}
