/**
 * `GET /ballot/:token` opens the list of ballots a person owes, `POST /ballot` takes the forms. Reading an address never changes
 * anything, the forms carry their ticket in the body, and neither address nor body nor visitor is ever logged or counted: a line with
 * a time would say when somebody voted (design.md 12.16).
 */
import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { translator } from '../../i18n.ts';
import type { Use } from '../../use.ts';
import { createWebBallot } from '../../usecases/ballot/web-ballot.ts';
import type { WebPage } from '../../usecases/ballot/web-page.ts';
import type { Html } from '../board-page.ts';
import { MAX_BODY_BYTES, readBody } from '../body.ts';
import { onlyAnswer } from '../json-answer.ts';
import { pageHeaders } from '../security-headers.ts';
import { formPage } from './form-page.ts';
import { closedPage, type PageContext } from './layout.ts';
import { checkPage, donePage, listPage, refusedPage } from './pages.ts';
import { readForm } from './request.ts';
import { BALLOT_STYLE } from './style.ts';

type Status = 200 | 400 | 403 | 409 | 413 | 422 | 500 | 503;
type Deps = Pick<Use, 'db' | 'keys' | 'caster' | 'linkSecret' | 'config' | 'now' | 'log'>;

function statusOf(page: WebPage): Status {
  switch (page.page) {
    case 'list':
    case 'done':
      return 200;
    case 'form':
      return page.problems.length > 0 || page.stale ? 422 : 200;
    case 'check':
      return page.problem === 'none' ? 200 : page.problem === 'busy' ? 503 : 422;
    case 'refused':
      return 409;
    case 'closed':
      return 403;
  }
}

function render(page: WebPage, timezone: string, action: string): Html {
  if (page.page === 'closed') return closedPage(page.reason);
  const context: PageContext = { t: translator(page.locale), locale: page.locale, timezone, action };
  switch (page.page) {
    case 'list':
      return listPage(page, context);
    case 'form':
      return formPage(page, context);
    case 'check':
      return checkPage(page, context);
    case 'done':
      return donePage(page, context);
    case 'refused':
      return refusedPage(page, context);
  }
}

export function ballotRoutes(use: Deps): Hono<{ Bindings: HttpBindings }> {
  const ballots = createWebBallot(use);
  const { timezone } = use.config;
  const app = new Hono<{ Bindings: HttpBindings }>();

  app.use('*', pageHeaders(BALLOT_STYLE, use.config.publicUrl, 'own'), async (c, next) => {
    await next();
    c.header('cache-control', 'no-store'); // a half-filled ballot must not end up in a browser's files
    c.header('x-robots-tag', 'noindex, nofollow');
  });
  app.get('/', (c) => c.html(closedPage('unknown'), 403));
  app.get('/:token', async (c) => {
    const page = await ballots.list(c.req.param('token'));
    return c.html(render(page, timezone, '../ballot'), statusOf(page));
  });
  app.post('/', async (c) => {
    const body = await readBody(c.env.incoming, MAX_BODY_BYTES);
    if (body.kind !== 'bytes') return c.html(closedPage('junk'), body.kind === 'too_large' ? 413 : 400);
    const request = readForm(c.req.header('content-type'), body.bytes);
    if (request === null) return c.html(closedPage('junk'), 400);
    const page = await ballots.answer(request);
    return c.html(render(page, timezone, 'ballot'), statusOf(page));
  });
  app.all('/', () => onlyAnswer('GET, POST'));
  app.onError((error, c: Context) => {
    use.log.error({ err: error }, 'a web ballot could not be answered');
    return c.html(closedPage('failed'), 500);
  });
  return app;
}
