/** Somebody cannot be written to any more on the platform they were on last. */
import { expect, it } from 'vitest';
import { z } from 'zod';
import { createDingTalkPlatform } from '../../src/platform/dingtalk/index.ts';
import { identityOf, linkIdentity } from '../../src/store/identity.ts';
import { setPreferredPlatform } from '../../src/store/roster.ts';
import { losePerson } from '../../src/usecases/person-lost.ts';
import { sendToPeople } from '../../src/usecases/notify.ts';
import { dingtalkConfig } from '../support/dingtalk-push.ts';
import { type OpinionWorld, opinionWorld, START } from '../support/opinion-world.ts';

/** `M01` has an account on each platform and was on DingTalk last. */
async function world(): Promise<OpinionWorld> {
  const at = await opinionWorld();
  const dingtalk = createDingTalkPlatform(dingtalkConfig());
  at.use.platforms = new Map([...at.use.platforms, ['dingtalk', dingtalk]]);
  await at.use.db.write(async (tx) => {
    await linkIdentity(tx, { platform: 'dingtalk', appId: dingtalk.appId, userId: 'u-M01', person: 'M01' });
    await setPreferredPlatform(tx, 'M01', 'dingtalk');
  });
  return at;
}
const row = z.object({ platform: z.string(), card: z.string(), urgent: z.number() });
const rows = ({ use }: OpinionWorld) => use.db.read.all(row, 'SELECT platform, card, urgent FROM outbox ORDER BY id');
const CARD = { card: 'due_list', args: { review: 'r' } };
const send = ({ use }: OpinionWorld) => use.db.write((tx) => sendToPeople(tx, ['M01'], CARD, { now: START }));
const lose = ({ use }: OpinionWorld, platform: 'lark' | 'dingtalk', urgent = false) =>
  use.db.write((tx) => losePerson(tx, use, platform, 'M01', { uuid: `row on ${platform}`, ...CARD, urgent }, START));

it('what was on its way goes to the other account, once, and so does what comes later', async () => {
  const at = await world();
  await lose(at, 'dingtalk', true);
  await lose(at, 'dingtalk', true);
  expect(await rows(at)).toEqual([{ platform: 'lark', card: 'due_list', urgent: 1 }]);
  await send(at);
  expect((await rows(at)).map(({ platform }) => platform)).toEqual(['lark', 'lark']);
  expect((await identityOf(at.use.db.read, 'M01')).map(({ platform, reachable }) => [platform, reachable])).toEqual([
    ['dingtalk', false],
    ['lark', true],
  ]);
});

it('without another account nothing is sent, and nothing goes in circles', async () => {
  const at = await world();
  await lose(at, 'dingtalk');
  await lose(at, 'lark');
  expect((await rows(at)).map(({ platform }) => platform)).toEqual(['lark']);
  await lose(at, 'lark');
  await send(at);
  expect(await rows(at)).toHaveLength(1);
});
