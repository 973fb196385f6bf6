/** The whole bot on DingTalk: its real HTTP side, a real database, and a double of DingTalk's API that takes only what is documented. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { makeCity } from '../../src/demo/city.ts';
import { createLog } from '../../src/log.ts';
import { type Bot, startBot } from '../../src/main/bot.ts';
import {
  callbackContent,
  type CardView,
  type DataButton,
  readCardData,
} from '../../src/platform/dingtalk/card-data.ts';
import { dingtalkSecrets } from '../../src/platform/dingtalk/config.ts';
import { signClick, signMessage } from '../../src/platform/dingtalk/verify.ts';
import { usageOf } from '../../src/store/api-usage.ts';
import { findChat } from '../../src/store/chat.ts';
import { openDatabase } from '../../src/store/db.ts';
import { identityOf, linkIdentity } from '../../src/store/identity.ts';
import { migrate } from '../../src/store/migrations.ts';
import { applyImport } from '../../src/usecases/import-roster.ts';
import { monthOf } from '../../src/usecases/usage-meter.ts';
import { type ApiServer, startApi } from '../support/api-server.ts';
import { dingtalkDouble } from '../support/dingtalk-double.ts';
import { dingtalkConfig, GROUP, robotMessage, TEMPLATE_ID } from '../support/dingtalk-push.ts';
import { tempDatabaseUrl } from '../support/temp-database.ts';

const { clientId, clientSecret } = dingtalkConfig();
const { cardSecret } = dingtalkSecrets(dingtalkConfig());
const LARK = {
  LARK_APP_ID: 'cli_00aa11bb22cc33dd',
  LARK_APP_SECRET: 's',
  LARK_ENCRYPT_KEY: 'e',
  LARK_VERIFICATION_TOKEN: 'v',
};
const city = makeCity('small');
const holder = (role: string) =>
  city.people.find((person) => person.branch === 'B001' && person.roles.some((held) => held.role === role));
const secretary = holder('secretary')?.employeeNo ?? '';
const userOf = (employeeNo: string) => `u-${employeeNo}`;
let api: ApiServer;
let bot: Bot;
let messages = 0;

beforeAll(async () => {
  const double = dingtalkDouble();
  api = await startApi(double);
  const dir = mkdtempSync(join(tmpdir(), 'tenstar-dingtalk-'));
  const env = {
    ...LARK,
    LARK_DOMAIN: 'http://127.0.0.1:9',
    DINGTALK_CLIENT_ID: clientId,
    DINGTALK_CLIENT_SECRET: clientSecret,
    DINGTALK_CARD_TEMPLATE_ID: TEMPLATE_ID,
    DINGTALK_API_BASE: api.url,
    DINGTALK_OAPI_BASE: api.url,
    PUBLIC_URL: 'https://bot.example.com',
    PORT: '0',
    DATABASE_URL: tempDatabaseUrl(),
    KEYS_DIR: join(dir, 'keys'),
    LOG_LEVEL: 'silent',
  };
  const loaded = loadConfig(env, 'platform');
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
  const db = await openDatabase(loaded.config.database);
  await migrate(db, Date.now());
  const people = city.people.map((person) => ({ ...person, dingtalkUserId: userOf(person.employeeNo) }));
  await applyImport(
    db,
    { ...city, people },
    { at: Date.now(), date: '2026-01-01', actor: 'system', appIds: { lark: LARK.LARK_APP_ID, dingtalk: clientId } },
  );
  // One person on both platforms.
  await db.write((tx) =>
    linkIdentity(tx, { platform: 'lark', appId: LARK.LARK_APP_ID, userId: 'ou_secretary', person: secretary }),
  );
  await db.close();
  bot = await startBot(loaded.config, createLog('silent'));
}, 30_000);
afterAll(async () => {
  await bot.stop();
  await api.close();
});

const post = (path: string, headers: Record<string, string>, body: unknown) =>
  fetch(`http://127.0.0.1:${bot.port}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
async function type(
  employeeNo: string,
  text: string,
  over: Record<string, unknown> = { conversationType: '1', conversationTitle: undefined },
): Promise<number> {
  const timestamp = `${Date.now()}`;
  messages += 1;
  const body = robotMessage({
    msgId: `m${messages}`,
    senderStaffId: userOf(employeeNo),
    text: { content: text },
    ...over,
  });
  return (await post('/dingtalk/messages', { timestamp, sign: signMessage(timestamp, clientSecret) }, body)).status;
}
interface Sent {
  outTrackId: string;
  to: string;
  view: CardView;
  raw: Record<string, string>;
}
function sent(): Sent[] {
  return api.to('/v1.0/card/instances/createAndDeliver').map(({ body }) => {
    const {
      outTrackId,
      openSpaceId,
      cardData,
      privateData = {},
    } = JSON.parse(body.toString()) as {
      outTrackId: string;
      openSpaceId: string;
      cardData: { cardParamMap: Record<string, string> };
      privateData?: Record<string, { cardParamMap: Record<string, string> }>;
    };
    const raw = Object.values(privateData)[0]?.cardParamMap ?? cardData.cardParamMap;
    return { outTrackId, to: openSpaceId.replace(/^dtv1\.card\/\/IM_\w+?\./, ''), view: readCardData(raw), raw };
  });
}
/** The next card to somebody after `seen` cards in all, with this button if one is named. */
async function nextCard(to: string, seen: number, button?: string): Promise<Sent> {
  for (;;) {
    const found = sent()
      .slice(seen)
      .find((card) => card.to === to && (button === undefined || buttonsOf(card.view).some(({ id }) => id === button)));
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
const buttonsOf = (view: CardView): DataButton[] => [
  ...view.formButtons,
  ...view.sections.flatMap(({ buttons }) => buttons),
];
async function press(
  card: Pick<Sent, 'outTrackId' | 'view'>,
  employeeNo: string,
  name: string,
  form?: Record<string, unknown>,
) {
  const button = buttonsOf(card.view).find(({ id }) => id === name);
  if (button === undefined)
    throw new Error(
      `no button ${name} among ${buttonsOf(card.view)
        .map(({ id }) => id)
        .join()}`,
    );
  const timestamp = `${Date.now()}`;
  const body = {
    type: 'actionCallback',
    outTrackId: card.outTrackId,
    corpId: 'c',
    userId: userOf(employeeNo),
    content: callbackContent(card.view, button, form),
  };
  const response = await post(
    '/dingtalk/cards',
    { 'x-ddpaas-signature-timestamp': timestamp, 'x-ddpaas-signature': signClick(timestamp, cardSecret) },
    body,
  );
  const answer = (await response.json()) as { userPrivateData?: { cardParamMap: Record<string, string> } };
  return { status: response.status, view: readCardData(answer.userPrivateData?.cardParamMap ?? {}) };
}

it('an address that is not DingTalk’s is refused', async () => {
  expect((await post('/dingtalk/messages', {}, robotMessage())).status).toBe(401);
  expect((await post('/dingtalk/cards', { timestamp: `${Date.now()}`, sign: 'x' }, {})).status).toBe(401);
});

it('a command in private is answered by a private card, a repeated delivery by nothing more', async () => {
  const seen = sent().length;
  expect(await type(secretary, '/帮助')).toBe(200);
  const card = await nextCard(userOf(secretary), seen);
  expect(card.view.sections[0]?.lines.length).toBeGreaterThan(0);
  messages -= 1;
  expect(await type(secretary, '/帮助')).toBe(200);
  await type(secretary, '/me');
  await nextCard(userOf(secretary), seen + 1);
  expect(sent().length).toBe(seen + 2);
});

it('a person of both platforms is answered where the last command came from', async () => {
  const identities = await identityOf(bot.use.db.read, secretary);
  expect(identities.map(({ platform }) => platform).toSorted()).toEqual(['dingtalk', 'lark']);
});

it('a stranger is told what to do, in the private chat', async () => {
  const seen = sent().length;
  await type('NOBODY', '/help');
  expect((await nextCard('u-NOBODY', seen)).view.sections[0]?.lines.length).toBeGreaterThan(0);
});

it('chat_known_by_mention: a group is known from the first mention in it, and asks what it is for', async () => {
  const seen = sent().length;
  await type(secretary, '/help', { conversationType: '2', conversationTitle: '某某支部群' });
  const setup = await nextCard(GROUP, seen);
  expect(setup.view.formName).toBe('chat_setup');
  expect(await findChat(bot.use.db.read, 'dingtalk', GROUP)).toMatchObject({ name: '某某支部群', active: true });
  await nextCard(userOf(secretary), seen); // the help itself stays private
});

it('a review is opened by a command, and a click on the console is answered with the next console', async () => {
  const seen = sent().length;
  await type(secretary, '/评议 open 2026-Q3');
  const console = await nextCard(userOf(secretary), seen, 'start_meeting');
  const answer = await press(console, secretary, 'start_meeting');
  expect(answer.status).toBe(200);
  expect(buttonsOf(answer.view).map(({ id }) => id)).not.toContain('start_meeting');
  expect(answer.view.title).not.toBe('');
});

it('nobody else can press a private card, and a stranger’s click is refused in words', async () => {
  const seen = sent().length;
  await type(secretary, '/评议');
  const console = await nextCard(userOf(secretary), seen);
  const other =
    city.people.find((person) => person.branch === 'B001' && person.employeeNo !== secretary)?.employeeNo ?? '';
  const [first] = buttonsOf(console.view);
  expect((await press(console, other, first?.id ?? '')).view.title).toBe('');
});

it('calls and pushes were counted', async () => {
  await bot.use.platforms.get('dingtalk')?.close();
  const usage = await usageOf(bot.use.db.read, 'dingtalk', monthOf(bot.use.now(), bot.use.config.timezone));
  expect(usage.calls).toBeGreaterThan(5);
  expect(usage.pushes).toBeGreaterThanOrEqual(messages);
});
