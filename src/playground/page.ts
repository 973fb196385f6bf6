/** The page: static files, the font and the chart library; downloads of what the bot sent. */
import { Hono } from 'hono';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, join, normalize, sep } from 'node:path';
import type { Context } from './context.ts';

const PAGE = new URL('page/', import.meta.url).pathname;
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ttf': 'font/ttf',
};
const require = createRequire(import.meta.url);
const LIBRARIES: Readonly<Record<string, string>> = {
  '/assets/echarts.js': 'echarts/dist/echarts.min.js',
  '/assets/fonts/NotoSansSC-400.ttf': '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  '/assets/fonts/NotoSansSC-700.ttf': '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
};

async function fileAt(path: string, cache: string): Promise<Response> {
  try {
    const bytes = await readFile(path);
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    return new Response(new Uint8Array(bytes), { headers: { 'content-type': type, 'cache-control': cache } });
  } catch {
    return new Response('not found', { status: 404 });
  }
}

/** A file below the page's folder, never outside it. */
function pageFile(path: string): Promise<Response> {
  const wanted = normalize(join(PAGE, path));
  return wanted.startsWith(PAGE.endsWith(sep) ? PAGE : PAGE + sep)
    ? fileAt(wanted, 'no-cache')
    : Promise.resolve(new Response('not found', { status: 404 }));
}

function library(name: string): Promise<Response> {
  try {
    return fileAt(require.resolve(name), 'max-age=86400');
  } catch {
    return Promise.resolve(new Response('not installed', { status: 404 })); // a development dependency: the page does without
  }
}

export function pageRoutes({ world }: Context): Hono {
  const app = new Hono();
  for (const [path, name] of Object.entries(LIBRARIES)) app.get(path, () => library(name));
  return app
    .get('/playground/api/files/:key', (c) => {
      const file = world.files.get(c.req.param('key'));
      if (!file) return c.notFound();
      c.header('content-type', 'application/octet-stream');
      c.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`);
      return c.body(new Uint8Array(file.bytes));
    })
    .get('/', () => pageFile('index.html'))
    .get('/assets/*', (c) => pageFile(decodeURIComponent(c.req.path.slice('/assets/'.length))))
    .get('/playground/*', (c) => pageFile(decodeURIComponent(c.req.path.slice('/playground/'.length))));
}
