/** The guide of the page: handed in once, read by every page. */
import { Hono } from 'hono';
import type { Context } from '../context.ts';
import { type Guide, guideSchema, guideView, PLAIN_GUIDE } from '../guide.ts';
import { bodyOf } from './parse.ts';

export function guideRoutes({ world }: Context): Hono {
  let guide: Guide = PLAIN_GUIDE;
  return new Hono()
    .get('/guide', (c) => c.json(guideView(guide, world)))
    .post('/guide', async (c) => {
      guide = await bodyOf(c, guideSchema);
      world.notify({ type: 'guide' });
      return c.json(guideView(guide, world));
    });
}
