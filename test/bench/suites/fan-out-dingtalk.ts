/**
 * The same on DingTalk: a ballot card for each of 4,000 people and a list for each of 130 groups, under the pace the adapter keeps to,
 * through its own stream and card calls, with the codes DingTalk refuses with.
 */
import { z } from 'zod';
import { API_PER_SECOND, BULK_PER_MINUTE } from '../../../src/platform/dingtalk/limits.ts';
import { type PlaygroundProcess, spawnPlayground } from '../../../src/playground/client/spawn.ts';
import { bindChat } from '../../../src/store/chat.ts';
import { sendToChats, sendToPeople } from '../../../src/usecases/notify.ts';
import { benchCity, branchCode, mobileOf, NO_ACCOUNTS } from '../city.ts';
import { FAULTS, QUICK_FAULTS, received, sendAll } from '../fan-out.ts';
import { APP, databaseUrl, DINGTALK_APP, dropStage, inDatabase, keysDir, makeStage, type Stage } from '../stage.ts';
import type { Suite } from './suite.ts';

const FULL = { branches: 130, messages: 4_130, deadlineMs: 12 * 60_000 };
const QUICK = { branches: 2, messages: 60, deadlineMs: 60_000 };

export const fanOutDingTalk: Suite = async ({ quick, say }) => {
  const size = quick ? QUICK : FULL;
  const dingtalk = { ...DINGTALK_APP, transport: 'stream' as const };
  const playground = await spawnPlayground({ botUrl: 'http://127.0.0.1:9', ...APP, dingtalk });
  try {
    say(`the playground gets the people and groups of ${size.branches} branches`);
    const { stage, ids, chats } = await seededStage(playground, size.branches);
    try {
      const people = await enqueue(stage, ids, chats, size.messages - size.branches);
      await playground.client.faults(quick ? QUICK_FAULTS : FAULTS);
      const env = botEnv(stage.dir, playground.url);
      const peakMb = await sendAll(stage, playground.client, { ...size, env }, say);
      const expected = {
        suite: 'fan-out-dingtalk',
        name: `DingTalk: fan-out of ${people.size} private cards and ${chats.size} in groups`,
        people,
        chats: new Set(chats.values()),
        permitted: { name: 'own pace', perMinute: BULK_PER_MINUTE },
        call: 'POST /v1.0/card/instances/createAndDeliver',
        success: 'ok',
        more: (perMinute: number) =>
          `; DingTalk itself permits ${API_PER_SECOND} a second for each call, of which this is ${((100 * perMinute) / 60 / API_PER_SECOND).toFixed(0)} %`,
      };
      return await received(playground, expected, peakMb);
    } finally {
      dropStage(stage);
    }
  } finally {
    await playground.stop();
  }
};

const botEnv = (dir: string, url: string): NodeJS.ProcessEnv => ({
  DATABASE_URL: databaseUrl(dir),
  KEYS_DIR: keysDir(dir),
  DINGTALK_CLIENT_ID: DINGTALK_APP.clientId,
  DINGTALK_CLIENT_SECRET: DINGTALK_APP.clientSecret,
  DINGTALK_CARD_TEMPLATE_ID: DINGTALK_APP.templateId,
  DINGTALK_API_BASE: url,
  DINGTALK_OAPI_BASE: url,
  DINGTALK_TRANSPORT: 'stream',
});

/** `ids`: the playground's own by mobile; `chats` by branch. */
async function seededStage({ client }: PlaygroundProcess, branches: number) {
  const { people } = benchCity(branches, NO_ACCOUNTS);
  const seeded = await client.seed({
    people: people.map(({ name, mobile }) => ({ name, mobile: mobile ?? '', platforms: ['dingtalk' as const] })),
    chats: Array.from({ length: branches }, (_, n) => branchCode(n)).map((code) => ({
      name: code,
      key: code,
      platforms: ['dingtalk' as const],
      members: people.filter(({ branch }) => branch === code).map(({ mobile }) => mobile ?? ''),
    })),
  });
  const userIds = new Map((await client.people()).map((person) => [person.mobile, person.dingtalk_user_id ?? '']));
  const accountsOf = (no: string) => ({ larkOpenId: null, dingtalkUserId: userIds.get(mobileOf(no)) ?? '' });
  return {
    stage: await makeStage({ branches, accountsOf }),
    ids: new Map(seeded.people.map(({ mobile, id }) => [mobile, id])),
    chats: new Map(seeded.chats.map(({ key, chat_id: chat }) => [key, chat])),
  };
}

/** @returns the playground's ids of those who must get one card each */
async function enqueue(
  stage: Stage,
  ids: ReadonlyMap<string, string>,
  chats: ReadonlyMap<string, string>,
  messages: number,
): Promise<Set<string>> {
  const voters = stage.voters.slice(0, messages);
  const now = Date.now();
  await inDatabase(stage.dir, (db) =>
    db.write(async (tx) => {
      for (const [code, chat] of chats) await bindChat(tx, 'dingtalk', chat, 'branch', code);
      for (const [review, mine] of Map.groupBy(voters, (voter) => voter.review)) {
        const people = mine.map(({ person }) => person);
        await sendToPeople(tx, people, { card: 'ballot', args: { review } }, { now, once: `ballot:${review}` });
        const branch = await tx.get(z.object({ branch: z.string() }), 'SELECT branch FROM review WHERE id = ?', [
          review,
        ]);
        await sendToChats(
          tx,
          'branch',
          branch?.branch ?? '',
          { card: 'due_list', args: { review } },
          { now, once: `due:${review}` },
        );
      }
    }),
  );
  return new Set(voters.map(({ person }) => ids.get(mobileOf(person)) ?? ''));
}
