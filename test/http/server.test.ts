import { Agent, get as httpGet } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startServer } from '../../src/http/server.ts';
import { deliver, type HttpBot, startHttpBot } from '../support/http-bot.ts';
import { clickEvent, envelope, push } from '../support/lark-push.ts';

let bot: HttpBot;
/** Resolves when the delivery has arrived; `finish` lets it be answered. */
let arrived: Promise<void>;
let finish: () => void;
beforeEach(async () => {
  bot = await startHttpBot();
  const arrival = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  arrived = arrival.promise;
  finish = end.resolve;
  bot.handle = async () => {
    arrival.resolve();
    await end.promise;
    return { toast: { type: 'success', text: 'saved' } };
  };
});
afterEach(() => bot.close());

const click = () => push(envelope('card.action.trigger', clickEvent({ value: {} })));
const refused = () =>
  fetch(`${bot.url}/healthz`).then(
    () => false,
    () => true,
  );

it('finishes requests under way when it closes, and takes no new ones', async () => {
  const delivered = deliver(bot, click());
  await arrived;
  const closed = bot.server.close();
  expect(await refused()).toBe(true);
  finish();
  const response = await delivered;
  expect([response.status, await response.json()]).toMatchObject([200, { toast: { content: 'saved' } }]);
  expect(await closed).toBe(0);
});

it('cuts what does not end in time, and says how many', async () => {
  const delivered = deliver(bot, click()).then(
    () => 'answered',
    () => 'cut',
  );
  await arrived;
  expect(await bot.server.close(20)).toBe(1);
  expect(await delivered).toBe('cut');
  finish();
});

it('does not wait for connections that are kept open without a request', async () => {
  const agent = new Agent({ keepAlive: true });
  const status = await new Promise((resolve, reject) => {
    httpGet(`${bot.url}/healthz`, { agent }, (response) =>
      response.resume().on('end', () => resolve(response.statusCode)),
    ).on('error', reject);
  });
  expect(status).toBe(200);
  expect(await bot.server.close(60_000)).toBe(0);
  agent.destroy();
});

it('may be closed twice', async () => {
  expect(await Promise.all([bot.server.close(), bot.server.close()])).toEqual([0, 0]);
});

it('says which port is taken, in a sentence', async () => {
  const taken = startServer({ fetch: () => new Response('') }, { port: bot.port, hostname: '127.0.0.1' });
  await expect(taken).rejects.toMatchObject({
    code: 'config_invalid',
    message: `PORT ${bot.port}: another program listens there. Stop it or set another PORT.`,
  });
});
