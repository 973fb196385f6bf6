/** Nothing of what goes over the wire may reach a log, a console or an error: the SDK likes to print all of it. */
import { inspect } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { createHttp } from '../../../src/platform/lark/http.ts';
import { createLarkPlatform } from '../../../src/platform/lark/index.ts';
import { type ApiAnswer, type ApiServer, startApi } from '../../support/api-server.ts';
import { larkConfig } from '../../support/lark-push.ts';

const PRIVATE = 'MARKS-9-8-7-OF-SOMEBODY';
const NAME = 'PRIVATE-TITLE';
const TOKEN = 't-private-token-value';
const PERSON = 'ou_private_person';
const MOBILE = '13812345678';
const config = larkConfig({ appSecret: 'private-app-secret' });
const NEVER = [PRIVATE, NAME, TOKEN, PERSON, MOBILE, config.appSecret, config.encryptKey, config.verificationToken];

let api: ApiServer | null = null;
afterEach(() => api?.close());

/** Everything written to the console streams while `run` runs. */
async function written(run: () => Promise<void>): Promise<string> {
  const chunks: string[] = [];
  const streams = [process.stdout, process.stderr];
  const originals = streams.map((stream) => stream.write.bind(stream));
  const names = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const;
  const printers = names.map((name) => console[name]);
  for (const name of names)
    console[name] = (...args: unknown[]) => void chunks.push(args.map((arg) => inspect(arg, { depth: 20 })).join(' '));
  for (const stream of streams) {
    stream.write = (chunk: string | Uint8Array) => {
      chunks.push(String(chunk));
      return true;
    };
  }
  try {
    await run();
  } finally {
    for (const [index, stream] of streams.entries()) stream.write = originals[index]!;
    for (const [index, name] of names.entries()) console[name] = printers[index]!;
  }
  return chunks.join('\n');
}

/** The API repeats what it was sent, as some error pages do. */
const echo = (status: number, code: number, body: Buffer, authorization = ''): ApiAnswer => ({
  status,
  body: { code, msg: `no: ${body.toString()} ${authorization}`, error: { log_id: body.toString() } },
});

it.each([
  ['refused with 400', 400, 230001],
  ['refused with 200', 200, 230001],
  ['token refused', 400, 99991663],
  ['server error', 500, 0],
])('while sending fails: %s', async (_what, status, code) => {
  api = await startApi(({ path, body, headers }) =>
    path.includes('tenant_access_token')
      ? { body: { code: 0, tenant_access_token: TOKEN, expire: 7200 } }
      : echo(status, code, body, headers.authorization),
  );
  const logged: string[] = [];
  const seen: unknown[] = [];
  const platform = createLarkPlatform(
    { ...config, baseUrl: api.url },
    { log: { warn: (sentence) => logged.push(sentence) } },
  );
  const card = { title: NAME, tone: 'blue', blocks: [{ kind: 'text', text: PRIVATE, tone: 'normal' }] } as const;
  const to = { kind: 'person', userId: PERSON } as const;
  const printed = await written(async () => {
    seen.push(await platform.send({ to, content: { kind: 'card', card }, idempotencyKey: 'k' }));
    seen.push(
      await platform.send({
        to,
        content: { kind: 'file', name: NAME, bytes: Buffer.from(PRIVATE) },
        idempotencyKey: 'k',
      }),
    );
    seen.push(await platform.update('om_1', card));
    for (const call of [() => platform.findByMobile([MOBILE]), () => platform.self(), () => platform.chats()]) {
      await call().catch((error: unknown) => seen.push(error));
    }
  });
  expect(api.requests.length).toBeGreaterThan(5);
  expect(seen).toHaveLength(6);
  const everything = [printed, logged.join('\n'), inspect(seen, { depth: 20, showHidden: true })].join('\n');
  for (const never of NEVER) expect(everything).not.toContain(never);
});

it('while no token is to be had', async () => {
  api = await startApi(({ body }) => echo(400, 10014, body));
  const logged: string[] = [];
  const platform = createLarkPlatform(
    { ...config, baseUrl: api.url },
    { log: { warn: (sentence) => logged.push(sentence) } },
  );
  const seen: unknown[] = [];
  const printed = await written(async () => void seen.push(await platform.self().catch((error: unknown) => error)));
  const everything = [printed, logged.join('\n'), inspect(seen, { depth: 20, showHidden: true })].join('\n');
  for (const never of NEVER) expect(everything).not.toContain(never);
});

it('when the platform does not answer in time', async () => {
  api = await startApi(() => ({ body: '', hang: true }));
  const error: unknown = await createHttp('throw')
    .request({ url: `${api.url}/x`, method: 'POST', data: { text: PRIVATE }, timeout: 20 })
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ refusal: { status: 0, code: 0 } });
  expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(PRIVATE);
});
