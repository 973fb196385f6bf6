/** The playground as a process of its own. Settings come from the same variables as the bot's, so that both agree. */
import { z } from 'zod';
import { startPlayground } from './server.ts';

const environment = z.object({
  PLAYGROUND_PORT: z.coerce.number().int().min(0).max(65_535).default(4010),
  PLAYGROUND_HOST: z.string().default('127.0.0.1'),
  PLAYGROUND_BOT_URL: z.url().default('http://127.0.0.1:3000'),
  PLAYGROUND_SPEED: z.coerce.number().positive().default(1),
  PLAYGROUND_SEED: z.coerce.number().int().default(1),
  LARK_APP_ID: z.string().regex(/^cli_[0-9a-f]{16}$/, 'must be cli_ and 16 hexadecimal digits'),
  LARK_APP_SECRET: z.string().min(1),
  LARK_ENCRYPT_KEY: z.string().max(32).optional(),
  LARK_VERIFICATION_TOKEN: z.string().min(1).max(32),
  DINGTALK_CLIENT_ID: z.string().min(1).optional(),
  DINGTALK_CLIENT_SECRET: z.string().min(1).optional(),
  DINGTALK_CARD_TEMPLATE_ID: z.string().min(1).optional(),
  DINGTALK_TRANSPORT: z.enum(['webhook', 'stream']).default('webhook'),
});

const settings = environment.safeParse(process.env);
if (!settings.success) {
  for (const { path, message } of settings.error.issues) console.error(`${path.join('.')}: ${message}`);
  process.exit(1);
}
const env = settings.data;
/** DingTalk is played when its app is named. */
const dingtalk = env.DINGTALK_CLIENT_ID
  ? {
      clientId: env.DINGTALK_CLIENT_ID,
      clientSecret: env.DINGTALK_CLIENT_SECRET ?? '',
      templateId: env.DINGTALK_CARD_TEMPLATE_ID ?? '',
      receive: env.DINGTALK_TRANSPORT === 'stream' ? ('stream' as const) : ('http' as const),
      messageUrl: new URL('/dingtalk/messages', env.PLAYGROUND_BOT_URL).href,
    }
  : null;
const playground = await startPlayground({
  port: env.PLAYGROUND_PORT,
  host: env.PLAYGROUND_HOST,
  appId: env.LARK_APP_ID,
  appSecret: env.LARK_APP_SECRET,
  encryptKey: env.LARK_ENCRYPT_KEY ?? null,
  verificationToken: env.LARK_VERIFICATION_TOKEN,
  eventUrl: new URL('/lark/events', env.PLAYGROUND_BOT_URL).href,
  speed: env.PLAYGROUND_SPEED,
  seed: env.PLAYGROUND_SEED,
  dingtalk,
}).catch((error: unknown) => {
  console.error(`playground: cannot start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});
console.log(`playground ready on ${playground.url}`);

const stop = () => void playground.close().then(() => process.exit(0));
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
if (process.connected) process.once('disconnect', stop); // whoever started it is gone
