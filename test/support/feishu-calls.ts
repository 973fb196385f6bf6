/** Calls of the emulated platform as a bot makes them, for the playground's own tests. */
import { type Playground, type PlaygroundOptions, startPlayground } from '../../src/playground/server.ts';
import { type EchoBot, startEchoBot } from './echo-bot.ts';
import { PlaygroundClient } from './playground.ts';

export const APP = { appId: 'cli_00aa11bb22cc33dd', appSecret: 'demo-secret', verificationToken: 'demo-token' };
export const ENCRYPT_KEY = 'demo-encrypt-key';

/** What a call came to: HTTP status, the platform's code and whatever the body held. */
export interface Answer {
  status: number;
  code: number;
  msg: string;
  data: Record<string, unknown>;
  headers: Headers;
  body: Record<string, unknown>;
}

export interface Stage extends AsyncDisposable {
  playground: Playground;
  client: PlaygroundClient;
  bot: EchoBot;
  /** open_id by name. */
  ids: Record<'anna' | 'ben' | 'chen', string>;
  team: string;
  token: string;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Sends a card (or another message) as the bot. */
  send(to: string, content: unknown, more?: { type?: string; idType?: string; uuid?: string }): Promise<Answer>;
}

export const PEOPLE = [
  { name: '安小示', mobile: '13900000001' },
  { name: '贝小示', mobile: '13900000002' },
  { name: '陈小示', mobile: '13900000003' },
];

/** A playground, a scripted bot behind it, three people and a group of the first two. */
export async function setStage(options: Partial<PlaygroundOptions> = {}): Promise<Stage> {
  const encryptKey = options.encryptKey === undefined ? ENCRYPT_KEY : options.encryptKey;
  const bot = await startEchoBot(encryptKey);
  const playground = await startPlayground({ ...APP, encryptKey, eventUrl: bot.url, ...options });
  const client = new PlaygroundClient(playground.url);
  const mobiles = PEOPLE.map(({ mobile }) => mobile);
  const seeded = await client.seed({
    people: PEOPLE,
    chats: [{ name: '示例小组', key: 'team', members: mobiles.slice(0, 2) }],
  });
  const [anna = '', ben = '', chen = ''] = seeded.people.map(({ id }) => id);

  const stage: Stage = {
    playground,
    client,
    bot,
    ids: { anna, ben, chen },
    team: seeded.chats[0]?.chat_id ?? '',
    token: '',
    async call(method, path, body, headers = {}) {
      const response = await fetch(`${playground.url}/open-apis${path}`, {
        method,
        headers: {
          ...(body instanceof FormData ? {} : { 'content-type': 'application/json' }),
          ...(stage.token === '' ? {} : { authorization: `Bearer ${stage.token}` }),
          ...headers,
        },
        ...(body === undefined
          ? {}
          : { body: body instanceof FormData ? body : typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const parsed = (await response.json()) as Record<string, unknown>;
      return {
        status: response.status,
        code: Number(parsed.code),
        msg: String(parsed.msg as string),
        data: (parsed.data ?? {}) as Record<string, unknown>,
        headers: response.headers,
        body: parsed,
      };
    },
    send: (to, content, { type = 'interactive', idType = to.startsWith('oc_') ? 'chat_id' : 'open_id', uuid } = {}) =>
      stage.call('POST', `/im/v1/messages?receive_id_type=${idType}`, {
        receive_id: to,
        msg_type: type,
        content: typeof content === 'string' ? content : JSON.stringify(content),
        uuid,
      }),
    async [Symbol.asyncDispose]() {
      await playground.close();
      await bot.close();
    },
  };
  const issued = await stage.call('POST', '/auth/v3/tenant_access_token/internal', {
    app_id: APP.appId,
    app_secret: APP.appSecret,
  });
  stage.token = String(issued.body.tenant_access_token as string);
  return stage;
}

export const words = (content: string) => ({ tag: 'plain_text', content });
export const aCard = (...elements: unknown[]) => ({
  schema: '2.0',
  config: { update_multi: true },
  header: { title: words('示例卡片') },
  body: { elements },
});
export const aButton = (name: string, more: Record<string, unknown> = {}) => ({
  tag: 'button',
  name,
  text: words(name),
  behaviors: [{ type: 'callback', value: { a: name } }],
  ...more,
});
