/**
 * A ballot card for each of 5,000 people, sent by the real bot to the real playground at the platform's own pace, while calls are
 * refused, lost and cut off, and the bot is killed in the middle and started again. Every message must arrive, and once.
 */
import { type PlaygroundProcess, spawnPlayground } from '../../../src/playground/client/spawn.ts';
import { GATEWAY_PER_MINUTE } from '../../../src/platform/lark/limits.ts';
import { sendToPeople } from '../../../src/usecases/notify.ts';
import { botEnv } from '../bot-client.ts';
import { benchCity, mobileOf, NO_ACCOUNTS } from '../city.ts';
import { FAULTS, QUICK_FAULTS, received, sendAll } from '../fan-out.ts';
import { APP, dropStage, inDatabase, makeStage, type Stage } from '../stage.ts';
import type { Suite } from './suite.ts';

const FULL = { branches: 162, messages: 5_000, deadlineMs: 8 * 60_000 };
const QUICK = { branches: 2, messages: 60, deadlineMs: 60_000 };

export const fanOut: Suite = async ({ quick, say }) => {
  const size = quick ? QUICK : FULL;
  const playground = await spawnPlayground({ botUrl: 'http://127.0.0.1:9', ...APP });
  try {
    say(`the playground gets the people of ${size.branches} branches`);
    const stage = await seededStage(playground, size.branches);
    try {
      const people = await enqueue(stage, size.messages);
      await playground.client.faults(quick ? QUICK_FAULTS : FAULTS);
      const env = botEnv(stage.dir, playground.url);
      const peakMb = await sendAll(stage, playground.client, { ...size, env }, say);
      const expected = {
        suite: 'fan-out',
        name: `fan-out of ${people.size} private cards`,
        people,
        chats: new Set<string>(),
        permitted: { name: 'permitted', perMinute: GATEWAY_PER_MINUTE },
        call: 'POST /open-apis/im/v1/messages',
        success: '0',
      };
      return await received(playground, expected, peakMb);
    } finally {
      dropStage(stage);
    }
  } finally {
    await playground.stop();
  }
};

async function seededStage({ client }: PlaygroundProcess, branches: number): Promise<Stage> {
  const { people } = benchCity(branches, NO_ACCOUNTS);
  const seeded = await client.seed({ people: people.map(({ name, mobile }) => ({ name, mobile: mobile ?? '' })) });
  const ids = new Map(seeded.people.map(({ mobile, id }) => [mobile, id]));
  const accountsOf = (no: string) => ({ larkOpenId: ids.get(mobileOf(no)) ?? '', dingtalkUserId: null });
  return makeStage({ branches, accountsOf });
}

/** As the opening of all ballots does it. @returns open_ids of those who must get one card each */
async function enqueue(stage: Stage, messages: number): Promise<Set<string>> {
  const voters = stage.voters.slice(0, messages);
  const now = Date.now();
  await inDatabase(stage.dir, (db) =>
    db.write(async (tx) => {
      for (const [review, mine] of Map.groupBy(voters, (voter) => voter.review)) {
        const people = mine.map(({ person }) => person);
        await sendToPeople(tx, people, { card: 'ballot', args: { review } }, { now, once: `ballot:${review}` });
      }
    }),
  );
  return new Set(voters.map(({ openId }) => openId));
}
